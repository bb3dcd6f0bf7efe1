import { type Cents, cents } from "@caravela/sibs/money";
import { NO_CARD_TERMS } from "./card.ts";
import { authoriseCharge } from "./methods/card.ts";
import { hasReference, isOver, type WithReference } from "./methods/multibanco.ts";
import { type Outcome, outcomes } from "./outcomes.ts";
import { scenarioOfAmount } from "./scenarios.ts";
import type { Change, JournalEntry, Transaction } from "./transaction.ts";

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
 * Gives back what was paid, whole or in parts, never a cent more. The payment's own status stays as it is for ever
 * (reference §18). A declined refund is recorded as well and takes nothing.
 */
export function refund(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  const declined = whyNoRefund(payment, asked.amount);
  if (declined !== null) return operation(payment, payment, "refund", "RFND", asked, declined, now);
  const refunded = cents(payment.sums.refunded + asked.amount);
  const after = { ...payment, sums: { ...payment.sums, refunded } };
  return operation(payment, after, "refund", "RFND", asked, "approved", now);
}

function whyNoRefund({ kind, scenario, sums }: Transaction, amount: Cents): Outcome | null {
  const left = sums.captured - sums.refunded;
  if (!canHoldMoney(kind) || sums.captured === 0) return "not_possible";
  if (scenario === "refund_declined") return "invalid_card";
  if (left === 0) return "already_refunded";
  return amount > left ? "not_possible" : null;
}

function canHoldMoney(kind: Transaction["kind"]): boolean {
  return kind === "payment" || kind === "charge";
}

/** What an authorisation, or a charge by the merchant, still holds: neither captured nor released. */
function heldBy({ sums }: Transaction): Cents {
  return cents(sums.authorized - sums.captured - sums.released);
}

/** Takes what is held, whole or in parts, up to all of it (reference 8.3). The payment's own status stays `Success`. */
export function capture(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  if (asked.amount > heldBy(payment)) {
    return operation(payment, payment, "capture", "CAPT", asked, "not_possible", now);
  }
  const captured = cents(payment.sums.captured + asked.amount);
  const after = { ...payment, sums: { ...payment.sums, captured } };
  return operation(payment, after, "capture", "CAPT", asked, "approved", now);
}

/**
 * Cancels an unpaid reference (whole), or what is still held of an authorisation (whole or in parts) (reference 8.3).
 */
export function cancel(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  if (hasReference(payment)) return cancelReference(payment, asked, now);
  const paymentType = payment.card === null ? "CMBW" : "CAUT";
  if (asked.amount > heldBy(payment)) {
    return operation(payment, payment, "cancellation", paymentType, asked, "not_possible", now);
  }
  const released = cents(payment.sums.released + asked.amount);
  const after = { ...payment, sums: { ...payment.sums, released } };
  return operation(payment, after, "cancellation", paymentType, asked, "approved", now);
}

/**
 * A charge by the merchant, without the customer: only on a successful payment by card that announced such charges
 * (reference 7.1). It holds money under its own transactionID, where it is captured, cancelled or given back
 * (inferred).
 */
export function charge(payment: Transaction, asked: OperationAsked, now: Date): OperationChange {
  const announces = payment.kind === "payment" && payment.cardTerms.charges !== null && payment.card !== null;
  if (!announces || payment.outcome !== "approved") {
    return operation(payment, payment, "charge", "MITR", asked, "not_possible", now);
  }
  const { operation: bare } = operation(payment, payment, "charge", "MITR", asked, "waiting", now);
  const { cardTerms, card } = payment;
  const asks: Transaction = {
    ...bare,
    scenario: scenarioOfAmount(asked.amount),
    cardTerms: { ...NO_CARD_TERMS, charges: cardTerms.charges },
    card: card && { ...card, action: null, proof: null },
  };
  const { transaction: made, notices } = authoriseCharge(asks, now);
  return { transaction: payment, operation: made, journal: [entryOf("charge", made, now)], notices };
}

/**
 * The payment stays `Pending` with a `CANC` reference; the notice of success is the cancellation's own (reference 3.2,
 * §14 row 1).
 */
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

/**
 * Makes the transaction of an operation, which has an id of its own; `after` is what it leaves of the one it is about.
 */
export function operation(
  before: Transaction,
  after: Transaction,
  kind: Exclude<Transaction["kind"], "payment" | "mandate">,
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
    scenario: null,
    asked: null,
    terms: null,
    reference: null,
    cardTerms: NO_CARD_TERMS,
    card: null,
    mandateId: null,
    consent: null,
    sums: { authorized: none, captured: none, released: none, refunded: none },
    due: null,
    version: 0,
  };
  return {
    transaction: after,
    operation: made,
    journal: [entryOf(kind, made, now)],
    notices: [{ about: made, payment: after }],
  };
}

function entryOf(what: string, { id, amount, outcome }: Transaction, at: Date): JournalEntry {
  const { paymentStatus, code } = outcomes[outcome];
  return { at, what, data: { transactionID: id, amount, paymentStatus, code } };
}
