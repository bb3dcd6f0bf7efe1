import type { Approval } from "@caravela/web/dashboard";
import { renderAction, renderApproval, renderRefund, renderRefunds } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { doubtful, paid, refund } from "./sample-payments.ts";
import { form, pageOf, refunder, shellOf } from "./visitors.ts";

/** A refund that waits for a second person. */
export const waiting: Approval = {
  id: "apr_1",
  status: "waiting",
  payment: paid.id,
  reference: paid.reference,
  amount: 3_000,
  statedReason: "duplicate",
  note: "O cliente pagou também por transferência.",
  requestedBy: { id: "op_2", name: "Rui Leal" },
  decidedBy: null,
  decisionNote: null,
  createdAt: "2026-11-28T10:12:00Z",
  expiresAt: "2026-12-05T10:12:00Z",
};

/** The pages on which something is done with a payment, and the list of refunds, in their states. */
export const paymentActionStates: Record<string, (lang: Lang) => string> = {
  refunds: (lang) =>
    renderRefunds(shellOf(lang, "/dashboard/refunds"), {
      page: pageOf(refund, doubtful),
      filter: {},
      live: "/nowhere/events",
    }),
  refund: (lang) =>
    renderRefund(shellOf(lang, `/dashboard/payments/${paid.id}/refund`, { me: refunder }), {
      payment: { ...paid, refunds: [refund, doubtful] },
      form: form(),
    }),
  "refund-refused": (lang) =>
    renderRefund(shellOf(lang, `/dashboard/payments/${paid.id}/refund`, { me: refunder }), {
      payment: paid,
      form: form({
        typed: { amount: "40" },
        faults: { amount: "refused" },
        problem: {
          type: "/problems/refund_exceeds_captured",
          title: "The refund exceeds what was captured.",
          status: 422,
          detail: "At most 3750 cents can still be refunded.",
          errors: [],
        },
      }),
    }),
  approval: (lang) =>
    renderApproval(shellOf(lang, `/dashboard/payments/${paid.id}/approvals/apr_1`, { me: refunder }), {
      payment: paid,
      approval: waiting,
      approve: form({ key: "a" }),
      refuse: form({ key: "r", faults: { note: "missing" } }),
      withdraw: form({ key: "w" }),
    }),
  withdrawal: (lang) =>
    renderApproval(shellOf(lang, `/dashboard/payments/${paid.id}/approvals/apr_1`, { me: refunder }), {
      payment: paid,
      approval: { ...waiting, requestedBy: { id: "op_1", name: "Marta Figueiredo" } },
      approve: form({ key: "a" }),
      refuse: form({ key: "r" }),
      withdraw: form({ key: "w" }),
    }),
  settle: (lang) =>
    renderAction(shellOf(lang, `/dashboard/payments/${paid.id}/attempts/att_1/settle`, { me: refunder }), {
      kind: "settle_attempt",
      payment: paid,
      about: "att_00000001abcdefghij",
      most: null,
      form: form({ typed: { outcome: "approved" }, faults: { note: "missing" } }),
    }),
  "ask-phone": (lang) =>
    renderAction(shellOf(lang, `/dashboard/payments/${paid.id}/ask-phone`, { me: refunder }), {
      kind: "ask_phone",
      payment: { ...paid, status: "open" },
      about: null,
      most: null,
      form: form({ typed: { phone: "21 999" }, faults: { phone: "no_phone" } }),
    }),
  cancel: (lang) =>
    renderAction(shellOf(lang, `/dashboard/payments/${paid.id}/cancel`, { me: refunder }), {
      kind: "cancel",
      payment: { ...paid, status: "open" },
      about: null,
      most: null,
      form: form(),
    }),
};
