import type { NewEvent } from "../event.ts";
import type { OperationId } from "../identifiers.ts";
import type { Fact } from "./facts.ts";
import type { Payment } from "./state.ts";

/** What events tell of payments. Every type is listed in the documentation; a test holds the two equal. */
export const PAYMENT_EVENT_TYPES = [
  "payment.created",
  "payment.pending",
  "payment.authorized",
  "payment.paid",
  "payment.attempt_failed",
  "payment.canceled",
  "payment.expired",
  "payment.attention",
  "payment.reference_expiring",
  "capture.created",
  "capture.succeeded",
  "capture.failed",
  "capture.in_doubt",
  "cancellation.created",
  "cancellation.succeeded",
  "cancellation.failed",
  "cancellation.in_doubt",
  "refund.created",
  "refund.succeeded",
  "refund.failed",
  "refund.in_doubt",
  "token.created",
] as const;

export type PaymentEventType = (typeof PAYMENT_EVENT_TYPES)[number];

/** The events of a fact that turns one state into the next. Most facts have none. */
export function eventsOf(fact: Fact, before: Payment | null, now: Payment): readonly NewEvent[] {
  switch (fact.kind) {
    case "payment_created":
      return [event("payment.created")];
    case "attention_raised":
      return [event("payment.attention")];
    case "attention_resolved":
      return now.attention === null ? [] : [event("payment.attention")];
    case "expiry_told":
      return eventsOfExpiry(fact, now);
    case "card_saved":
      return [event("token.created", fact.card.id)];
    case "attempt_ended":
      return eventsOfEnd(fact, before, now);
    case "operation_requested":
      return [event(`${fact.operationKind}.created`, fact.operation)];
    case "operation_succeeded":
      return [operationEvent(now, fact.operation, "succeeded"), ...eventsOfStatus(before, now)];
    case "operation_failed":
      return [operationEvent(now, fact.operation, "failed")];
    case "operation_needs_person":
      return [operationEvent(now, fact.operation, "in_doubt")];
    default:
      return eventsOfStatus(before, now);
  }
}

/** Whoever was down in the meantime says nothing of a reference that has ended by now. */
function eventsOfExpiry(fact: Extract<Fact, { kind: "expiry_told" }>, now: Payment): readonly NewEvent[] {
  const reference = now.attempts.find((one) => one.id === fact.attempt)?.reference ?? null;
  return reference !== null && fact.at < reference.expiresAt ? [event("payment.reference_expiring")] : [];
}

/**
 * An end that was chosen by leaving for another method is no failure, and neither is one of an attempt that was never
 * sent, unless nobody was told that it was not.
 */
function eventsOfEnd(
  fact: Extract<Fact, { kind: "attempt_ended" }>,
  before: Payment | null,
  now: Payment,
): readonly NewEvent[] {
  const wasNeverLive = before?.attempts.find((one) => one.id === fact.attempt)?.status === "prepared";
  const isNoFailure = fact.status === "canceled" || (fact.status === "expired" && wasNeverLive && fact.left !== true);
  const failed = isNoFailure ? [] : [event("payment.attempt_failed")];
  return [...failed, ...eventsOfStatus(before, now)];
}

function eventsOfStatus(before: Payment | null, now: Payment): readonly NewEvent[] {
  if (before === null || before.status === now.status) return [];
  switch (now.status) {
    case "pending":
      return [event("payment.pending")];
    case "authorized":
      return [event("payment.authorized")];
    case "paid":
      return [event("payment.paid")];
    case "canceled":
      return [event("payment.canceled")];
    case "expired":
      return [event("payment.expired")];
    default:
      return [];
  }
}

function operationEvent(payment: Payment, operation: OperationId, what: "succeeded" | "failed" | "in_doubt"): NewEvent {
  const kind = payment.operations.find((one) => one.id === operation)?.kind ?? "refund";
  return event(`${kind}.${what}`, operation);
}

function event(type: PaymentEventType, subject: NewEvent["subject"] = null): NewEvent {
  return { type, subject };
}
