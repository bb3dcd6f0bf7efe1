import { type CivilDate, lisbonDate } from "@caravela/platform/lisbon";
import type { FailureReason } from "../failure.ts";
import type { Method } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import type { Attempt } from "./attempt.ts";
import type { Payment } from "./state.ts";

/** Why an attempt is counted: it ended without money, or its reference is still to be paid. */
export type AttemptStanding = "failed" | "to_be_paid";

/** An attempt that reports count. */
export interface ListedAttempt {
  readonly id: string;
  readonly standing: AttemptStanding;
  /** In Lisbon: on which it failed; on which its reference ends. */
  readonly day: CivilDate;
  readonly method: Method;
  /** Why it failed; null: it did not. */
  readonly reason: FailureReason | null;
  readonly amount: number;
}

/** The attempts of a payment that reports count: all of it follows from its state. */
export function listedAttempts(payment: Payment): readonly ListedAttempt[] {
  return payment.attempts.flatMap((attempt): ListedAttempt[] => {
    const { id, method, amount, failure } = attempt;
    if (failure !== null) {
      const day = lisbonDate(attempt.endedAt);
      return [{ id, standing: "failed", day, method, reason: failure.reason, amount }];
    }
    const endsAt = payment.status === "pending" ? referenceEndsAt(attempt) : null;
    if (endsAt === null) return [];
    return [{ id, standing: "to_be_paid", day: lisbonDate(endsAt), method, reason: null, amount }];
  });
}

/** Null: there is none that can be paid. */
function referenceEndsAt(attempt: Attempt): number | null {
  return isLive(attempt) ? (attempt.reference?.expiresAt ?? null) : null;
}
