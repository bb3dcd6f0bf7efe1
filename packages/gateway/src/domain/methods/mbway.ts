import type { Outcome } from "../outcomes.ts";
import { courseOf, type MbwayCourse, type ScenarioName, scenarioOfPhone } from "../scenarios.ts";
import {
  type Asked,
  type Change,
  deadlineOf,
  hasLapsed,
  paymentStatusOf,
  type Transaction,
  turning,
} from "../transaction.ts";

/** What comes of a purchase, or why it is not made. */
export type Purchase =
  | { readonly kind: "already_tried" }
  | { readonly kind: "not_offered" }
  | { readonly kind: "done"; readonly change: Change; readonly answered: Outcome };

/**
 * Asks a phone for approval. On a lapsed checkout nobody is asked: it is `Timeout` at once, as in the seed's own run.
 */
export function purchase(payment: Transaction, phone: string, now: Date): Purchase {
  if (payment.method !== null) return { kind: "already_tried" };
  if (!payment.methods.includes("MBWAY")) return { kind: "not_offered" };
  const tried: Transaction = { ...payment, method: "MBWAY" };
  if (hasLapsed(payment, now)) {
    return { kind: "done", change: turning(tried, "timed_out", now, "tried_too_late"), answered: "timed_out" };
  }
  return { kind: "done", ...askToPay(tried, phone, now) };
}

/** What came of asking a phone, and what the call's own answer says of it. */
export interface AskedPhone {
  readonly change: Change;
  readonly answered: Outcome;
}

/** Asks the phone's owner to approve a payment that is tried by MB WAY. */
export function askToPay(payment: Transaction, phone: string, now: Date): AskedPhone {
  const scenario = scenarioOfPhone(phone) ?? payment.scenario;
  return askPhone(payment, { phone, scenario, course: courseOf(scenario) }, now);
}

/** Asks a phone's owner, who answers or not as the course says. */
export function askPhone(
  payment: Transaction,
  { phone, scenario, course }: { phone: string; scenario: ScenarioName | null; course: MbwayCourse },
  now: Date,
): AskedPhone {
  const answerableUntil = course.answerableMs === 0 ? null : new Date(now.getTime() + course.answerableMs);
  const asked: Transaction = { ...payment, scenario, asked: { phone, at: now, answerableUntil } };
  const entry = { at: now, what: "phone_asked", data: { phone, fate: scenario } };
  const change =
    course.first === "waiting"
      ? { transaction: asked, operation: null, journal: [entry], notices: [] }
      : withEntryFirst(entry, turning(asked, course.first, now, "decided"));
  const due = course.later && { at: new Date(now.getTime() + course.later.afterMs), outcome: course.later.outcome };
  return { change: { ...change, transaction: { ...change.transaction, due } }, answered: course.answered };
}

/** The change with an entry before its own. */
export function withEntryFirst(entry: Change["journal"][number], change: Change): Change {
  return { ...change, journal: [entry, ...change.journal] };
}

/** The owner of the phone presses approve or decline; null when no answer is wanted (any more). */
export function answerOnPhone(payment: Transaction, pressed: "approved" | "declined", now: Date): Change | null {
  if (!isWaiting(payment, now)) return null;
  const outcome = pressed === "approved" ? "approved" : "refused_by_holder";
  // Declining what is a Timeout already changes nothing for the merchant.
  if (outcome !== "approved" && paymentStatusOf(payment) !== "Pending") {
    const asked = { ...payment.asked, answerableUntil: null };
    return {
      transaction: { ...payment, asked },
      operation: null,
      journal: [{ at: now, what: pressed, data: {} }],
      notices: [],
    };
  }
  return turning(payment, outcome, now, pressed);
}

/** Until when the phone's owner can answer: with some scenarios the payment is a Timeout before. */
export function answerableUntil(payment: Transaction): Date {
  return payment.asked?.answerableUntil ?? deadlineOf(payment);
}

/** Whether the phone's owner can still answer. */
export function isWaiting(payment: Transaction, now: Date): payment is Transaction & { readonly asked: Asked } {
  const until = payment.asked?.answerableUntil ?? null;
  return until !== null && now < until;
}
