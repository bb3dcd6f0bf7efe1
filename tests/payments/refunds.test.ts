import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  faults,
  payAtAtm,
  read,
  transactionsOf,
} from "../support/actions.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

describe("refunds", () => {
  let stage: Stage;
  let line: Line;
  beforeAll(async () => {
    ({ stage, line } = await setStageOnLine());
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  /** A payment that was approved without a person. */
  const paid = async (changes: object = {}, phone = "960000001") => {
    const id = await createPayment(stage, changes);
    await askPhone(stage, id, phone);
    await stage.settle();
    return id;
  };
  const refund = (id: string, body?: object) => stage.api("POST", `/v1/payments/${id}/refunds`, body ?? {});

  it("gives back in parts, up to what was captured and never a cent more", async () => {
    const id = await paid();
    expect((await refund(id, { amount: 100 })).body).toMatchObject({
      payment: id,
      amount: 100,
      status: "succeeded",
      reason: "requested",
      failure: null,
    });
    expect((await refund(id, { amount: 451 })).body).toMatchObject({
      type: "/problems/refund_exceeds_captured",
      status: 422,
    });
    expect((await refund(id)).body).toMatchObject({ amount: 450, status: "succeeded" });
    expect((await refund(id)).body.type).toBe("/problems/nothing_to_refund");
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 550 });
    await stage.settle();
    expect(eventTypesOf(stage, id).slice(-4)).toEqual([
      "refund.created",
      "refund.succeeded",
      "refund.created",
      "refund.succeeded",
    ]);
  });

  it("works for a paid reference too", async () => {
    const id = await createPayment(stage);
    await payAtAtm(stage, (await askReference(stage, id)).body.multibanco);
    await stage.settle();
    expect((await refund(id, { amount: 250 })).body).toMatchObject({ amount: 250, status: "succeeded" });
  });

  it("two at the same moment cannot pass what was captured", async () => {
    const id = await paid();
    await faults(stage, { refund: { delayMs: [50, 50] } });
    const both = await Promise.all([
      refund(id, { amount: 300 }),
      refund(id, { amount: 300 }),
      refund(id, { amount: 300 }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([201, 422, 422]);
    expect((await read(stage, id)).amountRefunded).toBe(300);
  });

  it("a refusal by SIBS is an answer with its failure, and frees the amount", async () => {
    const id = await paid({}, "960000011");
    expect((await refund(id)).body).toMatchObject({
      status: "failed",
      failure: { reason: "card_no_longer_valid", code: "E0531", next: "contact_us" },
    });
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountRefunded: 0 });
    await stage.settle();
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["refund.created", "refund.failed"]);
  });

  it("nothing is refunded of what was not paid", async () => {
    const id = await createPayment(stage);
    expect((await refund(id)).body).toMatchObject({ type: "/problems/nothing_to_refund", status: 422 });
  });

  it("an answer that is lost leaves it in doubt, its amount reserved, until it is found by its own id", async () => {
    const id = await paid();
    await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    const lost = await refund(id, { amount: 500 });
    expect(lost.status).toBe(201);
    expect(lost.body.status).toBe("in_doubt");
    expect((await refund(id, { amount: 100 })).body.type).toBe("/problems/refund_exceeds_captured");
    await faults(stage, {});
    await stage.advance(5);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ amountRefunded: 500 });
    expect(payment.refunds[0]).toMatchObject({ id: lost.body.id, status: "succeeded" });
    expect(await transactionsOf(stage, lost.body.id)).toHaveLength(1);
  });

  it("one that never arrived stays in doubt, its amount reserved, and is never sent again", async () => {
    const id = await paid();
    await faults(stage, { refund: { html: 1 } });
    const lost = await refund(id, { amount: 550 });
    await faults(stage, {});
    await stage.advance(1_800);
    expect((await read(stage, id)).refunds[0].status).toBe("in_doubt");
    expect(eventTypesOf(stage, id)).not.toContain("refund.in_doubt");
    expect(await transactionsOf(stage, lost.body.id)).toHaveLength(0);
    expect((await refund(id)).body.type).toBe("/problems/nothing_to_refund");
  });

  describe("SIBS's word that a payment was refunded already", () => {
    afterEach(() => line.alter("/refund"));

    const E0528 = { statusCode: "E0528", statusMsg: "Error", statusDescription: "Already refunded" };
    const declined = (body: object) => ({
      status: 400,
      body: { ...body, paymentStatus: "Declined", returnStatus: E0528 },
    });
    const refused = () => ({ status: 400, body: { returnStatus: E0528 } });

    it.each([
      ["as a decline", declined],
      ["as a refusal", refused],
    ])("is not believed where the refund proves to be ours: said %s", async (_how, say) => {
      const id = await paid();
      line.alter("/refund", ({ body }) => say(body));
      expect((await refund(id)).body).toMatchObject({ status: "succeeded", failure: null });
      expect(await read(stage, id)).toMatchObject({ amountRefunded: 550 });
    });

    it("is believed where SIBS knows of no refund of ours", async () => {
      const id = await paid();
      await faults(stage, { refund: { http: { 400: 1 } } });
      line.alter("/refund", ({ body }) => declined(body));
      expect((await refund(id)).body).toMatchObject({
        status: "failed",
        failure: { reason: "already_refunded", code: "E0528" },
      });
    });

    it("is asked about until SIBS answers", async () => {
      const id = await paid();
      await faults(stage, { status: { http: { 503: 1 } } });
      line.alter("/refund", ({ body }) => declined(body));
      expect((await refund(id)).body).toMatchObject({ status: "in_doubt" });
      await faults(stage, {});
      await stage.advance(60);
      expect(await read(stage, id)).toMatchObject({ amountRefunded: 550 });
    });
  });
});
