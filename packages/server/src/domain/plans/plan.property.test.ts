import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "../time.ts";
import { applyPlan } from "./apply.ts";
import { addDays, type CivilDate, chargeTime } from "./calendar.ts";
import type { PlanFact } from "./facts.ts";
import { chargeOf, isPlanOver, type NewPlan, nextCharge } from "./plan.ts";
import { planDue } from "./tasks.ts";
import { always, begin, START, terms } from "./testing/world.ts";

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
