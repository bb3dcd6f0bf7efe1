import { CHECKOUT_LIFE_MS, PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import { DAY, firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "./time.ts";

// How long anything of SIBS is waited for, and when it is asked: each time and each schedule stands here, once, whoever
// keeps to it. What a method alone has is in its file.

/** How long a call may go unanswered before its answer counts as lost; nobody who asked for it waits longer. */
export const ANSWER_LIMIT = 10 * SECOND;

/** For how long somebody is taken to wait for what was asked for, or what SIBS has just told of. */
export const AWAITED_FOR = MINUTE;

/** A person is asked when SIBS has not been able to say for this long what became of an attempt or an operation. */
export const PERSON_AFTER = DAY;

/** How long something may be in doubt before it is among what needs a person: most doubts end within seconds. */
export const DOUBT_BEARABLE_FOR = 5 * MINUTE;

/** The customer has four minutes to answer an MB WAY request (reference 4.3). */
export const ANSWER_WINDOW = PHONE_ANSWER_MS;

/** How long SIBS must keep saying that a call has not arrived before it counts as never sent. */
export const NOT_ARRIVED_FOR = MINUTE;

/** SIBS's checkouts live ten minutes; what was not sent by then never will be. */
export const CHECKOUT_LIFE = CHECKOUT_LIFE_MS;

/**
 * How something that a customer has so long to answer is waited for and asked about. Each in milliseconds from when it
 * was sent.
 */
export interface Pace {
  /** Until when the customer can act. */
  readonly window: number;
  /** When SIBS is asked meanwhile. */
  readonly asks: readonly number[];
  /**
   * From when on it is over by our own word, if SIBS could be asked after the window closed; it is asked then, too, and
   * on for late money.
   */
  readonly overAfter: number;
}

/**
 * A request on a customer's phone: a payment's, or a mandate's (that it has as long is inferred: reference 6 does not
 * say).
 */
export const PHONE_PACE: Pace = {
  window: ANSWER_WINDOW,
  asks: [5, 15, 30, 60, 120, 180, 240, 270, 300].map((seconds) => seconds * SECOND),
  overAfter: 330 * SECOND,
};

/**
 * When to ask about what its customer has not answered yet: at its pace, and as of what is late once it should be over.
 */
export function nextAskOfOpen({ asks, overAfter }: Pace, sentAt: Instant, after: Instant): Instant {
  return firstAfter(sentAt, [...asks, overAfter], after) ?? nextAskLate(sentAt + overAfter, after);
}

/**
 * When to ask about what is over without money: on at its pace, then after an hour and after a day, for a late
 * approval. Null: never again.
 */
export function nextAskOfOver({ asks, overAfter }: Pace, sentAt: Instant, after: Instant): Instant | null {
  return firstAfter(sentAt, [...asks, overAfter], after) ?? nextAskForLateMoney(sentAt, after);
}

/** When to ask about what nobody expects to be approved any more: after an hour and after a day. Null: never again. */
export function nextAskForLateMoney(sentAt: Instant, after: Instant): Instant | null {
  return firstAfter(sentAt, [HOUR, DAY], after);
}

/**
 * When to ask after a notification that SIBS's own word does not bear out yet: within seconds. Null: it has been asked
 * often enough.
 */
export function nextAskOfNoticed(noticedAt: Instant | null, after: Instant): Instant | null {
  return noticedAt === null ? null : firstAfter(noticedAt, NOTICE_OFFSETS, after);
}

const NOTICE_OFFSETS = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);

const DOUBT_OFFSETS = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * SECOND);

/**
 * An inquiry that SIBS did not answer is never the last: where no schedule has another, it is asked again after so
 * long.
 */
export const ASKED_AGAIN_AFTER = HOUR;

/** When to ask about what SIBS has not settled: after 1, 2, 4, 8, 15, 30 s, each minute for an hour, then each hour. */
export function nextAskUnsettled(since: Instant, after: Instant): Instant {
  return firstAfter(since, DOUBT_OFFSETS, after) ?? nextAskLate(since, after);
}

/** When to ask about what should have been settled by then: each minute for an hour, then each hour. */
function nextAskLate(since: Instant, after: Instant): Instant {
  return after < since + HOUR ? nextBeat(since + MINUTE, MINUTE, after) : nextBeat(since + HOUR, HOUR, after);
}

/**
 * When to ask about a lost answer: as of what is not settled, and when SIBS may have said for long enough that the call
 * has not arrived.
 */
export function nextAskInDoubt(since: Instant, notArrivedSince: Instant | null, after: Instant): Instant {
  const next = nextAskUnsettled(since, after);
  const settles = notArrivedSince === null ? null : notArrivedSince + NOT_ARRIVED_FOR;
  return settles !== null && settles > after ? Math.min(settles, next) : next;
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

/**
 * When a call that counts as never sent cannot be answered any more: a minute after its checkout lapsed it cannot
 * arrive, and one that arrived at the last moment may be answered for as long as its customer is given.
 */
export function lapsesAt(checkoutExpiresAt: Instant, window: number): Instant {
  return checkoutExpiresAt + window + MINUTE;
}

/** When to ask about a call that counts as never sent: each minute until it has lapsed. Null: it has. */
export function nextAskUntilLapsed(checkoutExpiresAt: Instant | null, window: number, after: Instant): Instant | null {
  if (checkoutExpiresAt === null) return null;
  const last = lapsesAt(checkoutExpiresAt, window);
  return after >= last ? null : Math.min(after + MINUTE, last);
}

/**
 * How long to wait before what has failed so many times is tried again: the first time so long, each time twice as long
 * as before, never longer than that.
 */
export function growingWait(first: number, failures: number, longest = Number.POSITIVE_INFINITY): number {
  return Math.min(first * 2 ** (failures - 1), longest);
}

/** What has ended without SIBS's own word is looked up again: proof that comes later wins. */
const LOOK_UP_OFFSETS = [DAY, 7 * DAY, 30 * DAY];

/** When SIBS is asked next about what has counted as ended since a moment without its own word; null: never again. */
export function nextLookUp(unprovedSince: Instant | null, after: Instant): Instant | null {
  return unprovedSince === null ? null : firstAfter(unprovedSince, LOOK_UP_OFFSETS, after);
}
