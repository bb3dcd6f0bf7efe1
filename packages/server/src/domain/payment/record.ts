import { type AsOf, isUnasked, nextAfterAnswer } from "../asked.ts";
import type { By } from "../by.ts";
import { ANSWER_LIMIT } from "../patience.ts";
import { earliest, type Instant } from "../time.ts";
import { apply } from "./apply.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { eraseLine } from "./erase.ts";
import type { AttemptFact, Fact, OperationFact, Recorded } from "./facts.ts";
import { NO_ANSWER, nextOperationAsk } from "./operation.ts";
import { nextAsk } from "./schedule.ts";
import type { Payment } from "./state.ts";

/**
 * What a decision says, as it stands in the journal: with who caused it, what the inquiries since the fact before have
 * come to, and when what it is about is looked at next by the schedules of today. `payment`: as it was before; null:
 * the fact is its first.
 */
export function recorded(payment: Payment | null, fact: Fact, decidedBy: By | null): Recorded {
  const { askedAt: _notKept, ...line } = lineOf(payment, fact, fact.by ?? decidedBy);
  // what is said of an erased customer later, by whomever, is not kept either
  return payment === null || payment.erasedAt === null ? line : eraseLine(line);
}

function lineOf(payment: Payment | null, fact: Fact, by: By | null): Recorded & AsOf {
  const looks = payment?.looks ?? null;
  const of = { by, ...(looks !== null && { looks }) };
  if (isOfOperation(fact)) return { ...fact, ...of, next: nextOfOperation(payment, fact) };
  if (isOfAttempt(fact)) return { ...fact, ...of, next: nextOfAttempt(payment, fact) };
  return { ...fact, ...of };
}

/**
 * A notification makes the inquiry due now, unless SIBS's own status has said before what it tells; an inquiry that
 * SIBS did not answer is never the last.
 */
function nextOfAttempt(payment: Payment | null, fact: OfAttempt): Instant | null {
  const known = payment?.attempts.find((one) => one.id === fact.attempt);
  if (fact.kind === "attempt_notified") {
    return fact.paid && known !== undefined && isProvedPaid(known) ? known.askAt : fact.at;
  }
  const attempt = afterIt(payment, fact).attempts.find((one) => one.id === fact.attempt);
  if (attempt === undefined) return null;
  const next = nextAsk(attempt, fact.at);
  if (attempt.status === "approved" && known !== undefined && isDueByClaim(known)) return next;
  const isUnanswered = fact.kind === "attempt_asked" && !fact.answered;
  const after = nextAfterAnswer({ next, dueAt: known?.askAt ?? null, isUnanswered }, fact);
  return isRefusedWithdrawal(fact) ? earliest(after, fact.at + ANSWER_LIMIT) : after;
}

/**
 * SIBS would not withdraw a reference, perhaps because it was paid: whoever asks it why may be gone before it has
 * answered.
 */
function isRefusedWithdrawal(fact: OfAttempt): boolean {
  return (fact.kind === "cancellation_dropped" || fact.kind === "cancellation_wanted") && isUnasked(fact);
}

/** A notification makes the inquiry due now; one about what has ended that SIBS did not answer is never the last. */
function nextOfOperation(payment: Payment | null, fact: OfOperation): Instant | null {
  if (fact.kind === "operation_notified") return fact.at;
  const known = payment?.operations.find((one) => one.id === fact.operation);
  const operation = afterIt(payment, fact).operations.find((one) => one.id === fact.operation);
  if (operation === undefined) return null;
  const next = nextOperationAsk(operation, fact.at);
  // of what has not gone out, or not again yet, SIBS cannot be asked: what is due of it is to be sent
  if (operation.sentAt === null) return next;
  const isUnanswered = fact.kind === "operation_asked" && fact.said === NO_ANSWER && operation.unprovedSince !== null;
  return nextAfterAnswer({ next, dueAt: known?.askAt ?? null, isUnanswered }, fact);
}

/** Whether SIBS was last to be asked because it had notified that money moved: what says so needs no second word. */
function isDueByClaim(attempt: Attempt): boolean {
  return isClaimed(attempt) && attempt.askAt === attempt.noticedAt;
}

/** Whether SIBS has said itself that this much was taken, and has neither notified it yet nor taken it back. */
function isProvedPaid({ status, taken, unprovedSince, takenBackAt, awaitsNotice }: Attempt): boolean {
  const isProved = status === "approved" && taken.amount !== null && unprovedSince === null && takenBackAt === null;
  return isProved && awaitsNotice;
}

type OfAttempt = Extract<Fact, { kind: AttemptFact["kind"] }>;
type OfOperation = Extract<Fact, { kind: OperationFact["kind"] }>;

function afterIt(payment: Payment | null, fact: OfAttempt | OfOperation): Payment {
  return apply(payment, { ...fact, by: null, next: null });
}

/** Whether a fact is about an operation. */
export function isOfOperation(fact: Fact): fact is Extract<Fact, { kind: `operation_${string}` }> {
  return fact.kind.startsWith("operation_");
}

/** Whether a fact is about an attempt, or the withdrawal of its reference. */
export function isOfAttempt(
  fact: Fact,
): fact is Extract<Fact, { kind: `${"attempt" | "cancellation" | "reference"}_${string}` }> {
  return /^(attempt|cancellation|reference)_/.test(fact.kind);
}
