import type { Attempt } from "./attempt.ts";
import { rulesOf } from "./methods/index.ts";
import { ANSWER_LIMIT, nextAskInDoubt, PERSON_AFTER } from "./operation.ts";
import { earliest, firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "./time.ts";

/** SIBS's checkouts live ten minutes; what was not sent by then never will be. */
export const CHECKOUT_LIFE = 10 * MINUTE;

/** How long SIBS must keep saying that a call has not arrived before it counts as never sent. */
export const NOT_ARRIVED_FOR = MINUTE;

/** After a success was notified and the inquiry still says Pending, SIBS is asked again within seconds. */
const NOTICE_OFFSETS = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);

/** When an attempt wants to be looked at next, seen from a moment at which it was looked at; null: never. */
export function nextAsk(attempt: Attempt, after: Instant): Instant | null {
  if (attempt.status === "prepared") return attempt.createdAt + CHECKOUT_LIFE;
  if (attempt.status === "approved") return null;
  if (attempt.inDoubt && attempt.doubtSince !== null) return nextAskOfDoubt(attempt, attempt.doubtSince, after);
  if (attempt.status === "submitted" && attempt.sentAt !== null) return attempt.sentAt + ANSWER_LIMIT;
  if (attempt.action !== null) return earliest(attempt.action.expiresAt, noticed(attempt, after));
  const withdrawnAt = attempt.cancellation?.sentAt ?? null;
  if (withdrawnAt !== null) return withdrawnAt + ANSWER_LIMIT;
  return earliest(rulesOf(attempt.method).nextAsk(attempt, after), noticed(attempt, after));
}

function noticed(attempt: Attempt, after: Instant): Instant | null {
  return attempt.noticedAt === null ? null : firstAfter(attempt.noticedAt, NOTICE_OFFSETS, after);
}

/** By the schedule of doubts, each hour once a person was asked, and when SIBS may have said for long enough that the call has not arrived. */
function nextAskOfDoubt(attempt: Attempt, since: Instant, after: Instant): Instant {
  const settles = attempt.notArrivedSince === null ? null : attempt.notArrivedSince + NOT_ARRIVED_FOR;
  const asksPerson = since + PERSON_AFTER;
  const next =
    after < asksPerson ? Math.min(nextAskInDoubt(since, after), asksPerson) : nextBeat(asksPerson, HOUR, after);
  return settles !== null && settles > after ? Math.min(settles, next) : next;
}

/** A call that never arrived is followed until a minute after its checkout lapsed: then it cannot arrive any more. */
export function untilLapsed(attempt: Attempt, after: Instant): Instant | null {
  if (attempt.checkoutExpiresAt === null) return null;
  const last = attempt.checkoutExpiresAt + MINUTE;
  return after >= last ? null : Math.min(after + MINUTE, last);
}
