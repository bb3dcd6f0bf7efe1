import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { approve, askPhone, createPayment, eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const NOTE = "Compared with SIBS Backoffice; agreed with the customer on the phone.";
const DAY = 24 * 3600;

describe("a payment that a person must look at", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const resolve = (payment: string, body: object = { note: NOTE }, headers = {}) =>
    stage.api("POST", `/v1/payments/${payment}/attention/resolve`, body, headers);
  const giveBack = (payment: string, attempt: string, body: object = {}) =>
    stage.api("POST", `/v1/payments/${payment}/attempts/${attempt}/refunds`, body);
  const settle = (payment: string, attempt: string, outcome: string) =>
    stage.api("POST", `/v1/payments/${payment}/attempts/${attempt}/settle`, { outcome, note: NOTE });
  /**
   * SIBS's books say something else from now on, as another process writes it: no call of its API can bring that about.
   */
  const books = (change: string, transactionId: string) =>
    stage.pool.query(`update sibs_gateway.transaction set ${change}, version = version + 1 where transaction_id = $1`, [
      transactionId,
    ]);

  /** A payment of 5.50 € of which SIBS took 5.49 €. */
  const takenOtherwise = async (changes: object = {}) => {
    const id = await createPayment(stage, changes);
    const { body } = await askPhone(stage, id);
    await books("amount = 549", body.transactionId);
    await approve(stage, "919999999", body.transactionId);
    await stage.settle();
    expect((await read(stage, id)).attention).toMatchObject({ reason: "amount_differs", attempt: body.id });
    return { id, attempt: body.id as string };
  };
  /** A payment that was paid, and of which SIBS says now that it was not. */
  const takenBack = async () => {
    const id = await createPayment(stage);
    const { body } = await askPhone(stage, id);
    await approve(stage, "919999999", body.transactionId);
    await stage.settle();
    await books("outcome = 'refused_by_holder'", body.transactionId);
    const { notifications } = (await stage.sandbox("GET", "/notifications?limit=100")).body;
    const { id: notice } = notifications.find(
      (one: { transactionID: string }) => one.transactionID === body.transactionId,
    );
    await stage.pool.query("delete from notification where id = $1", [notice]);
    await stage.sandbox("POST", `/notifications/${notice}/resend`);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", attention: { reason: "taken_back" } });
    return { id, attempt: body.id as string, notice };
  };

  it("another amount was taken: it goes back, never more than was taken, and the payment may be paid anew", async () => {
    const { id, attempt } = await takenOtherwise();
    expect((await stage.api("POST", `/v1/payments/${id}/refunds`, {})).body.type).toBe("/problems/nothing_to_refund");
    const part = await giveBack(id, attempt, { amount: 100 });
    expect(part.status).toBe(201);
    expect(part.body).toMatchObject({ payment: id, amount: 100, status: "succeeded", reason: "returned" });
    const tooMuch = await giveBack(id, attempt, { amount: 450 });
    expectProblem(tooMuch, 422, "return_exceeds_taken", "/amount");
    expect(tooMuch.body.detail).toContain("449");
    const three = await Promise.all([1, 2, 3].map(() => giveBack(id, attempt, { amount: 300 })));
    expect(three.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    expect((await giveBack(id, attempt)).body).toMatchObject({ amount: 149, status: "succeeded" });
    expectProblem(await giveBack(id, attempt), 422, "return_exceeds_taken", "/amount");
    expect((await transactionsOf(stage, attempt))[0]).toMatchObject({ refunded: "5.49" });
    expect((await askPhone(stage, id)).body.type).toBe("/problems/payment_needs_attention");
    const resolved = await resolve(id);
    expect(resolved.status).toBe(200);
    expect(resolved.body).toMatchObject({ id, status: "open", amountCaptured: 0, attention: null });
    expect((await askPhone(stage, id, "960000001")).status).toBe(201);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 0 });
    expect(eventTypesOf(stage, id).filter((type) => type === "refund.succeeded")).toHaveLength(3);
    const { rows } = await stage.pool.query("select data from fact where subject_id = $1 and kind = $2", [
      id,
      "attention_resolved",
    ]);
    expect(rows).toEqual([{ data: { note: NOTE, by: { type: "shop", id: null, name: null } } }]);
  });

  it("the database itself gives back no more than was taken", async () => {
    const { id } = await takenOtherwise();
    const more = "update payment set amount_returned = 550 where id = $1";
    await expect(stage.pool.query(more, [id])).rejects.toThrow(/returned_within_aside/);
  });

  it("it goes back also after the payment has expired, and was resolved", async () => {
    const { id, attempt } = await takenOtherwise({ expiresAt: new Date(stage.now() + 600_000).toISOString() });
    await stage.advance(601);
    expect((await read(stage, id)).status).toBe("expired");
    expect((await resolve(id)).body).toMatchObject({ status: "expired", attention: null });
    expect((await giveBack(id, attempt)).body).toMatchObject({ amount: 549, status: "succeeded" });
  });

  it("a success was taken back: resolved, the payment stays as it is, and nobody is asked again for the same", async () => {
    const { id, attempt, notice } = await takenBack();
    expect((await resolve(id)).body).toMatchObject({ status: "paid", amountCaptured: 550, attention: null });
    await stage.pool.query("delete from notification where id = $1", [notice]);
    await stage.sandbox("POST", `/notifications/${notice}/resend`);
    await stage.settle();
    expect((await read(stage, id)).attention).toBeNull();
    expectProblem(await giveBack(id, attempt), 422, "attempt_in_sums");
  });

  it("a success was taken back: settled as not paid, its money leaves the sums, and it may be paid anew", async () => {
    const { id, attempt } = await takenBack();
    expect((await settle(id, attempt, "not_paid")).body).toMatchObject({
      status: "declined",
      settled: { outcome: "not_paid", note: NOTE },
    });
    expect(await read(stage, id)).toMatchObject({ status: "open", amountCaptured: 0, paidAt: null });
    await resolve(id);
    expect((await askPhone(stage, id, "960000001")).status).toBe(201);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
  });

  it("late money whose own way back failed for good goes back by hand", async () => {
    const id = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    const late = await createPayment(stage);
    const { body } = await askPhone(stage, late);
    await stage.api("POST", `/v1/payments/${late}/cancel`);
    await faults(stage, { refund: { http: { 400: 1 } } });
    await approve(stage, "919999999", body.transactionId);
    await stage.advance(5);
    expect((await read(stage, late)).refunds).toMatchObject([{ reason: "late", status: "failed" }]);
    await faults(stage, {});
    expect((await giveBack(late, body.id)).body).toMatchObject({
      amount: 550,
      status: "succeeded",
      reason: "returned",
    });
    expect(await read(stage, late)).toMatchObject({ status: "canceled", amountRefunded: 0 });
  });

  it("a late hold that could not be given up is given up by hand", async () => {
    const id = await createPayment(stage, { capture: "manual" });
    const { body } = await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await faults(stage, { cancellation: { http: { 400: 1 } } });
    await approve(stage, "919999999", body.transactionId);
    await stage.advance(5);
    expect((await read(stage, id)).cancellations).toMatchObject([{ reason: "late", status: "failed" }]);
    await faults(stage, {});
    const given = await giveBack(id, body.id);
    expect(given.status).toBe(201);
    expect(given.body).toMatchObject({ amount: 550, status: "succeeded", reason: "returned" });
    expect((await read(stage, id)).cancellations).toHaveLength(2);
  });

  it("an automatic capture that failed for good is made by hand", async () => {
    const id = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, id, "4111111111111111");
    const token = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
    const { customer } = await read(stage, id);
    await faults(stage, { capture: { http: { 400: 1 } } });
    const charge = { amount: 990, currency: "EUR", reference: "box-4", customer, token, initiator: "merchant" };
    const made = (await stage.api("POST", "/v1/payments", charge)).body;
    await stage.settle();
    expect(await read(stage, made.id)).toMatchObject({ status: "authorized", captures: [{ status: "failed" }] });
    await faults(stage, {});
    expect((await stage.api("POST", `/v1/payments/${made.id}/capture`, {})).body).toMatchObject({ status: "paid" });
  });

  it("nothing goes back of what was not taken, is in the sums, or is not there", async () => {
    const id = await createPayment(stage);
    const { body } = await askPhone(stage, id);
    expectProblem(await giveBack(id, body.id), 422, "attempt_not_approved");
    await approve(stage, "919999999", body.transactionId);
    await stage.settle();
    expectProblem(await giveBack(id, body.id), 422, "attempt_in_sums");
    expectProblem(await giveBack(id, "att_00000000000000000000"), 404, "not_found");
    expectProblem(await giveBack("pay_00000000000000000000", body.id), 404, "not_found");
    expectProblem(await giveBack(id, body.id, { amount: 0 }), 400, "invalid_request", "/amount");
    expectProblem(await resolve(id), 409, "no_attention");
    expectProblem(await resolve(id, {}), 400, "invalid_request", "/note");
    expectProblem(await resolve(id, { note: "" }), 400, "invalid_request", "/note");
    expectProblem(await resolve("pay_00000000000000000000"), 404, "not_found");
  });

  it("each is done once, however often it is asked with the same key", async () => {
    const { id, attempt } = await takenOtherwise();
    const key = { "idempotency-key": `back-${id}` };
    const path = `/v1/payments/${id}/attempts/${attempt}/refunds`;
    const first = await stage.api("POST", path, { amount: 100 }, key);
    const second = await stage.api("POST", path, { amount: 100 }, key);
    expect(second.body).toEqual(first.body);
    expect((await read(stage, id)).refunds).toHaveLength(1);
    const resolved = await resolve(id, { note: NOTE }, { "idempotency-key": `resolve-${id}` });
    expect((await resolve(id, { note: NOTE }, { "idempotency-key": `resolve-${id}` })).body).toEqual(resolved.body);
    expect((await stage.api("POST", path, { amount: 100 })).body.id).not.toBe(first.body.id);
  });
});

