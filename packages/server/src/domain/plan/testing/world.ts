import { type Cents, cents } from "@caravela/sibs/money";
import fc from "fast-check";
import type { Decision, Given } from "../../decision.ts";
import type { PaymentId, PlanId } from "../../identifiers.ts";
import type { DecisionsOf } from "../../payment/testing/decisions.ts";
import { propertiesOf } from "../../testing/properties.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../time.ts";
import { applyPlan } from "../apply.ts";
import * as begin from "../begin.ts";
import { addDays, lisbonDate } from "../calendar.ts";
import * as charge from "../charge.ts";
import { type PlanTask, planDue, planTasks } from "../due.ts";
import * as end from "../end.ts";
import type { DatedPlanFact as Fact } from "../facts.ts";
import { amountOf, type Every, type Missed, type NewPlan, type PlannedMandate, planOf, RETRIES } from "../state.ts";

export type { Fact };

const { changeAmount, createPlan, pausePlan, resumePlan, ...restOfBegin } = begin;
const { announceCharge, beginCharge, chargeMade, skipCharge, ...restOfCharge } = charge;
const { cancelPlan, endPlan, followStatus, withEnd: _partOfOthers, ...restOfEnd } = end;
const rest = { begin: restOfBegin, charge: restOfCharge, end: restOfEnd };
/** The decisions about plans that these lives do not make: none, or it does not compile. */
export const LEFT_OUT: Readonly<Record<DecisionsOf<typeof rest, PlannedMandate, Decision<Fact>>, never>> = {};

/** A payment as the books have it: made once for each id, however often it is asked for. */
interface Paid {
  readonly plan: PlanId;
  readonly period: number;
  readonly at: Instant;
  readonly amount: Cents;
}

interface Charged {
  readonly plan: PlanId;
  readonly period: number;
  readonly payment: PaymentId;
}

/** What the customer lets be charged. */
export const LIMIT = cents(2000);

/** A mandate, its journal, and the payments that were made: what is left when every server is dead. */
export class World {
  now: Instant;
  mandate: PlannedMandate;
  readonly journal: Fact[] = [];
  readonly paid = new Map<string, Paid>();
  /** Each charge, with the mandate as it was when it was begun. */
  readonly begun: { readonly fact: Extract<Fact, { kind: "charge_begun" }>; readonly mandate: PlannedMandate }[] = [];
  #count = 0;

  constructor(now: Instant) {
    this.now = now;
    this.mandate = {
      status: "pending",
      type: "subscription",
      activatedAt: null,
      limit: LIMIT,
      validUntil: null,
      plans: [],
    };
  }

  get given(): Given {
    return { now: this.now, id: (prefix) => `${prefix}_${++this.#count}` };
  }

  decide(choose: (mandate: PlannedMandate, given: Given) => readonly Fact[] | { readonly refused: string }): void {
    const decided = choose(this.mandate, this.given);
    if ("refused" in decided) return;
    this.journal.push(...decided);
    for (const fact of decided) if (fact.kind === "charge_begun") this.begun.push({ fact, mandate: this.mandate });
    this.mandate = { ...this.mandate, plans: decided.reduce(applyPlan, this.mandate.plans) };
  }

  become(changes: Partial<Pick<PlannedMandate, "status" | "validUntil">>): void {
    const activatedAt = this.mandate.activatedAt ?? (changes.status === "active" ? this.now : null);
    this.mandate = { ...this.mandate, ...changes, activatedAt };
    this.decide(followStatus);
  }

  wait(ms: number): void {
    this.now += ms;
  }

  /** Does one thing whose time had come when somebody looked; a server that dies does only so many of its steps. */
  perform(task: PlanTask, steps: number): void {
    switch (task.do) {
      case "announce_charge":
        this.decide((mandate, given) => announceCharge(mandate, task.plan, given));
        return;
      case "begin_charge":
        this.decide((mandate, given) => beginCharge(mandate, task.plan, given));
        if (steps > 1) this.#make(task.plan, steps - 1);
        return;
      case "make_charge":
        this.#make(task.plan, steps);
        return;
      case "end_plan":
        this.decide((mandate, given) => endPlan(mandate, task.plan, given));
    }
  }

