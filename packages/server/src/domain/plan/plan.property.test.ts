import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectSame } from "../testing/properties.ts";
import { DAY, HOUR, MINUTE } from "../time.ts";
import { applyPlan } from "./apply.ts";
import { addDays, type CivilDate, chargeTime, lisbonDate } from "./calendar.ts";
import { planDue } from "./due.ts";
import { chargeOf, isPlanOver, isWithin, type NewPlan, nextCharge } from "./state.ts";
import { LIMIT, propertiesOfPlans, START, terms, worldWith } from "./testing/world.ts";

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

const always = propertiesOfPlans();

describe("whatever happens to a plan", () => {
  always(
    "makes exactly one payment for each period that it begins, and begins none twice",
    ({ world: { paid, journal, mandate }, isOver }) => {
      const begun = journal.filter((fact) => fact.kind === "charge_begun");
      const periods = begun.map(({ plan, period }) => `${plan} ${period}`);
      expect(new Set(periods).size).toBe(periods.length);
      const payments = [...paid].map(([id, { plan, period }]) => `${plan} ${period} ${id}`);
      const decided = begun.map(({ plan, period, payment }) => `${plan} ${period} ${payment}`);
      if (isOver) expect(payments.sort()).toEqual(decided.sort());
      else expect(decided).toEqual(expect.arrayContaining(payments));
      if (isOver) for (const { begun } of mandate.plans) expect(begun).toBeNull();
    },
  );

  always(
    "leaves no period out but those that were skipped or missed, or whose time came while it was paused",
    ({ world, isOver }) => {
      if (!isOver) return;
      for (const plan of world.mandate.plans) {
        let period = 1;
        let isPaused = false;
        const missed = new Set<number>();
        // those before a charge that is announced ahead are left out while the one before them is still to be made
        const goOn = () => {
          while (missed.has(period)) period += 1;
        };
        for (const fact of world.journal.filter((one) => one.plan === plan.id)) {
          if (fact.kind === "charge_begun" || fact.kind === "charge_skipped") expect(fact.period).toBe(period++);
          if (fact.kind === "charges_missed") {
            for (let one = fact.period; one <= fact.through; one += 1) missed.add(one);
          }
          goOn();
          if (fact.kind === "plan_paused") isPaused = true;
          if (fact.kind !== "plan_resumed") continue;
          expect(isPaused).toBe(true);
          period = Math.max(period, fact.nextPeriod);
          goOn();
        }
        expect(plan.nextPeriod).toBeGreaterThanOrEqual(period);
        const next = nextCharge(plan);
        const isHeldUp = plan.status !== "active" || (next !== null && !isWithin(world.mandate, next));
        if (next !== null && !isHeldUp && world.mandate.status !== "pending") {
          expect(next.at).toBeGreaterThan(world.now);
        }
      }
    },
  );

  always(
    "tells of each period that a resumption leaves out and whose time came before it was paused",
    ({ world: { journal, mandate } }) => {
      for (const plan of mandate.plans) {
        const due = new Map<number, number>();
        const told = new Set<number>();
        let [period, pausedAt, chargedOn] = [1, 0, ""];
        for (const fact of journal.filter((one) => one.plan === plan.id)) {
          if (fact.kind === "charge_announced") due.set(fact.period, fact.due ?? chargeTime(fact.date));
          if (fact.kind === "charge_begun") chargedOn = fact.on ?? "";
          if (fact.kind === "charge_begun" || fact.kind === "charge_skipped") period = fact.period + 1;
          if (fact.kind === "plan_paused") pausedAt = fact.at;
          if (fact.kind === "charges_missed") {
            for (let one = fact.period; one <= fact.through; one += 1) {
              expect(told.has(one)).toBe(false);
              told.add(one);
            }
          }
          if (fact.kind !== "plan_resumed") continue;
          for (; period < fact.nextPeriod; period += 1) {
            const said = due.get(period);
            const dayAfter = chargedOn === "" ? 0 : chargeTime(addDays(chargedOn, 1));
            const time = said === undefined ? chargeOf(plan, period).at : Math.max(said, dayAfter);
            if (!told.has(period)) expect(time).toBeGreaterThan(pausedAt);
          }
        }
      }
    },
  );

  always(
    "charges never before a period's date, never after its own end or the mandate's, and never while it is stopped",
    ({ world: { begun } }) => {
      for (const { fact, mandate } of begun) {
        const plan = mandate.plans.find((one) => one.id === fact.plan);
        if (plan === undefined) throw new TypeError("a charge of no plan");
        expect(plan.status).toBe("active");
        expect(["active", "suspended"]).toContain(mandate.status);
        expect(fact.date).toBe(dateOnFingers(plan, fact.period));
        expect(fact.at).toBeGreaterThanOrEqual(chargeTime(fact.date));
        for (const end of [plan.endDate, mandate.validUntil]) expect(fact.date <= (end ?? fact.date)).toBe(true);
      }
    },
  );

  always(
    "announces each charge once, a day before it is begun; the very first, when nobody could, at once",
    ({ world: { journal, mandate } }) => {
      const announced = new Map<string, number>();
      for (const fact of journal) {
        if (fact.kind !== "charge_announced" && fact.kind !== "charge_begun") continue;
        const charge = `${fact.plan} ${fact.period} ${fact.date}`;
        const toldAt = announced.get(charge);
        if (fact.kind === "charge_announced") {
          expect(toldAt).toBeUndefined();
          announced.set(charge, fact.at);
        } else {
          const isFirst = fact.period === 1 && chargeTime(fact.date) < (mandate.activatedAt ?? START) + DAY;
          expect(toldAt).toBeDefined();
          const since = Math.max(chargeTime(fact.date), mandate.activatedAt ?? START);
          const isAtOnce = isFirst && (toldAt ?? 0) < since + HOUR;
          if (!isAtOnce) expect(fact.at - (toldAt ?? 0)).toBeGreaterThanOrEqual(DAY - MINUTE);
        }
      }
    },
  );

  always(
    "charges of each period what it had when the shop was told of it, and never beyond the limit",
    ({ world: { journal, paid, mandate } }) => {
      for (const { id } of mandate.plans) {
        let amount = 990;
        const told = new Map<number, number>();
        for (const fact of journal.filter(({ plan }) => plan === id)) {
          if (fact.kind === "plan_amount_changed") amount = fact.amount;
          if (fact.kind === "charge_announced") told.set(fact.period, amount);
        }
        const charges = [...paid.values()].filter(({ plan }) => plan === id);
        for (const charge of charges) {
          expect(charge.amount).toBe(told.get(charge.period));
          expect(charge.amount).toBeLessThanOrEqual(LIMIT);
        }
      }
    },
  );

  always("charges once a day in Lisbon at most", ({ world: { journal } }) => {
    const days = journal.flatMap((fact) =>
      fact.kind === "charge_begun" ? [`${fact.plan} ${lisbonDate(fact.at)}`] : [],
    );
    expect(new Set(days).size).toBe(days.length);
  });

  always(
    "makes up for what it missed as it was asked to: for all, for the latest, for none",
    ({ world: { journal, mandate } }) => {
      for (const plan of mandate.plans) {
        for (const fact of journal.filter((one) => one.plan === plan.id)) {
          const isResumed = journal.some(
            ({ kind, plan: id, at }) => kind === "plan_resumed" && id === plan.id && at === fact.at,
          );
          if (fact.kind === "charges_missed" && !isResumed) expect(plan.missed).not.toBe("charge");
          if (fact.kind !== "charge_announced" || plan.missed === "charge") continue;
          const isLate = chargeTime(fact.date) <= fact.at;
          const next = chargeOf(plan, fact.period + 1);
          const isLatest = next.at > fact.at || next.date > (plan.endDate ?? next.date);
          const isFirst = fact.period === 1 && chargeTime(fact.date) < (mandate.activatedAt ?? START) + DAY;
          if (isLate && !isFirst) expect(plan.missed === "latest" && isLatest).toBe(true);
        }
      }
    },
  );

  always("begins nothing between its end and ever after, nor while it is paused", ({ world: { journal } }) => {
    const stopped = new Set<string>();
    for (const { kind, plan } of journal) {
      if (kind === "plan_paused" || kind === "plan_canceled" || kind === "plan_ended") stopped.add(plan);
      if (kind === "plan_resumed") stopped.delete(plan);
      if (kind === "charge_begun" || kind === "charge_announced") expect(stopped.has(plan)).toBe(false);
    }
  });

  always("ends by itself only when nothing is left to charge", ({ world: { now, mandate } }) => {
    for (const plan of mandate.plans.filter(({ status }) => status === "ended")) {
      const left = chargeOf(plan, plan.nextPeriod);
      const isTaken = left.date <= (plan.lastChargedOn ?? "");
      expect(left.date > (plan.endDate ?? "9") || left.at < now || isTaken).toBe(true);
    }
  });

  always("is forgotten by nobody while it has something to charge", ({ world: { mandate } }) => {
    for (const plan of mandate.plans) {
      const alone = { ...mandate, validUntil: null, plans: [plan] };
      if (plan.begun !== null || plan.status === "active") expect(planDue(alone)).not.toBeNull();
      if (isPlanOver(plan) && plan.begun === null) expect(planDue(alone)).toBeNull();
    }
  });

  always("is what its journal says, and survives being stored", ({ world: { mandate, journal } }) => {
    expectSame(journal.reduce(applyPlan, []), mandate.plans);
    expectSame(JSON.parse(JSON.stringify(mandate)), mandate);
  });
});

