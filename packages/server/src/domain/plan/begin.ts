import type { Cents } from "@caravela/sibs/money";
import type { Decision, Given } from "../decision.ts";
import type { PlanId } from "../identifiers.ts";
import type { Refusal } from "../refusal.ts";
import type { Instant } from "../time.ts";
import { planOver, withEnd } from "./end.ts";
import type { DatedPlanFact } from "./facts.ts";
import {
  announcedCharge,
  chargeOf,
  firstUnannounced,
  isMandateOver,
  isPlanOver,
  type NewPlan,
  type Plan,
  type PlannedMandate,
  planOf,
} from "./state.ts";

/** So many plans may charge one mandate at a time. */
const MOST_PLANS = 20;

/**
 * Decides whether a plan may be made on a mandate. On one that is still asked for, the plan waits for the customer's
 * answer.
 */
export function createPlan(mandate: PlannedMandate, terms: NewPlan, { now: at }: Given): Decision<DatedPlanFact> {
  const refusal = whyNoPlan(mandate, terms);
  if (refusal !== null) return refusal;
  return [{ kind: "plan_created", at, plan: terms.id, terms, waits: mandate.status === "pending" }];
}

function whyNoPlan(mandate: PlannedMandate, { amount, firstDate }: NewPlan): Refusal | null {
  const { limit, validUntil } = mandate;
  if (isMandateOver(mandate)) return { refused: "mandate_over", status: mandate.status };
  if (mandate.type !== "subscription") return { refused: "mandate_not_periodic" };
  if (limit !== null && amount > limit) return { refused: "plan_exceeds_limit", limit };
  if (validUntil !== null && firstDate > validUntil) return { refused: "plan_after_mandate", validUntil };
  const running = mandate.plans.filter((plan) => !isPlanOver(plan)).length;
  return running < MOST_PLANS ? null : { refused: "too_many_plans", most: MOST_PLANS };
}

/**
 * Sets what a plan charges, from the first charge on of which the shop was not told: what was announced is charged as
 * it was announced.
 */
export function changeAmount(
  mandate: PlannedMandate,
  { plan: id, amount }: { readonly plan: PlanId; readonly amount: Cents },
  { now: at }: Given,
): Decision<DatedPlanFact> {
  const plan = planOf(mandate, id);
  const { limit } = mandate;
  if (isPlanOver(plan)) return planOver(plan);
  if (isMandateOver(mandate)) return { refused: "mandate_over", status: mandate.status };
  if (limit !== null && amount > limit) return { refused: "plan_exceeds_limit", limit };
  if (amount === plan.amount) return [];
  return [{ kind: "plan_amount_changed", at, plan: id, amount, from: firstUnannounced(plan) }];
}

/** Stops a plan from charging until it is resumed. What is begun is not called back. */
export function pausePlan(mandate: PlannedMandate, id: PlanId, { now: at }: Given): Decision<DatedPlanFact> {
  const plan = planOf(mandate, id);
  if (isPlanOver(plan)) return planOver(plan);
  return plan.status === "paused" ? [] : [{ kind: "plan_paused", at, plan: id, since: at }];
}

/**
 * Lets a paused plan go on, with the first period whose time is still to come: those that passed meanwhile are charged
 * never. Those that had passed before it was paused, while nobody could charge, are missed.
 */
export function resumePlan(mandate: PlannedMandate, id: PlanId, { now: at }: Given): Decision<DatedPlanFact> {
  const plan = planOf(mandate, id);
  if (isPlanOver(plan)) return planOver(plan);
  if (plan.status !== "paused") return [];
  let { nextPeriod } = plan;
  while (timeOf(plan, nextPeriod) <= at) nextPeriod += 1;
  return withEnd(mandate, id, [
    ...missedBeforePause(plan, nextPeriod).map((some) => ({ kind: "charges_missed", at, plan: id, ...some }) as const),
    { kind: "plan_resumed", at, plan: id, waits: mandate.status === "pending", nextPeriod },
  ]);
}

/** A run of periods, both of its ends included. */
interface Periods {
  readonly period: number;
  readonly through: number;
}

/** What a resumption with a period leaves out that was due before the pause, and that the shop was not told of. */
function missedBeforePause(plan: Plan, nextPeriod: number): readonly Periods[] {
  const { pausedAt, ahead } = plan;
  const runs: Periods[] = [];
  for (let { nextPeriod: period } = plan; pausedAt !== null && period < nextPeriod; period += 1) {
    // those between two that are announced were told of with the second
    const isTold = ahead !== null && period > plan.nextPeriod && period < ahead.period;
    if (isTold || timeOf(plan, period) > pausedAt) continue;
    const last = runs.at(-1);
    if (last?.through === period - 1) runs[runs.length - 1] = { ...last, through: period };
    else runs.push({ period, through: period });
  }
  return runs;
}

/** When a period's charge is made: by its announcement, or else on its date. */
function timeOf(plan: Plan, period: number): Instant {
  if (plan.ahead?.period === period) return plan.ahead.at;
  const announced = announcedCharge(plan);
  return announced?.period === period ? announced.at : chargeOf(plan, period).at;
}