  #make(plan: PlanId, steps: number): void {
    const begun = this.mandate.plans.find((one) => one.id === plan)?.begun ?? null;
    if (begun !== null) this.makeOf({ plan, ...begun }, steps);
  }

  /** Makes a charge that was seen to be begun, be it long ago and by another server. */
  makeOf({ plan, period, payment }: Charged, steps: number): void {
    const amount = amountOf(planOf(this.mandate, plan), period);
    if (!this.paid.has(payment)) this.paid.set(payment, { plan, period, at: this.now, amount });
    if (steps > 1) this.decide((mandate, given) => chargeMade(mandate, { plan, payment }, given));
  }

  /** A server that lives: works until there is nothing to do. */
  work(): void {
    for (let tasks = this.#tasks(); tasks.length > 0; tasks = this.#tasks()) {
      for (const task of tasks) this.perform(task, 3);
    }
  }

  #tasks(): readonly PlanTask[] {
    return planTasks(this.mandate, this.given);
  }

  facts<K extends Fact["kind"]>(kind: K): Extract<Fact, { kind: K }>[] {
    return this.journal.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  }
}

/** A Sunday at noon. */
export const START = Date.parse("2026-11-22T12:00:00Z");
const every: fc.Arbitrary<Every> = fc.oneof(
  fc.constant("month" as const),
  fc.integer({ min: 1, max: 40 }).map((days) => ({ days })),
);

/** What a shop may ask for: first dates at the ends of months more often than elsewhere. */
export const terms = fc
  .record({
    every,
    begins: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 1, 8, 38, 39, 67, 98, 128)),
    lasts: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
    missed: fc.constantFrom<Missed>("charge", "latest", "skip"),
  })
  .map(({ every, begins, lasts, missed }): Terms => {
    const firstDate = addDays(lisbonDate(START), begins);
    return { every, firstDate, endDate: lasts === null ? null : addDays(firstDate, lasts), missed };
  });

export type Terms = Pick<NewPlan, "every" | "firstDate" | "endDate" | "missed">;

const planned = (id: PlanId, terms: Terms): NewPlan => ({
  ...terms,
  id,
  amount: cents(990),
  currency: "EUR",
  description: null,
  reference: "tea",
  metadata: {},
  retries: RETRIES,
});

interface Move {
  readonly name: string;
  readonly go: (world: World) => void;
}

const wait: fc.Arbitrary<Move> = fc
  .oneof(
    fc.integer({ min: 0, max: 26 }).map((hours) => hours * HOUR),
    fc.integer({ min: 0, max: 90 }).map((days) => days * DAY),
    // a machine whose clock is set back
    fc.integer({ min: 1, max: 120 }).map((minutes) => -minutes * MINUTE),
  )
  .map((ms) => ({ name: `wait ${ms / HOUR} h`, go: (world) => world.wait(ms) }));

/** To the moment at which something is due, or a millisecond before it. */
const waitUntilDue: fc.Arbitrary<Move> = fc.constantFrom(-1, 0).map((ms) => ({
  name: `wait until due ${ms}`,
  go: (world) => world.wait(Math.max(0, (planDue(world.mandate) ?? world.now) - world.now + ms)),
}));

const KINDS = ["announce_charge", "begin_charge", "make_charge", "end_plan"] as const;
const plan = fc.constantFrom("plan_0", "plan_1");
const steps = fc.integer({ min: 1, max: 3 });

const workAll: fc.Arbitrary<Move> = fc.constant({ name: "work", go: (world) => world.work() });

