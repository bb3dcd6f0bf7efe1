import {
  ANSWER_LIMIT,
  growingWait,
  nextAskForLateMoney,
  nextAskInDoubt,
  nextAskOfNoticed,
  nextAskOfOpen,
  nextAskOfOver,
  PHONE_PACE,
} from "../patience.ts";
import { addDays, startOfDay } from "../plan/calendar.ts";
import { DAY, earliest, HOUR, type Instant, MINUTE, nextBeat, SECOND } from "../time.ts";
import { isAlive, type Mandate, type MandateCancellation } from "./state.ts";

/** When a mandate wants to be looked at next, seen from a moment at which it was looked at; null: never. */
export function nextMandateAsk(mandate: Mandate, after: Instant): Instant | null {
  return earliest(nextByStatus(mandate, after), nextAskOfNoticed(mandate.noticed?.at ?? null, after));
}

function nextByStatus(mandate: Mandate, after: Instant): Instant | null {
  if (mandate.inDoubt && mandate.doubtSince !== null)
    return nextAskInDoubt(mandate.doubtSince, mandate.notArrivedSince, after);
  if (isAlive(mandate)) return nextOfAlive(mandate, after);
  if (mandate.cancellation !== null) return nextOfCanceled(mandate, mandate.cancellation, after);
  if (mandate.status === "pending") return nextOfPending(mandate, after);
  return mayStillBeApproved(mandate) ? nextAskForLateMoney(mandate.submittedAt, after) : null;
}

function nextOfPending(mandate: Mandate, after: Instant): Instant {
  if (mandate.transactionId === null) return Math.max(mandate.submittedAt + ANSWER_LIMIT, after + SECOND);
  return nextAskOfOpen(PHONE_PACE, mandate.submittedAt, after);
}

/**
 * Whether SIBS notified that the customer agreed, and its own word on it is still to come. After a day its word that it
 * knows of none stands.
 */
export function awaitsWordOfConsent({ status, noticed }: Mandate, now: Instant): boolean {
  const isNotified = noticed?.action === "CRTN" && noticed.actionStatus === "SCCS";
  return isNotified && status === "pending" && now < noticed.at + DAY;
}

/**
 * Once a day, at the time of day at which it began, so that those of a shop that has many are asked about through the
 * day; and when its end is past, within the hour, for many end on the same day: SIBS tells nobody of that (inferred).
 */
function nextOfAlive({ createdAt, validUntil }: Mandate, after: Instant): Instant {
  const daily = nextBeat(createdAt + DAY, DAY, after);
  if (validUntil === null) return daily;
  return Math.min(daily, nextBeat(endOf(validUntil) + (createdAt % HOUR), HOUR, after));
}

/** The first moment in Lisbon at which a mandate is no longer good: it is valid through its last day (inferred). */
export function endOf(validUntil: string): Instant {
  return startOfDay(addDays(validUntil, 1));
}

/** Canceled before the customer answered: followed for a late approval. Canceled at SIBS too: until SIBS says so. */
function nextOfCanceled(mandate: Mandate, cancellation: MandateCancellation, after: Instant): Instant | null {
  if (cancellation.doneAt !== null) return null;
  if (cancellation.sentAt === null) return nextAskOfOver(PHONE_PACE, mandate.endedAt ?? mandate.submittedAt, after);
  const answered = cancellation.sentAt + ANSWER_LIMIT;
  return after < answered ? answered : Math.max(sendsAgainAt(cancellation), after + SECOND);
}

/**
 * A cancellation that SIBS has not carried out is sent again after a minute, then after twice as long, at most after a
 * day.
 */
export function sendsAgainAt({ sentAt, tries }: MandateCancellation): Instant {
  return sentAt === null ? 0 : sentAt + growingWait(MINUTE, tries, DAY);
}

/** Not answered in time, or never arrived as far as SIBS knew: the phone may hold it all the same. */
function mayStillBeApproved({ activatedAt, failure }: Mandate): boolean {
  return activatedAt === null && (failure?.reason === "not_answered" || failure?.reason === "not_sent");
}
