import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { mandatesOf, PHONE } from "../../testing/mandates.ts";
import { type TestReceiver, testReceiver } from "../../testing/receiver.ts";

let gateway: TestGateway;
let merchant: TestReceiver;
let mandates: ReturnType<typeof mandatesOf>;
beforeAll(async () => {
  gateway = await testGateway();
  merchant = await testReceiver();
  mandates = mandatesOf(gateway);
});
afterAll(async () => {
  await gateway.close();
  await merchant.close();
});
afterEach(async () => {
  await gateway.sandbox("/reset", {});
  merchant.received.length = 0;
});

describe("the merchant is told", () => {
  const told = () => merchant.notices();
  const short = ({ paymentMethod, paymentType, paymentStatus, mbwayMandate }: Json) =>
    [paymentMethod, paymentType, paymentStatus, mbwayMandate.mandateAction, mbwayMandate.mandateActionStatus].join(" ");
  async function notified() {
    await gateway.notifyAt(merchant.webhook);
    await gateway.advance(0);
  }

  it("of the consent, member for member as SIBS's example", async () => {
    await notified();
    const { transactionId, mandateId } = await mandates.given({ limit: "100.00", validUntil: "2099-12-31" });
    await gateway.advance(0);
    expect(told()).toEqual([
      {
        returnStatus: { statusMsg: "Success", statusCode: "000" },
        paymentStatus: "Success",
        paymentMethod: "MBWAY",
        transactionID: transactionId,
        transactionDateTime: expect.any(String),
        amount: { currency: "EUR", value: 0 },
        merchant: { transactionId: "man-17", terminalId: 52221, merchantName: "Caravela", inApp: "false" },
        paymentType: "AUTH",
        token: { tokenType: "MobilePhone", value: PHONE },
        mbwayMandate: {
          mandateIdentification: mandateId,
          mandateAction: "CRTN",
          mandateActionStatus: "SCCS",
          mandateType: "SBSC",
          clientName: "Jane Doe",
          aliasMBWAY: PHONE,
          mandateExpirationDate: "2099-12-31",
          mandateAmountLimit: { value: "100.00", currency: "EUR" },
        },
        internalTransactionId: expect.stringMatching(/^S\d{14}S$/),
        notificationID: expect.any(String),
      },
    ]);
  });

  it("of a one-click mandate under the API's own word, since no other was met", async () => {
    await notified();
    await mandates.given({}, { type: "ONECLICK" });
    await gateway.advance(0);
    expect(told()).toMatchObject([{ mbwayMandate: { mandateAction: "CRTN", mandateType: "ONECLICK" } }]);
  });

  it("of a refusal (RFSD), and of a request that lapsed (RJCT)", async () => {
    await notified();
    await mandates.asked();
    await gateway.answerPhone("decline");
    await mandates.asked();
    await gateway.advance(240);
    expect(told().map(short)).toEqual(["MBWAY AUTH Declined CRTN RFSD", "MBWAY AUTH Declined CRTN RJCT"]);
    expect(told()[0].mbwayMandate).not.toHaveProperty("mandateAmountLimit");
  });

  it("of every change on the phone, under the creation's transaction", async () => {
    await notified();
    const { transactionId } = await mandates.given();
    await mandates.press(transactionId, "suspend");
    await mandates.press(transactionId, "reactivate");
    await mandates.press(transactionId, "change", { limit: "12.34", validUntil: "2098-01-31" });
    await mandates.press(transactionId, "cancel");
    await gateway.advance(0);
    const changes = told().filter(({ mbwayMandate }: Json) => mbwayMandate.mandateAction !== "CRTN");
    expect(changes.map(short).sort()).toEqual([
      "MANDATE AUTH Success LMUP SCCS",
      "MANDATE AUTH Success RCTV SCCS",
      "MANDATE AUTH Success SSPN SCCS",
      "MANDATE CAUT Success CNCL SCCS",
    ]);
    expect(changes.every((notice: Json) => notice.transactionID === transactionId)).toBe(true);
    const changed = changes.find(({ mbwayMandate }: Json) => mbwayMandate.mandateAction === "LMUP");
    expect(changed.mbwayMandate).toMatchObject({
      mandateExpirationDate: "2098-01-31",
      mandateAmountLimit: { value: "12.34", currency: "EUR" },
    });
  });

  it("of its own cancellation, done (SCCS) or declined (RJCT), under that transaction and merchant's id", async () => {
    await notified();
    const { transactionId } = await mandates.given();
    const done = (await mandates.cancel(transactionId, PHONE, "end-1")).body.transactionID;
    const declined = (await mandates.cancel(transactionId, PHONE, "end-2")).body.transactionID;
    await gateway.advance(0);
    const ends = told().filter(({ mbwayMandate }: Json) => mbwayMandate.mandateAction === "CNCL");
    const ids = (notice: Json) => [notice.transactionID, notice.merchant.transactionId, short(notice)];
    expect(ends.map(ids)).toHaveLength(2);
    expect(ends.map(ids)).toEqual(
      expect.arrayContaining([
        [done, "end-1", "MANDATE CAUT Success CNCL SCCS"],
        [declined, "end-2", "MANDATE CAUT Declined CNCL RJCT"],
      ]),
    );
  });

  it("of a collection (MANDATE/PURS), and that one above the limit waits for the customer (MBWAY, Pending)", async () => {
    await notified();
    const { mandateId } = await mandates.given({ limit: "10.00" });
    await gateway.advance(0);
    merchant.received.length = 0;
    const collected = await mandates.collect(mandateId, 9.9);
    await gateway.advance(0);
    const above = await mandates.collect(mandateId, 9.9);
    await gateway.advance(0);
    const said = told().map((notice: Json) => [
      notice.transactionID,
      notice.paymentMethod,
      notice.paymentType,
      notice.paymentStatus,
      notice.token.value,
      notice.mbwayMandate,
    ]);
    expect(said).toEqual([
      [collected.id, "MANDATE", "PURS", "Success", PHONE, { mandateIdentification: mandateId, aliasMBWAY: PHONE }],
      [above.id, "MBWAY", "PURS", "Pending", PHONE, undefined],
    ]);
  });

  it("of an operation of payments on a mandate's creation without a word of the mandate, which stays as it was", async () => {
    const { transactionId } = await mandates.given({ limit: "100.00" });
    await notified();
    merchant.received.length = 0;
    await gateway.operate("refund", transactionId, 1);
    await gateway.operate("cancellation", transactionId, 1);
    await gateway.advance(0);
    expect(told().map(({ paymentType, paymentStatus }: Json) => [paymentType, paymentStatus])).toEqual([
      ["RFND", "Declined"],
      ["CMBW", "Declined"],
    ]);
    for (const notice of told()) expect(notice).not.toHaveProperty("mbwayMandate");
    expect(await mandates.stands(transactionId)).toEqual(["ACTV", "100.00", "100.00"]);
  });
});