const workABit: fc.Arbitrary<Move> = fc.oneof(
  // A server that looked at another time, works now on what it saw, and dies after any of its steps.
  fc.record({ do: fc.constantFrom(...KINDS), plan, steps }).map(({ steps, ...task }) => ({
    name: `${task.do} ${task.plan}, dying after ${steps}`,
    go: (world: World) => world.perform(task, steps),
  })),
  fc.record({ place: fc.nat(20), steps }).map(({ place, steps }) => ({
    name: `make what was begun ${place} charges ago, dying after ${steps}`,
    go: (world: World) => {
      const begun = world.begun.at(-1 - place);
      if (begun !== undefined) world.makeOf(begun.fact, steps);
    },
  })),
);

const byShop: fc.Arbitrary<Move> = fc
  .record({
    what: fc.constantFrom("pause", "resume", "resume", "skip", "cancel", "amount", "amount"),
    plan,
    // beyond the limit, too
    amount: fc.integer({ min: 1, max: 2200 }).map(cents),
  })
  .map(({ what, plan, amount }) => ({
    name: what === "amount" ? `${what} ${plan} ${amount}` : `${what} ${plan}`,
    go: (world) =>
      world.decide((mandate, given) => {
        if (what === "pause") return pausePlan(mandate, plan, given);
        if (what === "resume") return resumePlan(mandate, plan, given);
        if (what === "amount") return changeAmount(mandate, { plan, amount }, given);
        if (what === "skip") return skipCharge(mandate, { plan, period: null }, given);
        return cancelPlan(mandate, plan, given);
      }),
  }));

const byCustomer: fc.Arbitrary<Move> = fc
  .constantFrom("approve", "approve", "suspend", "reactivate", "shorten", "prolong", "end")
  .map((what) => ({
    name: what,
    go: (world) => {
      const { status } = world.mandate;
      const validUntil = (days: number) => addDays(lisbonDate(world.now), days);
      if (status === "canceled") return;
      if (what === "approve" && status === "pending") world.become({ status: "active", validUntil: validUntil(365) });
      if (what === "suspend" && status === "active") world.become({ status: "suspended" });
      if (what === "reactivate" && status === "suspended") world.become({ status: "active" });
      if (what === "shorten" && status !== "pending") world.become({ validUntil: validUntil(20) });
      if (what === "prolong" && status !== "pending") world.become({ validUntil: validUntil(700) });
      if (what === "end") world.become({ status: "canceled" });
    },
  }));

const life = fc.record({
  first: terms,
  second: terms,
  moves: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: wait },
      { weight: 3, arbitrary: waitUntilDue },
      { weight: 1, arbitrary: workAll },
      { weight: 12, arbitrary: workABit },
      { weight: 3, arbitrary: byShop },
      { weight: 1, arbitrary: byCustomer },
    ),
    { minLength: 5, maxLength: 80 },
  ),
});

/** A world with plans on a mandate that is not agreed to yet. */
export function worldWith(...plans: readonly Terms[]): World {
  const world = new World(START);
  for (const [place, terms] of plans.entries()) {
    world.decide((mandate, given) => createPlan(mandate, planned(`plan_${place}`, terms), given));
  }
  return world;
}

type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;

/** What a move made of the world. */
interface Seen {
  readonly world: World;
  /** Whether everybody has finished. */
  readonly isOver: boolean;
}

/** Lives a life of two plans on one mandate, with a look after every move and one when everybody has finished. */
function live({ first, second, moves }: Life, look: (seen: Seen) => void): void {
  const world = worldWith(first, second);
  // most lives begin with a customer who agrees
  world.become({ status: "active", validUntil: addDays(lisbonDate(START), 400) });
  let latest = world.now;
  for (const { go } of moves) {
    go(world);
    latest = Math.max(latest, world.now);
    look({ world, isOver: false });
  }
  world.now = latest; // a clock that was set back has come right again
  world.work();
  look({ world, isOver: true });
}

/** Properties that are held by the same random lives. */
export const propertiesOfPlans = () => propertiesOf({ lives: life, live, runs: 3_000 });
