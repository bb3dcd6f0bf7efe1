import { join } from "node:path";
import { expect, it } from "vitest";
import { Living } from "./living.ts";

const world = { seed: 1, payments: 1, only: null, untilWrong: false };
/** A run whose trace cannot be written ends the process that it is lived in. */
const deadly = { ...world, trace: join(import.meta.dirname, "no such folder", "trace") };

it("a run that its process dies of is lived again in one of its own, and counts as one that went wrong", async () => {
  const living = new Living();
  expect(await living.live({ ...world, trace: null })).toMatchObject({ payments: 1, violations: [] });
  const { violations } = await living.live(deadly);
  const what = expect.stringMatching(/^it ended with 1 .*no such folder/s);
  expect(violations).toMatchObject([{ property: "end", subject: "the run", what }]);
  await living.end();
});
