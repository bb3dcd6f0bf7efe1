import { cents, eurosNumber, parseEuros } from "@caravela/sibs/money";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Json, operationBody, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const heldByCard = async (amount = 5.5) =>
  (await gateway.paidByCard("4111111111111111", { amount, paymentType: "AUTH" })).id;

async function heldByMbway(amount = 5.5) {
  const made = await gateway.checkout({ amount, paymentType: "AUTH", methods: ["MBWAY"], reference: null });
  await gateway.purchase(made, "351#960000001");
  return made.id;
}

/** A charge by the merchant that waits for its capture. */
async function heldByCharge(amount = 5.5) {
  const first = await gateway.paidByCard("4111111111111111", {
    more: { merchantInitiatedTransaction: { type: "RCRR" } },
  });
  return (await gateway.charge(first.id, amount)).body.transactionID as string;
}

const stored = async (id: string): Promise<Json> => (await gateway.sandbox(`/transactions/${id}`)).body;
const codeOf = ({ status, body }: Json) => [status, body.paymentStatus, body.returnStatus.statusCode];
const DONE = [200, "Success", "000"];
const NOT_POSSIBLE = [400, "Declined", "E0119"];

describe("what is held by card, by MB WAY or by a charge of the merchant", () => {
  it("is captured in parts up to all of it, and no further; its own status stays Success", async () => {
    for (const id of [await heldByCard(), await heldByMbway(), await heldByCharge()]) {
      expect((await stored(id)).captured).toBe("0.00");
      expect(codeOf(await gateway.operate("capture", id, 2))).toEqual(DONE);
      expect(codeOf(await gateway.operate("capture", id, 3.51))).toEqual(NOT_POSSIBLE);
      expect(codeOf(await gateway.operate("capture", id, 3.5))).toEqual(DONE);
      expect(codeOf(await gateway.operate("capture", id, 0.01))).toEqual(NOT_POSSIBLE);
      expect((await stored(id)).captured).toBe("5.50");
      expect((await gateway.status(id)).paymentStatus).toBe("Success");
    }
  });

  it("is cancelled where it is not captured, whole or in parts", async () => {
    for (const id of [await heldByCard(), await heldByMbway(), await heldByCharge()]) {
      await gateway.operate("capture", id, 2);
      expect(codeOf(await gateway.operate("cancellation", id, 3.51))).toEqual(NOT_POSSIBLE);
      expect(codeOf(await gateway.operate("cancellation", id, 1))).toEqual(DONE);
      expect(codeOf(await gateway.operate("capture", id, 2.51))).toEqual(NOT_POSSIBLE);
      expect(codeOf(await gateway.operate("cancellation", id, 2.5))).toEqual(DONE);
      expect(codeOf(await gateway.operate("cancellation", id, 0.01))).toEqual(NOT_POSSIBLE);
    }
  });

  it("is given back where it is captured, and only there", async () => {
    for (const id of [await heldByCard(), await heldByMbway(), await heldByCharge()]) {
      expect(codeOf(await gateway.operate("refund", id, 1))).toEqual(NOT_POSSIBLE);
      await gateway.operate("capture", id, 3);
      expect(codeOf(await gateway.operate("refund", id, 3.01))).toEqual(NOT_POSSIBLE);
      expect(codeOf(await gateway.operate("refund", id, 1))).toEqual(DONE);
      expect(codeOf(await gateway.operate("refund", id, 2))).toEqual(DONE);
      expect(codeOf(await gateway.operate("refund", id, 1))).toEqual([400, "Declined", "E0528"]);
      expect(await stored(id)).toMatchObject({ captured: "3.00", refunded: "3.00" });
    }
  });

  it("gives no cent more to thirty captures, cancellations and refunds at once", async () => {
    const id = await heldByCard(10);
    const names = ["capture", "cancellation", "refund"] as const;
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, at) => gateway.operate(names[at % 3] ?? "capture", id, 1)),
    );
    const done = (name: string) => all.filter(({ status }, at) => status === 200 && names[at % 3] === name).length;
    expect(done("capture") + done("cancellation")).toBe(10);
    expect(done("refund")).toBeLessThanOrEqual(done("capture"));
    expect(await stored(id)).toMatchObject({ captured: `${done("capture")}.00`, refunded: `${done("refund")}.00` });
  });

  it("is never passed, whatever parts are asked for (property)", async () => {
    const part = fc.integer({ min: 1, max: 400 }).map(cents);
    const operation = fc.tuple(fc.constantFrom("capture" as const, "cancellation" as const, "refund" as const), part);
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 8 }), async (operations) => {
        const id = await heldByCard();
        const done = { capture: 0, cancellation: 0, refund: 0 };
        const asked = operations.map(async ([name, amount]) => {
          const { status } = await gateway.operate(name, id, eurosNumber(amount));
          if (status === 200) done[name] += amount;
        });
        await Promise.all(asked);
        expect(done.capture + done.cancellation).toBeLessThanOrEqual(550);
        expect(done.refund).toBeLessThanOrEqual(done.capture);
        const { captured, refunded } = await stored(id);
        expect([parseEuros(captured), parseEuros(refunded)]).toEqual([done.capture, done.refund]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a capture", () => {
  it("has an id, a type and a status of its own, and is told as CAPT", async () => {
    const id = await heldByCard();
    const { body } = await gateway.operate("capture", id, 2, "capture-17");
    expect(body.transactionID).not.toBe(id);
    expect(await gateway.status(body.transactionID)).toMatchObject({
      merchant: { merchantTransactionId: "capture-17" },
      paymentType: "CAPT",
      paymentStatus: "Success",
      amount: { value: "2.00" },
    });
    const { notifications } = (await gateway.sandbox("/notifications")).body;
    expect(notifications[0].plaintext).toMatchObject({
      transactionID: body.transactionID,
      paymentType: "CAPT",
      paymentMethod: "CARD",
      amount: { value: 2 },
    });
  });

  it("of what is paid at once, of what waits, or of an operation is declined", async () => {
    const paid = await gateway.paidByCard();
    expect(codeOf(await gateway.operate("capture", paid.id, 1))).toEqual(NOT_POSSIBLE);
    const waiting = await gateway.cardCheckout({ paymentType: "AUTH" });
    expect(codeOf(await gateway.operate("capture", waiting.id, 1))).toEqual(NOT_POSSIBLE);
    const { body } = await gateway.operate("capture", await heldByCard(), 2);
    expect(codeOf(await gateway.operate("capture", body.transactionID, 1))).toEqual(NOT_POSSIBLE);
    expect(codeOf(await gateway.operate("refund", body.transactionID, 1))).toEqual(NOT_POSSIBLE);
  });

  it("may say which of how many it is, in whole numbers from 1", async () => {
    const id = await heldByCard();
    const saying = (splitPayment: object) =>
      gateway.spg(`/payments/${id}/capture`, { body: { ...operationBody(1, "c"), saleContext: { splitPayment } } });
    expect(codeOf(await saying({ split: true, paymentNumber: 1, maxPayments: 2 }))).toEqual(DONE);
    const wrong = await saying({ split: true, paymentNumber: 0, maxPayments: 2 });
    expect(wrong.status).toBe(400);
    expect(wrong.body.returnStatus.statusDescription).toMatch(/^saleContext\.splitPayment\.paymentNumber /);
  });

  it("of another terminal's payment is 401, of none 404, by Digest 401", async () => {
    const made = await gateway.paidByCard("4111111111111111", { paymentType: "AUTH" });
    const other = (await gateway.sandbox("/terminals/600100", {}, "PUT")).body;
    const body = { ...operationBody(1, "c"), merchant: { ...operationBody(1, "c").merchant, terminalId: 600100 } };
    const headers = gateway.bearer(other);
    expect((await gateway.spg(`/payments/${made.id}/capture`, { headers, body })).status).toBe(401);
    expect((await gateway.operate("capture", "s2AAAAAAAAAAAAAAAAAA", 1)).status).toBe(404);
    const digest = gateway.digest(made.signature);
    expect((await gateway.spg(`/payments/${made.id}/capture`, { headers: digest, body })).status).toBe(401);
  });
});

describe("a cancellation of what a card holds", () => {
  it("is told as CAUT, and of what a phone holds as CMBW", async () => {
    const card = await gateway.operate("cancellation", await heldByCard(), 1);
    expect((await gateway.status(card.body.transactionID)).paymentType).toBe("CAUT");
    const phone = await gateway.operate("cancellation", await heldByMbway(), 1);
    expect((await gateway.status(phone.body.transactionID)).paymentType).toBe("CMBW");
  });
});
