import { addDays, type CivilDate } from "@caravela/platform/lisbon";
import { expect, it } from "vitest";
import { sumDays } from "./movements.ts";

it("sums up a year month by month, each of its days once, so that no statement takes longer the longer the time", async () => {
  const asked: [first: CivilDate, last: CivilDate][] = [];
  const pool = {
    query: async ({ name, values }: { name: string; values: [unknown, CivilDate, CivilDate] }) => {
      if (name !== "movement-days") return { rows: [{ unlisted: false, terminals: ["52221"] }] };
      const [, first, last] = values;
      asked.push([first, last]);
      return { rows: [{ day: last }] };
    },
  };
  const [from, to] = ["2027-12-01", "2028-11-29"] as const;
  const sums = await sumDays({ pool: pool as never, before: "52221" }, { from, to, terminal: null });
  const days = asked.map(([first, last]) => (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1);
  expect([days.length, Math.max(...days), days.reduce((sum, one) => sum + one)]).toEqual([12, 31, 365]);
  for (const [place, [first]] of asked.entries()) {
    const next = asked[place + 1]?.[1];
    expect(next === undefined ? first : addDays(next, 1)).toBe(next === undefined ? from : first);
  }
  expect(sums.map(({ day }) => day)).toEqual(asked.map(([, last]) => last));
});
