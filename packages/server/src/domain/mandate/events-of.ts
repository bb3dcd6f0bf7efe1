import type { NewEvent } from "../event.ts";
import { planEvents } from "../plan/events-of.ts";
import type { MandateFact } from "./facts.ts";
import type { Mandate } from "./state.ts";

/** What events tell of mandates. Every type is listed in the documentation; a test holds the two equal. */
export const MANDATE_EVENT_TYPES = [
  "mandate.created",
  "mandate.activated",
  "mandate.refused",
  "mandate.suspended",
  "mandate.reactivated",
  "mandate.changed",
  "mandate.canceled",
  "mandate.expired",
] as const;

export type MandateEventType = (typeof MANDATE_EVENT_TYPES)[number];

/** What the shop is told when a fact turns one state into the next. Most facts tell nothing. */
export function mandateEvents(fact: MandateFact, before: Mandate | null, now: Mandate): readonly NewEvent[] {
  if ("plan" in fact) return planEvents(fact);
  if (fact.kind === "mandate_created") return [tell("mandate.created")];
  if (before === null) return [];
  return [...statusTells(before, now), ...termsTell(before, now)];
}

/** One that is found suspended at once was approved before that: the shop is told of both. */
function statusTells(before: Mandate, now: Mandate): readonly NewEvent[] {
  if (before.status === now.status) return [];
  const agreed = before.activatedAt === null && now.activatedAt !== null ? [tell("mandate.activated")] : [];
  switch (now.status) {
    case "active":
      return before.status === "suspended" ? [tell("mandate.reactivated")] : agreed;
    case "suspended":
      return [...agreed, tell("mandate.suspended")];
    case "canceled":
      return [tell("mandate.canceled")];
    case "expired":
      return [tell("mandate.expired")];
    case "refused":
      return [tell("mandate.refused")];
    case "pending":
      return [];
  }
}

/** The customer changed the limit or the end; what they were first is told with the approval. */
function termsTell(before: Mandate, now: Mandate): readonly NewEvent[] {
  const isSame = before.limit === now.limit && before.validUntil === now.validUntil;
  return isSame || before.activatedAt === null ? [] : [tell("mandate.changed")];
}

function tell(type: MandateEventType): NewEvent {
  return { type, subject: null };
}
