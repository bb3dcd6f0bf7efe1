import { expect, it } from "vitest";
import { sharesOf } from "./rounds.ts";

it("a run is cut into rounds that come to all of it, the same for the same seed, some of them with an upgrade", () => {
  const run = { payments: 20_011, injuries: 503, seed: 7 };
  const shares = sharesOf(run);
  const sum = (of: "payments" | "injuries") => shares.reduce((total, share) => total + share[of], 0);
  expect([sum("payments"), sum("injuries")]).toEqual([20_011, 503]);
  expect(new Set(shares.map(({ seed }) => seed)).size).toBe(shares.length);
  expect(shares.filter(({ upgrades }) => upgrades).length).toBeGreaterThan(1);
  expect(sharesOf(run)).toEqual(shares);
  expect(sharesOf({ ...run, seed: 8 })).not.toEqual(shares);
});

it("a short run is one round of its own seed", () => {
  expect(sharesOf({ payments: 100, injuries: 5, seed: 3 })).toEqual([
    { number: 1, seed: 3, payments: 100, injuries: 5, upgrades: false },
  ]);
});
