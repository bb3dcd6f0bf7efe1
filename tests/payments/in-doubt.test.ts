import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  approve,
  askPhone,
  askReference,
  createPayment,
  faults,
  payAtAtm,
  read,
  transactionsOf,
} from "../support/actions.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";
import { until } from "../support/until.ts";

/** Done, and then the connection is cut. */
const ANSWER_LOST = { dropAnswer: 1 };
/** Not done: something before SIBS answers with a page. */
const NEVER_ARRIVES = { html: 1 };

describe("a call whose answer is lost", () => {
  let stage: Stage;
  let line: Line;
  beforeAll(async () => {
    ({ stage, line } = await setStageOnLine());
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  it("a purchase's: in doubt, nothing else may begin, SIBS is asked and says that it waits", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": ANSWER_LOST, status: { http: { 503: 1 } } });
    const attempt = await askPhone(stage, id);
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({ status: "submitted", inDoubt: true });
    const second = await askPhone(stage, id);
    expect(second.status).toBe(409);
    expect(second.body.type).toBe("/problems/attempt_in_doubt");
    await stage.advance(20);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "submitted", inDoubt: true });
    await faults(stage, {});
    await stage.advance(40);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "pending", inDoubt: false });
    await approve(stage);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
    expect(await transactionsOf(stage, attempt.body.id)).toHaveLength(1);
  });

  it("a purchase that never arrived fails only when SIBS has said so for a minute, and is never sent again", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": NEVER_ARRIVES });
    const attempt = await askPhone(stage, id);
    expect(attempt.body).toMatchObject({ status: "submitted", inDoubt: true });
    await faults(stage, {});
    await stage.advance(45);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "submitted", inDoubt: true });
    await stage.advance(60);
    const payment = await read(stage, id);
    expect(payment.status).toBe("open");
    expect(payment.attempts[0]).toMatchObject({ status: "failed", inDoubt: false, failure: { reason: "not_sent" } });
    const [transaction] = await transactionsOf(stage, attempt.body.id);
    expect(transaction).toMatchObject({ paymentStatus: "Pending", paymentMethod: null });
  });

  it("a reference's: it exists, and is taken from the status", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "service-reference/generate": ANSWER_LOST, status: { http: { 503: 1 } } });
    const attempt = await askReference(stage, id);
    expect(attempt.body).toMatchObject({ status: "submitted", inDoubt: true, multibanco: null });
    await faults(stage, {});
    await stage.advance(5);
    const [known] = (await read(stage, id)).attempts;
    expect(known).toMatchObject({ status: "pending", inDoubt: false });
    await payAtAtm(stage, known.multibanco);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("a checkout's costs nothing: it is replaced under a new merchantTransactionId", async () => {
    const id = await createPayment(stage);
    let lost = 0;
    line.alter("/payments", (answer) => (++lost === 1 ? null : answer));
    const attempt = await askPhone(stage, id);
    line.alter("/payments");
    expect(attempt.body).toMatchObject({ status: "pending", inDoubt: false });
    await approve(stage);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", attempts: [{ id: attempt.body.id }] });
    expect(await transactionsOf(stage, attempt.body.id)).toMatchObject([
      { merchantTransactionId: `${attempt.body.id}.2`, paymentStatus: "Success", captured: "5.50" },
      { merchantTransactionId: attempt.body.id, paymentStatus: "Pending", paymentMethod: null },
    ]);
  });

  it("a checkout's is replaced once: after a second loss the attempt has failed, and nothing was charged", async () => {
    const id = await createPayment(stage);
    line.alter("/payments", () => null);
    const attempt = await askPhone(stage, id);
    line.alter("/payments");
    expect(attempt.body).toMatchObject({ status: "failed", inDoubt: false, failure: { reason: "technical" } });
    const made = await transactionsOf(stage, attempt.body.id);
    expect(made.map((one: { merchantTransactionId: string }) => one.merchantTransactionId)).toEqual([
      `${attempt.body.id}.2`,
      attempt.body.id,
    ]);
    expect(made).toMatchObject([{ paymentMethod: null }, { paymentMethod: null }]);
  });

  it("a SIBS that cannot be reached at all fails the attempt before anything was sent", async () => {
    const id = await createPayment(stage);
    await faults(stage, { payments: { http: { 500: 1 } } });
    const attempt = await askPhone(stage, id);
    expect(attempt.body).toMatchObject({
      status: "failed",
      inDoubt: false,
      transactionId: null,
      failure: { reason: "technical" },
    });
    expect((await read(stage, id)).status).toBe("open");
  });

  it("is not concluded by a 404", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": ANSWER_LOST, status: { http: { 404: 1 } } });
    await askPhone(stage, id);
    await stage.advance(300);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "submitted", inDoubt: true });
    await faults(stage, {});
    await stage.advance(61);
    expect((await read(stage, id)).attempts[0].inDoubt).toBe(false);
  });

  it("a late approval of an attempt that was given up pays the payment, also when no notification tells of it", async () => {
    const id = await createPayment(stage);
    await faults(stage, {}, { drop: 1 });
    const { body: attempt } = await askPhone(stage, id, "960000008");
    await stage.advance(275);
    expect(await read(stage, id)).toMatchObject({ status: "open", attempts: [{ status: "timed_out" }] });
    await approve(stage, "960000008");
    await stage.settle();
    // nobody has told of it, and it is not yet time to ask again
    expect(await transactionsOf(stage, attempt.id)).toMatchObject([{ paymentStatus: "Success", captured: "5.50" }]);
    expect((await read(stage, id)).status).toBe("open");
    await stage.advance(3_600);
    expect(await read(stage, id)).toMatchObject({
      status: "paid",
      amountCaptured: 550,
      refunds: [],
      attempts: [{ id: attempt.id, status: "approved" }],
    });
  });
});

describe("a checkout that lapses before it is used", () => {
  it("is replaced for the same attempt, unseen", async () => {
    const { stage, line } = await setStageOnLine();
    const other = await createPayment(stage, { expiresAt: new Date(stage.now() + 600_000).toISOString() });
    const id = await createPayment(stage);
    const held = line.hold("/payments", "answer");
    const started = askPhone(stage, id);
    await held;
    // the server looks at what is due meanwhile, this payment included
    const passing = stage.stepServer(11 * 60);
    await until(async () => (await read(stage, other)).status === "expired");
    line.release();
    await passing;
    const attempt = await started;
    expect(attempt.body).toMatchObject({ status: "pending" });
    const transactions = await transactionsOf(stage, attempt.body.id);
    expect(transactions.map((one: { merchantTransactionId: string }) => one.merchantTransactionId)).toEqual([
      `${attempt.body.id}.2`,
      attempt.body.id,
    ]);
    await stage.close();
  });
});
