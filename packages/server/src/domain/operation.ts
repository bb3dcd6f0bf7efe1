import type { Cents } from "@caravela/sibs/money";
import type { Failure } from "./attempt.ts";
import { DAY, firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "./time.ts";

/** How long a call may go unanswered before its answer counts as lost. */
export const ANSWER_LIMIT = 10 * SECOND;

/** A refund is asked of a person when SIBS has not been able to say for this long what became of it. */
export const PERSON_AFTER = DAY;

export type RefundStatus = "pending" | "succeeded" | "failed" | "in_doubt";

/** Why money goes back: the shop asked, or it was taken late or twice. Only the first is in the payment's sums. */
export type RefundReason = "requested" | "late" | "duplicate";

export interface Refund {
  readonly id: string;
  /** The attempt whose transaction is refunded. */
  readonly attempt: string;
  readonly amount: Cents;
  readonly reason: RefundReason;
  readonly status: RefundStatus;
  readonly failure: Failure | null;
  /** SIBS's transaction of the refund itself. */
  readonly transactionId: string | null;
  readonly createdAt: Instant;
  /** Null until the call to SIBS is about to be made; committed before it is. Never sent twice. */
  readonly sentAt: Instant | null;
  readonly doubtSince: Instant | null;
  readonly personAskedAt: Instant | null;
  readonly askAt: Instant | null;
}

/** Whether a refund's amount is spoken for: done, under way or in doubt. */
export function countsAgainstBounds(refund: Refund): boolean {
  return refund.status !== "failed";
}

const DOUBT_OFFSETS = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * SECOND);

/** When to ask about a call whose answer was lost: after 1, 2, 4, 8, 15, 30 s, then each minute. */
export function nextAskInDoubt(since: Instant, after: Instant): Instant {
  return firstAfter(since, DOUBT_OFFSETS, after) ?? nextBeat(since + MINUTE, MINUTE, after);
}

/** When a refund wants to be looked at next: to be sent, to be doubted, to be asked about. */
export function nextRefundAsk(refund: Refund, after: Instant): Instant | null {
  if (refund.status === "succeeded" || refund.status === "failed") return null;
  if (refund.sentAt === null) return refund.createdAt;
  if (refund.doubtSince === null) return refund.sentAt + ANSWER_LIMIT;
  if (refund.personAskedAt !== null) return nextBeat(refund.personAskedAt + HOUR, HOUR, after);
  return Math.min(nextAskInDoubt(refund.doubtSince, after), Math.max(refund.doubtSince + PERSON_AFTER, after + 1));
}
