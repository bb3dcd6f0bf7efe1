import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Given } from "../decision.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";
import { applyPlan } from "./apply.ts";
import { addDays, type CivilDate, chargeTime, lisbonDate } from "./calendar.ts";
import {
  announceCharge,
  beginCharge,
  cancelPlan,
  chargeMade,
  createPlan,
  endPlan,
  followMandate,
  pausePlan,
  resumePlan,
  skipCharge,
} from "./decisions.ts";
import type { PlanFact } from "./facts.ts";
import { chargeOf, type Every, isPlanOver, type NewPlan, nextCharge, type PlannedMandate, RETRIES } from "./plan.ts";
import { type PlanTask, planDue, planTasks } from "./tasks.ts";

type Fact = { readonly at: Instant } & PlanFact;

/** A payment as the books have it: made once for each id, however often it is asked for. */
interface Paid {
  readonly plan: string;
  readonly period: number;
  readonly at: Instant;
}

interface Charged {
  readonly plan: string;
  readonly period: number;
  readonly payment: string;
}

/** A mandate, its journal, and the payments that were made: what is left when every server is dead. */
class World {
  now: Instant;
  mandate: PlannedMandate;
  readonly journal: Fact[] = [];
  readonly paid = new Map<string, Paid>();
  /** Each charge, with the mandate as it was when it was begun. */
  readonly begun: { readonly fact: Extract<Fact, { kind: "charge_begun" }>; readonly mandate: PlannedMandate }[] = [];
  #count = 0;

  constructor(now: Instant) {
    this.now = now;
    this.mandate = { status: "pending", type: "subscription", limit: null, validUntil: null, plans: [] };
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
    this.mandate = { ...this.mandate, ...changes };
    this.decide(followMandate);
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

  #make(plan: string, steps: number): void {
    const begun = this.mandate.plans.find((one) => one.id === plan)?.begun ?? null;
    if (begun !== null) this.makeOf({ plan, ...begun }, steps);
  }

  /** Makes a charge that was seen to be begun, be it long ago and by another server. */
  makeOf({ plan, period, payment }: Charged, steps: number): void {
    if (!this.paid.has(payment)) this.paid.set(payment, { plan, period, at: this.now });
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

  facts<K extends PlanFact["kind"]>(kind: K): Extract<Fact, { kind: K }>[] {
    return this.journal.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  }
}

const START = Date.parse("2026-11-22T12:00:00Z");
const every: fc.Arbitrary<Every> = fc.oneof(
  fc.constant("month" as const),
  fc.integer({ min: 1, max: 40 }).map((days) => ({ days })),
);

/** What a shop may ask for: first dates at the ends of months more often than elsewhere. */
const terms = fc
  .record({
    every,
    begins: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 1, 8, 38, 39, 67, 98, 128)),
    lasts: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
  })
  .map(({ every, begins, lasts }) => {
    const firstDate = addDays(lisbonDate(START), begins);
    return { every, firstDate, endDate: lasts === null ? null : addDays(firstDate, lasts) };
  });

