import { drawnFrom, type Mandate } from "../mandate.ts";
import type { Outcome } from "../outcomes.ts";
import { collectionCourseOf, scenarioOfPhone } from "../scenarios.ts";
import { type Change, hasLapsed, paymentStatusOf, type Transaction, turning } from "../transaction.ts";
import { askToPay, withEntryFirst } from "./mbway.ts";

/** What comes of a collection, or why it is not made. */
export type Collection =
  | { readonly kind: "already_tried" }
  | { readonly kind: "not_offered" }
  | { readonly kind: "no_mandate" }
  | { readonly kind: "done"; readonly change: Change; readonly answered: Outcome };

/**
 * Collects by the mandate that the checkout named, without asking anybody (reference 6.4): within its limit at once.
 * Above it the phone is asked to approve an ordinary purchase, or it is declined where the terminal does not fall back;
 * a mandate that is not active is never collected by.
 */
export function collect(payment: Transaction, mandate: Mandate | null, fallsBack: boolean, now: Date): Collection {
  if (payment.method !== null) return { kind: "already_tried" };
  if (!payment.methods.includes("MANDATE")) return { kind: "not_offered" };
  if (mandate === null) return { kind: "no_mandate" };
  if (hasLapsed(payment, now)) return ended({ ...payment, method: "MANDATE" }, "timed_out", "tried_too_late", now);
  if (mandate.status !== "ACTV" || mandate.available === null) return notCollected(payment, mandate, now);
  if (payment.amount <= mandate.available) return charge(payment, mandate, now);
  return fallsBack && payment.methods.includes("MBWAY")
    ? fallBack(payment, mandate, now)
    : notCollected(payment, mandate, now);
}

/** What is in processing counts against the limit already: of a collection's courses none is declined later. */
function charge(payment: Transaction, mandate: Mandate, now: Date): Collection {
  const scenario = scenarioOfPhone(mandate.phone) ?? payment.scenario;
  const { first, later } = collectionCourseOf(scenario);
  const change = turning({ ...collecting(payment, mandate, now), scenario }, first, now, "collected");
  const status = paymentStatusOf(change.transaction);
  const due = later && { at: new Date(now.getTime() + later.afterMs), outcome: later.outcome };
  const drawnOn = status === "Success" || status === "InProcessing" ? drawnFrom(mandate, payment.amount, now) : null;
  return { kind: "done", change: { ...change, transaction: { ...change.transaction, due }, drawnOn }, answered: first };
}

/** The merchant is told that the customer is asked after all (PG-AP), though the status is `Pending` as before. */
function fallBack(payment: Transaction, mandate: Mandate, now: Date): Collection {
  const { change, answered } = askToPay({ ...payment, method: "MBWAY" }, mandate.phone, now);
  const { transaction } = change;
  const notices = change.notices.length > 0 ? change.notices : [{ about: transaction, payment: transaction }];
  const { limit, available } = mandate;
  const entry = { at: now, what: "above_the_limit", data: { limit, available } };
  return { kind: "done", change: withEntryFirst(entry, { ...change, notices }), answered };
}

function notCollected(payment: Transaction, mandate: Mandate, now: Date): Collection {
  return ended(collecting(payment, mandate, now), "collection_failed", "not_collected", now);
}

function ended(payment: Transaction, outcome: Outcome, what: string, now: Date): Collection {
  return { kind: "done", change: turning(payment, outcome, now, what), answered: outcome };
}

/** The mandate's phone pays, and is not asked. */
function collecting(payment: Transaction, { phone }: Mandate, now: Date): Transaction {
  return { ...payment, method: "MANDATE", asked: { phone, at: now, answerableUntil: null } };
}
