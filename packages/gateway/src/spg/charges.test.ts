import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CUSTOMER,
  checkoutBody,
  type Json,
  operationBody,
  type TestGateway,
  testGateway,
} from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const RCRR = {
  merchantInitiatedTransaction: { type: "RCRR", amountQualifier: "ACTUAL", schedule: { interval: "MONTHLY" } },
};
const UCOF = { merchantInitiatedTransaction: { type: "UCOF" } };
const SEED = {
  recurringTransaction: {
    validityDate: "2028-09-28T17:37:31.4095147+00:00",
    amountQualifier: "DEFAULT",
    description: "My transaction -> Order XPTO",
  },
};

const first = (more: object = RCRR, wishes: object = {}) => gateway.paidByCard("4111111111111111", { ...wishes, more });
const codeOf = ({ status, body }: Json) => [status, body.paymentStatus, body.returnStatus.statusCode];
const DONE = [200, "Success", "000"];
const NOT_POSSIBLE = [400, "Declined", "E0119"];

const newestNotice = async (): Promise<Json> =>
  (await gateway.sandbox("/notifications")).body.notifications[0].plaintext;

describe("the first payment of charges to come", () => {
  it("is announced by the newer name or the guide's, makes a token, and is told so", async () => {
    const v2 = await first();
    expect(v2.answer).toMatchObject({
      merchantInitiatedTransaction: { status: "Success" },
      token: { tokenType: "Card" },
    });
    expect((await newestNotice()).merchantInitiatedTransaction).toEqual({
      type: "RCRR",
      amountQualifier: "ACTUAL",
      schedule: { interval: "MONTHLY" },
    });
    const seed = await first(SEED);
    expect(seed.answer).toMatchObject({ recurringTransaction: { status: "Success" }, token: { tokenType: "Card" } });
    expect(await gateway.status(seed.id)).toMatchObject({ recurringTransaction: { status: "Success" } });
    expect((await newestNotice()).merchantInitiatedTransaction).toEqual({ type: "RCRR", amountQualifier: "DEFAULT" });
  });

  it("is announced by card/purchase too", async () => {
    const made = await gateway.cardCheckout();
    await gateway.payByCard(made, "4111111111111111", { more: { merchantInitiatedTransaction: { type: "RCRR" } } });
    expect(codeOf(await gateway.charge(made.id, 1))).toEqual(DONE);
  });

  it("of nothing, UCOF with AUTH, registers the card: charges follow", async () => {
    const registered = await first(UCOF, { amount: 0, paymentType: "AUTH" });
    expect(registered.answer).toMatchObject({
      paymentStatus: "Success",
      paymentType: "AUTH",
      amount: { value: "0.00" },
    });
    expect(codeOf(await gateway.charge(registered.id, 25))).toEqual(DONE);
    expect(codeOf(await gateway.operate("capture", registered.id, 0.01))).toEqual(NOT_POSSIBLE);
  });

  it("takes RCRR with PURS and with AUTH, UCOF with AUTH alone, and cards among its methods", async () => {
    const asked = async (more: object, paymentType: string, methods: string[]) => {
      const wishes = { paymentType, methods, reference: null, more: { customer: CUSTOMER, ...more } };
      const { status, body } = await gateway.spg("/payments", { body: checkoutBody(await gateway.now(), wishes) });
      return status === 200 ? 200 : body.returnStatus.statusDescription.split(" ")[0];
    };
    expect(await asked(RCRR, "PURS", ["CARD"])).toBe(200);
    expect(await asked(RCRR, "AUTH", ["CARD", "MBWAY"])).toBe(200);
    expect(await asked(UCOF, "AUTH", [])).toBe(200);
    expect(await asked(UCOF, "PURS", ["CARD"])).toBe("transaction.paymentType");
    expect(await asked(RCRR, "PURS", ["MBWAY"])).toBe("transaction.paymentMethod");
    expect(await asked({ merchantInitiatedTransaction: {} }, "AUTH", ["CARD"])).toBe(
      "merchantInitiatedTransaction.type",
    );
    expect(
      await asked({ merchantInitiatedTransaction: { type: "RCRR", amountQualifier: "X" } }, "AUTH", ["CARD"]),
    ).toBe("merchantInitiatedTransaction.amountQualifier");
  });
});

