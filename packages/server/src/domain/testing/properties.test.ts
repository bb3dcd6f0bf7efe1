import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { heldTogether } from "./properties.ts";

/** Lives of steps that are numbers. */
const lives = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
const live = vi.fn((life: number[], look: (step: number) => void) => life.forEach(look));

it("are held by the same lives, each of which is lived once", () => {
  live.mockClear();
  const checkOf = heldTogether({ lives, live, runs: 50 });
  const [steps, ends, all] = [vi.fn(), vi.fn(), vi.fn()];
  const checks = [checkOf({ step: steps }), checkOf({ step: steps, end: ends }), checkOf({ all })];
  for (const check of checks) check();
  expect(live).toHaveBeenCalledTimes(50);
  const count = live.mock.calls.reduce((sum, [life]) => sum + life.length, 0);
  expect(steps).toHaveBeenCalledTimes(2 * count);
  expect(ends.mock.calls).toEqual(live.mock.calls.map(([life]) => [life.at(-1)]));
  expect(all).toHaveBeenCalledOnce();
});

it("fail each by itself, with the shortest life that breaks them", () => {
  // What makes a longer life shorter does not always end at the shortest there is.
  const checkOf = heldTogether({ lives: fc.tuple(fc.nat(100)), live, runs: 200 });
  const small = checkOf({ step: (step) => expect(step).toBeLessThan(70) });
  const holds = checkOf({ step: (step) => expect(step).toBeLessThanOrEqual(100) });
  const late = checkOf({ end: (last) => expect(last).toBeLessThan(90) });
  const none = checkOf({ all: () => expect(1).toBe(2) });
  expect(small).toThrow(/Counterexample: \[\[70\]\]/);
  expect(holds).not.toThrow();
  expect(late).toThrow(/Counterexample: \[\[90\]\]/);
  expect(none).toThrow(/expected 1 to be 2/);
});

it("fail all where a life cannot be lived", () => {
  const fails = (life: number[]) => {
    if (life.length > 3) throw new Error("nobody can live so long");
  };
  const checkOf = heldTogether({ lives, live: fails, runs: 200 });
  for (const check of [checkOf({}), checkOf({ step: () => undefined })])
    expect(check).toThrow(/Counterexample: \[\[0,0,0,0\]\]/);
});

it("fail where what broke them breaks them only once", () => {
  const checkOf = heldTogether({ lives, live, runs: 20 });
  let times = 0;
  const check = checkOf({ step: () => expect(++times).not.toBe(5) });
  expect(check).toThrow(/expected 5 not to be 5/);
});
