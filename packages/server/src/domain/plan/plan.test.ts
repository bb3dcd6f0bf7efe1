import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { replayMandate } from "../mandate/earlier-facts.ts";
import { bringUpMandate } from "../mandate/stored.ts";
import { askedFor, WANTED } from "../mandate/testing/builders.ts";
import { at } from "../payment/testing/builders.ts";
import { DAY, type Instant } from "../time.ts";
import { applyPlan } from "./apply.ts";
import { createPlan, pausePlan, resumePlan } from "./begin.ts";
import { chargeTime } from "./calendar.ts";
import { announceCharge, beginCharge, chargeMade, skipCharge } from "./charge.ts";
import { planDue, planTasks } from "./due.ts";
import { followStatus } from "./end.ts";
import type { PlanFact } from "./facts.ts";
import { type NewPlan, nextCharge, type Plan, type PlannedMandate, RETRIES } from "./state.ts";

const FIRST = chargeTime("2026-12-01");

const DAILY: NewPlan = {
  id: "plan_1",
  amount: cents(990),
  currency: "EUR",
  every: { days: 1 },
  firstDate: "2026-12-01",
  endDate: null,
  description: null,
  reference: "tea",
  metadata: {},
  retries: RETRIES,
  missed: "charge",
};

const CREATED = { kind: "plan_created", at: FIRST - 9 * DAY, plan: "plan_1", terms: DAILY, waits: false } as const;

/** A mandate with one plan, to which some facts have happened. */
function mandate(facts: readonly ({ readonly at: Instant } & PlanFact)[], changes: Partial<PlannedMandate> = {}) {
  const [first] = facts;
  const all = first?.kind === "plan_created" ? facts : [CREATED, ...facts];
  const plans = all.reduce<readonly Plan[]>(applyPlan, []);
  const type = "subscription";
  return { status: "active", type, limit: cents(5000), validUntil: "2027-11-22", ...changes, plans } as PlannedMandate;
}

const ANNOUNCED = { kind: "charge_announced", at: FIRST - DAY, plan: "plan_1", period: 1, date: "2026-12-01" } as const;
const BEGUN = { ...ANNOUNCED, kind: "charge_begun", at: FIRST, payment: "pay_1" } as const;

describe("a charge that is skipped", () => {
  it("misses those before it whose day had one that was late, as its announcement would have", () => {
    const late = { ...BEGUN, at: FIRST + 3 * DAY, on: "2026-12-04" } as const;
    const made = { kind: "charge_made", at: FIRST + 3 * DAY, plan: "plan_1", period: 1, payment: "pay_1" } as const;
    const state = mandate([{ ...CREATED, terms: { ...DAILY, missed: "latest" } }, ANNOUNCED, late, made]);
    expect(skipCharge(state, { plan: "plan_1", period: null }, at(FIRST + 3 * DAY))).toMatchObject([
      { kind: "charges_missed", period: 2, through: 4 },
      { kind: "charge_skipped", period: 5, date: "2026-12-05" },
    ]);
  });
});

describe("a charge that is begun", () => {
  it("is made before another is announced or begun, however late", () => {
    const later = FIRST + 3 * DAY;
    const state = mandate([ANNOUNCED, BEGUN]);
    expect(planTasks(state, at(later))).toEqual([{ do: "make_charge", plan: "plan_1" }]);
    expect(announceCharge(state, "plan_1", at(later))).toEqual([]);
    expect(beginCharge(state, "plan_1", at(later))).toEqual([]);
    const announced = mandate([ANNOUNCED, BEGUN, { ...ANNOUNCED, at: later, period: 2, date: "2026-12-02" }]);
    expect(beginCharge(announced, "plan_1", at(later))).toEqual([]);
  });

  it("is noted as made once, and by its own payment alone", () => {
    const state = mandate([ANNOUNCED, BEGUN]);
    expect(chargeMade(state, { plan: "plan_1", payment: "pay_2" }, at(FIRST))).toEqual([]);
    const made = chargeMade(state, { plan: "plan_1", payment: "pay_1" }, at(FIRST));
    expect(made).toMatchObject([{ kind: "charge_made", period: 1 }]);
    expect(chargeMade(mandate([ANNOUNCED, BEGUN, ...made]), { plan: "plan_1", payment: "pay_1" }, at(FIRST))).toEqual(
      [],
    );
  });

  it("is made also when the plan was canceled meanwhile: its payment may be there already", () => {
    const canceled = mandate([
      ANNOUNCED,
      BEGUN,
      { kind: "plan_canceled", at: FIRST, plan: "plan_1", reason: "requested" },
    ]);
    expect(planTasks(canceled, at(FIRST))).toEqual([{ do: "make_charge", plan: "plan_1" }]);
  });
});

describe("a plan of before charges could be late", () => {
  it("is what its journal says, with its charge where it was to be, and makes up for all that it misses", () => {
    const { missed: _missed, ...terms } = DAILY;
    const created = { kind: "plan_created", at: FIRST - 9 * DAY, plan: "plan_1", terms, waits: false } as const;
    const next = { ...ANNOUNCED, at: FIRST, period: 2, date: "2026-12-02" };
    const facts = [created, ANNOUNCED, BEGUN, { ...BEGUN, kind: "charge_made" } as const, next];
    const asked = { kind: "mandate_created", at: FIRST, mandate: WANTED } as const;
    const journal = [asked, ...facts].map(({ kind, at, ...data }) => ({ kind, at: new Date(at), version: 1, data }));
    const stored = {
      ...terms,
      status: "active",
      nextPeriod: 2,
      announcedAt: FIRST,
      begun: null,
      charged: 1,
      createdAt: FIRST - 9 * DAY,
      endedAt: null,
    };
    const { plans } = bringUpMandate({ ...askedFor(FIRST), plans: [stored] });
    expect(plans).toEqual(replayMandate(journal).plans);
    expect(plans[0]).toMatchObject({ missed: "charge" });
    const state = { ...mandate([]), plans };
    expect(nextCharge(plans[0] as Plan)).toEqual({ period: 2, date: "2026-12-02", at: FIRST + DAY });
    expect(beginCharge(state, "plan_1", at(FIRST + 5 * DAY))).toMatchObject([{ kind: "charge_begun", period: 2 }]);
  });
});

