import { afterAll, beforeAll, expect, it } from "vitest";
import { activeMandate } from "../support/actions.ts";
import { askPlan, dayOn, makePlan, readPlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ holdsCharges: true });
});
afterAll(() => stage.close());

it("no plan charges while that is held, and what a person leaves out meanwhile is not charged afterwards either", async () => {
  const { id } = await activeMandate(stage);
  const plan = await makePlan(stage, id, { every: "month" });
  const due = dayOn(stage, 1);
  await stage.advance(2 * 86_400);
  expect(await readPlan(stage, plan.id)).toMatchObject({ charged: 0, nextCharge: { date: due } });
  const skipped = await askPlan(stage, plan.id, "skip");
  expect(skipped.status).toBe(200);
  expect((await readPlan(stage, plan.id)).nextCharge.date).not.toBe(due);
  const { body } = await stage.sandbox("GET", "/transactions?limit=100");
  expect(body.transactions.filter(({ captured }: { captured: string }) => Number(captured) > 0)).toEqual([]);
});
