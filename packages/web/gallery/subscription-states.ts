import type { JournalLine, Mandate, Payment, Plan } from "@caravela/web/dashboard";
import { renderSubscription, renderSubscriptionAction, renderSubscriptions } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { form, shellOf, wholeOf } from "./visitors.ts";

const plan: Plan = {
  id: "plan_00000001abcdefghij",
  mandate: "man_00000001abcdefghij",
  status: "active",
  amount: 1_190,
  every: "month",
  firstDate: "2026-09-30",
  endDate: null,
  description: "Chá para a caneca grande",
  reference: "contrato-17",
  nextCharge: {
    period: 3,
    date: "2026-11-30",
    amount: 990,
    at: "2026-11-30T09:00:00Z",
    announcedAt: "2026-11-29T09:00:00Z",
  },
  charged: 14,
};

const paused: Plan = {
  ...plan,
  id: "plan_2",
  status: "paused",
  every: { days: 14 },
  endDate: "2027-03-31",
  nextCharge: null,
  charged: 0,
};

export const mandate: Mandate = {
  id: plan.mandate,
  terminal: "600077",
  status: "active",
  type: "subscription",
  phone: "…9999",
  customer: { id: "c9", name: "Ana Sousa de Albuquerque e Castro" },
  description: "Tinned fish, every month",
  reference: "contrato-17",
  limit: 5_000,
  validUntil: "2028-12-31",
  inDoubt: false,
  failure: null,
  authorizeUrl: "https://pay.example.pt/authorize/x",
  manageUrl: "https://pay.example.pt/mandates/x",
  plans: [paused, plan],
  createdAt: "2026-09-29T09:12:00Z",
  activatedAt: "2026-09-29T09:14:00Z",
  endedAt: null,
};

const failed: Mandate = {
  ...mandate,
  id: "man_2",
  status: "refused",
  customer: { id: null, name: null },
  description: null,
  reference: null,
  limit: null,
  validUntil: null,
  plans: [],
  activatedAt: null,
  endedAt: "2026-09-29T09:14:00Z",
  failure: {
    reason: "declined_by_customer",
    code: null,
    message: "The customer declined it in the MB WAY app.",
    next: "try_again",
  },
};

export const charge: Payment = {
  id: "pay_00000002abcdefghij",
  terminal: "600077",
  status: "paid",
  amount: 990,
  amountAuthorized: 990,
  amountCaptured: 990,
  amountReleased: 0,
  amountRefunded: 0,
  reference: "contrato-17",
  description: null,
  methods: ["mandate"],
  capture: "automatic",
  latePayments: "refund",
  customer: null,
  mandate: mandate.id,
  plan: { id: plan.id, period: 2, date: "2026-10-30" },
  metadata: {},
  payUrl: "https://pay.example.pt/pay/x",
  attention: null,
  fundedBy: null,
  attempts: [],
  refunds: [],
  captures: [],
  cancellations: [],
  createdAt: "2026-10-30T09:00:00Z",
  expiresAt: "2026-11-09T09:00:00Z",
  paidAt: "2026-10-30T09:00:02Z",
};

const line = (number: number, kind: string, text: string): JournalLine => ({
  number,
  kind,
  text,
  at: "2026-09-29T09:12:00Z",
  by: { type: "shop", id: null, name: null },
  data: {},
});

const journal = [
  line(1, "mandate_created", "…9999 is asked for an authorised payment, a subscription: Tinned fish, every month."),
  line(2, "mandate_named", "SIBS has the request: transaction s2M7Xd7nKtG2bkGlq1AF."),
  line(3, "mandate_heard", "SIBS says that it is active, limit 50.00 €, until 2028-12-31."),
  line(4, "plan_created", "A plan was made: 9.90 € a month from 2026-09-30."),
];

const at = `/dashboard/subscriptions/${mandate.id}`;

/** The screens of authorised payments in their states. */
export const subscriptionStates: Record<string, (lang: Lang) => string> = {
  subscriptions: (lang) =>
    renderSubscriptions(shellOf(lang, "/dashboard/subscriptions"), {
      page: { data: [mandate, failed, { ...mandate, id: "man_3", inDoubt: true }], hasMore: true, next: "n" },
      filter: { status: "active" },
      live: "/nowhere/events",
    }),
  subscription: (lang) =>
    renderSubscription(shellOf(lang, at), {
      mandate,
      plans: [
        {
          plan,
          charged: [
            charge,
            { ...charge, id: "pay_1", status: "expired", plan: { id: plan.id, period: 1, date: "2026-09-30" } },
          ],
          later: [
            { period: 4, date: "2026-12-30" },
            { period: 5, date: "2027-01-30" },
          ],
        },
        { plan: paused, charged: [], later: [] },
      ],
      journal,
      tasks: wholeOf(),
      done: "amount",
      live: "/nowhere/events",
    }),
  "subscription-refused": (lang) =>
    renderSubscription(shellOf(lang, at), {
      mandate: failed,
      plans: [],
      journal: [],
      tasks: wholeOf(),
      done: null,
      live: "/nowhere/events",
    }),
  "subscription-amount": (lang) =>
    renderSubscriptionAction(shellOf(lang, `${at}/plans/${plan.id}/amount`), {
      kind: "amount",
      mandate,
      plan,
      form: form({
        typed: { amount: "500" },
        faults: { amount: "refused" },
        problem: {
          type: "/problems/plan_exceeds_limit",
          title: "The amount exceeds the limit that the customer set.",
          status: 422,
          detail: "The customer's limit is 5000 cents a month: charge less.",
          errors: [],
        },
      }),
    }),
  "subscription-skip": (lang) =>
    renderSubscriptionAction(shellOf(lang, `${at}/plans/${plan.id}/skip`), {
      kind: "skip",
      mandate,
      plan,
      form: form(),
    }),
  "subscription-end": (lang) =>
    renderSubscriptionAction(shellOf(lang, `${at}/cancel`), { kind: "cancel", mandate, plan: null, form: form() }),
};
