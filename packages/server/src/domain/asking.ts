import { firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "./time.ts";

const SOON = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * SECOND);

/** When to ask about what SIBS has not settled: after 1, 2, 4, 8, 15, 30 s, each minute for an hour, then each hour. */
export function nextAskUnsettled(since: Instant, after: Instant): Instant {
  return firstAfter(since, SOON, after) ?? nextAskLate(since, after);
}

/** When to ask about what should have been settled by then: each minute for an hour, then each hour. */
export function nextAskLate(since: Instant, after: Instant): Instant {
  return after < since + HOUR ? nextBeat(since + MINUTE, MINUTE, after) : nextBeat(since + HOUR, HOUR, after);
}
