import { asOf, unasked } from "../asked.ts";
import type { Given } from "../decision.ts";
import { type FailureReason, failure } from "../failure.ts";
import type { AttemptId } from "../identifiers.ts";
import { type Method, rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { ANSWER_LIMIT } from "../patience.ts";
import type { Refusal } from "../refusal.ts";
import { type Attempt, isBeingWithdrawn, isClaimed, MOST_ATTEMPTS, secondsLeft } from "./attempt.ts";
import type { Decision } from "./decision.ts";
import type { AttemptTerms, Fact } from "./facts.ts";
import { givesWay, inTheWayOf, mayBeginBeside } from "./overlap.ts";
import { tryIsDue } from "./plan-charges.ts";
import { liveAttempts, type Payment } from "./state.ts";

export interface StartAttempt extends AttemptTerms {
  /** How many attempts the customer's page had seen: a press that was sent twice starts only one. */
  readonly seen?: number;
}

/** An attempt by the customer, with nothing said yet about how. */
export const BY_CUSTOMER = { phone: null, card: null, token: null, mandate: null, initiator: "customer" } as const;

/** Decides whether a new attempt may begin: the payment is unpaid and nothing is live. */
export function startAttempt(payment: Payment, command: StartAttempt & { id: AttemptId }, given: Given): Decision {
  const refusal = whyNoAttempt(payment, command, given);
  if (refusal !== null) return refusal;
  const { id: attempt, seen: _seen, ...terms } = command;
  return [{ kind: "attempt_prepared", at: given.now, attempt, ...terms }];
}

function whyNoAttempt(payment: Payment, command: StartAttempt, given: Given): Refusal | null {
  const never = whyNeverBegun(payment, command, given);
  if (never !== null) return never;
  if (payment.plan !== null && command.initiator === "merchant" && !tryIsDue(payment, given)) {
    return { refused: "attempt_meanwhile" };
  }
  return whyBusy(payment, command.method, given);
}

/** Why an attempt could not begin even if nothing else were live; null: it could. */
export function whyNeverBegun(
  payment: Payment,
  command: Pick<StartAttempt, "method" | "seen">,
  given: Given,
): Refusal | null {
  const closed = whyClosed(payment, given);
  if (closed !== null) return closed;
  if (!isOffered(payment, command.method)) return { refused: "method_not_offered", method: command.method };
  if (payment.capture === "manual" && !rulesOf(command.method).canHold) {
    return { refused: "method_cannot_hold", method: command.method };
  }
  if (payment.attempts.length >= MOST_ATTEMPTS) return { refused: "too_many_attempts" };
  if (command.seen !== undefined && command.seen !== payment.attempts.length) return { refused: "attempt_meanwhile" };
  return null;
}

function isOffered({ methods }: Payment, method: Method): boolean {
  const { offeredAs } = rulesOf(method);
  return methods.includes(method) || (offeredAs !== undefined && methods.includes(offeredAs));
}

function whyClosed(payment: Payment, given: Given): Refusal | null {
  if (payment.status === "paid" || payment.status === "authorized") return { refused: "payment_already_paid" };
  if (payment.status === "canceled") return { refused: "payment_canceled" };
  if (payment.status === "expired" || given.now >= payment.expiresAt) return { refused: "payment_expired" };
  if (payment.attention !== null) return { refused: "payment_needs_attention" };
  if (payment.erasedAt !== null) return { refused: "customer_erased" };
  return null;
}

function whyBusy(payment: Payment, method: Method, given: Given): Refusal | null {
  const unsure = liveAttempts(payment).find((one) => one.inDoubt || isClaimed(one));
  if (unsure !== undefined) return { refused: "attempt_in_doubt", attempt: unsure.id };
  const inTheWay = inTheWayOf(payment, method).at(-1);
  if (inTheWay !== undefined && !mayBeginBeside(payment, method, given)) {
    return { refused: "attempt_in_progress", attempt: inTheWay.id, secondsLeft: secondsLeft(inTheWay, given.now) ?? 0 };
  }
  const reference = liveAttempts(payment).find((one) => givesWay(one, method));
  return reference === undefined ? null : { refused: "reference_must_be_withdrawn", attempt: reference.id };
}

export interface SubmitAttempt {
  readonly attempt: AttemptId;
  readonly transactionId: string | null;
  readonly merchantTransactionId: AttemptId;
  readonly checkoutExpiresAt: number;
  /** Of a charge by the merchant: SIBS's transaction on which it is made. */
  readonly madeOn?: string;
}

/**
 * Decides, the checkout being there, whether the call that asks the customer for money may be sent. Looked at again
 * because time passed: another attempt may be live by now, or the payment over. Then this one ends without ever having
 * been live.
 */
export function submitAttempt(payment: Payment, command: SubmitAttempt, given: Given): Decision {
  const attempt = payment.attempts.find((one) => one.id === command.attempt);
  if (attempt?.status !== "prepared") return { refused: "attempt_over" };
  const refusal = whyClosed(payment, given) ?? whyBusy(payment, attempt.method, given);
  if (refusal !== null) return refusal;
  const expiresAt = rulesOf(attempt.method).expiresAt(given.now, payment.expiresAt);
  return [{ kind: "attempt_submitted", at: given.now, ...command, expiresAt }];
}

/** Ends an attempt whose call was never sent: it was never live, and nothing can have been charged. */
export function endUnsent(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt?.status !== "prepared" || isClaimed(attempt)) return [];
  return [{ kind: "attempt_ended", at: given.now, attempt: id, status: "expired", failure: failure("not_sent") }];
}

