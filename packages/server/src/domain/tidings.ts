import type { Fact } from "./facts.ts";
import type { Payment } from "./payment.ts";

/** What events tell of. Every type is listed in the documentation; a test holds the two equal. */
export const EVENT_TYPES = [
  "payment.created",
  "payment.pending",
  "payment.paid",
  "payment.attempt_failed",
  "payment.canceled",
  "payment.expired",
  "payment.attention",
  "refund.created",
  "refund.succeeded",
  "refund.failed",
  "refund.in_doubt",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export interface Tiding {
  readonly type: EventType;
  /** The refund it is about, for events about refunds. */
  readonly refund: string | null;
}

/** What the shop is told when a fact turns one state into the next. Most facts tell nothing. */
export function tidingsOf(fact: Fact, before: Payment | null, now: Payment): readonly Tiding[] {
  switch (fact.kind) {
    case "payment_created":
      return [tell("payment.created")];
    case "attention_raised":
      return [tell("payment.attention")];
    case "attempt_ended":
      return endTells(fact, before, now);
    case "refund_requested":
      return [tell("refund.created", fact.refund)];
    case "refund_succeeded":
      return [tell("refund.succeeded", fact.refund)];
    case "refund_failed":
      return [tell("refund.failed", fact.refund)];
    case "refund_needs_person":
      return [tell("refund.in_doubt", fact.refund)];
    default:
      return statusTells(before, now);
  }
}

/** An end that the customer or the shop chose by leaving for another method is no failure. */
function endTells(
  fact: Extract<Fact, { kind: "attempt_ended" }>,
  before: Payment | null,
  now: Payment,
): readonly Tiding[] {
  const failed = fact.status === "canceled" ? [] : [tell("payment.attempt_failed")];
  return [...failed, ...statusTells(before, now)];
}

function statusTells(before: Payment | null, now: Payment): readonly Tiding[] {
  if (before === null || before.status === now.status) return [];
  switch (now.status) {
    case "pending":
      return [tell("payment.pending")];
    case "paid":
      return [tell("payment.paid")];
    case "canceled":
      return [tell("payment.canceled")];
    case "expired":
      return [tell("payment.expired")];
    default:
      return [];
  }
}

function tell(type: EventType, refund: string | null = null): Tiding {
  return { type, refund };
}
