import type { Payment, SavedCard } from "@caravela/web/dashboard";
import { renderCustomer, renderCustomerAction, renderNewLink } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { charge, mandate } from "./subscription-states.ts";
import { form, pageOf, shellOf } from "./visitors.ts";

const card: SavedCard = {
  id: "tok_1",
  customer: "c9",
  brand: "VISA",
  lastFour: "1111",
  expiry: "2028-12",
  createdAt: "2026-09-29T09:12:00Z",
};

const payments: Payment[] = [
  charge,
  { ...charge, id: "pay_3", status: "canceled", reference: "ENCOMENDA-2026-000017" },
];
const at = "/dashboard/customers/c9";

/** The screens of customers and of new links in their states. */
export const customerStates: Record<string, (lang: Lang) => string> = {
  customer: (lang) =>
    renderCustomer(shellOf(lang, at), {
      id: "c9",
      payments: { data: payments, hasMore: true, next: "n" },
      mandates: pageOf(mandate),
      cards: [card, { ...card, id: "tok_2", brand: null, lastFour: null, expiry: null }],
      done: "card",
      live: "/nowhere/events",
    }),
  "customer-nobody": (lang) =>
    renderCustomer(shellOf(lang, at), {
      id: "c9",
      payments: pageOf(),
      mandates: pageOf(),
      cards: [],
      done: null,
      live: "/nowhere/events",
    }),
  "customer-card": (lang) =>
    renderCustomerAction(shellOf(lang, `${at}/cards/tok_1/remove`), {
      customer: "c9",
      card: { id: "tok_1", found: card },
      form: form(),
    }),
  "customer-erase": (lang) =>
    renderCustomerAction(shellOf(lang, `${at}/erase`), {
      customer: "c9",
      card: null,
      form: form({
        problem: {
          type: "/problems/customer_live",
          title: "Something of this customer is not over yet.",
          status: 409,
          detail: "`errors` says what is not over yet.",
          errors: [],
          live: [
            { id: "man_00000001abcdefghij", why: "mandate_live" },
            { id: "att_00000001abcdefghij", why: "attempt_claimed" },
            { id: "rfd_00000001abcdefghij", why: "operation_under_way" },
          ],
        },
      }),
    }),
  "new-link": (lang) =>
    renderNewLink(shellOf(lang, "/dashboard/links/new"), { form: form(), until: "2026-12-05", terminals: [] }),
  "new-link-faulty": (lang) =>
    renderNewLink(shellOf(lang, "/dashboard/links/new"), {
      form: form({
        typed: { amount: "1.250", reference: "", expiresAt: "2026-12-05", methods: "mbway", terminal: "600078" },
        faults: { amount: "unreadable", reference: "missing" },
      }),
      until: "",
      terminals: [
        { id: "600077", merchant: "Loja do Cais" },
        { id: "600078", merchant: "Loja da Ribeira" },
      ],
    }),
};
