import { CHECKOUT_LIFE_MS, PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import { DAY, firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "./time.ts";

const DOUBT_OFFSETS = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * SECOND);

/** When to ask about what SIBS has not settled: after 1, 2, 4, 8, 15, 30 s, each minute for an hour, then each hour. */
export function nextAskUnsettled(since: Instant, after: Instant): Instant {
  return firstAfter(since, DOUBT_OFFSETS, after) ?? nextAskLate(since, after);
}

/** When to ask about what should have been settled by then: each minute for an hour, then each hour. */
export function nextAskLate(since: Instant, after: Instant): Instant {
  return after < since + HOUR ? nextBeat(since + MINUTE, MINUTE, after) : nextBeat(since + HOUR, HOUR, after);
}

/** How long a call may go unanswered before its answer counts as lost. */
export const ANSWER_LIMIT = 10 * SECOND;

/** An operation is asked of a person when SIBS has not been able to say for this long what became of it. */
export const PERSON_AFTER = DAY;

/** The customer has four minutes to answer an MB WAY request (reference 4.3). */
export const ANSWER_WINDOW = PHONE_ANSWER_MS;

/** How long SIBS must keep saying that a call has not arrived before it counts as never sent. */
export const NOT_ARRIVED_FOR = MINUTE;

/** SIBS's checkouts live ten minutes; what was not sent by then never will be. */
export const CHECKOUT_LIFE = CHECKOUT_LIFE_MS;

/**
 * A call that counts as never sent is followed until a minute after its checkout lapsed: then it cannot arrive any more. One that arrived at the
 * last moment may still be answered for as long as its method lets the customer.
 */
export function untilLapsed(
  { checkoutExpiresAt }: { readonly checkoutExpiresAt: Instant | null },
  after: Instant,
  window: number,
): Instant | null {
  if (checkoutExpiresAt === null) return null;
  const last = checkoutExpiresAt + window + MINUTE;
  return after >= last ? null : Math.min(after + MINUTE, last);
}

const LOST_OFFSETS = [...DOUBT_OFFSETS, ...[1, 2, 4, 8, 15, 30].map((minutes) => minutes * MINUTE)];

const ASK_RARELY_AFTER = 30 * DAY;

/** When to ask about a lost answer that only our own id leads to: less and less often. */
export function nextAskOfLost(since: Instant, after: Instant): Instant {
  const early = firstAfter(since, LOST_OFFSETS, after);
  if (early !== null) return early;
  if (after < since + PERSON_AFTER) return nextBeat(since + HOUR, HOUR, after);
  const step = after < since + ASK_RARELY_AFTER ? 6 * HOUR : DAY;
  return nextBeat(since + PERSON_AFTER, step, after);
}
