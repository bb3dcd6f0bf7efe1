import type { PlanId } from "../identifiers.ts";
import type { PlanFact } from "./facts.ts";

/** What events tell of plans. Every type is listed in the documentation; a test holds the two equal. */
export const PLAN_EVENT_TYPES = [
  "plan.created",
  "plan.activated",
  "plan.charge_upcoming",
  "plan.charge_skipped",
  "plan.charges_missed",
  "plan.paused",
  "plan.resumed",
  "plan.canceled",
  "plan.ended",
] as const;

export type PlanEventType = (typeof PLAN_EVENT_TYPES)[number];

/**
 * That a charge is begun and made has no event of the plan: its payment has its own. Of another amount whoever asked
 * for it is answered, and the next notice tells it.
 */
const EVENTS: Readonly<Record<PlanFact["kind"], PlanEventType | null>> = {
  plan_created: "plan.created",
  plan_activated: "plan.activated",
  charge_announced: "plan.charge_upcoming",
  charge_skipped: "plan.charge_skipped",
  charges_missed: "plan.charges_missed",
  plan_paused: "plan.paused",
  plan_resumed: "plan.resumed",
  plan_amount_changed: null,
  plan_canceled: "plan.canceled",
  plan_ended: "plan.ended",
  charge_begun: null,
  charge_made: null,
};

/** The events of a fact, and of which plan. */
export function planEvents(fact: PlanFact): readonly { readonly type: PlanEventType; readonly subject: PlanId }[] {
  const type = EVENTS[fact.kind];
  return type === null ? [] : [{ type, subject: fact.plan }];
}
