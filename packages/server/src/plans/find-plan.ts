import { isId } from "@caravela/platform/chance";
import type { Mandate } from "../domain/mandate/state.ts";
import { type Plan, findPlan as planIn } from "../domain/plan/state.ts";
import { problem } from "../http/problems.ts";
import type { ReadsMandates } from "../storage/ports.ts";

/** A plan, and the mandate that it charges. */
export interface PlanOfMandate {
  readonly mandate: Mandate;
  readonly plan: Plan;
}

/** A plan by its id, with its mandate. @throws Problem 404. */
export async function findPlan({ mandates }: ReadsMandates, id: string): Promise<PlanOfMandate> {
  const mandate = isId(id) ? await mandates.findBy(id) : null;
  const plan = mandate === null ? undefined : planIn(mandate, id);
  if (mandate === null || plan === undefined) throw problem("not_found", "There is no plan of this id.");
  return { mandate, plan };
}

/** A mandate's own plan, which is there: a plan is never taken away. */
export function withPlan(mandate: Mandate, id: string): PlanOfMandate {
  const plan = planIn(mandate, id);
  if (plan === undefined) throw new TypeError(`plan ${id} is not of mandate ${mandate.id}`);
  return { mandate, plan };
}
