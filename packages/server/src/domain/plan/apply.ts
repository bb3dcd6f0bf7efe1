import type { Instant } from "../time.ts";
import type { DatedPlanFact, PlanFact } from "./facts.ts";
import type { EarlierAmount, Plan } from "./state.ts";

/** A mandate's plans after one more fact of one of them. Pure; the only way a plan ever changes. */
export function applyPlan(plans: readonly Plan[], fact: DatedPlanFact): readonly Plan[] {
  if (fact.kind === "plan_created") return [...plans, created(fact.terms, fact.waits, fact.at)];
  return plans.map((plan) => (plan.id === fact.plan ? step(plan, fact) : plan));
}

function created(terms: Of<"plan_created">["terms"], waits: boolean, at: Instant): Plan {
  return {
    ...terms,
    status: waits ? "pending" : "active",
    amountsBefore: [],
    nextPeriod: 1,
    ...NOTHING_ANNOUNCED,
    lastChargedOn: null,
    begun: null,
    charged: 0,
    createdAt: at,
    pausedAt: null,
    endedAt: null,
  };
}

function step(plan: Plan, fact: DatedPlanFact): Plan {
  switch (fact.kind) {
    case "plan_created":
      return plan;
    case "plan_activated":
      return { ...plan, status: "active", endedAt: null };
    case "plan_paused":
      return { ...plan, status: "paused", pausedAt: fact.since ?? plan.pausedAt, endedAt: null };
    case "plan_resumed":
      return { ...goOnTo(plan, fact.nextPeriod), status: fact.waits ? "pending" : "active", endedAt: null };
    case "plan_amount_changed":
      return { ...plan, amount: fact.amount, amountsBefore: amountsUntil(plan, fact.from) };
    case "plan_canceled":
      return { ...plan, status: "canceled", endedAt: fact.at };
    case "plan_ended":
      return { ...plan, status: "ended", endedAt: fact.at };
    case "charge_announced":
      return announced(plan, fact);
    case "charges_missed":
      // those before one that is announced already are left out by the next announcement
      return plan.announcedAt === null || fact.period === plan.nextPeriod ? goOnTo(plan, fact.through + 1) : plan;
    case "charge_skipped":
      return goOnTo(plan, fact.period + 1);
    case "charge_begun":
      return {
        ...goOnTo(plan, fact.period + 1),
        lastChargedOn: fact.on ?? plan.lastChargedOn,
        begun: { period: fact.period, date: fact.date, payment: fact.payment, at: fact.at },
      };
    case "charge_made":
      return { ...plan, begun: null, charged: plan.charged + 1 };
  }
}

type Of<K extends PlanFact["kind"]> = Extract<PlanFact, { readonly kind: K }>;

/** What is charged before a period: of what is still to be made. */
function amountsUntil({ amount, amountsBefore, begun, nextPeriod }: Plan, from: number): readonly EarlierAmount[] {
  const first = begun?.period ?? nextPeriod;
  const earlier = amountsBefore.filter(({ through }) => through >= first);
  const isKnown = from === first || earlier.at(-1)?.through === from - 1;
  return isKnown ? earlier : [...earlier, { through: from - 1, amount }];
}

const NOTHING_ANNOUNCED = { announcedAt: null, chargeAt: null, ahead: null };

function announced(plan: Plan, fact: { readonly at: Instant } & Of<"charge_announced">): Plan {
  const { period, date, due, at: announcedAt } = fact;
  if (plan.announcedAt === null) return { ...plan, nextPeriod: period, announcedAt, chargeAt: due ?? null };
  return due === undefined ? plan : { ...plan, ahead: { period, date, at: due, announcedAt } };
}

/** An announcement is of one period. What was announced ahead is next where those before it are done with. */
function goOnTo(plan: Plan, period: number): Plan {
  const { ahead } = plan;
  if (period === plan.nextPeriod) return plan;
  if (ahead === null || period > ahead.period) return { ...plan, ...NOTHING_ANNOUNCED, nextPeriod: period };
  const { announcedAt, at: chargeAt } = ahead;
  return { ...plan, nextPeriod: ahead.period, announcedAt, chargeAt, ahead: null };
}
