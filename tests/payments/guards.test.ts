import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askPhone, createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("the sums of a payment, guarded by the database as well", () => {
  let stage: Stage;
  let id: string;
  beforeAll(async () => {
    stage = await setStage();
    id = await createPayment(stage);
    await askPhone(stage, id, "960000001");
    await stage.settle();
  });
  afterAll(() => stage.close());

  const set = (change: string) => stage.pool.query(`update payment set ${change} where id = $1`, [id]);

  it.each([
    ["more captured than authorized", "amount_captured = 551", "settled_within_authorized"],
    ["captured and released beyond what was authorized", "amount_released = 1", "settled_within_authorized"],
    ["captures under way beyond what was authorized", "amount_settling = 1", "settled_within_authorized"],
    ["more refunded than captured", "amount_refunded = 551", "refunded_within_captured"],
    [
      "refunds under way beyond what is captured",
      "amount_refunded = 300, amount_refunding = 251",
      "refunded_within_captured",
    ],
    ["more given back than came beside the sums", "amount_returned = 1", "returned_within_aside"],
    ["less than nothing", "amount_refunded = -1", "payment_amount_refunded_check"],
    ["a status that is none", "status = 'settled'", "payment_status_check"],
  ])("refuses %s", async (_what, change, constraint) => {
    await expect(set(change)).rejects.toMatchObject({ constraint });
  });

  it("keeps one journal line for each number", async () => {
    await expect(
      stage.pool.query("insert into fact select subject_id, number, at, kind, data from fact where subject_id = $1", [
        id,
      ]),
    ).rejects.toMatchObject({ constraint: "fact_pkey" });
  });
});
