import type { Approval, Operation, Payment } from "@caravela/web/dashboard";

/**
 * What came of asking for money to move: what was asked for, the payment as it is then, or that a person must approve.
 */
export type Made = Operation | Payment | Approval;

/**
 * What the payment's page says of it: that it waits for a second person, was not done, or that nobody knows; else that
 * it was asked for. @param asked what it says of that
 */
export function saidOf(made: Made, asked: "refund" | "capture" | "release" | "give_back"): string {
  if ("decidedBy" in made) return "approval";
  const operation = "captures" in made ? (asked === "capture" ? made.captures : made.cancellations).at(-1) : made;
  if (operation?.status === "in_doubt") return "in_doubt";
  return operation?.status === "failed" ? "refund_failed" : asked;
}
