import { expect, it } from "vitest";
import { periodsAreAccountedFor } from "./periods.ts";

const at = (moment: string) => new Date(`${moment}:00Z`);

/** A plan of each day from 10 November on, of which the first is charged, and that is paused and taken up again. */
const facts = ({ begun, on, due, resumed }: { begun: string; on: string; due: string; resumed: string }) => [
  { kind: "plan_created", at: at("2026-11-08T12:00"), data: { plan: "plan_1", terms: { amount: 500 } } },
  {
    kind: "charge_announced",
    at: at("2026-11-09T08:58"),
    data: { plan: "plan_1", period: 1, date: "2026-11-10", due: at("2026-11-10T09:00").getTime() },
  },
  {
    kind: "charge_begun",
    at: at(begun),
    data: { plan: "plan_1", period: 1, date: "2026-11-10", payment: "pay_1", on },
  },
  {
    kind: "charge_announced",
    at: at("2026-11-10T08:59"),
    data: { plan: "plan_1", period: 2, date: "2026-11-11", due: at(due).getTime() },
  },
  { kind: "plan_paused", at: at("2026-11-11T08:00"), data: { plan: "plan_1" } },
  { kind: "plan_resumed", at: at(resumed), data: { plan: "plan_1", nextPeriod: 2 } },
];

function faultsOf(rows: readonly object[]): string[] {
  const table = { inOrder: () => rows, read: (row: object) => row };
  const plan = { id: "plan_1", every: { days: 1 }, firstDate: "2026-11-10", nextPeriod: 2 };
  const payment = { id: "pay_1", plan: { id: "plan_1" }, amount: 500, status: "paid", attempts: [] };
  const made = { mandates: [{ id: "man_1", plans: [plan] }], payments: [payment] };
  const faults: string[] = [];
  periodsAreAccountedFor({ of: () => table } as never, made as never, (_, what) => faults.push(what));
  return faults;
}

const DAY_OF_FIRST = { begun: "2026-11-10T09:00", on: "2026-11-10" };

it("accuses a plan that is taken up again with a period whose time had passed", () => {
  const late = facts({ ...DAY_OF_FIRST, due: "2026-11-11T09:00", resumed: "2026-11-11T14:00" });
  expect(faultsOf(late)).toEqual(["plan_1 goes on with period 2, whose time had passed when it was taken up again"]);
});

it("accuses none whose time was still to come: as announced, or because its day had a charge already", () => {
  const announcedLate = facts({ ...DAY_OF_FIRST, due: "2026-11-11T15:00", resumed: "2026-11-11T14:00" });
  expect(faultsOf(announcedLate)).toEqual([]);
  const movedOn = facts({
    begun: "2026-11-11T00:05",
    on: "2026-11-11",
    due: "2026-11-11T09:00",
    resumed: "2026-11-11T14:00",
  });
  expect(faultsOf(movedOn)).toEqual([]);
});
