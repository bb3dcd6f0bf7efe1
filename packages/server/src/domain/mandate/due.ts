import type { Given } from "../decision.ts";
import { type PlanTask, planDue, planTasks } from "../plan/due.ts";
import { earliest, type Instant } from "../time.ts";
import { requestIsOverdue } from "./begin.ts";
import type { Mandate } from "./state.ts";

/** Something that is to be done for a mandate because its time has come. */
export type MandateTask = { readonly do: "doubt_mandate" } | { readonly do: "ask_mandate" } | PlanTask;

/** Everything whose time has come. SIBS is asked first: what it says may stop a charge. */
export function mandateTasks(mandate: Mandate, given: Given): readonly MandateTask[] {
  const plans = planTasks(mandate, given);
  if (mandate.askAt === null || mandate.askAt > given.now) return plans;
  const doubt: MandateTask[] = requestIsOverdue(mandate, given) ? [{ do: "doubt_mandate" }] : [];
  return [...doubt, { do: "ask_mandate" }, ...plans];
}

/** The next moment of a mandate and its plans. */
export function mandateDue(mandate: Mandate): Instant | null {
  return earliest(...mandateTimers(mandate));
}

/** When a mandate, and when its plans want to be looked at; null: not at all. */
export function mandateTimers(mandate: Mandate): readonly (Instant | null)[] {
  return [mandate.askAt, planDue(mandate)];
}