const planned = (id: string, terms: Pick<NewPlan, "every" | "firstDate" | "endDate">): NewPlan => ({
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
const plan = fc.constantFrom("a", "b");
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
  .record({ what: fc.constantFrom("pause", "resume", "resume", "skip", "cancel"), plan })
  .map(({ what, plan }) => ({
    name: `${what} ${plan}`,
    go: (world) =>
      world.decide((mandate, given) => {
        if (what === "pause") return pausePlan(mandate, plan, given);
        if (what === "resume") return resumePlan(mandate, plan, given);
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

function begin(...plans: readonly Pick<NewPlan, "every" | "firstDate" | "endDate">[]): World {
  const world = new World(START);
  for (const [place, terms] of plans.entries()) {
    world.decide((mandate, given) => createPlan(mandate, planned("ab"[place] ?? "", terms), given));
  }
  return world;
}

/** Lives a life of two plans on one mandate, with a look after every move and one when everybody has finished. */
function always(look: (world: World, isOver: boolean) => void): void {
  fc.assert(
    fc.property(life, ({ first, second, moves }) => {
      const world = begin(first, second);
      // most lives begin with a customer who agrees
      world.become({ status: "active", validUntil: addDays(lisbonDate(START), 400) });
      let latest = world.now;
      for (const { go } of moves) {
        go(world);
        latest = Math.max(latest, world.now);
        look(world, false);
      }
      world.now = latest; // a clock that was set back has come right again
      world.work();
      look(world, true);
    }),
    { numRuns: 3_000 },
  );
}

/** The date of a period, reckoned another way than the plan does: month by month, on the fingers. */
function dateOnFingers({ every, firstDate }: Pick<NewPlan, "every" | "firstDate">, period: number): CivilDate {
  let date = firstDate;
  const day = Number(firstDate.slice(8));
  for (let step = 1; step < period; step += 1) {
    if (every !== "month") date = addDays(date, every.days);
    else {
      const firstOfNext = addDays(`${date.slice(0, 8)}28`, 4).slice(0, 8);
      let next = `${firstOfNext}28`;
      while (Number(next.slice(8)) < day && addDays(next, 1).startsWith(firstOfNext)) next = addDays(next, 1);
      date = day < 28 ? `${firstOfNext}${firstDate.slice(8)}` : next;
    }
  }
  return date;
}

describe("whatever happens to a plan", () => {
  it("makes exactly one payment for each period that it begins, and begins none twice", () => {
    always(({ paid, journal, mandate }, isOver) => {
      const begun = journal.filter((fact) => fact.kind === "charge_begun");
      const periods = begun.map(({ plan, period }) => `${plan} ${period}`);
      expect(new Set(periods).size).toBe(periods.length);
      const payments = [...paid].map(([id, { plan, period }]) => `${plan} ${period} ${id}`);
      const decided = begun.map(({ plan, period, payment }) => `${plan} ${period} ${payment}`);
      if (isOver) expect(payments.sort()).toEqual(decided.sort());
      else expect(decided).toEqual(expect.arrayContaining(payments));
      if (isOver) for (const { begun } of mandate.plans) expect(begun).toBeNull();
    });
  });

  it("leaves no period out but those that were skipped, or whose time came while it was paused", () => {
    always((world, isOver) => {
      if (!isOver) return;
      for (const plan of world.mandate.plans) {
        const of = <K extends PlanFact["kind"]>(kind: K) => world.facts(kind).filter((fact) => fact.plan === plan.id);
        const done = [...of("charge_begun"), ...of("charge_skipped")].map(({ period }) => period);
        expect(new Set(done).size).toBe(done.length);
        let period = 1;
        for (const fact of world.journal.filter((one) => one.plan === plan.id)) {
          if (fact.kind === "charge_begun" || fact.kind === "charge_skipped") expect(fact.period).toBe(period++);
          if (fact.kind !== "plan_resumed") continue;
          while (period < fact.nextPeriod) expect(chargeOf(plan, period++).at).toBeLessThanOrEqual(fact.at);
        }
        const next = nextCharge(plan);
        const isHeldUp = plan.status !== "active" || (next?.date ?? "") > (world.mandate.validUntil ?? "9");
        if (next !== null && !isHeldUp && world.mandate.status !== "pending") {
          expect(next.at).toBeGreaterThan(world.now);
        }
      }
    });
  });

  it("charges never before a period's date, never after its own end or the mandate's, and never while it is stopped", () => {
    always(({ begun }) => {
      for (const { fact, mandate } of begun) {
        const plan = mandate.plans.find((one) => one.id === fact.plan);
        if (plan === undefined) throw new TypeError("a charge of no plan");
        expect(plan.status).toBe("active");
        expect(["active", "suspended"]).toContain(mandate.status);
        expect(fact.date).toBe(dateOnFingers(plan, fact.period));
        expect(fact.at).toBeGreaterThanOrEqual(chargeTime(fact.date));
        for (const end of [plan.endDate, mandate.validUntil]) expect(fact.date <= (end ?? fact.date)).toBe(true);
      }
    });
  });

  it("announces each charge once, before it is begun", () => {
    always(({ journal }) => {
      const announced = new Set<string>();
      for (const fact of journal) {
        if (fact.kind !== "charge_announced" && fact.kind !== "charge_begun") continue;
        const charge = `${fact.plan} ${fact.period} ${fact.date}`;
        expect(announced.has(charge)).toBe(fact.kind === "charge_begun");
        if (fact.kind === "charge_announced") announced.add(charge);
      }
    });
  });

  it("begins nothing between its end and ever after, nor while it is paused", () => {
    always(({ journal }) => {
      const stopped = new Set<string>();
      for (const { kind, plan } of journal) {
        if (kind === "plan_paused" || kind === "plan_canceled" || kind === "plan_ended") stopped.add(plan);
        if (kind === "plan_resumed") stopped.delete(plan);
        if (kind === "charge_begun" || kind === "charge_announced") expect(stopped.has(plan)).toBe(false);
      }
    });
  });

  it("ends by itself only when nothing is left to charge", () => {
    always(({ now, mandate }) => {
      for (const plan of mandate.plans.filter(({ status }) => status === "ended")) {
        const left = chargeOf(plan, plan.nextPeriod);
        expect(left.date > (plan.endDate ?? "9") || left.at < now).toBe(true);
      }
    });
  });

  it("is forgotten by nobody while it has something to charge", () => {
    always(({ mandate }) => {
      for (const plan of mandate.plans) {
        const alone = { ...mandate, validUntil: null, plans: [plan] };
        if (plan.begun !== null || plan.status === "active") expect(planDue(alone)).not.toBeNull();
        if (isPlanOver(plan) && plan.begun === null) expect(planDue(alone)).toBeNull();
      }
    });
  });

  it("is what its journal says, and survives being stored", () => {
    always(({ mandate, journal }) => {
      expect(journal.reduce(applyPlan, [])).toEqual(mandate.plans);
      expect(JSON.parse(JSON.stringify(mandate))).toEqual(mandate);
    });
  });
});

describe("a plan on a server that is always there", () => {
  it("announces each charge 24 hours before, or as soon as it may, and charges on the minute", () => {
    fc.assert(
      fc.property(terms, (one) => {
        const world = begin(one);
        world.become({ status: "active" });
        for (let charges = 0; charges < 40; ) {
          const due = planDue(world.mandate);
          if (due === null) break;
          world.now = Math.max(world.now, due);
          world.work();
          charges = world.paid.size;
        }
        expect(world.paid.size).toBeGreaterThan(0);
        let freeSince = START;
        for (const fact of world.facts("charge_begun")) {
          const announced = world.facts("charge_announced").find(({ period }) => period === fact.period);
          expect(fact.at).toBe(Math.max(START, chargeTime(fact.date)));
          expect(announced?.at).toBe(Math.max(freeSince, chargeTime(fact.date) - DAY));
          freeSince = fact.at;
        }
        if (one.endDate !== null && world.paid.size < 40) {
          expect(world.mandate.plans[0]).toMatchObject({ status: "ended", charged: world.paid.size });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
