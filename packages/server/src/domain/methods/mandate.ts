import { failure } from "../report.ts";
import type { MethodRules } from "./index.ts";
import { GIVE_UP_AFTER, mbway } from "./mbway.ts";

/**
 * An authorised payment: charged at once, without the customer. Nobody is waited for, unless SIBS turned it into an ordinary MB WAY
 * request because it exceeds the mandate's limit (reference 6.4): then it is one.
 */
export const mandate: MethodRules = {
  ...mbway,
  offeredAs: "mbway",
  isNamedAlone: true,
  expiresAt: () => null,
  endBySilence(attempt, now) {
    if (attempt.phone !== null) return mbway.endBySilence(attempt, now);
    if (attempt.submittedAt === null || now < attempt.submittedAt + GIVE_UP_AFTER) return null;
    return { status: "timed_out", failure: failure("technical") };
  },
};
