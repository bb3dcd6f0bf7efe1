import { rulesOf } from "../methods/index.ts";
import {
  ANSWER_LIMIT,
  CHECKOUT_LIFE,
  nextAskInDoubt,
  nextAskOfLost,
  nextAskOfNoticed,
  nextAskUnsettled,
  nextLookUp,
} from "../patience.ts";
import { earliest, type Instant } from "../time.ts";
import { ABSENT_FOR, nextToCount } from "./absence.ts";
import { type Attempt, isBeingWithdrawn, isUnnamedCharge } from "./attempt.ts";

/**
 * Longer than a checkout takes. Whoever begins a wish has it in hand alone, so that what is found unsent after this was
 * left: a customer may still look at their phone.
 */
export const UNSENT_WISH = 3 * ANSWER_LIMIT;

/** When an attempt wants to be looked at next, seen from a moment at which it was looked at; null: never. */
export function nextAsk(attempt: Attempt, after: Instant): Instant | null {
  if (attempt.status === "approved") return nextLookUp(attempt.unprovedSince, after);
  if (attempt.paidNoticeAt !== null) return nextAskOfClaim(attempt, attempt.paidNoticeAt, after);
  if (attempt.status === "prepared") return attempt.createdAt + (attempt.wished ? UNSENT_WISH : CHECKOUT_LIFE);
  if (attempt.inDoubt && attempt.doubtSince !== null) {
    if (!isUnnamedCharge(attempt)) return nextAskInDoubt(attempt.doubtSince, attempt.notArrivedSince, after);
    const toCount = nextToCount(attempt.absence, ABSENT_FOR.charge, after);
    return earliest(nextAskOfLost(attempt.doubtSince, after), toCount);
  }
  if (attempt.status === "submitted" && attempt.sentAt !== null) return attempt.sentAt + ANSWER_LIMIT;
  if (attempt.action !== null) return earliest(attempt.action.expiresAt, nextAskOfNoticed(attempt.noticedAt, after));
  const withdrawnAt = isBeingWithdrawn(attempt) ? (attempt.cancellation?.sentAt ?? null) : null;
  if (withdrawnAt !== null) return withdrawnAt + ANSWER_LIMIT;
  const lookedUp = nextLookUp(attempt.unprovedSince, after);
  return earliest(
    rulesOf(attempt.method).nextAsk(attempt, after),
    nextAskOfNoticed(attempt.noticedAt, after),
    lookedUp,
  );
}

/**
 * What was notified as paid is asked about until an inquiry confirms or refutes it; what the browser has to do goes on
 * meanwhile.
 */
function nextAskOfClaim(attempt: Attempt, since: Instant, after: Instant): Instant {
  const next = Math.min(
    nextAskUnsettled(since, after),
    nextAskOfNoticed(attempt.noticedAt, after) ?? Number.POSITIVE_INFINITY,
  );
  return attempt.action === null ? next : Math.min(next, attempt.action.expiresAt);
}

/**
 * Since when it should be known how an attempt ended, and is not: notified as paid, its answer lost, or its time over
 * without an end. Null: nothing is unsettled about it.
 */
export function unsettledSince(attempt: Attempt, now: Instant): Instant | null {
  const overdueAt = attempt.status === "pending" ? rulesOf(attempt.method).overdueAt(attempt) : null;
  return earliest(attempt.paidNoticeAt, attempt.doubtSince, overdueAt !== null && overdueAt <= now ? overdueAt : null);
}
