import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("money that is held first", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const held = async () => {
    const id = await createCardPayment(stage, { capture: "manual" });
    await payByCard(stage, id, "4111111111111111");
    return id;
  };
  const call = (id: string, what: "capture" | "cancel" | "refunds", amount?: number) =>
    stage.api("POST", `/v1/payments/${id}/${what}`, amount === undefined ? {} : { amount });

  it("is authorized, captured in two parts, and refunded in part", async () => {
    const id = await held();
    expect(await read(stage, id)).toMatchObject({ status: "authorized", amountAuthorized: 550, amountCaptured: 0 });
    expect((await call(id, "capture", 300)).body).toMatchObject({ status: "paid", amountCaptured: 300 });
    expect((await call(id, "capture", 251)).body.type).toBe("/problems/capture_exceeds_authorized");
    expect((await call(id, "capture")).body).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect((await call(id, "capture")).body.type).toBe("/problems/nothing_to_capture");
    expect((await call(id, "refunds", 120)).body).toMatchObject({ status: "succeeded", amount: 120 });
    await stage.settle();
    expect(eventTypesOf(stage, id)).toEqual([
      "payment.created",
      "payment.pending",
      "payment.authorized",
      "capture.created",
      "capture.succeeded",
      "payment.paid",
      "capture.created",
      "capture.succeeded",
      "refund.created",
      "refund.succeeded",
    ]);
  });

  it("captures a part and gives up the rest: it stays paid", async () => {
    const id = await held();
    await call(id, "capture", 200);
    expect((await call(id, "cancel")).body).toMatchObject({ status: "paid", amountCaptured: 200, amountReleased: 350 });
    expect((await call(id, "cancel")).body.type).toBe("/problems/payment_already_paid");
    expect((await call(id, "refunds", 201)).body.type).toBe("/problems/refund_exceeds_captured");
  });

  it("is canceled when its whole hold is given up, in one go or in parts", async () => {
    const id = await held();
    expect((await call(id, "cancel", 250)).body).toMatchObject({ status: "authorized", amountReleased: 250 });
    expect((await call(id, "cancel")).body).toMatchObject({ status: "canceled", amountReleased: 550 });
    expect((await call(id, "capture", 1)).body.type).toBe("/problems/nothing_to_capture");
  });

  it("works for MB WAY too, and not by reference", async () => {
    const id = await createCardPayment(stage, { capture: "manual" });
    expect((await askReference(stage, id)).status).toBe(422);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("authorized");
    expect((await call(id, "capture")).body).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect((await call(id, "refunds")).body).toMatchObject({ status: "succeeded" });
  });

  it("a capture and a cancellation at the same moment cannot pass what is held", async () => {
    const id = await held();
    await faults(stage, { capture: { delayMs: [50, 50] }, cancellation: { delayMs: [50, 50] } });
    const all = await Promise.all([call(id, "capture", 300), call(id, "cancel", 300), call(id, "capture", 300)]);
    expect(all.map((one) => one.status).sort()).toEqual([200, 422, 422]);
  });

  it("a capture whose answer is lost is in doubt, its amount reserved, until it is found by its own id", async () => {
    const id = await held();
    await faults(stage, { capture: { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    const lost = await call(id, "capture", 500);
    expect(lost.body).toMatchObject({ status: "authorized", captures: [{ status: "in_doubt", amount: 500 }] });
    expect((await call(id, "capture", 100)).body.type).toBe("/problems/capture_exceeds_authorized");
    await faults(stage, {});
    await stage.advance(60);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "paid", amountCaptured: 500, captures: [{ status: "succeeded" }] });
    expect(await transactionsOf(stage, payment.captures[0].id)).toHaveLength(1);
  });

  it("gives a late hold up instead of refunding it", async () => {
    const id = await createCardPayment(stage, { capture: "manual" });
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await approve(stage);
    await stage.advance(3);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "canceled", amountAuthorized: 0, refunds: [] });
    expect(payment.cancellations).toMatchObject([{ reason: "late", amount: 550, status: "succeeded" }]);
  });
});
