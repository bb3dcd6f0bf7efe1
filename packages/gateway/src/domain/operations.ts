import { type Cents, cents } from "@caravela/sibs/money";
import { hasReference, isOver, type WithReference } from "./methods/multibanco.ts";
import { type Outcome, outcomes } from "./outcomes.ts";
import type { Change, Transaction } from "./transaction.ts";

/** What the merchant asks for, and the identifiers the gateway gives it. */
export interface OperationAsked {
  readonly id: string;
  readonly recipientId: string;
  readonly merchantTransactionId: string;
  readonly merchantTimestamp: string;
  readonly description: string;
  readonly amount: Cents;
}

/** A change that has made an operation: done or declined, it has its own transactionID. */
export type OperationChange = Change & { readonly operation: Transaction };

/**
 * Gives back what was paid, whole or in parts, never a cent more. The payment's own status stays as it is for ever (reference §18).
 * A declined refund is recorded as well and takes nothing.
 */
export function refund(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  const declined = whyNoRefund(payment, asked.amount);
  if (declined !== null) return operation(payment, payment, "refund", "RFND", asked, declined, now);
  const refunded = cents(payment.sums.refunded + asked.amount);
  const after = { ...payment, sums: { ...payment.sums, refunded } };
  return operation(payment, after, "refund", "RFND", asked, "approved", now);
}

function whyNoRefund({ kind, fate, sums }: Transaction, amount: Cents): Outcome | null {
  const left = sums.captured - sums.refunded;
  if (kind !== "payment" || sums.captured === 0) return "not_possible";
  if (fate === "refund_declined") return "invalid_card";
  if (left === 0) return "already_refunded";
  return amount > left ? "not_possible" : null;
}

/** Cancels an unpaid reference (whole), or what is still held of an authorisation (whole or in parts) (reference 8.3). */
export function cancel(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  if (hasReference(payment)) return cancelReference(payment, asked, now);
  const { authorized, captured, released } = payment.sums;
  if (asked.amount > authorized - captured - released) {
    return operation(payment, payment, "cancellation", "CMBW", asked, "not_possible", now);
  }
  const after = { ...payment, sums: { ...payment.sums, released: cents(released + asked.amount) } };
  return operation(payment, after, "cancellation", "CMBW", asked, "approved", now);
}

/** The payment stays `Pending` with a `CANC` reference; the notice of success is the cancellation's own (reference 3.2, §14 row 1). */
function cancelReference(payment: WithReference, asked: OperationAsked, now: Date): OperationChange {
  const declined = whyNoCancellation(payment, asked.amount, now);
  if (declined !== null) return operation(payment, payment, "cancellation", "CPRF", asked, declined, now);
  const after: Transaction = { ...payment, reference: { ...payment.reference, status: "CANC" }, due: null };
  return operation(payment, after, "cancellation", "CPRF", asked, "approved", now);
}

function whyNoCancellation(payment: WithReference, amount: Cents, now: Date): Outcome | null {
  if (payment.reference.status === "PAID") return "reference_paid";
  if (payment.reference.status === "CANC" || isOver(payment, now)) return "reference_canceled";
  return amount === payment.amount ? null : "not_possible";
}

function operation(
  before: Transaction,
  after: Transaction,
  kind: "refund" | "cancellation",
  paymentType: string,
  asked: OperationAsked,
  outcome: Outcome,
  now: Date,
): OperationChange {
  const none = cents(0);
  const made: Transaction = {
    ...before,
    ...asked,
    kind,
    originalId: before.id,
    paymentType,
    outcome,
    receivedAt: now,
    deadline: now,
    fate: null,
    asked: null,
    terms: null,
    reference: null,
    sums: { authorized: none, captured: none, released: none, refunded: none },
    due: null,
    version: 0,
  };
  const { paymentStatus, code } = outcomes[outcome];
  const data = { transactionID: made.id, amount: asked.amount, paymentStatus, code };
  return {
    transaction: after,
    operation: made,
    journal: [{ at: now, what: kind, data }],
    notices: [{ about: made, payment: after }],
  };
}
