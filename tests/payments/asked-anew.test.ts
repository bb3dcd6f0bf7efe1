import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, eventTypesOf, faults, read } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import type { Json } from "../support/json.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

const DAY = 24 * 3_600;

let stage: Stage;
let line: Line;
beforeAll(async () => {
  ({ stage, line } = await setStageOnLine({ methods: ["mbway", "multibanco", "card"] }));
});
afterEach(async () => {
  line.alter("/refund");
  await faults(stage, {});
});
afterAll(() => stage.close());

describe("what must happen by itself, and SIBS fails to do", () => {
  const E0301 = { statusCode: "E0301", statusMsg: "Error", statusDescription: "Processing error" };
  const fail = () => ({ status: 400, body: { paymentStatus: "Error", returnStatus: E0301 } });

  /** Late money whose way back SIBS fails to make. */
  async function stuck(): Promise<{ readonly id: string; readonly attempt: string }> {
    const id = await createPayment(stage);
    const { body } = await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await faults(stage, { refund: { http: { 400: 1 } } });
    line.alter("/refund", fail);
    await approve(stage);
    await stage.advance(5);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed", failure: { reason: "not_taken" } }]);
    return { id, attempt: body.id };
  }

  it("is asked for anew after a minute, then two, until SIBS does it, and told each time", async () => {
    const { id } = await stuck();
    await stage.advance(61);
    expect((await read(stage, id)).refunds).toHaveLength(2);
    line.alter("/refund");
    await faults(stage, {});
    await stage.advance(121);
    const { refunds } = await read(stage, id);
    expect(refunds.map(({ status, amount }: Json) => [status, amount])).toEqual([
      ["failed", 550],
      ["failed", 550],
      ["succeeded", 550],
    ]);
    const tells = (what: string) => ["refund.created", `refund.${what}`];
    expect(eventTypesOf(stage, id).slice(-6)).toEqual([...tells("failed"), ...tells("failed"), ...tells("succeeded")]);
  });

  it("is asked for within a day where a server of the release before, beside this one, knew of no such moment", async () => {
    const { id } = await stuck();
    await stage.pool.query("update caravela.payment set due_at = null where id = $1", [id]);
    line.alter("/refund");
    await faults(stage, {});
    await stage.advance(10 * 60);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed" }]);
    await stage.advance(DAY + 60);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed" }, { status: "succeeded", amount: 550 }]);
  });

  it("is left alone while a person gives it back, and afterwards", async () => {
    const { id, attempt } = await stuck();
    line.alter("/refund");
    await faults(stage, {});
    const given = await stage.api("POST", `/v1/payments/${id}/attempts/${attempt}/refunds`, {});
    expect(given.body).toMatchObject({ status: "succeeded", amount: 550 });
    await stage.advance(DAY);
    expect((await read(stage, id)).refunds).toHaveLength(2);
  });

  it("is left to a person after ten times", async () => {
    const { id, attempt } = await stuck();
    await stage.advance(DAY);
    const { refunds, attention } = await read(stage, id);
    expect(refunds).toHaveLength(10);
    expect(attention).toMatchObject({ reason: "not_taken", attempt, operation: refunds[9].id });
    expect(eventTypesOf(stage, id).at(-1)).toBe("payment.attention");
    line.alter("/refund");
    await faults(stage, {});
    const given = await stage.api("POST", `/v1/payments/${id}/attempts/${attempt}/refunds`, {});
    expect(given.body).toMatchObject({ status: "succeeded", amount: 550 });
    const resolved = await stage.api("POST", `/v1/payments/${id}/attention/resolve`, { note: "Given back by hand." });
    expect(resolved.body).toMatchObject({ status: "canceled", attention: null });
  });

  describe("a hold that is to be captured by itself", () => {
    let token: string;
    beforeAll(async () => {
      await payByCard(stage, await createCardPayment(stage, { saveCard: true }), "4111111111111111");
      token = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
    });

    /** A saved card's charge that is held, and whose capture SIBS has failed to make ten times. */
    async function heldForAPerson(): Promise<string> {
      await faults(stage, { capture: { http: { 400: 1 } } });
      line.alter("/capture", fail);
      const id = await createPayment(stage, { customer: ANA, token, initiator: "merchant" });
      await stage.advance(DAY);
      const payment = await read(stage, id);
      expect(payment).toMatchObject({ status: "authorized", attention: { reason: "not_taken" } });
      expect(payment.captures).toHaveLength(10);
      line.alter("/capture");
      await faults(stage, {});
      return id;
    }

    it.each([
      ["capture", "paid"],
      ["cancel", "canceled"],
    ])("is a person's to %s after ten times", async (call, status) => {
      const id = await heldForAPerson();
      const path = { capture: `/v1/payments/${id}/capture`, cancel: `/v1/payments/${id}/cancel` }[call] ?? "";
      expect((await stage.api("POST", path, {})).status).toBeLessThan(300);
      await stage.api("POST", `/v1/payments/${id}/attention/resolve`, { note: "Done by hand." });
      await stage.settle();
      expect(await read(stage, id)).toMatchObject({ status, attention: null });
    });
  });
});
