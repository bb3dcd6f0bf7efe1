import type { Decision, Given } from "../decision.ts";
import type { Live } from "../erasing.ts";
import { isPlanOver } from "../plan/state.ts";
import type { MandateFact } from "./facts.ts";
import { isAlive, type Mandate } from "./state.ts";

/**
 * All of a mandate that is not over: it may be agreed to or charged, or SIBS is still asked about it, or told of its
 * end, for which it wants the customer's phone.
 */
export function liveInMandate(mandate: Mandate): readonly Live[] {
  const { id, plans } = mandate;
  const isLive = mandate.status === "pending" || isAlive(mandate);
  const isPlanLive = (plan: Mandate["plans"][number]) => !isPlanOver(plan) || plan.begun !== null;
  return [
    ...(isLive ? [{ id, why: "mandate_live" } as const] : []),
    ...(!isLive && mandate.askAt !== null ? [{ id, why: "mandate_asked_about" } as const] : []),
    ...plans.filter(isPlanLive).map((plan): Live => ({ id: plan.id, why: "plan_live" })),
  ];
}

/** Erases the customer of a mandate of which nothing is live; of one that is erased, nothing is left to erase. */
export function eraseMandateCustomer(mandate: Mandate, { now: at }: Given): Decision<MandateFact> {
  if (mandate.erasedAt !== null) return [];
  const live = liveInMandate(mandate);
  return live.length > 0 ? { refused: "customer_live", live } : [{ kind: "customer_erased", at }];
}
