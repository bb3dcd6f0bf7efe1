import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { KeptRuns } from "./kept.ts";
import type { Asked, Told } from "./told.ts";

const folder = mkdtempSync(join(tmpdir(), "caravela-kept-"));
afterAll(() => rmSync(folder, { recursive: true }));

const asked = (seed: number): Asked => ({ seed, payments: 20, trace: null, only: null, untilWrong: false });
const told = (seed: number, wrong = false): Told => ({
  seed,
  payments: 20,
  made: 41,
  violations: wrong ? [{ property: "books", subject: "pay_1", what: "a cent is missing" }] : [],
  stories: {},
  faults: { crash: 3 },
  points: {},
  trace: "",
});

it("knows the runs that were lived, of the same code, but those that were asked for something else or in which something was wrong", () => {
  const file = join(folder, "runs");
  const runs = new KeptRuns(file);
  runs.keep(asked(1), told(1));
  runs.keep(asked(2), told(2, true));
  const again = new KeptRuns(file);
  expect(again.of(asked(1))).toEqual(told(1));
  expect(again.of(asked(2))).toBeNull();
  expect(again.of({ ...asked(1), payments: 21 })).toBeNull();
  expect(again.of({ ...asked(1), only: ["crash"] })).toBeNull();
  expect(new KeptRuns(file, "other code").of(asked(1))).toBeNull();
});

it("goes on after a run that was ended while it wrote", () => {
  const file = join(folder, "broken");
  new KeptRuns(file).keep(asked(1), told(1));
  appendFileSync(file, `null\n${readFileSync(file, "utf8").slice(0, 40)}`);
  new KeptRuns(file).keep(asked(2), told(2));
  const again = new KeptRuns(file);
  expect([1, 2].map((seed) => again.of(asked(seed))?.seed)).toEqual([1, 2]);
});

it("keeps nothing where no file is named", () => {
  const runs = new KeptRuns(null);
  runs.keep(asked(1), told(1));
  expect(runs.of(asked(1))).toBeNull();
});
