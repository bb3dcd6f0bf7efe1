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

/** The events of a fact that turns one state into the next. Most facts have none. */
export function mandateEvents(fact: MandateFact, before: Mandate | null, now: Mandate): readonly NewEvent[] {
  if ("plan" in fact) return planEvents(fact);
  if (fact.kind === "mandate_created") return [event("mandate.created")];
  if (before === null) return [];
  return [...eventsOfStatus(before, now), ...eventsOfTerms(before, now)];
}

/** One that is found suspended at once was approved before that: both are events. */
function eventsOfStatus(before: Mandate, now: Mandate): readonly NewEvent[] {
  if (before.status === now.status) return [];
  const agreed = before.activatedAt === null && now.activatedAt !== null ? [event("mandate.activated")] : [];
  switch (now.status) {
    case "active":
      return before.status === "suspended" ? [event("mandate.reactivated")] : agreed;
    case "suspended":
      return [...agreed, event("mandate.suspended")];
    case "canceled":
      return [event("mandate.canceled")];
    case "expired":
      return [event("mandate.expired")];
    case "refused":
      return [event("mandate.refused")];
    case "pending":
      return [];
  }
}

/** The customer changed the limit or the end; what they were first is in the event of the approval. */
function eventsOfTerms(before: Mandate, now: Mandate): readonly NewEvent[] {
  const isSame = before.limit === now.limit && before.validUntil === now.validUntil;
  return isSame || before.activatedAt === null ? [] : [event("mandate.changed")];
}

function event(type: MandateEventType): NewEvent {
  return { type, subject: null };
}
