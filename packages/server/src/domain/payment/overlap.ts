import type { Given } from "../decision.ts";
import { type Method, rulesOf } from "../methods/index.ts";
import { SECOND } from "../time.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { liveAttempts, type Payment } from "./state.ts";

// What is live keeps anything else from beginning, since both could be paid. A reference gives way: it is withdrawn
// first. Beside anything else an attempt begins only where the shop has said that it may, and SIBS just now that
// nothing was paid yet.

/** SIBS's word for what may be paid yet. */
const PENDING = "Pending";

/** For how long it counts that SIBS has answered that an attempt is pending. */
const PENDING_FOR = 10 * SECOND;

/** Whether a live attempt can be withdrawn at SIBS to make way for one by another method. */
export function givesWay(attempt: Attempt, method: Method): boolean {
  const isKnown = attempt.status === "pending" && !attempt.inDoubt && !isClaimed(attempt);
  return isKnown && attempt.method !== method && rulesOf(attempt.method).canBeCalledOff;
}

/** What is live, or claimed, and does not give way to an attempt by a method. */
export function inTheWayOf(payment: Payment, method: Method): readonly Attempt[] {
  return liveAttempts(payment).filter((one) => !givesWay(one, method));
}

/** Whether an attempt by a method may begin beside what is in its way, at this moment. */
export function mayBeginBeside(payment: Payment, method: Method, given: Given): boolean {
  return isThinkableBeside(payment, method) && inTheWayOf(payment, method).every((one) => isFresh(one, given));
}

/**
 * What SIBS is to be asked about before an attempt by a method can begin beside it. None: there is no need, or it
 * could not begin beside it whatever SIBS answers.
 */
export function toBeAskedFirst(payment: Payment, method: Method, given: Given): readonly Attempt[] {
  if (!isThinkableBeside(payment, method)) return [];
  return inTheWayOf(payment, method).filter((one) => !isFresh(one, given));
}

/** Whether it may be thought of: all conditions hold but how lately SIBS was asked, which has said nothing else. */
export function mightBeginBeside(payment: Payment, method: Method): boolean {
  const saidNothingElse = ({ asked }: Attempt) => asked === null || asked.said === PENDING;
  return isThinkableBeside(payment, method) && inTheWayOf(payment, method).every(saidNothingElse);
}

/**
 * What was begun beside something that is live still and has ended unpaid, where more may begin beside that; null:
 * nothing was, or the live one is all that counts. One that was never sent because another was quicker is nothing.
 */
export function endedBeside(payment: Payment): Attempt | null {
  const newest = payment.attempts.at(-1);
  const ended = newest?.endedAt == null || newest.status === "approved" ? null : newest;
  if (ended === null || liveAttempts(payment).length === 0) return null;
  const isNothing = ended.status === "canceled" || (ended.status === "expired" && ended.submittedAt === null);
  return !isNothing && mightBeginBeside(payment, ended.method) ? ended : null;
}

/** All conditions but how lately SIBS was asked. */
function isThinkableBeside(payment: Payment, method: Method): boolean {
  if (payment.overlap !== "allow" || payment.attempts.some((one) => one.inDoubt || isClaimed(one))) return false;
  const isPending = inTheWayOf(payment, method).every(
    // a second reference would be no other way to pay
    (one) => one.status === "pending" && !rulesOf(one.method).canBeCalledOff,
  );
  return isPending && liveAttempts(payment).every((one) => one.noticedAt === null);
}

function isFresh({ asked }: Attempt, { now }: Given): boolean {
  return asked !== null && asked.said === PENDING && now <= asked.at + PENDING_FOR;
}
