import type { Decision, Given } from "../decision.ts";
import type { PlanId } from "../identifiers.ts";
import type { Refusal } from "../refusal.ts";
import { applyPlan } from "./apply.ts";
import type { DatedPlanFact } from "./facts.ts";
import {
  endsPausedAt,
  isMandateOver,
  isPlanOver,
  nextCharge,
  type Plan,
  type PlannedMandate,
  planOf,
} from "./state.ts";

/** Ends a plan. What is begun is made: its payment may be there already. */
export function cancelPlan(mandate: PlannedMandate, id: PlanId, { now: at }: Given): Decision<DatedPlanFact> {
  const plan = planOf(mandate, id);
  if (plan.status === "ended") return planOver(plan);
  return isPlanOver(plan) ? [] : [{ kind: "plan_canceled", at, plan: id, reason: "requested" }];
}

/** Ends a paused plan whose last date is past. */
export function endPlan(mandate: PlannedMandate, id: PlanId, { now: at }: Given): readonly DatedPlanFact[] {
  const end = endsPausedAt(planOf(mandate, id));
  return end === null || at < end ? [] : [{ kind: "plan_ended", at, plan: id }];
}

/** What a mandate's new status does to its plans: those that waited for it charge now; when it is over, so are they. */
export function followStatus(mandate: PlannedMandate, { now: at }: Given): readonly DatedPlanFact[] {
  return mandate.plans.flatMap((plan): DatedPlanFact[] => {
    if (isPlanOver(plan)) return [];
    if (isMandateOver(mandate)) return [{ kind: "plan_canceled", at, plan: plan.id, reason: "mandate_over" }];
    if (plan.status !== "pending" || mandate.status === "pending") return [];
    return [{ kind: "plan_activated", at, plan: plan.id }];
  });
}

/** The facts about one plan, with its end when they leave nothing to charge. */
export function withEnd(
  mandate: PlannedMandate,
  id: PlanId,
  facts: readonly DatedPlanFact[],
): readonly DatedPlanFact[] {
  const [first] = facts;
  const plan = facts.reduce(applyPlan, mandate.plans).find((one) => one.id === id);
  if (first === undefined || plan === undefined) return facts;
  const isDone = !isPlanOver(plan) && plan.begun === null && nextCharge(plan) === null;
  return isDone ? [...facts, { kind: "plan_ended", at: first.at, plan: id }] : facts;
}

/** Nothing is decided of a plan any more that is over. */
export function planOver({ status }: Plan): Refusal {
  return { refused: "plan_over", status };
}
