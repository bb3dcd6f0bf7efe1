import type { PaymentView } from "@caravela/web/dashboard";
import {
  columnsIn,
  renderLink,
  renderOwnViews,
  renderPayment,
  renderPayments,
  renderReceipt,
} from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { waiting } from "./payment-action-states.ts";
import { attempt, byReference, doubtful, held, journal, paid, refund } from "./sample-payments.ts";
import { task } from "./task-states.ts";
import { pageOf, refunder, shellOf, viewer, wholeOf } from "./visitors.ts";

const view: PaymentView = {
  payment: paid,
  journal,
  tasks: wholeOf(),
  waiting: wholeOf(),
  events: {
    all: wholeOf(
      { id: "evt_2", type: "refund.succeeded", timestamp: "2026-11-28T10:12:03Z", sequence: 3, undelivered: true },
      { id: "evt_1", type: "payment.paid", timestamp: "2026-11-27T12:03:10Z", sequence: 2, undelivered: false },
    ),
    shown: {
      id: "evt_1",
      type: "payment.paid",
      timestamp: "2026-11-27T12:03:10Z",
      sequence: 2,
      deliveries: [
        { endpoint: "end_1", at: "2026-11-27T12:03:11Z", status: 500, ms: 210 },
        { endpoint: "end_1", at: "2026-11-27T12:03:41Z", status: 200, ms: 74 },
      ],
    },
  },
  notes: wholeOf({
    id: "note_1",
    text: "A cliente telefonou: uma das canecas chegou partida.",
    by: { type: "operator", id: "op_1", name: "Marta Figueiredo" },
    at: "2026-11-28T10:05:00Z",
  }),
  done: null,
  key: "key",
  live: "/nowhere/events",
};

/** The screens of payments in their states. */
export const paymentStates: Record<string, (lang: Lang) => string> = {
  payments: (lang) =>
    renderPayments(shellOf(lang, "/dashboard/payments?status=paid&after=x", { me: refunder }), {
      page: {
        data: [paid, { ...held, id: "pay_2" }, { ...paid, id: "pay_3", refunds: [doubtful] }],
        hasMore: true,
        next: "n",
      },
      filter: { status: "paid", refunded_from: "2026-10-29" },
      columns: columnsIn("standing,how,customer,description,terminal,created,paid,amount,captured,refunded"),
      views: {
        usual: [
          { kind: "all", query: "" },
          { kind: "paid_today", query: "status=paid" },
        ],
        own: [{ id: "view_1", name: "Cativos por cartão da semana passada, por receber", query: "status=authorized" }],
        query: "status=paid",
        canKeep: true,
        key: "k",
      },
      live: null,
    }),
  nothing: (lang) =>
    renderPayments(shellOf(lang, "/dashboard/payments?q=9999", { me: refunder, q: "9999" }), {
      page: pageOf(),
      filter: {},
      columns: columnsIn(undefined),
      views: null,
      live: null,
    }),
  views: (lang) =>
    renderOwnViews(shellOf(lang, "/dashboard/payments/views"), {
      page: pageOf({ id: "view_1", name: "Cativos por cartão da semana passada", query: "status=authorized" }),
      key: "k",
      back: null,
    }),
  payment: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`, { me: refunder }), { ...view, done: "refund" }),
  doubt: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`, { me: refunder }), {
      ...view,
      payment: {
        ...paid,
        refunds: [refund, doubtful],
        attention: { reason: "in_doubt", attempt: "att_2", operation: "rfd_2", at: "2026-11-28T10:12:00Z" },
      },
      tasks: { data: [task], isCut: true },
      waiting: { data: [waiting], isCut: true },
    }),
  held: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`, { me: refunder }), {
      ...view,
      payment: held,
      notes: wholeOf(),
    }),
  viewer: (lang) =>
    renderPayment(shellOf(lang, `/dashboard/payments/${paid.id}`, { me: viewer, tasks: null }), {
      ...view,
      payment: {
        ...paid,
        status: "pending",
        amountAuthorized: 0,
        amountCaptured: 0,
        amountRefunded: 0,
        refunds: [],
        paidAt: null,
        fundedBy: null,
        attempts: [attempt, { ...byReference, status: "pending" }],
      },
      events: null,
      notes: null,
    }),
  link: (lang) =>
    renderLink(shellOf(lang, `/dashboard/payments/${paid.id}/link`, { me: refunder }), {
      payment: paid,
      qr: { size: 3, path: "M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1z" },
    }),
  receipt: (lang) =>
    renderReceipt(shellOf(lang, `/dashboard/payments/${paid.id}/receipt`, { me: refunder }), {
      payment: paid,
      shop: { name: "Loja do Cais", contact: "ajuda@lojadocais.pt", taxNumber: "123456789" },
    }),
};
