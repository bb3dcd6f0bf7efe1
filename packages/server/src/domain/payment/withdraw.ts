import { unasked } from "../asked.ts";
import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { type Instant, MINUTE } from "../time.ts";
import { type Attempt, isBeingWithdrawn, isClaimed } from "./attempt.ts";
import type { Decision } from "./decision.ts";
import type { Fact } from "./facts.ts";
import type { Payment } from "./state.ts";

/**
 * When the reference of an attempt is to be withdrawn at SIBS: because another method was chosen, or because nobody
 * shall pay it any more. Derived from the state as it is, whatever led there: a reference that becomes known after its
 * payment was over is payable all the same. Null: it is not, or its withdrawal is on its way, or it ends by itself
 * before.
 */
export function withdrawalDueAt(payment: Payment, attempt: Attempt): Instant | null {
  const { cancellation } = attempt;
  if (isBeingWithdrawn(attempt)) return null;
  const isWanted = cancellation !== null && cancellation.doneAt === null;
  if (!isWanted && !isPayableForNothing(payment, attempt)) return null;
  const at = cancellation?.wantedAt ?? attempt.submittedAt ?? attempt.createdAt;
  return at < endOf(payment, attempt) ? at : null;
}

/** Whether SIBS would take money by a reference for a payment that is over, or for an attempt that has ended. */
function isPayableForNothing(payment: Payment, attempt: Attempt): boolean {
  if (!rulesOf(attempt.method).canBeCalledOff || attempt.cancellation?.doneAt) return false;
  const isOver = payment.status !== "open" && payment.status !== "pending";
  return isFound(attempt) || (isOver && attempt.status === "pending" && !attempt.inDoubt);
}

/** Whether a reference exists of which its attempt had counted as never having arrived, or been settled as unpaid. */
function isFound(attempt: Attempt): boolean {
  return countsAsUnsent(attempt) && attempt.reference !== null;
}

/**
 * Whether an attempt ended because its call counts as never having arrived, or as a person said so: nobody shall pay it
 * any more.
 */
export function countsAsUnsent({ failure: why }: Attempt): boolean {
  return why?.reason === "not_sent" || why?.reason === "settled_not_done";
}

function endOf(payment: Payment, attempt: Attempt): Instant {
  return attempt.reference?.expiresAt ?? payment.expiresAt;
}

/** Withdraws a reference at SIBS: recorded before the call is sent. */
export function withdrawReference(payment: Payment, id: AttemptId, given: Given): Decision {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined || !(attempt.status === "pending" || isFound(attempt))) return { refused: "attempt_over" };
  if (attempt.inDoubt || isBeingWithdrawn(attempt)) return { refused: "attempt_in_doubt", attempt: id };
  const operation = attempt.cancellation?.operation ?? given.id("can");
  return [{ kind: "cancellation_sent", at: given.now, attempt: id, operation }];
}

/**
 * SIBS refused to withdraw a reference; the inquiry that follows says whether because it was paid. By this alone
 * nothing is known of that.
 */
export function withdrawalRefused(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  return attempt === undefined ? [] : unasked(withdrawAgain(payment, attempt, given));
}

/** How long the withdrawal of a reference that nobody may pay any more waits before it is tried again. */
const WITHDRAW_AGAIN_AFTER = 10 * MINUTE;

/**
 * A withdrawal that did not come about. Where it was to make way for another method it is dropped, and the customer
 * decides; where nobody shall pay any more it is tried again until SIBS agrees or the reference ends.
 */
export function withdrawAgain(payment: Payment, attempt: Attempt, given: Given): readonly Fact[] {
  const { now: at } = given;
  if (attempt.cancellation === null || !isBeingWithdrawn(attempt)) return [];
  // Its own doubt was about the withdrawal: what became of that is known now.
  if (!isPayableForNothing(payment, { ...attempt, inDoubt: false })) {
    return [{ kind: "cancellation_dropped", at, attempt: attempt.id, operation: attempt.cancellation.operation }];
  }
  const notBefore = at + WITHDRAW_AGAIN_AFTER;
  return [{ kind: "cancellation_wanted", at, attempt: attempt.id, operation: given.id("can"), notBefore }];
}

/**
 * SIBS withdrew a reference: it cannot be paid any more. Whether it was paid before is not said by that, where SIBS had
 * notified so.
 */
export function withdrawalDone(payment: Payment, id: AttemptId, { now: at }: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined || !isBeingWithdrawn(attempt)) return [];
  if (isLive(attempt) && !isClaimed(attempt)) {
    const why = failure("left_for_another_method");
    return [{ kind: "attempt_ended", at, attempt: id, status: "canceled", failure: why }];
  }
  const { status, cancellation } = attempt;
  if (status === "approved" || cancellation === null) return [];
  return [{ kind: "cancellation_done", at, attempt: id, operation: cancellation.operation }];
}
