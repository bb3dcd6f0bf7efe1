import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import { approve, askPhone, createPayment, eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Something before SIBS answers with a page: the call never arrived. */
const NEVER_ARRIVES = { html: 1 };
/** SIBS does it, and the connection is cut. */
const ANSWER_LOST = { dropAnswer: 1 };
const NOTHING = { status: 404, body: { returnStatus: { statusCode: "E0301", statusMsg: "Not Found" } } };

type Kind = "refund" | "capture" | "cancellation";
const LISTS = { refund: "refunds", capture: "captures", cancellation: "cancellations" } as const;
const CALLS = { refund: "refunds", capture: "capture", cancellation: "cancel" } as const;

let stage: Stage;
let line: Line;
beforeAll(async () => {
  ({ stage, line } = await setStageOnLine({ methods: ["mbway", "multibanco", "card"] }));
});
afterEach(async () => {
  line.alter("/payments/status");
  await faults(stage, {});
  await statusByOwnId(true);
});
afterAll(() => stage.close());

const statusByOwnId = (statusByMerchantTransactionId: boolean) =>
  stage.sandbox("PUT", "/terminals/52221", { statusByMerchantTransactionId });

/** A payment that is ready for an operation of this kind. */
async function ready(kind: Kind): Promise<string> {
  const id = await createCardPayment(stage, { capture: kind === "refund" ? "automatic" : "manual" });
  await payByCard(stage, id, "4111111111111111");
  await stage.settle();
  return id;
}

const make = (kind: Kind, id: string, amount?: number) =>
  stage.api("POST", `/v1/payments/${id}/${CALLS[kind]}`, amount === undefined ? {} : { amount });

const operations = async (kind: Kind, id: string) => (await read(stage, id))[LISTS[kind]];

/** A payment with an operation that never arrived. */
async function lost(kind: Kind): Promise<string> {
  const id = await ready(kind);
  await faults(stage, { [kind]: NEVER_ARRIVES });
  await make(kind, id);
  await faults(stage, {});
  return id;
}

/** A refund that was made, that SIBS does not notify of and that its look-up by our own id does not show. */
async function hidden(id = ready("refund"), amount?: number): Promise<{ payment: string; refund: string }> {
  const payment = await id;
  await faults(stage, { refund: ANSWER_LOST, status: { http: { 503: 1 } } });
  const { webhook } = (await stage.sandbox("GET", "/terminals")).body.terminals[0];
  await stage.sandbox("PUT", "/terminals/52221", { webhook: null });
  const { body } = await make("refund", payment, amount);
  line.alter("/payments/status", (answer, url) => (url.endsWith(body.id) ? NOTHING : answer));
  await stage.sandbox("PUT", "/terminals/52221", { webhook });
  await faults(stage, {});
  return { payment, refund: body.id };
}

/** An operation of the same kind, sent later and done. */
const control = async (kind: Kind) => expect((await make(kind, await ready(kind), 100)).status).toBeLessThan(300);

/** The facts of a payment, in their order; of these kinds alone, where some are named. */
const factsOf = async (id: string, ...kinds: string[]) => {
  const { rows } = await stage.pool.query("select kind, data from fact where subject_id = $1 order by number", [id]);
  return rows.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
};

/** How often SIBS was asked about a refund and found nothing. */
async function askedOf(id: string): Promise<number> {
  const { rows } = await stage.pool.query("select state, looks, looked from payment where id = $1", [id]);
  return bringUpPaymentRow(rows[0]).operations[0]?.asked?.times ?? 0;
}

describe.each(["refund", "capture", "cancellation"] as const)("a %s that never arrived", (kind) => {
  it("has failed, and its amount is free again, once a later one was found beside it for an hour", async () => {
    const id = await lost(kind);
    expect(await operations(kind, id)).toMatchObject([{ status: "in_doubt" }]);
    await control(kind);
    await stage.advance(HOUR - 60);
    expect(await operations(kind, id)).toMatchObject([{ status: "in_doubt" }]);
    await stage.advance(15 * 60);
    expect(await operations(kind, id)).toMatchObject([{ status: "failed", failure: { reason: "not_sent" } }]);
    expect(eventTypesOf(stage, id).at(-1)).toBe(`${kind}.failed`);
    // the first that counts is told, and the one that concludes, with all that counted
    const [, concluding, failed, ...others] = await factsOf(id, "operation_not_found", "operation_failed");
    expect([concluding.kind, failed.kind, ...others]).toEqual(["operation_not_found", "operation_failed"]);
    const { absence } = failed.data;
    expect(absence).toMatchObject({ count: 10 });
    expect(absence.lastAt - absence.since).toBeGreaterThanOrEqual(HOUR * 1_000);
    expect((await make(kind, id)).status).toBeLessThan(300);
    expect(await operations(kind, id)).toMatchObject([{ status: "failed" }, { status: "succeeded", amount: 550 }]);
  });
});

describe("nothing found by an operation's own id", () => {
  it("proves nothing while no later one was done; asked less and less often, it is proved once one was", async () => {
    const id = await lost("refund");
    await stage.advance(DAY);
    const onFirstDay = await askedOf(id);
    await stage.advance(DAY);
    expect(await operations("refund", id)).toMatchObject([{ status: "in_doubt" }]);
    expect(await askedOf(id)).toBeLessThan(50);
    expect((await askedOf(id)) - onFirstDay).toBeLessThanOrEqual(5);
    // what is said again and again is no fact: the first is, and the one upon which a person is asked
    const told = await factsOf(id, "operation_asked", "operation_needs_person");
    expect(told.map(({ kind }) => kind)).toEqual(["operation_asked", "operation_asked", "operation_needs_person"]);
    await control("refund");
    await stage.advance(8 * HOUR);
    expect(await operations("refund", id)).toMatchObject([{ status: "failed", failure: { reason: "not_sent" } }]);
  });

  it("proves nothing by a later one of another kind, nor by an earlier one", async () => {
    await control("cancellation");
    const id = await lost("cancellation");
    await control("refund");
    await control("capture");
    await stage.advance(75 * 60);
    expect(await operations("cancellation", id)).toMatchObject([{ status: "in_doubt" }]);
  });

  it("is held against what SIBS did, not against what a person says was done", async () => {
    const id = await lost("refund");
    await stage.advance(1);
    const [other] = await operations("refund", await lost("refund"));
    const said = { outcome: "done", note: "Seen in SIBS Backoffice." };
    expect((await stage.api("POST", `/v1/operations/${other.id}/settle`, said)).body.status).toBe("succeeded");
    await control("refund");
    await stage.advance(75 * 60);
    expect(await operations("refund", id)).toMatchObject([{ status: "failed", failure: { reason: "not_sent" } }]);
  });

  it("proves nothing where SIBS's look-up by our own ids does not work", async () => {
    const id = await lost("refund");
    await control("refund");
    await statusByOwnId(false);
    await stage.advance(DAY - HOUR);
    expect(await operations("refund", id)).toMatchObject([{ status: "in_doubt" }]);
    await stage.advance(HOUR + 60);
    expect(eventTypesOf(stage, id).at(-1)).toBe("refund.in_doubt");
  });

  it("is not said by a SIBS that cannot be asked", async () => {
    const id = await lost("refund");
    await control("refund");
    await faults(stage, { status: { http: { 503: 1 } } });
    await stage.advance(75 * 60);
    expect(await operations("refund", id)).toMatchObject([{ status: "in_doubt" }]);
    expect((await factsOf(id)).map(({ kind }) => kind)).not.toContain("operation_not_found");
  });

  it("does not matter where SIBS notifies of it: it is found by the transaction that the notification names", async () => {
    const id = await ready("refund");
    await statusByOwnId(false);
    await faults(stage, { refund: ANSWER_LOST, status: { http: { 503: 1 } } });
    expect((await make("refund", id)).body).toMatchObject({ status: "in_doubt" });
    await faults(stage, {});
    await stage.advance(10);
    expect(await operations("refund", id)).toMatchObject([{ status: "succeeded" }]);
  });

  it.each([
    ["to this server", false],
    ["to one of the release before, beside this one, which writes it in the journal alone", true],
  ])("proves nothing of a refund that SIBS has notified %s", async (_whom, isInJournalAlone) => {
    const id = await ready("refund");
    await faults(stage, { refund: ANSWER_LOST, status: { http: { 503: 1 } } });
    const { body } = await make("refund", id);
    await stage.settle();
    const forgotten = `update caravela.payment set state = jsonb_set(state, '{operations,0,isHeardOf}', 'false') where id = $1`;
    if (isInJournalAlone) await stage.pool.query(forgotten, [id]);
    const [{ transactionID: known }] = await transactionsOf(stage, body.id);
    line.alter("/status", (answer, url) => (url.includes(body.id) || url.includes(known) ? NOTHING : answer));
    await faults(stage, {});
    await control("refund");
    await stage.advance(75 * 60);
    line.alter("/status");
    expect(await operations("refund", id)).toMatchObject([{ status: "in_doubt" }]);
    expect((await factsOf(id)).map(({ kind }) => kind)).toContain("operation_notified");
    await stage.advance(HOUR);
    expect(await operations("refund", id)).toMatchObject([{ status: "succeeded" }]);
  });

  it("proves nothing while the transaction it was made on cannot be read", async () => {
    const id = await lost("refund");
    await control("refund");
    line.alter("/status", (answer, url) => (url.includes("?") ? answer : NOTHING));
    await stage.advance(75 * 60);
    expect(await operations("refund", id)).toMatchObject([{ status: "in_doubt" }]);
    line.alter("/status");
  });
});

describe("a refund that counted as never sent and was done all the same", () => {
  it("is found a day later: the sums are SIBS's, and a person must look", async () => {
    const { payment, refund } = await hidden();
    await control("refund");
    await stage.advance(75 * 60);
    expect(await operations("refund", payment)).toMatchObject([{ id: refund, status: "failed" }]);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 0, attention: null });
    line.alter("/payments/status");
    await stage.advance(DAY);
    expect(await operations("refund", payment)).toMatchObject([{ id: refund, status: "succeeded", failure: null }]);
    expect(await read(stage, payment)).toMatchObject({
      amountRefunded: 550,
      attention: { reason: "proved_after_all" },
    });
    expect(eventTypesOf(stage, payment).slice(-3)).toEqual(["refund.failed", "refund.succeeded", "payment.attention"]);
  });

  it("is found before it is sent anew: nothing is sent, and the customer gets the money once", async () => {
    const { payment, refund } = await hidden();
    await control("refund");
    await stage.advance(75 * 60);
    line.alter("/payments/status");
    const again = await make("refund", payment);
    expect(again.body).toMatchObject({ status: "failed", failure: { reason: "done_before", next: "contact_us" } });
    expect(await operations("refund", payment)).toMatchObject([
      { id: refund, status: "succeeded" },
      { status: "failed" },
    ]);
    expect(await transactionsOf(stage, again.body.id)).toHaveLength(0);
    expect((await make("refund", payment)).body.type).toBe("/problems/nothing_to_refund");
  });

  it("is not sent anew while SIBS cannot be asked about it", async () => {
    const { payment } = await hidden();
    await control("refund");
    await stage.advance(75 * 60);
    line.alter("/payments/status");
    await faults(stage, { status: { http: { 503: 1 } } });
    const again = await make("refund", payment);
    expect(again.body).toMatchObject({ status: "failed", failure: { reason: "not_taken" } });
    expect(await transactionsOf(stage, again.body.id)).toHaveLength(0);
  });

  it("stands in the sums beside the one that was sent anew, where SIBS showed it too late", async () => {
    const id = ready("refund");
    await make("refund", await id, 50);
    await hidden(id, 200);
    await control("refund");
    await stage.advance(75 * 60);
    // what is left at SIBS is 300
    expect((await make("refund", await id, 300)).body).toMatchObject({ status: "succeeded" });
    expect((await make("refund", await id)).body).toMatchObject({ amount: 200, status: "failed" });
    line.alter("/payments/status");
    await stage.advance(DAY);
    expect(await read(stage, await id)).toMatchObject({ amountRefunded: 550, amountCaptured: 550 });
  });
});

describe("what must happen by itself", () => {
  it("late money goes back under another id, once, after the first refund counts as never sent", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await faults(stage, { refund: NEVER_ARRIVES });
    await approve(stage);
    await stage.advance(5);
    await faults(stage, {});
    await control("refund");
    await stage.advance(75 * 60);
    expect((await read(stage, id)).refunds).toMatchObject([
      { status: "failed", reason: "late", failure: { reason: "not_sent" } },
      { status: "succeeded", reason: "late", amount: 550 },
    ]);
    expect(eventTypesOf(stage, id).slice(-4)).toEqual([
      "refund.created",
      "refund.failed",
      "refund.created",
      "refund.succeeded",
    ]);
  });
});
