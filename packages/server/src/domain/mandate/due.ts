import type { Given } from "../decision.ts";
import { type PlanTask, planTasks } from "../plan/due.ts";
import { requestIsOverdue } from "./decisions.ts";
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
