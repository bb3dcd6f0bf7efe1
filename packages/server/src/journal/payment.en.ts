import type { Cents } from "@caravela/sibs/money";
import { maskPhone, type Phone } from "@caravela/sibs/phone";
import * as print from "@caravela/web/print";
import type { Asked } from "../domain/asked.ts";
import { rulesOf } from "../domain/methods/index.ts";
import type { UnpaidEnd } from "../domain/methods/types.ts";
import type { PaymentReference } from "../domain/payment/attempt.ts";
import type { Recorded, UseOfMoney } from "../domain/payment/facts.ts";
import { NO_ANSWER, type OperationReason, UNKNOWN } from "../domain/payment/operation.ts";
import type { Attention } from "../domain/payment/state.ts";
import type { CivilDate } from "../domain/plan/calendar.ts";
import type { Instant } from "../domain/time.ts";
import type { Sentences } from "./words.ts";

export const euros = (amount: Cents): string => print.euros(amount, "en");

/** A day of the calendar. */
export const dayText = (date: CivilDate): string => print.shortDate(date, "en");

/** The day on which something is, in Lisbon. */
const dayOf = (at: Instant): string => print.shortDay(new Date(at).toISOString(), "en");

/** What stands in place of a text of an erased customer's. */
export const ERASED = "[erased]";

export const phoneText = (phone: Phone | null): string => (phone === null ? ERASED : maskPhone(phone));

/** What SIBS said to an inquiry. */
export function answerOf(said: string): string {
  if (said === NO_ANSWER) return "SIBS was asked and did not answer.";
  return said === UNKNOWN ? "SIBS was asked and found nothing." : `SIBS was asked and says: ${said}.`;
}

/** What SIBS said to one inquiry after the other, without anything new. */
export function askedBetween({ said, times }: Asked): string {
  const until = `Until then SIBS was asked ${times} times on end`;
  if (said === NO_ANSWER) return `${until} and did not answer.`;
  return said === UNKNOWN ? `${until} and found nothing.` : `${until} and said: ${said}.`;
}

/** A journal of a payment in English, as the shop's people read it. */
export const payment: Sentences<Recorded> = {
  payment_created: ({ payment: { amount, reference, plan } }) =>
    plan === null
      ? `A payment of ${euros(amount)} was asked for: order ${reference}.`
      : `A payment of ${euros(amount)} was made for charge ${plan.period} of a plan, of ${dayText(plan.date)}: order ${reference}.`,
  payment_canceled: () => "The payment was canceled.",
  payment_expired: () => "The payment's time was over, and nothing was paid.",
  attention_raised: ({ reason }) => ATTENTION[reason],
  attention_resolved: ({ note }) => `Somebody looked at it, and it is resolved: ${note ?? ERASED}`,
  card_saved: ({ card: { brand, lastFour } }) =>
    `The card was saved for later: ${brand ?? "card"} …${lastFour ?? "?"}.`,
  new_request_wanted: ({ method = "mbway", phone }) => {
    const by = phone === null ? `to pay by ${rulesOf(method).called.en}` : `a new request on ${phoneText(phone)}`;
    return `The customer wants ${by}: it waits until SIBS is done with what is under way.`;
  },
  new_request_dropped: () => "What the customer wanted next is no longer wanted, or not possible any more.",
  charge_put_off: ({ until }) => `The next try to charge waits until ${dayOf(until)}.`,
  customer_erased: () => "The customer was erased: nothing is known of them any more.",
  expiry_told: () => "The reference ends within a day, and nobody has paid by it yet.",
  charges_stopped: () => "It is charged no more by itself.",
  attempt_prepared: ({ method, phone, card }) => {
    const by = [rulesOf(method).called.en, phone && maskPhone(phone), card && `${card.brand} …${card.lastFour}`];
    return `A try to pay was begun: ${by.filter(Boolean).join(", ")}.`;
  },
  attempt_submitted: () => "It was written down that SIBS is asked to charge, and sent.",
  attempt_named: ({ transactionId }) => `SIBS's transaction became known: ${transactionId}.`,
  attempt_authenticated: ({ authentication: { status } }) =>
    `The customer's bank said whether it was them (3-D Secure): ${PROOFS[status ?? ""] ?? status ?? "nothing"}.`,
  attempt_action_required: ({ action: { type } }) =>
    type === "3ds_method"
      ? "The customer's bank looks at their browser (3-D Secure)."
      : "The customer's bank asks the customer to confirm (3-D Secure).",
  attempt_action_done: ({ executed }) =>
    executed ? "The browser has done what the bank wanted." : "It went on without what the bank wanted.",
  attempt_in_doubt: () => "SIBS's answer was lost, and money may have moved: SIBS is asked until it says.",
  attempt_not_arrived: () => "SIBS says that the request has not arrived yet.",
  attempt_not_found: ({ control }) => `SIBS finds nothing of it, and does find ${control}, which was sent later.`,
  attempt_fell_back: ({ phone }) => `SIBS did not charge by itself and asks the customer on ${phoneText(phone)}.`,
  attempt_pending: ({ reference }) => (reference === null ? "SIBS has it and waits." : madeReference(reference)),
  attempt_approved: (line) => `${line.saidBy === undefined ? "" : "As was settled: "}${approved(line, line.hold)}`,
  attempt_ended: ({ status, failure }) => `The try ended without money (${ENDS[status]}): ${failure.message}`,
  attempt_settled: ({ outcome, note }) =>
    `Somebody settled that it was ${outcome === "approved" ? "paid" : "not paid"}: ${note ?? ERASED}`,
  attempt_proved: () => "SIBS itself now says what had been settled.",
  attempt_refuted: ({ failure }) => `What counted as paid was not: its money leaves the sums. ${failure.message}`,
  attempt_notified: ({ paid }) =>
    paid
      ? "SIBS notified that it was paid: SIBS is asked whether it is so."
      : "SIBS notified something about it that is no payment: SIBS is asked how it stands.",
  attempt_notification_refuted: ({ said }) => `In spite of SIBS's notification no money moved: ${said}.`,
  reference_found: ({ reference }) => `${madeReference(reference)} It had counted as never made.`,
  attempt_asked: ({ said, unreadable }) =>
    unreadable === true ? `${answerOf(said)} Its amount cannot be read.` : answerOf(said),
  cancellation_wanted: () => "The reference is to be withdrawn at SIBS.",
  cancellation_sent: () => "SIBS was asked to withdraw the reference.",
  cancellation_dropped: () => "The reference is not withdrawn any more.",
  cancellation_done: () => "SIBS withdrew the reference.",
  operation_requested: ({ operation, amount, reason, requestedBy }) => {
    const begun = `${the(operation)} of ${euros(amount)} was begun: ${REASONS[reason]}.`;
    return requestedBy == null ? begun : `${begun} ${requestedBy.name} asked for it, and another person approved it.`;
  },
  operation_sent: ({ operation }) => `${the(operation)} was written down as sent, and sent.`,
  operation_postponed: ({ operation, until }) =>
    `SIBS did not take it yet: ${the(operation).toLowerCase()} is sent again on ${dayOf(until)}.`,
  operation_in_doubt: ({ operation }) =>
    `SIBS's answer was lost, and ${the(operation).toLowerCase()} may have been done: SIBS is asked until it says.`,
  operation_not_found: ({ operation, control }) =>
    `SIBS finds nothing of ${the(operation).toLowerCase()}, and does find ${control}, which was sent later.`,
  operation_notified: ({ operation }) => `SIBS notified ${the(operation).toLowerCase()}: SIBS is asked how it stands.`,
  operation_asked: ({ said }) => answerOf(said),
  operation_succeeded: ({ operation }) => `${the(operation)} is done.`,
  operation_failed: ({ operation, failure, again }) =>
    `${the(operation)} was not done: ${failure.message}${again === undefined ? "" : " It is tried anew by itself."}`,
  operation_settled: ({ operation, outcome, note }) =>
    `Somebody settled that ${the(operation).toLowerCase()} was ${outcome === "done" ? "done" : "not done"}: ${note ?? ERASED}`,
  operation_proved: () => "SIBS itself now says what had been settled.",
  operation_needs_person: ({ operation }) =>
    `For a day nobody could say what became of ${the(operation).toLowerCase()}: a person must look.`,
};

