import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import {
  agree,
  approve,
  askMandate,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  faults,
  read,
} from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const NOTE = "SIBS Backoffice, Transactions, 27 November.";
const ANSWER_LOST = { dropAnswer: 1 };
const NEVER_ARRIVES = { html: 1 };
const NOT_FOUND = { http: { 404: 1 } };
const DAY = 24 * 3600;

describe("an attempt that a person settles", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const settle = (payment: string, attempt: string, outcome: string, more: object = {}) =>
    stage.api("POST", `/v1/payments/${payment}/attempts/${attempt}/settle`, { outcome, note: NOTE, ...more });
  const attempt = (payment: string, body: object) => stage.api("POST", `/v1/payments/${payment}/attempts`, body);
  /** An attempt by phone whose answer was lost, and of which SIBS is not found to know. */
  const inDoubt = async (changes: object = {}, fault: object = ANSWER_LOST) => {
    const id = await createPayment(stage, changes);
    await faults(stage, { "mbway-id/purchase": fault, status: NOT_FOUND });
    const { body } = await askPhone(stage, id);
    expect(body).toMatchObject({ status: "submitted", inDoubt: true, settled: null });
    return { id, attempt: body.id as string, transactionId: body.transactionId as string };
  };
  /** The journal, but for what SIBS was asked meanwhile. */
  const facts = async (id: string) =>
    (
      await stage.pool.query(
        "select kind, data from fact where subject_id = $1 and kind <> 'attempt_asked' order by number",
        [id],
      )
    ).rows;

  it("as not paid: the payment is open, may be tried anew, and it is kept who said so, when and why", async () => {
    const { id, attempt } = await inDoubt();
    const settled = await settle(id, attempt, "not_paid");
    expect(settled.status).toBe(200);
    const by = { type: "shop", id: null, name: null };
    expect(settled.body).toMatchObject({
      id: attempt,
      status: "failed",
      inDoubt: false,
      failure: { reason: "settled_not_done" },
      settled: { outcome: "not_paid", note: NOTE, by },
    });
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "open", attempts: [{ settled: settled.body.settled }] });
    const [fact] = (await facts(id)).filter(({ kind }) => kind === "attempt_settled");
    expect(fact.data).toEqual({ attempt, outcome: "not_paid", note: NOTE, by, next: expect.any(Number) });
    await faults(stage, {});
    expect((await askPhone(stage, id, "960000001")).status).toBe(201);
    await stage.settle();
    expect(eventTypesOf(stage, id)).toContain("payment.attempt_failed");
  });

  it("as approved: it is paid as by SIBS's word, and can be refunded", async () => {
    const { id, attempt, transactionId } = await inDoubt();
    const settled = await settle(id, attempt, "approved", { amount: 550 });
    expect(settled.body).toMatchObject({ status: "approved", settled: { outcome: "approved" } });
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    await stage.settle();
    expect(eventTypesOf(stage, id).at(-1)).toBe("payment.paid");
    await faults(stage, {});
    await approve(stage, "919999999", transactionId);
    expect((await stage.api("POST", `/v1/payments/${id}/refunds`, {})).body).toMatchObject({ status: "succeeded" });
  });

  it("as approved, with another amount than was asked: a person must look, and it is in no sum", async () => {
    const { id, attempt } = await inDoubt();
    expect((await settle(id, attempt, "approved", { amount: 549 })).status).toBe(200);
    expect(await read(stage, id)).toMatchObject({
      status: "open",
      amountCaptured: 0,
      attention: { reason: "amount_differs", attempt, operation: null },
    });
  });

  it("as approved, after the payment was canceled: it is late money, and goes back", async () => {
    const { id, attempt } = await inDoubt();
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await settle(id, attempt, "approved", { amount: 550 });
    expect(await read(stage, id)).toMatchObject({ status: "canceled", refunds: [{ reason: "late", amount: 550 }] });
  });

  it("as approved, of a payment that holds: it is held, and can be captured", async () => {
    const { id, attempt } = await inDoubt({ capture: "manual" });
    await settle(id, attempt, "approved", { amount: 550 });
    expect(await read(stage, id)).toMatchObject({ status: "authorized", amountAuthorized: 550, amountCaptured: 0 });
  });

  it("a charge by the merchant: SIBS's transaction must be told, since nothing could be refunded without it", async () => {
    await faults(stage, {});
    const saved = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, saved, "4111111111111111");
    const token = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
    await faults(stage, { mit: NEVER_ARRIVES, status: NOT_FOUND });
    const charge = { amount: 990, currency: "EUR", reference: "box-4", customer: ANA, token, initiator: "merchant" };
    const { id, attempts } = (await stage.api("POST", "/v1/payments", charge)).body;
    expect(attempts[0]).toMatchObject({ inDoubt: true, transactionId: null });
    const nothing = await settle(id, attempts[0].id, "approved");
    expect(nothing).toMatchObject({ status: 422, body: { type: "/problems/not_possible" } });
    expect(nothing.body.errors.map(({ field }: { field: string }) => field)).toEqual(["/amount", "/transactionId"]);
    const others = (await read(stage, saved)).attempts[0].transactionId;
    const stolen = await settle(id, attempts[0].id, "approved", { amount: 990, transactionId: others });
    expectProblem(stolen, 422, "not_possible", "/transactionId");
    const said = { amount: 990, transactionId: "s2TransactionOfTheCharge" };
    expect((await settle(id, attempts[0].id, "approved", said)).body).toMatchObject({
      status: "approved",
      transactionId: "s2TransactionOfTheCharge",
    });
    // what a charge by the merchant takes is held first, and captured by itself
    expect(await read(stage, id)).toMatchObject({ status: "authorized", captures: [{ reason: "automatic" }] });
  });

  it("a charge by the merchant, as not paid: it is over", async () => {
    await faults(stage, {});
    const token = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
    await faults(stage, { mit: NEVER_ARRIVES, status: NOT_FOUND });
    const charge = { amount: 990, currency: "EUR", reference: "box-5", customer: ANA, token, initiator: "merchant" };
    const { id, attempts } = (await stage.api("POST", "/v1/payments", charge)).body;
    expect((await settle(id, attempts[0].id, "not_paid")).body).toMatchObject({ status: "failed" });
    await stage.advance(61);
    expect((await read(stage, id)).status).toBe("canceled");
  });

  it("one by reference, and one by mandate", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "service-reference/generate": NEVER_ARRIVES, status: NOT_FOUND });
    const reference = (await askReference(stage, id)).body;
    expect((await settle(id, reference.id, "not_paid")).body).toMatchObject({ status: "failed" });
    await faults(stage, {});
    const mandate = await askMandate(stage, { phone: "912345678" });
    await agree(stage, {}, "912345678");
    await stage.settle();
    const other = await createPayment(stage, { customer: mandate.customer });
    await faults(stage, { "mbway-id/purchase": NEVER_ARRIVES, status: NOT_FOUND });
    const charge = (await attempt(other, { method: "mandate", mandate: mandate.id })).body;
    expect(charge.inDoubt).toBe(true);
    expect((await settle(other, charge.id, "approved", { amount: 550 })).body).toMatchObject({ status: "approved" });
    expect((await read(stage, other)).status).toBe("paid");
  });

  it("Pending contradicts neither", async () => {
    const waiting = await inDoubt();
    await faults(stage, {});
    expect((await settle(waiting.id, waiting.attempt, "not_paid")).status).toBe(200);
    const other = await inDoubt();
    await faults(stage, {});
    expect((await settle(other.id, other.attempt, "approved", { amount: 550 })).status).toBe(200);
  });

  it("SIBS is not contradicted: what it says with a final word is recorded", async () => {
    const { id, attempt, transactionId } = await inDoubt();
    await approve(stage, "919999999", transactionId);
    // SIBS has notified of it, and is asked again only in a minute
    await stage.advance(65);
    await faults(stage, { status: { http: { 503: 1 } } });
    expectProblem(await settle(id, attempt, "not_paid"), 503, "sibs_unavailable");
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "submitted", inDoubt: true, settled: null });
    await faults(stage, {});
    const wrongAmount = await settle(id, attempt, "approved", { amount: 549 });
    expectProblem(wrongAmount, 409, "contradicted_by_sibs");
    expect(wrongAmount.body.sibs).toMatchObject({ paymentStatus: "Success", amount: 550, transactionId });
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("not paid, and SIBS says Success afterwards: it pays the payment, and a person must know", async () => {
    const { id, attempt, transactionId } = await inDoubt();
    await settle(id, attempt, "not_paid");
    await faults(stage, {}, { drop: 1 });
    await approve(stage, "919999999", transactionId);
    await stage.advance(DAY + 60);
    expect(await read(stage, id)).toMatchObject({
      status: "paid",
      amountCaptured: 550,
      attention: { reason: "proved_after_all", attempt },
      attempts: [{ status: "approved", settled: { outcome: "not_paid" } }],
    });
  });

  it("not paid, tried anew and paid, and SIBS says Success afterwards: the second goes back", async () => {
    const { id, attempt, transactionId } = await inDoubt({}, ANSWER_LOST);
    await settle(id, attempt, "not_paid");
    await faults(stage, {});
    await askPhone(stage, id, "960000001");
    await stage.advance(1);
    expect((await read(stage, id)).status).toBe("paid");
    await approve(stage, "919999999", transactionId);
    await stage.advance(5);
    expect(await read(stage, id)).toMatchObject({
      status: "paid",
      amountCaptured: 550,
      attention: { reason: "proved_after_all", attempt },
      refunds: [{ reason: "duplicate", status: "succeeded" }],
    });
  });

  it("approved, and SIBS says afterwards that it was not paid: the sums are put right, and a person must know", async () => {
    const { id, attempt, transactionId } = await inDoubt();
    await settle(id, attempt, "approved", { amount: 550 });
    await faults(stage, {});
    await stage.sandbox("POST", "/phones/351%23919999999/decline", { id: transactionId });
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({
      status: "open",
      amountAuthorized: 0,
      amountCaptured: 0,
      paidAt: null,
      attention: { reason: "proved_after_all", attempt },
      attempts: [{ status: "declined", settled: { outcome: "approved" } }],
    });
    expect((await askPhone(stage, id)).body.type).toBe("/problems/payment_needs_attention");
    await stage.api("POST", `/v1/payments/${id}/attention/resolve`, { note: NOTE });
    expect((await askPhone(stage, id, "960000001")).status).toBe(201);
    expect(eventTypesOf(stage, id).at(-1)).not.toBe("payment.paid");
  });

  it("what is simply under way, or was never sent, or has ended is not settled", async () => {
    const id = await createPayment(stage);
    const { body: waiting } = await askPhone(stage, id);
    const early = await settle(id, waiting.id, "not_paid");
    expectProblem(early, 409, "attempt_in_progress");
    expect(early.body.secondsLeft).toBeGreaterThan(200);
    await approve(stage, "919999999", waiting.transactionId);
    await stage.settle();
    expectProblem(await settle(id, waiting.id, "not_paid"), 409, "contradicted_by_sibs");
    expectProblem(await settle(id, waiting.id, "approved", { amount: 550 }), 409, "attempt_over");
    expectProblem(await settle(id, "att_00000000000000000000", "not_paid"), 404, "not_found");
    expectProblem(await settle("pay_00000000000000000000", waiting.id, "not_paid"), 404, "not_found");
  });

  it.each([
    ["no note", { note: undefined }, 400, "invalid_request", "/note"],
    ["a blank note", { note: "  " }, 400, "invalid_request", "/note"],
    ["an operation's outcome", { outcome: "done" }, 400, "invalid_request", "/outcome"],
    ["half a cent", { outcome: "approved", amount: 549.5 }, 400, "invalid_request", "/amount"],
    ["no amount", { outcome: "approved" }, 422, "not_possible", "/amount"],
    ["another transaction", { transactionId: "s2SomethingElse" }, 422, "not_possible", "/transactionId"],
  ])("%s is refused, and changes nothing", async (_what, more, status, code, field) => {
    const { id, attempt } = await inDoubt();
    const before = await facts(id);
    expectProblem(await settle(id, attempt, "not_paid", more), status, code, field);
    expect(await facts(id)).toEqual(before);
  });
});
