import { nextAskForLateMoney, nextAskOfOpen, nextAskOfOver, nextAskUntilLapsed, type Pace } from "../patience.ts";
import type { AttemptStatus, MethodRules, SeenAttempt, TimesOut } from "./types.ts";
import { isLive } from "./types.ts";

/** What a method says of its time. */
export interface Timing {
  readonly pace: Pace;
  /** For how long a call that arrived at the last moment may still be answered, in milliseconds. */
  readonly answeredFor: number;
  /** Why an attempt is over that nobody has ended. */
  readonly reason: TimesOut["reason"];
}

/** SIBS's own word that no money moved: nothing of these is asked again by the schedule. */
const ENDED_BY_WORD: readonly AttemptStatus[] = ["declined", "canceled", "expired"];

/** The rules of an attempt that is over by itself when its time is: a request on a phone, a card's purchase. */
export function timed({
  pace,
  answeredFor,
  reason,
}: Timing): Pick<MethodRules, "expiresAt" | "nextAsk" | "timesOut" | "overdueAt"> {
  return {
    expiresAt: (submittedAt) => submittedAt + pace.window,
    nextAsk(attempt, after) {
      const { status, submittedAt, checkoutExpiresAt } = attempt;
      if (submittedAt === null || ENDED_BY_WORD.includes(status)) return null;
      if (isLive(attempt)) return nextAskOfOpen(pace, submittedAt, after);
      if (!countsAsNeverSent(attempt)) return nextAskOfOver(pace, submittedAt, after);
      return nextAskUntilLapsed(checkoutExpiresAt, answeredFor, after) ?? nextAskForLateMoney(submittedAt, after);
    },
    timesOut: { window: pace.window, after: pace.overAfter, reason },
    overdueAt: ({ submittedAt }) => (submittedAt === null ? null : submittedAt + pace.overAfter),
  };
}

function countsAsNeverSent({ status, failure }: SeenAttempt): boolean {
  return status === "failed" && failure?.reason === "not_sent";
}
