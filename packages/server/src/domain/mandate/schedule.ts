import { ANSWER_LIMIT, ANSWER_WINDOW, NOT_ARRIVED_FOR, nextAskLate, nextAskUnsettled } from "../patience.ts";
import { addDays, startOfDay } from "../plan/calendar.ts";
import { planDue } from "../plan/due.ts";
import { DAY, earliest, firstAfter, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "../time.ts";
import { isAlive, type Mandate, type MandateCancellation } from "./state.ts";

/** The customer has as long as for a purchase (inferred: reference 6 does not say). */
export const REQUEST_LIFE = ANSWER_WINDOW;

/** From here on an unanswered request has lapsed by our own word; SIBS is still asked, for a late approval. */
export const GIVE_UP_AFTER = 330 * SECOND;

const LATE_OFFSETS = [HOUR, DAY];
const ASK_OFFSETS = [
  ...[5, 15, 30, 60, 120, 180, 240, 270, 300, 330].map((seconds) => seconds * SECOND),
  ...LATE_OFFSETS,
];

/** After a notice that the inquiry does not show yet, SIBS is asked again within seconds. */
const NOTICE_OFFSETS = [1, 2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);

/** The next moment of a mandate and its plans. */
export function mandateDue(mandate: Mandate): Instant | null {
  return earliest(...mandateTimers(mandate));
}

/** When a mandate, and when its plans want to be looked at; null: not at all. */
export function mandateTimers(mandate: Mandate): readonly (Instant | null)[] {
  return [mandate.askAt, planDue(mandate)];
}

/** When a mandate wants to be looked at next, seen from a moment at which it was looked at; null: never. */
export function nextMandateAsk(mandate: Mandate, after: Instant): Instant | null {
  return earliest(nextByStatus(mandate, after), noticed(mandate, after));
}

function noticed({ noticed }: Mandate, after: Instant): Instant | null {
  return noticed === null ? null : firstAfter(noticed.at, NOTICE_OFFSETS, after);
}

function nextByStatus(mandate: Mandate, after: Instant): Instant | null {
  if (mandate.inDoubt && mandate.doubtSince !== null) return nextOfDoubt(mandate, mandate.doubtSince, after);
  if (isAlive(mandate)) return nextOfAlive(mandate, after);
  if (mandate.cancellation !== null) return nextOfCanceled(mandate, mandate.cancellation, after);
  if (mandate.status === "pending") return nextOfPending(mandate, after);
  return mayStillBeApproved(mandate) ? firstAfter(mandate.submittedAt, LATE_OFFSETS, after) : null;
}

/** By the schedule of doubts, and when SIBS may have said for long enough that the request has not arrived. */
function nextOfDoubt({ notArrivedSince }: Mandate, since: Instant, after: Instant): Instant {
  const settles = notArrivedSince === null ? null : notArrivedSince + NOT_ARRIVED_FOR;
  const next = nextAskUnsettled(since, after);
  return settles !== null && settles > after ? Math.min(settles, next) : next;
}

function nextOfPending(mandate: Mandate, after: Instant): Instant {
  if (mandate.transactionId === null) return Math.max(mandate.submittedAt + ANSWER_LIMIT, after + SECOND);
  const givesUp = mandate.submittedAt + GIVE_UP_AFTER;
  if (after >= givesUp) return nextAskLate(givesUp, after);
  return firstAfter(mandate.submittedAt, ASK_OFFSETS, after) ?? after + 5 * SECOND;
}

/** Whether SIBS notified that the customer agreed, and its own word on it is still to come. After a day its word that it knows of none stands. */
export function awaitsWordOfConsent({ status, noticed }: Mandate, now: Instant): boolean {
  const isNotified = noticed?.action === "CRTN" && noticed.actionStatus === "SCCS";
  return isNotified && status === "pending" && now < noticed.at + DAY;
}

/** Once a day, on the hour at which it began, so that many are asked about together; and when its end is past: SIBS tells nobody of that (inferred). */
function nextOfAlive({ createdAt, validUntil }: Mandate, after: Instant): Instant {
  const daily = nextBeat(createdAt - (createdAt % HOUR) + DAY, DAY, after);
  if (validUntil === null) return daily;
  return Math.min(daily, nextBeat(endOf(validUntil), HOUR, after));
}

/** The first moment in Lisbon at which a mandate is no longer good: it is valid through its last day (inferred). */
export function endOf(validUntil: string): Instant {
  return startOfDay(addDays(validUntil, 1));
}

/** Canceled before the customer answered: followed for a late approval. Canceled at SIBS too: until SIBS says so. */
function nextOfCanceled(mandate: Mandate, cancellation: MandateCancellation, after: Instant): Instant | null {
  if (cancellation.doneAt !== null) return null;
  if (cancellation.sentAt === null) return firstAfter(mandate.endedAt ?? mandate.submittedAt, ASK_OFFSETS, after);
  const answered = cancellation.sentAt + ANSWER_LIMIT;
  return after < answered ? answered : Math.max(sendsAgainAt(cancellation), after + SECOND);
}

/** A cancellation that SIBS has not carried out is sent again after a minute, then after twice as long, at most after an hour. */
export function sendsAgainAt({ sentAt, tries }: MandateCancellation): Instant {
  return sentAt === null ? 0 : sentAt + Math.min(MINUTE * 2 ** (tries - 1), HOUR);
}

/** Not answered in time, or never arrived as far as SIBS knew: the phone may hold it all the same. */
function mayStillBeApproved({ activatedAt, failure }: Mandate): boolean {
  return activatedAt === null && (failure?.reason === "not_answered" || failure?.reason === "not_sent");
}