describe("a charge by the merchant", () => {
  it("holds money under its own transactionID, told as MITR with its terms, and is captured there", async () => {
    const { id, answer } = await first();
    const { status, body } = await gateway.charge(id, 9.9, "MIT-RCRR-1");
    expect([status, body.paymentStatus, body.amount.value]).toEqual([200, "Success", "9.90"]);
    expect(body.transactionID).not.toBe(id);
    expect(await gateway.status(body.transactionID)).toMatchObject({
      merchant: { merchantTransactionId: "MIT-RCRR-1" },
      paymentType: "MITR",
      paymentStatus: "Success",
      paymentMethod: "CARD",
      token: answer.token,
    });
    expect(await newestNotice()).toMatchObject({
      transactionID: body.transactionID,
      paymentMethod: "CARD",
      paymentType: "MITR",
      token: answer.token,
      merchantInitiatedTransaction: { type: "RCRR", amountQualifier: "ACTUAL", schedule: { interval: "MONTHLY" } },
    });
    expect((await gateway.sandbox(`/transactions/${body.transactionID}`)).body.captured).toBe("0.00");
    expect(codeOf(await gateway.operate("capture", body.transactionID, 9.9))).toEqual(DONE);
    expect(codeOf(await gateway.operate("refund", body.transactionID, 9.9))).toEqual(DONE);
  });

  it("is found by its merchantTransactionId", async () => {
    const { id } = await first();
    await gateway.charge(id, 1, "MIT-RCRR-found");
    const { body } = await gateway.spg("/payments/status?merchantTransactionId=MIT-RCRR-found");
    expect([body.paymentType, body.paymentStatus]).toEqual(["MITR", "Success"]);
  });

  it("takes its body both ways: originalTransaction at the top or inside transaction, with a type", async () => {
    const { id } = await first();
    const top = { ...operationBody(1, "mit-a"), originalTransaction: { id, datetime: "2026-04-14T17:23:36.105Z" } };
    expect(codeOf(await gateway.spg(`/payments/${id}/mit`, { body: top }))).toEqual(DONE);
    const inside = operationBody(1, "mit-b");
    inside.transaction = { ...inside.transaction, type: "UCOF", originalTransaction: { id } };
    expect(codeOf(await gateway.spg(`/payments/${id}/mit`, { body: inside }))).toEqual(DONE);
    inside.transaction.type = "WEEKLY";
    const wrong = await gateway.spg(`/payments/${id}/mit`, { body: inside });
    expect([wrong.status, wrong.body.returnStatus.statusDescription.split(" ")[0]]).toEqual([400, "transaction.type"]);
  });

  it("is declined on what announced none, did not succeed, or is no first payment", async () => {
    const plain = await gateway.paidByCard();
    expect(codeOf(await gateway.charge(plain.id, 1))).toEqual(NOT_POSSIBLE);
    const declined = await gateway.paidByCard("4000000000000119", { more: RCRR });
    expect(codeOf(await gateway.charge(declined.id, 1))).toEqual(NOT_POSSIBLE);
    const unused = await gateway.cardCheckout({ more: RCRR });
    expect(codeOf(await gateway.charge(unused.id, 1))).toEqual(NOT_POSSIBLE);
    const byPhone = await gateway.checkout({ methods: ["CARD", "MBWAY"], reference: null, more: RCRR });
    await gateway.purchase(byPhone, "351#960000001");
    expect(codeOf(await gateway.charge(byPhone.id, 1))).toEqual(NOT_POSSIBLE);
    const { body } = await gateway.charge((await first()).id, 1);
    expect(codeOf(await gateway.charge(body.transactionID, 1))).toEqual(NOT_POSSIBLE);
  });

  it("meets the scenarios of cards and amounts", async () => {
    const { id } = await first();
    expect(codeOf(await gateway.charge(id, 90000.04))).toEqual([400, "Declined", "E0113"]);
    expect(codeOf(await gateway.charge(id, 90000.1))).toEqual([400, "Error", "E0301"]);
    const slow = await gateway.charge(id, 90000.09);
    expect(codeOf(slow)).toEqual([200, "InProcessing", "000"]);
    expect(codeOf(await gateway.operate("capture", slow.body.transactionID, 1))).toEqual(NOT_POSSIBLE);
    await gateway.advance(10);
    expect((await gateway.status(slow.body.transactionID)).paymentStatus).toBe("Success");
    expect(codeOf(await gateway.operate("capture", slow.body.transactionID, 1))).toEqual(DONE);
    const blocked = await gateway.paidByCard("4000000000000234", { more: RCRR });
    expect(codeOf(await gateway.charge(blocked.id, 1))).toEqual([400, "Declined", "E0114"]);
  });

  it("by token follows a first payment by token", async () => {
    const kept = await first();
    const made = await gateway.cardCheckout({ more: RCRR });
    await gateway.payByToken(made, kept.answer.token.value);
    expect(codeOf(await gateway.charge(made.id, 1))).toEqual(DONE);
  });

  it("of nothing, or of another terminal's payment, is refused", async () => {
    const { id } = await first();
    expect((await gateway.charge(id, 0)).status).toBe(400);
    const other = (await gateway.sandbox("/terminals/600300", {}, "PUT")).body;
    const body = operationBody(1, "mit");
    body.merchant.terminalId = 600300;
    expect((await gateway.spg(`/payments/${id}/mit`, { headers: gateway.bearer(other), body })).status).toBe(401);
  });

  it("is made as often as it is asked for, also thirty times at once, each under its own id", async () => {
    const { id } = await first();
    const all = await Promise.all(Array.from({ length: 30 }, () => gateway.charge(id, 1)));
    expect(new Set(all.map(({ body }) => body.transactionID)).size).toBe(30);
    expect(all.every(({ status }) => status === 200)).toBe(true);
  });
});
