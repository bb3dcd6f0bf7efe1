import type { Given } from "../decision.ts";
import type { Refusal } from "../refusal.ts";
import type { Instant } from "../time.ts";
import { applyPlan } from "./apply.ts";
import { lisbonDate } from "./calendar.ts";
import type { PlanFact } from "./facts.ts";
import { announcedFrom, isMissed, noticeAt } from "./notice.ts";
import {
  announcedCharge,
  chargeOf,
  endsPausedAt,
  findPlan,
  isMandateOver,
  isPlanOver,
  isWithin,
  mayCharge,
  type NewPlan,
  nextCharge,
  type Plan,
  type PlannedMandate,
  toAnnounce,
} from "./state.ts";

/** A fact of a plan, and when it happened. */
type DatedPlanFact = { readonly at: Instant } & PlanFact;

/** The facts that follow, or why nothing does. No facts: nothing changes. */
type PlanDecision = readonly DatedPlanFact[] | Refusal;

/** So many plans may charge one mandate at a time. */
const MOST_PLANS = 20;

/** Decides whether a plan may be made on a mandate. On one that is still asked for, the plan waits for the customer's answer. */
export function createPlan(mandate: PlannedMandate, terms: NewPlan, { now: at }: Given): PlanDecision {
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

/** Stops a plan from charging until it is resumed. What is begun is not called back. */
export function pausePlan(mandate: PlannedMandate, id: string, { now: at }: Given): PlanDecision {
  const plan = planOf(mandate, id);
  if (isPlanOver(plan)) return over(plan);
  return plan.status === "paused" ? [] : [{ kind: "plan_paused", at, plan: id }];
}

/** Lets a paused plan go on, with the first period whose time is still to come: those that passed meanwhile are charged never. */
export function resumePlan(mandate: PlannedMandate, id: string, { now: at }: Given): PlanDecision {
  const plan = planOf(mandate, id);
  if (isPlanOver(plan)) return over(plan);
  if (plan.status !== "paused") return [];
  let { nextPeriod } = plan;
  while (timeOf(plan, nextPeriod) <= at) nextPeriod += 1;
  return withEnd(mandate, id, [
    { kind: "plan_resumed", at, plan: id, waits: mandate.status === "pending", nextPeriod },
  ]);
}

/** Ends a plan. What is begun is made: its payment may be there already. */
export function cancelPlan(mandate: PlannedMandate, id: string, { now: at }: Given): PlanDecision {
  const plan = planOf(mandate, id);
  if (plan.status === "ended") return over(plan);
  return isPlanOver(plan) ? [] : [{ kind: "plan_canceled", at, plan: id, reason: "requested" }];
}

/** Leaves out the next charge, and no other. `period`: which one the shop means, where it says so. */
export function skipCharge(
  mandate: PlannedMandate,
  { plan: id, period }: { readonly plan: string; readonly period: number | null },
  { now: at }: Given,
): PlanDecision {
  const plan = planOf(mandate, id);
  const charge = nextCharge(plan);
  if (charge === null) return over(plan);
  if (period !== null && period !== charge.period) return { refused: "charge_not_next", next: charge.period };
  return withEnd(mandate, id, [{ kind: "charge_skipped", at, plan: id, period: charge.period, date: charge.date }]);
}

/** When a period's charge is made: by its announcement, or else on its date. */
function timeOf(plan: Plan, period: number): Instant {
  if (plan.ahead?.period === period) return plan.ahead.at;
  const announced = announcedCharge(plan);
  return announced?.period === period ? announced.at : chargeOf(plan, period).at;
}

/** Tells the shop of the next charge, once, and leaves out what was missed before it, as the plan has it. */
export function announceCharge(mandate: PlannedMandate, id: string, { now: at }: Given): readonly DatedPlanFact[] {
  const plan = planOf(mandate, id);
  const next = toAnnounce(plan);
  if (!mayCharge(mandate, plan) || plan.ahead !== null || next === null) return [];
  if (at < announcedFrom(next) || !isWithin(mandate, next)) return [];
  // what becomes of the one that was announced before is decided first: what is missed depends on it
  if (isToBegin(mandate, plan, at)) return [];
  const { from, to, charge } = noticeAt(plan, mandate, at);
  const missed: DatedPlanFact[] =
    to > from ? [{ kind: "charges_missed", at, plan: id, period: from, through: to - 1 }] : [];
  if (charge === null) return withEnd(mandate, id, missed);
  const { period, date, at: due } = charge;
  return [...missed, { kind: "charge_announced", at, plan: id, period, date, due }];
}

/** Whether the time of the charge that was announced has come. */
function isToBegin(mandate: PlannedMandate, plan: Plan, now: Instant): boolean {
  const charge = announcedCharge(plan);
  return charge !== null && isWithin(mandate, charge) && charge.at <= now;
}

/**
 * Decides a period's charge when its time has come: under this id the payment is made, by whoever comes to make it. One that could not be made on
 * its day is left out where the plan has it so.
 */
export function beginCharge(mandate: PlannedMandate, id: string, given: Given): readonly DatedPlanFact[] {
  const plan = planOf(mandate, id);
  const { now: at } = given;
  const charge = announcedCharge(plan);
  if (!mayCharge(mandate, plan) || charge === null || !isToBegin(mandate, plan, at)) return [];
  const { period, date } = charge;
  if (isMissed(plan, charge, at)) {
    return withEnd(mandate, id, [{ kind: "charges_missed", at, plan: id, period, through: period }]);
  }
  return [{ kind: "charge_begun", at, plan: id, period, date, payment: given.id("pay"), on: lisbonDate(at) }];
}

/** The payment of a charge is there. After the last one the plan has ended. */
export function chargeMade(
  mandate: PlannedMandate,
  { plan: id, payment }: { readonly plan: string; readonly payment: string },
  { now: at }: Given,
): readonly DatedPlanFact[] {
  const { begun } = planOf(mandate, id);
  if (begun?.payment !== payment) return [];
  return withEnd(mandate, id, [{ kind: "charge_made", at, plan: id, period: begun.period, payment }]);
}

/** Ends a paused plan whose last date is past. */
export function endPlan(mandate: PlannedMandate, id: string, { now: at }: Given): readonly DatedPlanFact[] {
  const end = endsPausedAt(planOf(mandate, id));
  return end === null || at < end ? [] : [{ kind: "plan_ended", at, plan: id }];
}

/** What a mandate's new status does to its plans: those that waited for it charge now; when it is over, so are they. */
export function followMandate(mandate: PlannedMandate, { now: at }: Given): readonly DatedPlanFact[] {
  return mandate.plans.flatMap((plan): DatedPlanFact[] => {
    if (isPlanOver(plan)) return [];
    if (isMandateOver(mandate)) return [{ kind: "plan_canceled", at, plan: plan.id, reason: "mandate_over" }];
    if (plan.status !== "pending" || mandate.status === "pending") return [];
    return [{ kind: "plan_activated", at, plan: plan.id }];
  });
}

/** The facts about one plan, with its end when they leave nothing to charge. */
function withEnd(mandate: PlannedMandate, id: string, facts: readonly DatedPlanFact[]): readonly DatedPlanFact[] {
  const [first] = facts;
  const plan = facts.reduce(applyPlan, mandate.plans).find((one) => one.id === id);
  if (first === undefined || plan === undefined) return facts;
  const isDone = !isPlanOver(plan) && plan.begun === null && nextCharge(plan) === null;
  return isDone ? [...facts, { kind: "plan_ended", at: first.at, plan: id }] : facts;
}

function over({ status }: Plan): Refusal {
  return { refused: "plan_over", status };
}

/** @throws TypeError when the mandate has no such plan: a plan is never taken away. */
function planOf(mandate: PlannedMandate, id: string): Plan {
  const plan = findPlan(mandate, id);
  if (plan === undefined) throw new TypeError(`plan ${id} is not of this mandate`);
  return plan;
}
