import { nextAskLate, untilLapsed } from "../patience.ts";
import { firstAfter, HOUR, MINUTE, SECOND } from "../time.ts";
import type { MethodRules } from "./types.ts";
import { isLive } from "./types.ts";

/** How long a card's purchase may take: as long as its checkout lives. */
const WINDOW = 10 * MINUTE;

/** A minute after its checkout lapsed nothing new can happen to a card's purchase: it is timed out by our own word, and still followed. */
const GIVE_UP_AFTER = 11 * MINUTE;

/** What has ended without money is looked at again for late money. */
const LATE_OFFSETS = [HOUR, 24 * HOUR];

const ASK_OFFSETS = [
  ...[2, 5, 15, 30, 60, 120, 240, 480].map((seconds) => seconds * SECOND),
  GIVE_UP_AFTER,
  ...LATE_OFFSETS,
];

/** Card: charged, or held, within one checkout's ten minutes; the issuer may want to see the customer in the browser half-way through. */
export const card: MethodRules = {
  canHold: true,
  canBeCalledOff: false,
  expiresAt: (submittedAt) => submittedAt + WINDOW,
  nextAsk(attempt, after) {
    if (attempt.submittedAt === null) return null;
    if (attempt.status === "failed" && attempt.failure?.reason === "not_sent") {
      return untilLapsed(attempt, after, 0) ?? firstAfter(attempt.submittedAt, LATE_OFFSETS, after);
    }
    if (attempt.status === "declined" || attempt.status === "canceled" || attempt.status === "expired") return null;
    const overdueAt = attempt.submittedAt + GIVE_UP_AFTER;
    if (isLive(attempt) && after >= overdueAt) return nextAskLate(overdueAt, after);
    return firstAfter(attempt.submittedAt, ASK_OFFSETS, after);
  },
  timesOut: { window: WINDOW, after: GIVE_UP_AFTER, reason: () => "technical" },
  overdueAt: ({ submittedAt }) => (submittedAt === null ? null : submittedAt + GIVE_UP_AFTER),
};