/** How a try ended without money. */
const ENDS: Readonly<Record<UnpaidEnd, string>> = {
  declined: "declined",
  timed_out: "not answered in time",
  expired: "its time was over",
  canceled: "canceled",
  failed: "failed",
};

/** What 3-D Secure's letters say of whether it was the customer. */
const PROOFS: Readonly<Record<string, string>> = {
  Y: "it was",
  A: "it was tried, and could not be confirmed",
  N: "it was not",
  U: "it could not find out",
  R: "it refuses",
};

export const ATTENTION: Readonly<Record<Attention["reason"], string>> = {
  amount_differs: "SIBS took another amount than was asked for: a person must look.",
  taken_back: "SIBS no longer says that it was paid: a person must look.",
  in_doubt: "For a day nobody could say what became of the try to pay: a person must look.",
  proved_after_all:
    "SIBS says the opposite of what had been settled, and the sums are what SIBS says: a person must look.",
  not_taken: "SIBS failed again and again to do what must happen by itself: a person must look.",
};

const REASONS: Readonly<Record<OperationReason, string>> = {
  requested: "it was asked for",
  automatic: "the money was held and is taken by itself",
  late: "the money came when the payment was over, and goes back",
  duplicate: "the payment had been paid already, and the money goes back",
  returned: "money that is in no sum goes back",
};

const KINDS: Readonly<Record<string, string>> = {
  cap: "The capture",
  can: "The release of the hold",
  rfd: "The refund",
};

const the = (operation: string): string => KINDS[operation.split("_", 1)[0] ?? ""] ?? "The operation";

function approved(use: UseOfMoney, hold: boolean): string {
  if (use.for === "other_amount") {
    return `SIBS took ${use.amount === null ? "an amount that cannot be read" : euros(use.amount)}, not what was asked for.`;
  }
  const came = `${euros(use.amount)} ${hold ? "is held" : "was paid"}`;
  if (use.for === "payment") return `${came}.`;
  return use.for === "late"
    ? `${came}, when the payment was over: it goes back.`
    : `${came}, when the payment had been paid already: it goes back.`;
}

function madeReference({ entity, reference, expiresAt }: PaymentReference): string {
  return `SIBS made the reference ${entity} ${reference}, good until ${dayOf(expiresAt)}.`;
}
