import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { mandatesOf } from "../../testing/mandates.ts";

let gateway: TestGateway;
let mandates: ReturnType<typeof mandatesOf>;
beforeAll(async () => {
  gateway = await testGateway();
  mandates = mandatesOf(gateway);
});
afterAll(() => gateway.close());
afterEach(async () => {
  await gateway.sandbox("/reset", {});
  await fallBack(true);
});

const fallBack = (does: boolean) =>
  gateway.sandbox(`/terminals/${gateway.terminal.terminalId}`, { disableMandateMBWAYFallback: !does }, "PUT");
const own = ({ paymentMethod, paymentStatus, transactionStatusCode }: Json) => [
  paymentMethod,
  paymentStatus,
  transactionStatusCode,
];
const says = async (id: string) => own(await gateway.status(id));
const DAY_S = 86_400;

describe("a collection above the limit", () => {
  it("becomes an ordinary MB WAY purchase that the customer approves, outside the mandate", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "5.00" });
    const { id, body } = await mandates.collect(mandateId, 9.9);
    expect([body.paymentStatus, body.paymentMethod, body.returnStatus.statusCode]).toEqual(["Pending", "MBWAY", "000"]);
    expect(await says(id)).toEqual(["MBWAY", "Pending", "000"]);
    const [request] = (await mandates.onPhone()).waiting;
    expect(request).toMatchObject({ id, kind: "purchase", amount: "9.90" });
    await gateway.answerPhone("approve");
    expect(await says(id)).toEqual(["MBWAY", "Success", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("5.00");
  });

  it("waits for the customer whatever becomes of the mandate meanwhile: what is approved there is no collection", async () => {
    const ended = await mandates.given({ limit: "5.00" });
    const first = await mandates.collect(ended.mandateId, 9.9);
    await mandates.cancel(ended.transactionId);
    await gateway.answerPhone("approve");
    expect(await says(first.id)).toEqual(["MBWAY", "Success", "000"]);

    // in January Lisbon's clocks are at UTC
    const lastDay = `${(await gateway.now()).getUTCFullYear() + 1}-01-10`;
    const expiring = await mandates.given({ limit: "5.00", validUntil: lastDay });
    await gateway.sandbox("/clock/advance", { to: `${lastDay}T23:59:00Z` });
    const second = await mandates.collect(expiring.mandateId, 9.9);
    await gateway.advance(120);
    expect((await mandates.stands(expiring.transactionId))[0]).toBe("EXPR");
    await gateway.answerPhone("approve");
    expect(await says(second.id)).toEqual(["MBWAY", "Success", "000"]);
  });

  it("is Declined with E0500 when nobody approves it for four minutes", async () => {
    const { mandateId } = await mandates.given({ limit: "5.00" });
    const { id } = await mandates.collect(mandateId, 9.9);
    await gateway.advance(240);
    expect(await says(id)).toEqual(["MBWAY", "Declined", "E0500"]);
  });

  it("is Declined with E0518 where the terminal has disableMandateMBWAYFallback, which is shown", async () => {
    const { body: terminal } = await fallBack(false);
    expect(terminal.disableMandateMBWAYFallback).toBe(true);
    const { mandateId } = await mandates.given({ limit: "5.00" });
    const { id, status, code } = await mandates.collect(mandateId, 9.9);
    expect([status, code]).toEqual([200, "E0518"]);
    expect(await says(id)).toEqual(["MANDATE", "Declined", "E0518"]);
    expect((await mandates.onPhone()).waiting).toEqual([]);
  });

  it("is Declined with E0518 where the checkout does not offer MBWAY", async () => {
    const { mandateId } = await mandates.given({ limit: "5.00" });
    const { code } = await mandates.collect(mandateId, 9.9, { methods: ["MANDATE"] });
    expect(code).toBe("E0518");
  });
});

