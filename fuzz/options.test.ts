import { expect, it } from "vitest";
import { BATCH } from "./batch.ts";
import { readOptions } from "./options.ts";
import { batchesOf } from "./plan.ts";
import { KINDS } from "./request.ts";

const DEFAULTS = { seed: 5, day: "2026-11-29", workers: 2 };
const read = (...words: string[]) => readOptions(words, DEFAULTS);

it("sends all kinds unless it is told which, and says how it is used when it is asked", () => {
  expect(read()).toMatchObject({ inputs: 20_000, seed: 5, day: "2026-11-29", kinds: KINDS, again: null });
  expect(read("--only", "pages", "--inputs", "7", "--seed", "9")).toMatchObject({
    kinds: ["pages"],
    inputs: 7,
    seed: 9,
  });
  expect(read("--help")).toBeNull();
});

it.each([["--inputs", "many"], ["--only", "doors"], ["--day", "2026-13-01"], ["--again", "api"], ["--nothing"]])(
  "does not take %s %s",
  (...words) => {
    expect(() => read(...words)).toThrow();
  },
);

it("sends an input again with those of its batch before it, the same ones as in a run", () => {
  const number = BATCH + 17;
  const again = read("--again", `api/${number}`);
  expect(again && batchesOf(again)).toEqual([{ seed: 5, day: "2026-11-29", kind: "api", from: BATCH, inputs: 18 }]);
  const whole = read("--only", "api", "--inputs", String(3 * BATCH));
  expect(whole && batchesOf(whole).map(({ from }) => from)).toEqual([0, BATCH, 2 * BATCH]);
});
