import type { AuditEntry } from "../api/people.ts";

/**
 * How an action ended, as far as an entry says: not yet; done; done by SIBS later, if at all; once another person
 * approves it; refused; or failed, by SIBS or by a fault.
 */
export type Ended = "asked" | "done" | "open" | "waits" | "refused" | "not_done" | "failed";

/** What makes a refund is answered before SIBS has done it, or where SIBS did not. */
const REFUNDS: readonly string[] = ["refundPayment", "refundAttempt"];

/** How the action of an entry ended. */
export function endedAs({ kind, status, operation, after }: AuditEntry): Ended {
  if (kind === "asked" || status === null) return "asked";
  if (status >= 500) return "failed";
  if (status >= 400) return "refused";
  if (status === 202) return "waits";
  const made = REFUNDS.includes(operation) && after !== null && "status" in after ? after.status : "succeeded";
  if (made === "failed") return "not_done";
  return made === "succeeded" ? "done" : "open";
}

/** How it is told: as done, as asked for, or as tried alone. */
export const TOLD_AS = {
  asked: "asked",
  done: "done",
  open: "asked",
  waits: "asked",
  refused: "tried",
  not_done: "tried",
  failed: "tried",
} as const satisfies Record<Ended, string>;
