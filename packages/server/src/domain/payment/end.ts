import { CLOCK } from "../by.ts";
import type { Given } from "../decision.ts";
import { type Failure, failure } from "../failure.ts";
import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import { isLive, type UnpaidEnd } from "../methods/types.ts";
import { PERSON_AFTER } from "../patience.ts";
import type { Instant } from "../time.ts";
import { type Attempt, isBeingWithdrawn, isClaimed } from "./attempt.ts";
import { attention, attentionsOf, isSameAttention } from "./attention.ts";
import { doubtAttempt } from "./begin.ts";
import { chargeGivenUpAt } from "./due.ts";
import type { Fact } from "./facts.ts";
import { isFinalUnpaid, type Meaning, type Report, SAYS_UNPAID } from "./report.ts";
import { unsettledSince } from "./schedule.ts";
import type { Payment } from "./state.ts";
import { withdrawalDone } from "./withdraw.ts";

// How an attempt ends unpaid, and how a payment does. Two rules stand over all of it: what SIBS notified as paid is
// refuted by SIBS's own final status alone, and a SIBS that could not be asked has not said that nobody paid.

/**
 * SIBS says that an attempt ended unpaid. `askedAt`: when it was asked; what it said before a notification of money
 * does not refute that.
 */
export function endAsSaid(
  payment: Payment,
  attempt: Attempt,
  said: { readonly meaning: Extract<Meaning, { kind: "ended" }>; readonly report: Report; readonly askedAt: Instant },
  given: Given,
): readonly Fact[] {
  const { meaning, report } = said;
  if (isClaimed(attempt) && !refutes(attempt, said)) {
    return report.source === "answer" ? doubtAttempt(payment, attempt.id, given) : [];
  }
  if (isLive(attempt) || attempt.status === "prepared") return [ended(attempt, meaning, given)];
  if (isClaimed(attempt)) {
    return [{ kind: "attempt_notification_refuted", at: given.now, attempt: attempt.id, said: report.paymentStatus }];
  }
  return isBeingWithdrawn(attempt) ? withdrawalDone(payment, attempt.id, given) : [];
}

function refutes(
  { paidNoticeAt }: Attempt,
  { report, askedAt }: { readonly report: Report; readonly askedAt: Instant },
): boolean {
  return report.source === "inquiry" && isFinalUnpaid(report) && askedAt >= (paidNoticeAt ?? askedAt);
}

/** What is known of an attempt at the moment at which our own clock would end it. */
interface Known {
  /** What SIBS says of it now; null: it could not be asked. */
  readonly said: string | null;
  /** Whether the merchant wants it ended also where SIBS could not be asked. */
  readonly timeOutUnasked: boolean;
}

/**
 * Ends an attempt by our own clock, where nothing is in doubt and SIBS has been asked after the window closed and knows
 * of no approval. None: it waits on.
 */
export function endByClock(attempt: Attempt, { said, timeOutUnasked }: Known, given: Given): readonly Fact[] {
  const { timesOut } = rulesOf(attempt.method);
  const { submittedAt, readUnpaidAt } = attempt;
  if (timesOut === null || submittedAt === null || given.now < submittedAt + timesOut.after) return [];
  if (attempt.status !== "pending" || attempt.inDoubt || isClaimed(attempt)) return [];
  const readAt = said === null ? readUnpaidAt : SAYS_UNPAID.includes(said) ? given.now : null;
  const wasRead = readAt !== null && readAt >= submittedAt + timesOut.window;
  if (!wasRead && !(said === null && timeOutUnasked)) return [];
  return [timedOut(attempt, failure(timesOut.reason(attempt)), given)];
}

/**
 * Ends an attempt of which SIBS's answer wants an action of the browser once more, after its time. None: the action may
 * be done.
 */
export function endBeforeAction(attempt: Attempt, given: Given): readonly Fact[] {
  const { timesOut } = rulesOf(attempt.method);
  const isOver = timesOut !== null && given.now >= (attempt.submittedAt ?? given.now) + timesOut.after;
  if (!isOver || isClaimed(attempt)) return [];
  return [timedOut(attempt, failure(timesOut.reason(attempt)), given)];
}

function ended(
  attempt: Attempt,
  { status, failure: why }: Pick<Extract<Meaning, { kind: "ended" }>, "status" | "failure">,
  given: Given,
): Fact & { readonly status: UnpaidEnd } {
  return { kind: "attempt_ended", at: given.now, attempt: attempt.id, status, failure: why };
}

/** Whatever SIBS has just said, or not said: it is our own clock that ends it. */
function timedOut(attempt: Attempt, why: Failure, given: Given): Fact {
  return { ...ended(attempt, { status: "timed_out", failure: why }, given), by: CLOCK };
}

/** After a day of which nobody could say what became of an attempt, a person is asked, once. */
export function askPerson(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined || isAskedAbout(payment, id)) return [];
  const since = unsettledSince(attempt, given.now);
  if (since === null || given.now < since + PERSON_AFTER) return [];
  return [attention({ attempt: id }, "in_doubt", given)];
}

function isAskedAbout(payment: Payment, attempt: AttemptId): boolean {
  return attentionsOf(payment).some((one) => isSameAttention(one, { reason: "in_doubt", attempt, operation: null }));
}

/** Whether a payment would end by the passing of its date; decided only when nothing is live any more. */
export function expire(payment: Payment, given: Given): readonly Fact[] {
  if (payment.status !== "open" || given.now < payment.expiresAt) return [];
  return [{ kind: "payment_expired", at: given.now }];
}

/** A charge by the merchant that was refused, or never sent, is over: it is canceled, and the shop is told. */
export function giveUpCharge(payment: Payment, given: Given): readonly Fact[] {
  const at = chargeGivenUpAt(payment);
  return at === null || given.now < at ? [] : [{ kind: "payment_canceled", at: given.now }];
}

/** A shop's cancellation. Allowed while an attempt is live: what is approved afterwards is late money. */
export function cancel(payment: Payment, given: Given) {
  if (payment.status === "paid" || payment.status === "authorized") return { refused: "payment_already_paid" } as const;
  if (payment.status === "expired") return { refused: "payment_expired" } as const;
  if (payment.status === "canceled") return [];
  return [{ kind: "payment_canceled", at: given.now }] as const;
}
