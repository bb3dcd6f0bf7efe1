import { untilLapsed } from "../schedule.ts";
import { earliest, firstAfter, HOUR, MINUTE, nextBeat } from "../time.ts";
import type { MethodRules } from "./index.ts";

const AFTER_THE_END = [5 * MINUTE, HOUR, 24 * HOUR];

/** Multibanco: a reference that can be paid at any ATM or home bank until it ends, and can be withdrawn before. */
export const multibanco: MethodRules = {
  canBeCalledOff: true,
  expiresAt: (_submittedAt, paymentExpiresAt) => paymentExpiresAt,
  nextAsk(attempt, after) {
    if (attempt.submittedAt === null || attempt.expiresAt === null) return null;
    const end = attempt.reference?.expiresAt ?? attempt.expiresAt;
    if (attempt.status === "expired") return firstAfter(end, AFTER_THE_END.slice(-1), after);
    if (attempt.status === "failed") return untilLapsed(attempt, after);
    if (attempt.status !== "pending") return null;
    const hourly = after < end ? nextBeat(attempt.submittedAt + HOUR, HOUR, after) : null;
    return earliest(hourly, firstAfter(end, AFTER_THE_END, after));
  },
  endBySilence: () => null,
};
