import type { Given } from "../decision.ts";
import { earliest, type Instant } from "../time.ts";
import { ANNOUNCED_BEFORE, chargeable, endsPausedAt, type Plan, type PlannedMandate } from "./plan.ts";

/** Something that is to be done for a plan because its time has come. */
export type PlanTask =
  | { readonly do: "announce_charge"; readonly plan: string }
  | { readonly do: "begin_charge"; readonly plan: string }
  | { readonly do: "make_charge"; readonly plan: string }
  | { readonly do: "end_plan"; readonly plan: string };

/** When one of a mandate's plans has something to do next; null: none has. */
export function planDue(mandate: PlannedMandate): Instant | null {
  return earliest(...mandate.plans.map((plan) => nextStep(mandate, plan)?.at ?? null));
}

/** What a mandate's plans are to do now: at most one thing each. */
export function planTasks(mandate: PlannedMandate, { now }: Pick<Given, "now">): readonly PlanTask[] {
  const steps = mandate.plans.map((plan) => nextStep(mandate, plan));
  return steps.flatMap((step) => (step !== null && step.at <= now ? [step.task] : []));
}

interface Step {
  readonly task: PlanTask;
  readonly at: Instant;
}

/** What was begun is made first, whatever became of the plan since: its payment may be there already. */
function nextStep(mandate: PlannedMandate, plan: Plan): Step | null {
  if (plan.begun !== null) return { task: { do: "make_charge", plan: plan.id }, at: plan.begun.at };
  const end = endsPausedAt(plan);
  if (end !== null) return { task: { do: "end_plan", plan: plan.id }, at: end };
  const charge = chargeable(mandate, plan);
  if (charge === null) return null;
  if (plan.announcedAt === null) {
    return { task: { do: "announce_charge", plan: plan.id }, at: charge.at - ANNOUNCED_BEFORE };
  }
  return { task: { do: "begin_charge", plan: plan.id }, at: charge.at };
}
