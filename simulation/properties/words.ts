import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";

/** The statuses of an attempt that may still take money. */
export const LIVE: readonly string[] = ["submitted", "action_required", "pending"];

/** SIBS's words that no money moved, for good. */
export const FINAL_WORDS: readonly string[] = ["Declined", "Timeout", "Error", "Expired"];

const UNPAID: readonly string[] = ["declined", "timed_out", "expired", "canceled", "failed"];

type Unpaid = Extract<Attempt, { readonly status: "declined" | "timed_out" | "expired" | "canceled" | "failed" }>;

/** Whether an attempt has ended without money. */
export function isUnpaid(attempt: Attempt): attempt is Unpaid {
  return UNPAID.includes(attempt.status);
}
