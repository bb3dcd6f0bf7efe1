import { isLive } from "../attempt.ts";
import { ANSWER_WINDOW, failure } from "../report.ts";
import { untilLapsed } from "../schedule.ts";
import { firstAfter, HOUR, SECOND } from "../time.ts";
import type { MethodRules } from "./index.ts";

/** From here on an unanswered request is timed out by our own word; SIBS is still asked, for late money. */
export const GIVE_UP_AFTER = 330 * SECOND;

const ASK_OFFSETS = [
  ...[5, 15, 30, 60, 120, 180, 240, 270, 300, 330].map((seconds) => seconds * SECOND),
  HOUR,
  24 * HOUR,
];

/** MB WAY: a request on the customer's phone, which cannot be called off and is answered within four minutes or not. */
export const mbway: MethodRules = {
  canHold: true,
  canBeCalledOff: false,
  expiresAt: (submittedAt) => submittedAt + ANSWER_WINDOW,
  nextAsk(attempt, after) {
    if (attempt.submittedAt === null) return null;
    if (attempt.status === "failed" && attempt.failure?.reason === "not_sent") return untilLapsed(attempt, after);
    if (attempt.status === "declined" || attempt.status === "canceled" || attempt.status === "expired") return null;
    // Known to be pending only after the time to give up, as when its answer was lost: the next word of SIBS settles it.
    if (isLive(attempt) && after >= attempt.submittedAt + GIVE_UP_AFTER) return after + 5 * SECOND;
    return firstAfter(attempt.submittedAt, ASK_OFFSETS, after);
  },
  endBySilence(attempt, now) {
    if (attempt.submittedAt === null || now < attempt.submittedAt + GIVE_UP_AFTER) return null;
    return { status: "timed_out", failure: failure("not_answered") };
  },
};