describe("a mandate that is not active is not collected by: Declined with E0518, and nobody is asked", () => {
  const refused = async (mandateId: string) => {
    const { id, code } = await mandates.collect(mandateId, 1);
    expect(code).toBe("E0518");
    expect(await says(id)).toEqual(["MANDATE", "Declined", "E0518"]);
    expect((await mandates.onPhone()).waiting).toEqual([]);
  };

  it("when it is suspended, until it is reactivated", async () => {
    const { transactionId, mandateId } = await mandates.given();
    await mandates.press(transactionId, "suspend");
    await refused(mandateId);
    await mandates.press(transactionId, "reactivate");
    expect((await mandates.collect(mandateId, 1)).says).toBe("Success");
  });

  it("when the merchant has cancelled it", async () => {
    const { transactionId, mandateId } = await mandates.given();
    await mandates.cancel(transactionId);
    await refused(mandateId);
  });

  it("when its end is past", async () => {
    const { mandateId } = await mandates.given();
    await gateway.advance(367 * DAY_S);
    await refused(mandateId);
  });

  it("when it is cancelled on the phone between the checkout and the collection", async () => {
    const { transactionId, mandateId } = await mandates.given();
    const made = await mandates.checkout(mandateId, 1);
    await mandates.press(transactionId, "cancel");
    expect((await mandates.purchase(made)).body.returnStatus.statusCode).toBe("E0518");
  });

  it("when it is cancelled on the phone while the collection runs: one of the two comes first, and the other sees it", async () => {
    for (let time = 0; time < 5; time++) {
      const { transactionId, mandateId } = await mandates.given({ limit: "10.00" });
      const made = await mandates.checkout(mandateId, 10);
      const [canceled, collected] = await Promise.all([
        mandates.press(transactionId, "cancel"),
        mandates.purchase(made),
      ]);
      expect(canceled.status).toBe(200);
      const taken = collected.body.paymentStatus === "Success";
      expect(await mandates.stands(transactionId)).toEqual(["CNCL", "10.00", taken ? "0.00" : "10.00"]);
    }
  });
});

describe("amounts and phones with a fixed outcome", () => {
  it.each([
    [90_000.02, "Declined", "E0518"],
    [90_000.04, "Declined", "E0113"],
    [90_000.1, "Error", "E0301"],
    [90_000.01, "Success", "000"],
  ])("%d ends %s with %s at once", async (amount, paymentStatus, statusCode) => {
    const { transactionId, mandateId } = await mandates.given({ limit: "100000.00" });
    const { id } = await mandates.collect(mandateId, amount);
    expect(await says(id)).toEqual(["MANDATE", paymentStatus, statusCode]);
    const left = paymentStatus === "Success" ? "9999.99" : "100000.00";
    expect((await mandates.stands(transactionId))[2]).toBe(left);
  });

  it("90,000.09 is InProcessing first, counted at once, and Success after ten seconds", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "100000.00" });
    const { id } = await mandates.collect(mandateId, 90_000.09);
    expect(await says(id)).toEqual(["MANDATE", "InProcessing", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("9999.91");
    await gateway.advance(10);
    expect(await says(id)).toEqual(["MANDATE", "Success", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("9999.91");
  });

  it("what is in processing goes on though the mandate is suspended meanwhile, and what was taken is told", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "100000.00" });
    const { id } = await mandates.collect(mandateId, 90_000.09);
    await mandates.press(transactionId, "suspend");
    await gateway.advance(10);
    expect(await says(id)).toEqual(["MANDATE", "Success", "000"]);
    expect(await mandates.stands(transactionId)).toEqual(["SSPN", "100000.00", "9999.91"]);
  });

  it("a phone without funds consents at once, and each collection by it is Declined with E0113", async () => {
    const { mandateId } = await mandates.asked({ phone: "351#960000004" });
    expect((await mandates.collect(mandateId, 1)).code).toBe("E0113");
  });

  it("refunds of a collection are declined with E0531 where the phone's are", async () => {
    const { mandateId } = await mandates.asked({ phone: "351#960000011" });
    const { id } = await mandates.collect(mandateId, 1);
    expect((await gateway.operate("refund", id, 1)).body.returnStatus.statusCode).toBe("E0531");
  });
});
