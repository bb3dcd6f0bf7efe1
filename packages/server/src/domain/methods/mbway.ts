import { ANSWER_WINDOW, nextAskLate, untilLapsed } from "../patience.ts";
import { firstAfter, HOUR, SECOND } from "../time.ts";
import type { MethodRules, TimesOut } from "./types.ts";
import { isLive } from "./types.ts";

/** From here on an unanswered request is timed out by our own word, if SIBS could be asked after its window closed; it is still asked, for late money. */
const GIVE_UP_AFTER = 330 * SECOND;

/** What has ended without money is looked at again for late money. */
const LATE_OFFSETS = [HOUR, 24 * HOUR];

const ASK_OFFSETS = [
  ...[5, 15, 30, 60, 120, 180, 240, 270, 300, 330].map((seconds) => seconds * SECOND),
  ...LATE_OFFSETS,
];

/** When a request is over, whatever its failure is called. */
export const TIMES_OUT: TimesOut = { window: ANSWER_WINDOW, after: GIVE_UP_AFTER, reason: () => "not_answered" };

/** MB WAY: a request on the customer's phone, which cannot be called off and is answered within four minutes or not. */
export const mbway: MethodRules = {
  canHold: true,
  canBeCalledOff: false,
  expiresAt: (submittedAt) => submittedAt + ANSWER_WINDOW,
  nextAsk(attempt, after) {
    if (attempt.submittedAt === null) return null;
    if (attempt.status === "failed" && attempt.failure?.reason === "not_sent") {
      return untilLapsed(attempt, after, ANSWER_WINDOW) ?? firstAfter(attempt.submittedAt, LATE_OFFSETS, after);
    }
    if (attempt.status === "declined" || attempt.status === "canceled" || attempt.status === "expired") return null;
    const overdueAt = attempt.submittedAt + GIVE_UP_AFTER;
    if (isLive(attempt) && after >= overdueAt) return nextAskLate(overdueAt, after);
    return firstAfter(attempt.submittedAt, ASK_OFFSETS, after);
  },
  timesOut: TIMES_OUT,
  overdueAt: ({ submittedAt }) => (submittedAt === null ? null : submittedAt + GIVE_UP_AFTER),
};
