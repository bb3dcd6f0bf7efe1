import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { approve, askPhone, createPayment, eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const NOTE = "SIBS Backoffice shows none; asked SIBS on the phone.";
/** Not done: something before SIBS answers with a page. */
const NEVER_ARRIVES = { html: 1 };
/** Done, and then the connection is cut. */
const ANSWER_LOST = { dropAnswer: 1 };
const NOT_FOUND = { http: { 404: 1 } };
const DAY = 24 * 3600;
/** The migration by which payments that were settled before are listed anew, a part at a time. */
const BRINGS_UP = readFileSync(
  join(import.meta.dirname, "../../packages/server/migrations/0055-left-here.sql"),
  "utf8",
);

describe("a capture, cancellation or refund that a person settles", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const paid = async (phone = "960000001") => {
    const id = await createPayment(stage);
    await askPhone(stage, id, phone);
    // long enough also where SIBS was spared before
    await stage.advance(6);
    return id;
  };
  const held = async () => {
    const id = await createCardPayment(stage, { capture: "manual" });
    await payByCard(stage, id, "4111111111111111");
    return id;
  };
  const call = (id: string, what: string, body: object = {}) => stage.api("POST", `/v1/payments/${id}/${what}`, body);
  const settle = (operation: string, outcome: string, more: object = {}, headers = {}) =>
    stage.api("POST", `/v1/operations/${operation}/settle`, { outcome, note: NOTE, ...more }, headers);
  /** A refund whose call went wrong so, and that SIBS is not found to know of. */
  const inDoubt = async (id: string, fault: object, amount = 550) => {
    await faults(stage, { refund: fault, status: NOT_FOUND });
    const refund = await call(id, "refunds", { amount });
    expect(refund.body).toMatchObject({ status: "in_doubt", settled: null });
    return refund.body.id as string;
  };
  /** The same, and SIBS, which may have notified of it, is asked again only in a minute. */
  const longInDoubt = async (id: string, fault: object) => {
    const refund = await inDoubt(id, fault);
    await stage.advance(65);
    await faults(stage, {});
    return refund;
  };
  /** But for what SIBS was asked meanwhile. */
  const journalOf = async (id: string) =>
    (
      await stage.pool.query(
        "select kind, at, data from fact where subject_id = $1 and kind <> 'operation_asked' order by number",
        [id],
      )
    ).rows;

  it("a refund that never arrived, as not done: its amount is free, and it can be made anew", async () => {
    const id = await paid();
    const refund = await inDoubt(id, NEVER_ARRIVES);
    await faults(stage, {});
    const settled = await settle(refund, "not_done");
    expect(settled.status).toBe(200);
    expect(settled.body).toMatchObject({
      id: refund,
      payment: id,
      status: "failed",
      failure: { reason: "settled_not_done" },
      settled: { outcome: "not_done", note: NOTE, by: { type: "shop", id: null, name: null } },
    });
    expect(Date.parse(settled.body.settled.at)).toBeLessThanOrEqual(stage.now());
    expect((await read(stage, id)).refunds).toEqual([settled.body]);
    const [fact] = (await journalOf(id)).filter(({ kind }) => kind === "operation_settled");
    expect(fact.data).toEqual({
      operation: refund,
      outcome: "not_done",
      note: NOTE,
      by: settled.body.settled.by,
      next: expect.any(Number),
    });
    expect((await call(id, "refunds")).body).toMatchObject({ amount: 550, status: "succeeded", settled: null });
    await stage.settle();
    expect(eventTypesOf(stage, id).slice(-4)).toEqual([
      "refund.created",
      "refund.failed",
      "refund.created",
      "refund.succeeded",
    ]);
  });

  it("a refund, as done: it is in the sums, and told", async () => {
    const id = await paid();
    const refund = await inDoubt(id, NEVER_ARRIVES, 200);
    expect((await settle(refund, "done", { transactionId: "s2MadeInBackoffice" })).body).toMatchObject({
      status: "succeeded",
      settled: { outcome: "done" },
    });
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 200 });
    expect((await call(id, "refunds", { amount: 351 })).body.type).toBe("/problems/refund_exceeds_captured");
    await stage.settle();
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["refund.created", "refund.succeeded"]);
  });

  it.each([
    ["capture", "done", { status: "paid", amountCaptured: 550 }],
    ["capture", "not_done", { status: "authorized", amountCaptured: 0 }],
    ["cancel", "done", { status: "canceled", amountReleased: 550 }],
    ["cancel", "not_done", { status: "authorized", amountReleased: 0 }],
  ])("a %s, as %s", async (what, outcome, after) => {
    const id = await held();
    await faults(stage, { capture: NEVER_ARRIVES, cancellation: NEVER_ARRIVES, status: NOT_FOUND });
    const { captures, cancellations } = (await call(id, what)).body;
    const [operation] = [...captures, ...cancellations];
    expect((await call(id, "capture")).body.type).toBe("/problems/nothing_to_capture");
    expect((await settle(operation.id, outcome)).body).toMatchObject({ settled: { outcome } });
    expect(await read(stage, id)).toMatchObject(after);
    await faults(stage, {});
    const again = await call(id, "capture");
    expect(again.status).toBe(outcome === "not_done" ? 200 : 422);
  });

  it("SIBS is asked once more: what it says with a final word is recorded, and not contradicted", async () => {
    const id = await paid();
    const refund = await longInDoubt(id, ANSWER_LOST);
    const refused = await settle(refund, "not_done");
    expectProblem(refused, 409, "contradicted_by_sibs");
    expect(refused.body.sibs).toMatchObject({ paymentStatus: "Success", amount: 550, code: "000" });
    expect((await read(stage, id)).refunds[0]).toMatchObject({ status: "succeeded", settled: null });
    const declined = await paid("960000011");
    const other = await longInDoubt(declined, ANSWER_LOST);
    const contradicted = await settle(other, "done");
    expectProblem(contradicted, 409, "contradicted_by_sibs");
    expect(contradicted.body.sibs.paymentStatus).toBe("Declined");
    expect(await read(stage, declined)).toMatchObject({ amountRefunded: 0, refunds: [{ status: "failed" }] });
  });

  it("what SIBS says itself is SIBS's word, also where a person says the same", async () => {
    const id = await paid();
    const refund = await longInDoubt(id, ANSWER_LOST);
    expect((await settle(refund, "done")).body).toMatchObject({ status: "succeeded", settled: { outcome: "done" } });
    const { unprovedSince } = (await stage.pool.query("select state from payment where id = $1", [id])).rows[0].state
      .operations[0];
    expect(unprovedSince).toBeNull();
  });

  it.each([503, 500, 429, 401, 403])("while SIBS cannot be asked (%i), nothing changes", async (status) => {
    const id = await paid();
    const refund = await inDoubt(id, NEVER_ARRIVES);
    await faults(stage, { status: { http: { [status]: 1 } } });
    const before = await journalOf(id);
    const key = { "idempotency-key": `settle-${refund}` };
    expectProblem(await settle(refund, "not_done", {}, key), 503, "sibs_unavailable");
    expect(await journalOf(id)).toEqual(before);
    await faults(stage, {});
    expect((await settle(refund, "not_done", {}, key)).status).toBe(200);
    const replayed = await settle(refund, "not_done", {}, key);
    expect(replayed.headers.get("idempotent-replayed")).toBe("true");
    // after a 429 SIBS is left alone for a while
    await stage.advance(15);
  });

  it("proof that it was done, which comes after, wins: sums, attention, event, and all that is said of it", async () => {
    const id = await paid();
    const refund = await inDoubt(id, ANSWER_LOST);
    await settle(refund, "not_done");
    await faults(stage, { status: NOT_FOUND });
    await stage.advance(DAY + 60);
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 0, attention: null });
    await faults(stage, {});
    await stage.advance(6 * DAY);
    expect(await read(stage, id)).toMatchObject({
      status: "paid",
      amountRefunded: 550,
      attention: { reason: "proved_after_all", operation: refund },
      refunds: [{ id: refund, status: "succeeded", failure: null, settled: { outcome: "not_done" } }],
    });
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["refund.succeeded", "payment.attention"]);
  });

  it("proof is taken also where the money went twice by then: the sums are what SIBS says, beyond their bounds", async () => {
    const id = await paid();
    const refund = await inDoubt(id, ANSWER_LOST, 300);
    await settle(refund, "not_done");
    // SIBS would refuse more than the 250 that it still has: the shop pays all of it back by hand, and says so
    await faults(stage, { refund: NEVER_ARRIVES, status: NOT_FOUND });
    const again = (await call(id, "refunds")).body.id;
    await settle(again, "done");
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 550 });
    await faults(stage, {});
    await stage.advance(DAY + 60);
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 850, attention: { operation: refund } });
    expect((await call(id, "refunds", { amount: 1 })).body.type).toBe("/problems/nothing_to_refund");
    expect((await call(id, "attention/resolve", { note: NOTE })).body).toMatchObject({ attention: null });
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 850, attention: null });
  });

  it("proof that it was not done, which comes after, wins too", async () => {
    const id = await paid("960000011");
    const refund = await inDoubt(id, ANSWER_LOST);
    await settle(refund, "done");
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 550 });
    await faults(stage, {});
    await stage.advance(DAY + 60);
    expect(await read(stage, id)).toMatchObject({
      amountRefunded: 0,
      attention: { reason: "proved_after_all", operation: refund },
      refunds: [{ status: "failed", failure: { reason: "card_no_longer_valid" }, settled: { outcome: "done" } }],
    });
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["refund.failed", "payment.attention"]);
  });

  it("a notification brings the proof at once", async () => {
    const id = await paid();
    await faults(stage, { refund: ANSWER_LOST, status: NOT_FOUND }, { drop: 1 });
    const refund = (await call(id, "refunds")).body.id;
    await settle(refund, "not_done");
    await faults(stage, {});
    const { notifications } = (await stage.sandbox("GET", "/notifications?limit=100")).body;
    const [transaction] = await transactionsOf(stage, refund);
    const lost = notifications.find(
      (one: { transactionID: string }) => one.transactionID === transaction.transactionID,
    );
    await stage.sandbox("POST", `/notifications/${lost.id}/resend`);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 550, attention: { reason: "proved_after_all" } });
  });

  it("money that came late, and whose way back is settled as not done, needs somebody until it has gone back", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await call(id, "cancel");
    await faults(stage, { refund: { http: { 401: 1 } } });
    await approve(stage);
    await stage.advance(130);
    const { refunds, attempts } = await read(stage, id);
    expect((await settle(refunds[0].id, "not_done")).body).toMatchObject({ reason: "late", status: "failed" });
    await faults(stage, {});
    const left = async () => (await stage.api("GET", `/v1/tasks?subject=${id}`)).body.data;
    const giveBack = `/v1/payments/${id}/attempts/${attempts[0].id}/refunds`;
    const actions = expect.arrayContaining([expect.objectContaining({ path: giveBack })]);
    expect(await left()).toMatchObject([{ kind: "refund_failed", actions }]);
    // as a server of before has left it
    await stage.pool.query("delete from task where subject_id = $1", [id]);
    expect(await left()).toEqual([]);
    await stage.pool.query(BRINGS_UP, [""]);
    expect(await left()).toMatchObject([{ kind: "refund_failed", actions }]);
    expect((await stage.api("POST", giveBack, {})).status).toBe(201);
    await stage.advance(10);
    expect(await left()).toEqual([]);
  });

  it("an automatic capture that is settled as not done needs somebody as long as the money is held", async () => {
    const saved = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, saved, "4111111111111111");
    const token = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
    const { customer } = await read(stage, saved);
    await faults(stage, { capture: NEVER_ARRIVES });
    const charge = { amount: 990, currency: "EUR", reference: "box-5", customer, token, initiator: "merchant" };
    const { id } = (await stage.api("POST", "/v1/payments", charge)).body;
    await stage.settle();
    const [capture] = (await read(stage, id)).captures;
    expect(capture).toMatchObject({ status: "in_doubt", reason: "automatic" });
    await faults(stage, {});
    expect((await settle(capture.id, "not_done")).body).toMatchObject({ status: "failed" });
    const left = async () => (await stage.api("GET", `/v1/tasks?subject=${id}`)).body.data;
    expect(await left()).toMatchObject([{ kind: "capture_refused" }]);
    expect((await call(id, "capture")).body).toMatchObject({ status: "paid" });
    expect(await left()).toEqual([]);
  });

  it("what waits because SIBS does not let it in can be settled, and is not sent any more", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await call(id, "cancel");
    await faults(stage, { refund: { http: { 401: 1 } } });
    await approve(stage);
    await stage.advance(130);
    const [waiting] = (await read(stage, id)).refunds;
    expect(waiting).toMatchObject({ reason: "late", status: "pending" });
    expect((await settle(waiting.id, "done")).body).toMatchObject({ status: "succeeded" });
    await faults(stage, {});
    await stage.advance(3_600);
    expect(await transactionsOf(stage, waiting.id)).toEqual([]);
    expect((await read(stage, id)).refunds).toHaveLength(1);
  });

  it.each([
    ["no note", { note: undefined }, 400, "invalid_request", "/note"],
    ["an empty note", { note: "" }, 400, "invalid_request", "/note"],
    ["a blank note", { note: " \n " }, 400, "invalid_request", "/note"],
    ["a note without end", { note: "x".repeat(1001) }, 400, "invalid_request", "/note"],
    ["an unknown outcome", { outcome: "perhaps" }, 400, "invalid_request", "/outcome"],
    ["an unknown member", { amount: 5 }, 400, "invalid_request", "/amount"],
    ["no transaction", { transactionId: "" }, 400, "invalid_request", "/transactionId"],
  ])("%s is refused, and changes nothing", async (_what, more, status, code, field) => {
    const id = await paid();
    const refund = await inDoubt(id, NEVER_ARRIVES);
    const before = await journalOf(id);
    expectProblem(await settle(refund, "not_done", more), status, code, field);
    expect(await journalOf(id)).toEqual(before);
  });

  it("another's transaction is refused, and so is what is not in doubt or not there", async () => {
    const id = await paid();
    const refund = await inDoubt(id, NEVER_ARRIVES);
    const { transactionId } = (await read(stage, await paid())).attempts[0];
    expectProblem(await settle(refund, "done", { transactionId }), 422, "not_possible", "/transactionId");
    await settle(refund, "not_done");
    expectProblem(await settle(refund, "not_done"), 409, "operation_not_in_doubt");
    expectProblem(await settle("rfd_00000000000000000000", "done"), 404, "not_found");
    expectProblem(await settle(id, "done"), 404, "not_found");
    expectProblem(await settle("%00", "done"), 404, "not_found");
  });
});
