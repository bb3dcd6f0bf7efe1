import type { Cents } from "@caravela/sibs/money";
import {
  type Change,
  hasLapsed,
  type Reference,
  type ReferenceTerms,
  type Transaction,
  turning,
} from "../transaction.ts";

/** A payment that has its reference. */
export type WithReference = Transaction & { readonly reference: Reference; readonly terms: ReferenceTerms };

/** What comes of asking for a reference, or why there is none. */
export type Generation =
  | { readonly kind: "already_tried" | "not_offered" | "no_terms" | "foreign_entity" | "already_over" }
  | { readonly kind: "too_late"; readonly change: Change }
  | { readonly kind: "done"; readonly change: Change };

/**
 * Makes the reference of a checkout. `number` is any nine digits: SIBS's own are opaque (reference 3.3). The merchant
 * is told of it (reference 3.2), which is a notification without a change of status.
 */
export function generate(payment: Transaction, number: string, entity: string, now: Date): Generation {
  const { terms } = payment;
  if (payment.method !== null) return { kind: "already_tried" };
  if (!payment.methods.includes("REFERENCE")) return { kind: "not_offered" };
  if (terms === null) return { kind: "no_terms" };
  if (terms.entity !== entity) return { kind: "foreign_entity" };
  const tried: Transaction = { ...payment, method: "REFERENCE" };
  if (hasLapsed(payment, now)) return { kind: "too_late", change: turning(tried, "timed_out", now, "tried_too_late") };
  if (terms.validTo <= now) return { kind: "already_over" };
  const due = payment.scenario === "reference_expired" ? { at: terms.validTo, outcome: "expired" as const } : null;
  const made: Transaction = { ...tried, reference: { number, status: "UNPAID", paidAt: null }, due };
  const entry = { at: now, what: "reference_generated", data: { entity, reference: number, validTo: terms.validTo } };
  return {
    kind: "done",
    change: { transaction: made, operation: null, journal: [entry], notices: [{ about: made, payment: made }] },
  };
}

/** What comes of paying at an ATM, or why the ATM refuses. */
export type PaymentAtAtm =
  | { readonly kind: "not_yet_valid" | "lapsed" | "canceled" | "wrong_amount" | "already_paid" }
  | { readonly kind: "paid"; readonly change: Change };

/** Pays a reference at an ATM: once, within its validity (set to the minute, PG-REF) and within its amounts. */
export function pay(payment: WithReference, amount: Cents, now: Date): PaymentAtAtm {
  const { reference, terms } = payment;
  if (reference.status === "PAID") return { kind: "already_paid" };
  if (reference.status === "CANC") return { kind: "canceled" };
  if (isOver(payment, now)) return { kind: "lapsed" };
  if (now < minuteOf(terms.validFrom)) return { kind: "not_yet_valid" };
  if (amount < terms.minAmount || amount > terms.maxAmount) return { kind: "wrong_amount" };
  const turned = turning(
    { ...payment, reference: { ...reference, status: "PAID", paidAt: now } },
    "approved",
    now,
    "paid_at_atm",
  );
  const sums = { ...payment.sums, authorized: amount, captured: amount };
  const paid: Transaction = { ...turned.transaction, sums };
  return { kind: "paid", change: { ...turned, transaction: paid, notices: [{ about: paid, payment: paid }] } };
}

/** Whether the payment's reference can no longer be paid because its time is over. */
export function isOver(payment: WithReference, now: Date): boolean {
  return now > payment.terms.validTo;
}

/** Says that a payment has a reference. */
export function hasReference(payment: Transaction): payment is WithReference {
  return payment.reference !== null && payment.terms !== null;
}

function minuteOf(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 60_000) * 60_000);
}
