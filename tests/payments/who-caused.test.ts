import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agree, approve, askMandate, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

/** Who caused each kind of fact of a payment or a mandate, and what is kept of it. */
async function causes(id: string): Promise<Record<string, string>> {
  const { rows } = await stage.pool.query("select kind, data from fact where subject_id = $1 order by number", [id]);
  return Object.fromEntries(rows.map(({ kind, data }) => [kind, data.by.type]));
}

async function fact(id: string, kind: string) {
  const { rows } = await stage.pool.query("select data from fact where subject_id = $1 and kind = $2", [id, kind]);
  return rows[0].data;
}

describe("each fact says who caused it", () => {
  it("the shop asks, the customer pays on the page, SIBS says so, and the shop gives back", async () => {
    const id = await createPayment(stage);
    const { payUrl } = await read(stage, id);
    const form = { method: "POST", body: new URLSearchParams({ phone: "919999999", request: "0" }) };
    const answer = await fetch(`${payUrl}/mbway`, { ...form, redirect: "manual" });
    expect(answer.status).toBeLessThan(400);
    await approve(stage);
    await stage.advance(5);
    await stage.api("POST", `/v1/payments/${id}/refunds`);
    await stage.settle();
    expect(await causes(id)).toMatchObject({
      payment_created: "shop",
      attempt_prepared: "customer",
      attempt_submitted: "customer",
      attempt_pending: "sibs",
      attempt_notified: "sibs",
      attempt_approved: "sibs",
      operation_requested: "shop",
      operation_sent: "shop",
      operation_succeeded: "sibs",
    });
    expect(await fact(id, "payment_created")).toMatchObject({ by: { type: "shop", id: null, name: null } });
    expect(await fact(id, "attempt_approved")).toMatchObject({ for: "payment", amount: 550, next: null });
  });

  it("what a rule does when its time has come is the clock's; what its money is for stands in the approval", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await approve(stage);
    await stage.advance(5);
    expect((await read(stage, id)).refunds).toMatchObject([{ reason: "late", status: "succeeded" }]);
    expect(await causes(id)).toMatchObject({
      attempt_prepared: "shop",
      payment_canceled: "shop",
      attempt_approved: "sibs",
      operation_requested: "sibs",
      operation_sent: "clock",
    });
    expect(await fact(id, "attempt_approved")).toMatchObject({ for: "late" });
    const unpaid = await createPayment(stage);
    await stage.advance(4 * 24 * 3600);
    expect(await causes(unpaid)).toEqual({ payment_created: "shop", payment_expired: "clock" });
  });

  it("that a call or a question has no answer is SIBS's, whoever had it asked", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    await askPhone(stage, id);
    await stage.advance(5);
    expect(await causes(id)).toMatchObject({
      attempt_submitted: "shop",
      attempt_in_doubt: "sibs",
      attempt_asked: "sibs",
    });
    await faults(stage, {});
    await stage.advance(600);
    expect(await causes(id)).toMatchObject({ attempt_pending: "sibs", attempt_ended: "sibs" });
  });

  it("of an authorised payment likewise", async () => {
    const { id } = await askMandate(stage);
    await agree(stage);
    await stage.settle();
    await stage.api("POST", `/v1/mandates/${id}/cancel`);
    await stage.settle();
    expect(await causes(id)).toMatchObject({
      mandate_created: "shop",
      mandate_named: "sibs",
      mandate_heard: "sibs",
      mandate_canceled: "shop",
      cancellation_done: "sibs",
    });
  });
});
