import type { Decision, Given } from "../decision.ts";
import type { PaymentId, PlanId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import { lisbonDate } from "./calendar.ts";
import { planOver, withEnd } from "./end.ts";
import type { DatedPlanFact } from "./facts.ts";
import { announcedFrom, isMissed, noticeAt } from "./notice.ts";
import {
  announcedCharge,
  isWithin,
  mayCharge,
  nextCharge,
  type Plan,
  type PlannedMandate,
  planOf,
  toAnnounce,
} from "./state.ts";

// One period's charge: announced, then begun, then made, each once. Or left out, because the shop wants it so, or
// because it was missed.

/** Tells the shop of the next charge, once, and leaves out what was missed before it, as the plan has it. */
export function announceCharge(mandate: PlannedMandate, id: PlanId, { now: at }: Given): readonly DatedPlanFact[] {
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
 * Decides a period's charge when its time has come: under this id the payment is made, by whoever comes to make it. One
 * that could not be made on its day is left out where the plan has it so.
 */
export function beginCharge(mandate: PlannedMandate, id: PlanId, given: Given): readonly DatedPlanFact[] {
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
  { plan: id, payment }: { readonly plan: PlanId; readonly payment: PaymentId },
  { now: at }: Given,
): readonly DatedPlanFact[] {
  const { begun } = planOf(mandate, id);
  if (begun?.payment !== payment) return [];
  return withEnd(mandate, id, [{ kind: "charge_made", at, plan: id, period: begun.period, payment }]);
}

/**
 * Leaves out the next charge, and no other. `period`: which one the shop means, where it says so. Those before it whose
 * day has a charge already are missed, as by its announcement.
 */
export function skipCharge(
  mandate: PlannedMandate,
  { plan: id, period }: { readonly plan: PlanId; readonly period: number | null },
  { now: at }: Given,
): Decision<DatedPlanFact> {
  const plan = planOf(mandate, id);
  const charge = nextCharge(plan);
  if (charge === null) return planOver(plan);
  if (period !== null && period !== charge.period) return { refused: "charge_not_next", next: charge.period };
  const { nextPeriod } = plan;
  const missed: DatedPlanFact[] =
    charge.period > nextPeriod
      ? [{ kind: "charges_missed", at, plan: id, period: nextPeriod, through: charge.period - 1 }]
      : [];
  const skipped = { kind: "charge_skipped", at, plan: id, period: charge.period, date: charge.date } as const;
  return withEnd(mandate, id, [...missed, skipped]);
}