describe("a charge past the mandate's end", () => {
  it("waits until the customer prolongs the mandate, or the mandate has ended", () => {
    const ending = mandate([], { validUntil: "2026-11-30" });
    expect(planDue(ending)).toBeNull();
    expect(beginCharge(ending, "plan_1", at(FIRST))).toEqual([]);
    expect(planDue(mandate([], { validUntil: "2026-12-01" }))).toBe(FIRST - DAY);
    const over = { ...ending, status: "expired" };
    expect(followStatus(over, at(FIRST))).toMatchObject([{ kind: "plan_canceled", reason: "mandate_over" }]);
  });
});

describe("a suspended mandate", () => {
  it("has its charges made all the same: the payment waits for the money", () => {
    const suspended = mandate([ANNOUNCED], { status: "suspended" });
    expect(beginCharge(suspended, "plan_1", at(FIRST))).toMatchObject([{ kind: "charge_begun", period: 1 }]);
  });
});

describe("a plan that is resumed", () => {
  it("goes on with the charge that it was to make, still announced, when its time has not come yet", () => {
    const paused = mandate([ANNOUNCED, ...facts(pausePlan(mandate([ANNOUNCED]), "plan_1", at(FIRST - 100)))]);
    const resumed = mandate([ANNOUNCED, ...facts(resumePlan(paused, "plan_1", at(FIRST - 1)))]);
    expect(resumed.plans[0]).toMatchObject({ status: "active", nextPeriod: 1, announcedAt: FIRST - DAY });
  });

  it("leaves out a charge whose time has come, to the millisecond", () => {
    const paused = mandate([ANNOUNCED, ...facts(pausePlan(mandate([ANNOUNCED]), "plan_1", at(FIRST - 100)))]);
    const resumed = mandate([ANNOUNCED, ...facts(resumePlan(paused, "plan_1", at(FIRST)))]);
    const [plan] = resumed.plans;
    expect(plan).toMatchObject({ nextPeriod: 2, announcedAt: null });
    expect(plan === undefined ? null : nextCharge(plan)).toMatchObject({ period: 2, date: "2026-12-02" });
  });
});

describe("a plan that is resumed after its server was away", () => {
  const resumed = (pausedAt: number, resumedAt: number) => {
    const paused = mandate([ANNOUNCED, ...facts(pausePlan(mandate([ANNOUNCED]), "plan_1", at(pausedAt)))]);
    return facts(resumePlan(paused, "plan_1", at(resumedAt)));
  };

  it("has missed what was due before it was paused, and not what was while it was", () => {
    expect(resumed(FIRST + 2 * DAY, FIRST + 5 * DAY)).toMatchObject([
      { kind: "charges_missed", period: 1, through: 3 },
      { kind: "plan_resumed", nextPeriod: 7 },
    ]);
  });

  it.each([
    ["kept when in no plan", {}, null],
    ["ran beside this one", { pausedAt: FIRST }, FIRST],
  ])("is what its journal comes to, where a version before, which %s, paused it", (_which, kept, pausedAt) => {
    const earlier = [{ kind: "plan_paused", at: FIRST, plan: "plan_1", since: FIRST } as const].slice(
      pausedAt === null ? 1 : 0,
    );
    const paused = { kind: "plan_paused", at: FIRST + DAY, plan: "plan_1" } as const;
    const [plan] = mandate([...earlier, paused]).plans;
    const { pausedAt: _since, ...stored } = plan ?? {};
    const { plans } = bringUpMandate({ ...askedFor(FIRST), plans: [{ ...stored, ...kept }] });
    expect(plans).toEqual([plan]);
    expect(plan).toMatchObject({ status: "paused", pausedAt });
  });

  it("has missed nothing where all of it was due while it was paused", () => {
    expect(resumed(FIRST - 1, FIRST + 5 * DAY)).toMatchObject([{ kind: "plan_resumed", nextPeriod: 7 }]);
  });
});

describe("a plan on a mandate whose limit and end are known", () => {
  it.each([
    ["at the limit", { amount: cents(5000) }, null],
    ["a cent above it", { amount: cents(5001) }, "plan_exceeds_limit"],
    ["beginning on its last day", { firstDate: "2027-11-22" }, null],
    ["beginning on the day after", { firstDate: "2027-11-23" }, "plan_after_mandate"],
  ] as const)("%s", (_, changes, refused) => {
    const decided = createPlan({ ...mandate([]), plans: [] }, { ...DAILY, ...changes }, at(FIRST - DAY));
    expect("refused" in decided ? decided.refused : null).toBe(refused);
  });
});

/** The facts of a decision that is not refused. */
function facts(decision: ReturnType<typeof pausePlan>) {
  if ("refused" in decision) throw new TypeError(`refused: ${decision.refused}`);
  return decision;
}