describe("an attempt of which nobody could say for a day what became of it", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const resolve = (payment: string) => stage.api("POST", `/v1/payments/${payment}/attention/resolve`, { note: NOTE });

  it("counts as unpaid once that is resolved, and the payment may be paid anew", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 404: 1 } } }, { drop: 1 });
    const { body } = await askPhone(stage, id);
    await stage.stepServer(DAY + 60);
    expect((await read(stage, id)).attention).toMatchObject({ reason: "in_doubt", attempt: body.id });
    expect((await askPhone(stage, id)).body.type).toBe("/problems/payment_needs_attention");
    await faults(stage, { status: { http: { 503: 1 } } });
    expectProblem(await resolve(id), 503, "sibs_unavailable");
    await faults(stage, { status: { http: { 404: 1 } } });
    expect((await resolve(id)).body).toMatchObject({
      status: "open",
      attention: null,
      attempts: [{ status: "failed", settled: { outcome: "not_paid", note: NOTE } }],
    });
    await faults(stage, {});
    expect((await askPhone(stage, id, "960000001")).status).toBe(201);
  });

  it("is what SIBS says, if it knows by then", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 404: 1 } } }, { drop: 1 });
    await askPhone(stage, id, "960000001");
    await stage.stepServer(DAY + 60);
    await faults(stage, {});
    expect((await resolve(id)).body).toMatchObject({ status: "paid", attention: null, attempts: [{ settled: null }] });
  });
});
