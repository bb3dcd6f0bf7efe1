import type { Given } from "../decision.ts";
import type { PlanId } from "../identifiers.ts";
import { earliest, type Instant } from "../time.ts";
import { announcedFrom } from "./notice.ts";
import {
  announcedCharge,
  endsPausedAt,
  isWithin,
  mayCharge,
  type Plan,
  type PlannedMandate,
  toAnnounce,
} from "./state.ts";

/** Something that is to be done for a plan because its time has come. */
export type PlanTask =
  | { readonly do: "announce_charge"; readonly plan: PlanId }
  | { readonly do: "begin_charge"; readonly plan: PlanId }
  | { readonly do: "make_charge"; readonly plan: PlanId }
  | { readonly do: "end_plan"; readonly plan: PlanId };

/** When one of a mandate's plans has something to do next; null: none has. */
export function planDue(mandate: PlannedMandate): Instant | null {
  return earliest(...mandate.plans.flatMap((plan) => stepsOf(mandate, plan)).map(({ at }) => at));
}

/** What a mandate's plans are to do now. */
export function planTasks(mandate: PlannedMandate, { now }: Pick<Given, "now">): readonly PlanTask[] {
  const steps = mandate.plans.flatMap((plan) => stepsOf(mandate, plan));
  return steps.filter(({ at }) => at <= now).map(({ task }) => task);
}

interface Step {
  readonly task: PlanTask;
  readonly at: Instant;
}

/** What was begun is made first, whatever became of the plan since: its payment may be there already. */
function stepsOf(mandate: PlannedMandate, plan: Plan): readonly Step[] {
  const step = (what: PlanTask["do"], at: Instant): Step => ({ task: { do: what, plan: plan.id }, at });
  if (plan.begun !== null) return [step("make_charge", plan.begun.at)];
  const end = endsPausedAt(plan);
  if (end !== null) return [step("end_plan", end)];
  if (!mayCharge(mandate, plan)) return [];
  const begins = announcedCharge(plan);
  const announced = plan.ahead === null ? toAnnounce(plan) : null;
  return [
    ...(begins !== null && isWithin(mandate, begins) ? [step("begin_charge", begins.at)] : []),
    ...(announced !== null && isWithin(mandate, announced) ? [step("announce_charge", announcedFrom(announced))] : []),
  ];
}
