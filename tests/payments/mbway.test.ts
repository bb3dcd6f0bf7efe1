import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/stage.ts";

const PHONE = "919999999";
const ALIAS = "351%23919999999";

describe("a payment by MB WAY", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("is paid when the phone approves, and the shop is told in order", async () => {
    const made = await stage.api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "order-17" });
    expect(made.status).toBe(201);
    const { id } = made.body;
    const attempt = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "mbway", phone: PHONE });
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({
      payment: id,
      method: "mbway",
      status: "pending",
      inDoubt: false,
      failure: null,
    });
    expect(attempt.body.mbway).toEqual({ phone: "351#*****9999" });
    const approved = await stage.sandbox("POST", `/phones/${ALIAS}/approve`);
    expect(approved.status).toBe(200);
    await stage.settle();
    const paid = await stage.api("GET", `/v1/payments/${id}`);
    expect(paid.body).toMatchObject({ status: "paid", amountCaptured: 550, amountAuthorized: 550, amountRefunded: 0 });
    const told = stage.events.filter((event) => event.data.payment.id === id);
    expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
      ["payment.created", 1],
      ["payment.pending", 2],
      ["payment.paid", 3],
    ]);
  });
});
