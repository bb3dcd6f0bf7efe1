import { nextAskUntilLapsed } from "../patience.ts";
import { earliest, firstAfter, HOUR, MINUTE, nextBeat } from "../time.ts";
import type { MethodRules } from "./types.ts";

const AFTER_THE_END = [5 * MINUTE, HOUR, 24 * HOUR];

/** Multibanco: a reference that can be paid at any ATM or home bank until it ends, and can be withdrawn before. */
export const multibanco: MethodRules = {
  called: { en: "Multibanco reference", pt: "referência Multibanco" },
  asksCustomer: true,
  canHold: false,
  canBeCalledOff: true,
  isByReference: true,
  expiresAt: (_submittedAt, paymentExpiresAt) => paymentExpiresAt,
  nextAsk(attempt, after) {
    if (attempt.submittedAt === null || attempt.expiresAt === null) return null;
    const end = attempt.reference?.expiresAt ?? attempt.expiresAt;
    if (attempt.status === "expired") return firstAfter(end, AFTER_THE_END.slice(-1), after);
    if (attempt.status === "failed") return nextAskUntilLapsed(attempt.checkoutExpiresAt, 0, after);
    if (attempt.status !== "pending") return null;
    const hourly = after < end ? nextBeat(attempt.submittedAt + HOUR, HOUR, after) : null;
    // A reference of which SIBS does not say how it ended is asked about each hour: while it is live, it is not
    // forgotten.
    const overdue = after >= end + HOUR ? nextBeat(end + HOUR, HOUR, after) : null;
    return overdue ?? earliest(hourly, firstAfter(end, AFTER_THE_END, after));
  },
  timesOut: null,
  overdueAt: ({ reference, expiresAt }) => {
    const end = reference?.expiresAt ?? expiresAt;
    return end === null ? null : end + HOUR;
  },
};