describe("a plan on a server that is always there", () => {
  it("announces each charge 24 hours before, or as soon as it may, and charges on the minute", () => {
    fc.assert(
      fc.property(terms, (one) => {
        const world = worldWith(one);
        world.become({ status: "active" });
        for (let charges = 0; charges < 40; ) {
          const due = planDue(world.mandate);
          if (due === null) break;
          world.now = Math.max(world.now, due);
          world.work();
          charges = world.paid.size;
        }
        expect(world.paid.size).toBeGreaterThan(0);
        for (const fact of world.facts("charge_begun")) {
          const announced = world.facts("charge_announced").find(({ period }) => period === fact.period)?.at ?? 0;
          const nine = chargeTime(fact.date);
          expect(announced).toBe(Math.max(START, nine - DAY));
          const isLate = fact.period > 1 && announced + DAY > nine + MINUTE;
          expect(fact.at).toBe(isLate ? announced + DAY : Math.max(START, nine));
        }
        expect(world.facts("charges_missed")).toEqual([]);
        if (one.endDate !== null && world.paid.size < 40) {
          expect(world.mandate.plans[0]).toMatchObject({ status: "ended", charged: world.paid.size });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

const absences = fc.array(fc.record({ up: fc.integer({ min: 0, max: 80 }), down: fc.integer({ min: 1, max: 300 }) }), {
  minLength: 1,
  maxLength: 8,
});

describe("a plan on a server that is away now and then", () => {
  it("charges once a day at most, each a day after its notice, and is at nine on its dates again two days after the last time", () => {
    fc.assert(
      fc.property(terms, absences, (one, times) => {
        const world = worldWith({ ...one, endDate: null });
        world.become({ status: "active" });
        const live = (hours: number) => {
          const until = world.now + hours * HOUR;
          for (let due = planDue(world.mandate); due !== null && due <= until; due = planDue(world.mandate)) {
            world.now = Math.max(world.now, due);
            world.work();
          }
          world.now = until;
        };
        for (const { up, down } of times) {
          live(up);
          world.wait(down * HOUR);
        }
        const back = world.now;
        live(24 * 100);
        const days = world.facts("charge_begun").map(({ at }) => lisbonDate(at));
        expect(new Set(days).size).toBe(days.length);
        if (one.missed === "charge") return;
        const after = world.facts("charge_begun").filter(({ at }) => at > back + 2 * DAY);
        for (const { at, date } of after) expect(at).toBe(chargeTime(date));
        const every = one.every === "month" ? 31 : one.every.days;
        if (chargeTime(one.firstDate) <= back) expect(after.length).toBeGreaterThanOrEqual(Math.floor(97 / every));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["charge", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["latest", [5, 7, 8, 9, 10, 11, 12, 13]],
    ["skip", [6, 7, 8, 9, 10, 11, 12, 13]],
  ] as const)("for five days, and asked to %s what it missed, makes one charge a day", (missed, periods) => {
    const first = addDays(lisbonDate(START), 3);
    const world = worldWith({ every: { days: 1 }, firstDate: first, endDate: null, missed });
    world.become({ status: "active" });
    world.now = chargeTime(addDays(first, 4)) + 5 * HOUR;
    world.work();
    expect(world.paid.size).toBe(0);
    expect(world.facts("charge_announced")).toHaveLength(1);
    world.wait(DAY - 1);
    world.work();
    expect(world.paid.size).toBe(0);
    for (let day = 0; day < 8; day += 1) {
      const until = chargeTime(addDays(first, 5 + day)) + 5 * HOUR;
      for (let due = planDue(world.mandate); due !== null && due <= until; due = planDue(world.mandate)) {
        world.now = Math.max(world.now, due);
        world.work();
      }
      world.now = until;
      expect(world.paid.size).toBe(day + 1);
    }
    expect([...world.paid.values()].map(({ period }) => period)).toEqual(periods);
  });
});
