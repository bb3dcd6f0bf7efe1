import type { PlanId } from "../identifiers.ts";
import { DOUBT_BEARABLE_FOR } from "../patience.ts";
import { isMandateOver } from "../plan/state.ts";
import type { Instant } from "../time.ts";
import type { Mandate } from "./state.ts";

/** What about a mandate needs a person, or should be known to one. */
export type MandateTask = { readonly since: Instant } & (
  | { readonly kind: "mandate_in_doubt" }
  /** It ended because its mandate did. */
  | { readonly kind: "plan_stopped"; readonly plan: PlanId }
);

/** All tasks of a mandate. One that is `since` a later moment is none before that moment. */
export function tasksOfMandate(mandate: Mandate): readonly MandateTask[] {
  const { inDoubt, doubtSince, endedAt, plans } = mandate;
  const doubt: MandateTask[] =
    inDoubt && doubtSince !== null ? [{ kind: "mandate_in_doubt", since: doubtSince + DOUBT_BEARABLE_FOR }] : [];
  if (!isMandateOver(mandate) || endedAt === null) return doubt;
  const stopped = plans.filter((plan) => plan.status === "canceled" && plan.endedAt >= endedAt);
  return [...doubt, ...stopped.map(({ id }): MandateTask => ({ kind: "plan_stopped", plan: id, since: endedAt }))];
}
