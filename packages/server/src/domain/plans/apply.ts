import type { Instant } from "../time.ts";
import type { PlanFact } from "./facts.ts";
import type { NewPlan, Plan } from "./plan.ts";

/** A mandate's plans after one more fact of one of them. Pure; the only way a plan ever changes. */
export function applyPlan(plans: readonly Plan[], fact: { readonly at: Instant } & PlanFact): readonly Plan[] {
  if (fact.kind === "plan_created") return [...plans, created(fact.terms, fact.waits, fact.at)];
  return plans.map((plan) => (plan.id === fact.plan ? step(plan, fact) : plan));
}

function created(terms: NewPlan, waits: boolean, at: Instant): Plan {
  return {
    ...terms,
    status: waits ? "pending" : "active",
    nextPeriod: 1,
    announcedAt: null,
    begun: null,
    charged: 0,
    createdAt: at,
    endedAt: null,
  };
}

function step(plan: Plan, fact: { readonly at: Instant } & PlanFact): Plan {
  switch (fact.kind) {
    case "plan_created":
      return plan;
    case "plan_activated":
      return { ...plan, status: "active" };
    case "plan_paused":
      return { ...plan, status: "paused" };
    case "plan_resumed":
      return { ...goOnTo(plan, fact.nextPeriod), status: fact.waits ? "pending" : "active" };
    case "plan_canceled":
      return { ...plan, status: "canceled", endedAt: fact.at };
    case "plan_ended":
      return { ...plan, status: "ended", endedAt: fact.at };
    case "charge_announced":
      return { ...plan, announcedAt: fact.at };
    case "charge_skipped":
      return goOnTo(plan, fact.period + 1);
    case "charge_begun":
      return {
        ...goOnTo(plan, fact.period + 1),
        begun: { period: fact.period, date: fact.date, payment: fact.payment, at: fact.at },
      };
    case "charge_made":
      return { ...plan, begun: null, charged: plan.charged + 1 };
  }
}

/** An announcement is of one period. */
function goOnTo(plan: Plan, period: number): Plan {
  return period === plan.nextPeriod ? plan : { ...plan, nextPeriod: period, announcedAt: null };
}