/**
 * Ends an attempt whose call SIBS refused outright, having done nothing. What it does not know the end of is asked
 * about instead: an attempt that was notified as paid, and one whose earlier call went through.
 */
export function endRefused(payment: Payment, id: AttemptId, code: string | null, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined || !(attempt.status === "prepared" || isLive(attempt))) return [];
  if (isClaimed(attempt) || attempt.sentAt !== attempt.submittedAt) return doubtAttempt(payment, id, given);
  const why = failure(REFUSED_OUTRIGHT[code ?? ""] ?? "technical", code);
  const ended: Fact = { kind: "attempt_ended", at: given.now, attempt: id, status: "failed", failure: why };
  return asOf(attempt.sentAt, [ended]);
}

const REFUSED_OUTRIGHT: Readonly<Record<string, FailureReason>> = { E0504: "invalid_phone", E0507: "unknown_mandate" };

/** The answer of a call that was sent has been lost, or is late beyond reason: money may have moved. */
export function doubtAttempt(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined || attempt.inDoubt || !(attempt.status === "submitted" || isBeingWithdrawn(attempt)))
    return [];
  return unasked<Fact>([{ kind: "attempt_in_doubt", at: given.now, attempt: id }]);
}

/** Whether the answer of a call has been waited for long enough to call it lost. */
export function answerIsOverdue(attempt: Attempt, given: Given): boolean {
  if (attempt.inDoubt) return false;
  const withdrawnAt = isBeingWithdrawn(attempt) ? (attempt.cancellation?.sentAt ?? null) : null;
  const sentAt = attempt.status === "submitted" ? attempt.sentAt : withdrawnAt;
  return sentAt !== null && given.now >= sentAt + ANSWER_LIMIT;
}

/**
 * Goes on after the browser did what the issuer wanted, or could not: once for each action, whoever says so first.
 * None: somebody was quicker, or the attempt is over.
 */
export function continueAttempt(
  payment: Payment,
  id: AttemptId,
  { action, executed }: { readonly action: string; readonly executed: boolean },
  given: Given,
): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt?.status !== "action_required" || attempt.action?.id !== action) return [];
  return [{ kind: "attempt_action_done", at: given.now, attempt: id, action, executed }];
}
