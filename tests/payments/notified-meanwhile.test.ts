import { afterAll, beforeAll, expect, it } from "vitest";
import { askPhone, createPayment, read } from "../support/actions.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";
import { until } from "../support/until.ts";

let stage: Stage;
let line: Line;
beforeAll(async () => {
  ({ stage, line } = await setStageOnLine());
});
afterAll(() => stage.close());

/** Whether SIBS's notification of a payment has been taken for what it is about. */
async function wasNotified(payment: string): Promise<boolean> {
  const { rowCount } = await stage.pool.query(
    "select from caravela.fact where subject_id = $1 and kind = 'attempt_notified'",
    [payment],
  );
  return rowCount === 1;
}

it("asks at once about what SIBS notifies while it is being asked, and not when it would have asked next", async () => {
  const id = await createPayment(stage);
  await askPhone(stage, id);
  const held = line.hold("/status", "answer");
  const advanced = stage.advance(5);
  await held;
  await stage.sandbox("POST", "/phones/351%23919999999/decline");
  await until(() => wasNotified(id));
  line.release();
  await advanced;
  expect(await read(stage, id)).toMatchObject({ status: "open", attempts: [{ status: "declined" }] });
});
