import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  approve,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  faults,
  payAtAtm,
  read,
  transactionsOf,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("late and double money", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  it("an approval after the shop canceled is refunded, and the payment stays canceled", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    const canceled = await stage.api("POST", `/v1/payments/${id}/cancel`);
    expect(canceled.body).toMatchObject({ status: "canceled" });
    await approve(stage);
    await stage.advance(5);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "canceled", amountCaptured: 0, amountRefunded: 0 });
    expect(payment.attempts[0].status).toBe("approved");
    expect(payment.refunds).toMatchObject([{ amount: 550, reason: "late", status: "succeeded" }]);
    expect(eventTypesOf(stage, id).slice(-3)).toEqual(["payment.canceled", "refund.created", "refund.succeeded"]);
    const [original] = await transactionsOf(stage, attempt.body.id);
    expect(original).toMatchObject({ paymentStatus: "Success", refunded: "5.50" });
  });

  it("an approval after the end pays the payment where the shop accepts late payments", async () => {
    const id = await createPayment(stage, { latePayments: "accept" });
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await approve(stage);
    await stage.advance(5);
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, refunds: [] });
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["payment.canceled", "payment.paid"]);
  });

  it("a second success is refunded: the one recorded second", async () => {
    const id = await createPayment(stage);
    const first = await askPhone(stage, id, "960000008");
    await stage.advance(245);
    const second = await askPhone(stage, id);
    await approve(stage);
    await stage.advance(1);
    expect((await read(stage, id)).status).toBe("paid");
    await approve(stage, "960000008");
    await stage.advance(5);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 0 });
    expect(payment.attempts.map((one: { status: string }) => one.status)).toEqual(["approved", "approved"]);
    expect(payment.fundedBy).toBe(second.body.id);
    expect(payment.refunds).toMatchObject([{ amount: 550, reason: "duplicate", status: "succeeded" }]);
    expect((await transactionsOf(stage, first.body.id))[0]).toMatchObject({ refunded: "5.50" });
    expect((await transactionsOf(stage, second.body.id))[0]).toMatchObject({ refunded: "0.00" });
  });

  it("a shop's refund after a duplicate gives back what was captured, not what was refunded already", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "960000008");
    await stage.advance(245);
    await askPhone(stage, id);
    await approve(stage);
    await stage.advance(1);
    await approve(stage, "960000008");
    await stage.advance(5);
    const refund = await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 550 });
    expect(refund.body).toMatchObject({ status: "succeeded", reason: "requested" });
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountRefunded: 550 });
    const more = await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 1 });
    expect(more.body.type).toBe("/problems/nothing_to_refund");
  });

  it("expires an open payment on its date, and refunds what is approved afterwards", async () => {
    const id = await createPayment(stage, { expiresAt: new Date(stage.now() + 250_000).toISOString() });
    await askPhone(stage, id, "960000008");
    await stage.advance(255);
    expect((await read(stage, id)).status).toBe("expired");
    await approve(stage, "960000008");
    await stage.advance(5);
    const payment = await read(stage, id);
    expect(payment.status).toBe("expired");
    expect(payment.refunds).toMatchObject([{ reason: "late", status: "succeeded" }]);
  });

  it("does not expire while an attempt is live", async () => {
    const id = await createPayment(stage, { expiresAt: new Date(stage.now() + 60_000).toISOString() });
    await askPhone(stage, id);
    await stage.advance(120);
    expect((await read(stage, id)).status).toBe("pending");
    await approve(stage);
    await stage.advance(1);
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("takes no attempt after the end", async () => {
    const id = await createPayment(stage, { expiresAt: new Date(stage.now() + 60_000).toISOString() });
    await stage.advance(61);
    expect(await read(stage, id)).toMatchObject({ status: "expired" });
    expect((await askReference(stage, id)).body.type).toBe("/problems/payment_expired");
  });

  it("a reference paid although its payment is over is late money", async () => {
    const id = await createPayment(stage);
    const reference = (await askReference(stage, id)).body;
    await faults(stage, { cancellation: { html: 1 } });
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.advance(1);
    await payAtAtm(stage, reference.multibanco);
    await faults(stage, {});
    await stage.advance(120);
    const payment = await read(stage, id);
    expect(payment.status).toBe("canceled");
    expect(payment.refunds).toMatchObject([{ reason: "late", status: "succeeded" }]);
  });

  it("sends the refund of late money again where SIBS certainly did nothing, and once only", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.sandbox("PUT", "/faults", { calls: { refund: { http: { 429: 1 } } } });
    await approve(stage);
    await stage.advance(30);
    expect((await read(stage, id)).refunds).toMatchObject([{ reason: "late", status: "pending" }]);
    await faults(stage, {});
    await stage.advance(61);
    const payment = await read(stage, id);
    expect(payment.refunds).toMatchObject([{ reason: "late", status: "succeeded" }]);
    expect(await transactionsOf(stage, payment.refunds[0].id)).toHaveLength(1);
  });

  it("withdraws the reference of a canceled payment again until SIBS takes the withdrawal", async () => {
    const id = await createPayment(stage);
    const reference = (await askReference(stage, id)).body;
    await stage.sandbox("PUT", "/faults", { calls: { cancellation: { http: { 429: 1 } } } });
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.advance(60);
    expect((await read(stage, id)).attempts[0].status).toBe("pending");
    await faults(stage, {});
    await stage.advance(15 * 60);
    expect((await read(stage, id)).attempts[0].status).toBe("canceled");
    expect((await payAtAtm(stage, reference.multibanco)).body.code).toBe("E0612");
  });
});
