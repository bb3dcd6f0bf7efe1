import { rulesOf } from "../methods/index.ts";
import { ANSWER_LIMIT, CHECKOUT_LIFE, NOT_ARRIVED_FOR, nextAskOfLost, nextAskUnsettled } from "../patience.ts";
import { earliest, firstAfter, type Instant, SECOND } from "../time.ts";
import { ABSENT_FOR, nextToCount } from "./absence.ts";
import { type Attempt, isBeingWithdrawn, isUnnamedCharge } from "./attempt.ts";
import { nextLookUp } from "./settlement.ts";

/** After a success was notified and the inquiry still says Pending, SIBS is asked again within seconds. */
const NOTICE_OFFSETS = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);

/** When an attempt wants to be looked at next, seen from a moment at which it was looked at; null: never. */
export function nextAsk(attempt: Attempt, after: Instant): Instant | null {
  if (attempt.status === "approved") return nextLookUp(attempt.unprovedSince, after);
  if (attempt.paidNoticeAt !== null) return nextAskOfClaim(attempt, attempt.paidNoticeAt, after);
  if (attempt.status === "prepared") return attempt.createdAt + CHECKOUT_LIFE;
  if (attempt.inDoubt && attempt.doubtSince !== null) {
    if (!isUnnamedCharge(attempt)) return nextAskOfDoubt(attempt, attempt.doubtSince, after);
    const toCount = nextToCount(attempt.absence, ABSENT_FOR.charge, after);
    return earliest(nextAskOfLost(attempt.doubtSince, after), toCount);
  }
  if (attempt.status === "submitted" && attempt.sentAt !== null) return attempt.sentAt + ANSWER_LIMIT;
  if (attempt.action !== null) return earliest(attempt.action.expiresAt, noticed(attempt, after));
  const withdrawnAt = isBeingWithdrawn(attempt) ? (attempt.cancellation?.sentAt ?? null) : null;
  if (withdrawnAt !== null) return withdrawnAt + ANSWER_LIMIT;
  const lookedUp = nextLookUp(attempt.unprovedSince, after);
  return earliest(rulesOf(attempt.method).nextAsk(attempt, after), noticed(attempt, after), lookedUp);
}

function noticed(attempt: Attempt, after: Instant): Instant | null {
  return attempt.noticedAt === null ? null : firstAfter(attempt.noticedAt, NOTICE_OFFSETS, after);
}

/** What was notified as paid is asked about until an inquiry confirms or refutes it; what the browser has to do goes on meanwhile. */
function nextAskOfClaim(attempt: Attempt, since: Instant, after: Instant): Instant {
  const next = Math.min(nextAskUnsettled(since, after), noticed(attempt, after) ?? Number.POSITIVE_INFINITY);
  return attempt.action === null ? next : Math.min(next, attempt.action.expiresAt);
}

/** By the schedule of doubts, and when SIBS may have said for long enough that the call has not arrived. */
function nextAskOfDoubt(attempt: Attempt, since: Instant, after: Instant): Instant {
  const settles = attempt.notArrivedSince === null ? null : attempt.notArrivedSince + NOT_ARRIVED_FOR;
  const next = nextAskUnsettled(since, after);
  return settles !== null && settles > after ? Math.min(settles, next) : next;
}

/**
 * Since when it should be known how an attempt ended, and is not: notified as paid, its answer lost, or its time over without an end. Null:
 * nothing is unsettled about it.
 */
export function unsettledSince(attempt: Attempt, now: Instant): Instant | null {
  const overdueAt = attempt.status === "pending" ? rulesOf(attempt.method).overdueAt(attempt) : null;
  return earliest(attempt.paidNoticeAt, attempt.doubtSince, overdueAt !== null && overdueAt <= now ? overdueAt : null);
}
