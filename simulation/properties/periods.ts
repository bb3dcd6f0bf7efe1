import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { Fact } from "../../packages/server/src/domain/payment/facts.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import { addDays, chargeTime } from "../../packages/server/src/domain/plan/calendar.ts";
import type { DatedPlanFact } from "../../packages/server/src/domain/plan/facts.ts";
import { chargeOf, type Plan } from "../../packages/server/src/domain/plan/state.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Wrong } from "./property.ts";

const HOUR = 3_600_000;
/** A charge comes a day after its notice; machines whose clocks differ may disagree about when that is. */
const NOTICE_AT_LEAST = 24 * HOUR - HOUR / 6;

interface Made {
  readonly mandates: readonly Mandate[];
  readonly payments: readonly Payment[];
}

/**
 * Each period of a plan that has passed was charged, left out or passed over, one of these and once; charged for what
 * it was announced, a day after that; and what was not paid of it was refused, stopped or waited in vain, and not
 * forgotten.
 */
export function periodsAreAccountedFor(database: MemoryDatabase, { mandates, payments }: Made, wrong: Wrong): void {
  const byId = new Map<string, Payment>(payments.map((one) => [one.id, one]));
  for (const { id, plans } of mandates) {
    const facts = factsOf<DatedPlanFact>(database, id).filter((fact) => "plan" in fact);
    const says = (what: string) => wrong(id, what);
    for (const plan of plans)
      new PlanLedger(plan, says).readAll(
        facts.filter((one) => one.plan === plan.id),
        byId,
      );
  }
  for (const payment of payments) isForgotten(database, payment, wrong);
}

/** What the shop was told of a charge: when, of how much, and for when. */
interface Announced {
  readonly at: number;
  readonly amount: number;
  readonly due: number;
}

/** What a plan's journal says of each period. */
class PlanLedger {
  readonly #plan: Plan;
  readonly #wrong: (what: string) => void;
  readonly #ends = new Map<number, string>();
  readonly #announced = new Map<number, Announced>();
  readonly #days = new Set<string>();
  #amounts: { readonly from: number; readonly amount: number }[] = [];

  constructor(plan: Plan, wrong: (what: string) => void) {
    this.#plan = plan;
    this.#wrong = (what) => wrong(`${plan.id} ${what}`);
    this.#amounts = [];
  }

  readAll(facts: readonly DatedPlanFact[], payments: ReadonlyMap<string, Payment>): void {
    for (const fact of facts) this.#read(fact, payments);
    for (let period = 1; period < this.#plan.nextPeriod; period += 1)
      if (!this.#ends.has(period)) this.#wrong(`knows nothing of period ${period}`);
  }

  #read(fact: DatedPlanFact, payments: ReadonlyMap<string, Payment>): void {
    switch (fact.kind) {
      case "plan_created":
        this.#amounts = [{ from: 1, amount: fact.terms.amount }];
        return;
      case "plan_amount_changed":
        this.#amounts = [...this.#amounts.filter(({ from }) => from < fact.from), fact];
        return;
      case "charge_announced":
        this.#tell(fact);
        return;
      case "charge_skipped":
        this.#end(fact.period, "left out");
        return;
      case "charges_missed":
        for (let period = fact.period; period <= fact.through; period += 1) this.#end(period, "missed");
        return;
      case "plan_resumed":
        this.#goesOn(fact);
        for (let period = 1; period < fact.nextPeriod; period += 1)
          if (!this.#ends.has(period)) this.#ends.set(period, "passed over");
        return;
      case "charge_begun":
        this.#charged(fact, payments.get(fact.payment));
    }
  }

  /** Whoever takes a plan up again is promised that what passed meanwhile is charged never. */
  #goesOn({ at, nextPeriod }: Extract<DatedPlanFact, { readonly kind: "plan_resumed" }>): void {
    const due = this.#announced.get(nextPeriod)?.due ?? chargeOf(this.#plan, nextPeriod).at;
    const [lastDay] = [...this.#days].sort().reverse();
    const time = lastDay === undefined ? due : Math.max(due, chargeTime(addDays(lastDay, 1)));
    if (time <= at) this.#wrong(`goes on with period ${nextPeriod}, whose time had passed when it was taken up again`);
  }

  #tell({
    period,
    at,
    date,
    due = chargeTime(date),
  }: Extract<DatedPlanFact, { readonly kind: "charge_announced" }>): void {
    this.#announced.set(period, { at, amount: this.#amountOf(period), due });
  }

  #charged(fact: Extract<DatedPlanFact, { readonly kind: "charge_begun" }>, payment: Payment | undefined): void {
    const { period, at, on = "" } = fact;
    this.#end(period, "charged");
    if (this.#days.has(on)) this.#wrong(`charged twice on ${on}`);
    this.#days.add(on);
    const notice = this.#announced.get(period);
    if (notice === undefined) this.#wrong(`charged period ${period}, of which nobody was told`);
    else if (period > 1 && at < notice.at + NOTICE_AT_LEAST)
      this.#wrong(`charged period ${period} ${at - notice.at} ms after its notice`);
    if (payment === undefined) this.#wrong(`charged period ${period}, and there is no ${fact.payment}`);
    else if (notice !== undefined && payment.amount !== notice.amount)
      this.#wrong(`charged ${payment.amount} for period ${period}, and had announced ${notice.amount}`);
  }

  #end(period: number, how: string): void {
    const before = this.#ends.get(period);
    if (before !== undefined) this.#wrong(`has period ${period} ${before}, and then ${how}`);
    this.#ends.set(period, how);
  }

  #amountOf(period: number): number {
    return this.#amounts.findLast(({ from }) => from <= period)?.amount ?? 0;
  }
}

/** A plan's payment that expired was tried, or there is a reason why not. */
function isForgotten(database: MemoryDatabase, payment: Payment, wrong: Wrong): void {
  if (payment.plan === null || payment.status !== "expired") return;
  const facts = factsOf<Fact>(database, payment.id);
  const isReason = ({ kind }: Fact) =>
    kind === "attempt_submitted" || kind === "charge_put_off" || kind === "charges_stopped";
  const isUnknown = payment.attempts.some(({ failure }) => failure?.reason === "unknown_mandate");
  if (!isUnknown && !facts.some(isReason)) wrong(payment.id, "expired, and was never charged");
}

function factsOf<F>(database: MemoryDatabase, subject: string): F[] {
  const facts = database.of("caravela.fact");
  return [...facts.inOrder("of_subject", subject)].map((row) => {
    const { kind, at, data } = facts.read(row, ["kind", "at", "data"]) as { kind: string; at: Date; data: object };
    return { ...data, kind, at: at.getTime() } as F;
  });
}
