import { asPlanId, type PlanId } from "../domain/identifiers.ts";
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
  const known = asPlanId(id);
  const mandate = known === null ? null : await mandates.findBy(known);
  const plan = known === null || mandate === null ? undefined : planIn(mandate, known);
  if (mandate === null || plan === undefined) throw problem("not_found", "There is no plan of this id.");
  return { mandate, plan };
}

/** A mandate's own plan, which is there: a plan is never taken away. */
export function withPlan(mandate: Mandate, id: PlanId): PlanOfMandate {
  const plan = planIn(mandate, id);
  if (plan === undefined) throw new TypeError(`plan ${id} is not of mandate ${mandate.id}`);
  return { mandate, plan };
}
