import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paidInSteps } from "../../testing/card-steps.ts";
import { cardBody, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const statusOf = async ({ id }: { id: string }) => (await gateway.status(id)).paymentStatus;

describe("a card", () => {
  it("outside 3-D Secure is approved at once, member for member", async () => {
    const { id, answer } = await gateway.paidByCard("4111111111111111");
    const execution = { startTime: expect.any(String), endTime: expect.any(String) };
    const success = { statusCode: "000", statusMsg: "Success", statusDescription: "Success" };
    expect(answer).toEqual({
      transactionID: id,
      paymentStatus: "Success",
      paymentMethod: "CARD",
      paymentType: "PURS",
      execution,
      merchant: { terminalId: "52221", merchantTransactionId: "order-17" },
      amount: { currency: "EUR", value: "5.50" },
      returnStatus: success,
    });
    expect(await gateway.status(id)).toEqual({
      merchant: { terminalId: "52221", merchantTransactionId: "order-17" },
      transactionID: id,
      amount: { currency: "EUR", value: "5.50" },
      paymentType: "PURS",
      paymentStatus: "Success",
      paymentMethod: "CARD",
      execution,
      returnStatus: success,
      transactionStatusCode: "000",
      transactionStatusDescription: "Success",
    });
  });

  it("that is not listed is approved when its check digit is right", async () => {
    expect((await gateway.paidByCard("5555555555554444")).answer.paymentStatus).toBe("Success");
  });

  it.each([
    ["4176660000000100", "597", ["THREEDS_METHOD", "THREEDS_CHALLENGE"]],
    ["4761340000000035", "536", []],
    ["5185520050000010", "001", ["THREEDS_METHOD", "THREEDS_CHALLENGE"]],
    ["5204740000001002", "100", ["THREEDS_METHOD"]],
    ["5206361000001351", "536", []],
    ["4970417809609823", "914", ["THREEDS_METHOD"]],
    ["5134148655197817", "419", ["THREEDS_METHOD", "THREEDS_CHALLENGE"]],
    ["4010056200000018", "123", ["THREEDS_METHOD"]],
    ["5137210000000018", "123", ["THREEDS_METHOD", "THREEDS_CHALLENGE"]],
  ])("that SIBS publishes (%s) behaves as published, with its code", async (number, code, expected) => {
    const { steps, body } = await paidInSteps(gateway, number, code);
    expect(steps).toEqual(expected);
    expect(body.paymentStatus).toBe("Success");
  });

  it.each([
    ["4000000000000119", "Declined", "E0113"],
    ["4000000000000127", "Declined", "E0114"],
    ["4000000000000135", "Declined", "E0115"],
    ["4000000000000143", "Declined", "E0116"],
    ["4000000000000150", "Declined", "E0117"],
    ["4000000000000044", "Declined", "E0118"],
    ["4000000000000051", "Declined", "E0118"],
    ["4000000000000069", "Declined", "E0117"],
    ["4000000000000226", "Declined", "E0113"],
    ["4000000000000168", "Error", "E0301"],
  ])(
    "with a fixed outcome (%s) ends %s with %s: HTTP 200, the code in answer and status",
    async (number, ending, code) => {
      const { made, body } = await paidInSteps(gateway, number);
      expect([body.paymentStatus, body.returnStatus.statusCode]).toEqual([ending, code]);
      const status = await gateway.status(made.id);
      expect([status.paymentStatus, status.transactionStatusCode]).toEqual([ending, code]);
    },
  );

  it("with a wrong code is declined with E0116, and one that has expired with E0115", async () => {
    const wrong = await gateway.payByCard(await gateway.cardCheckout(), "4761340000000035", { code: "537" });
    expect([wrong.status, wrong.body.returnStatus.statusCode]).toEqual([200, "E0116"]);
    const old = await gateway.payByCard(await gateway.cardCheckout(), "4111111111111111", { expiry: "2026-10-31" });
    expect([old.status, old.body.returnStatus.statusCode]).toEqual([200, "E0115"]);
    const lastMonth = await gateway.payByCard(await gateway.cardCheckout(), "4111111111111111", {
      expiry: "2030-01-01",
    });
    expect(lastMonth.body.paymentStatus).toBe("Success");
  });

  it("can be InProcessing first, and then Success or Declined", async () => {
    const [good, bad] = [await gateway.paidByCard("4000000000000200"), await gateway.paidByCard("4000000000000218")];
    expect([good.answer.paymentStatus, bad.answer.paymentStatus]).toEqual(["InProcessing", "InProcessing"]);
    await gateway.advance(10);
    expect([await statusOf(good), await statusOf(bad)]).toEqual(["Success", "Declined"]);
    expect((await gateway.operate("refund", good.id, 5.5)).status).toBe(200);
  });

  it("can lose the answer after the approval, or the request before it", async () => {
    const [answerLost, requestLost] = [await gateway.cardCheckout(), await gateway.cardCheckout()];
    await expect(gateway.payByCard(answerLost, "4000000000000184")).rejects.toThrow();
    await expect(gateway.payByCard(requestLost, "4000000000000192")).rejects.toThrow();
    expect(await statusOf(answerLost)).toBe("Success");
    const untouched = await gateway.status(requestLost.id);
    expect([untouched.paymentStatus, untouched.paymentMethod]).toEqual(["Pending", undefined]);
  });

  it("meets the scenarios of amounts where its own scenario says nothing", async () => {
    const declined = await gateway.paidByCard("4111111111111111", { amount: 90000.04 });
    expect(declined.answer.returnStatus.statusCode).toBe("E0113");
    const paid = await gateway.paidByCard("4111111111111111", { amount: 90000.11 });
    expect((await gateway.operate("refund", paid.id, 1)).body.returnStatus.statusCode).toBe("E0531");
  });
});

describe("a card purchase", () => {
  it("is made once: then 409, and nothing changes", async () => {
    const paid = await gateway.paidByCard("4000000000000119");
    const again = await gateway.payByCard(paid, "4111111111111111");
    expect([again.status, again.body.returnStatus.statusCode]).toEqual([409, "E0101"]);
    expect(await statusOf(paid)).toBe("Declined");
  });

  it("is made once of many that arrive together", async () => {
    const made = await gateway.cardCheckout();
    const all = await Promise.all(Array.from({ length: 20 }, () => gateway.payByCard(made, "4111111111111111")));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  it("on a lapsed checkout is Timeout beside 000, and charges nothing", async () => {
    const made = await gateway.cardCheckout();
    await gateway.advance(600);
    const { status, body } = await gateway.payByCard(made, "4111111111111111");
    expect([status, body.paymentStatus, body.returnStatus.statusCode]).toEqual([200, "Timeout", "000"]);
    expect((await gateway.sandbox(`/transactions/${made.id}`)).body.captured).toBe("0.00");
  });

  it("without the customer's e-mail or billing address is 400 and names them, and the checkout can still be paid otherwise", async () => {
    const bare = await gateway.checkout();
    const refused = await gateway.payByCard(bare, "4111111111111111");
    expect([refused.status, refused.body.returnStatus.statusDescription]).toEqual([
      400,
      expect.stringContaining("customer.customerInfo.customerEmail"),
    ]);
    const customer = { customerInfo: { customerEmail: "client.name@hostname.pt" } };
    const noAddress = await gateway.checkout({ more: { customer } });
    const alsoRefused = await gateway.payByCard(noAddress, "4111111111111111");
    expect(alsoRefused.body.returnStatus.statusDescription).toContain("customer.customerInfo.billingAddress");
    expect((await gateway.purchase(noAddress)).body.paymentStatus).toBe("Pending");
  });

  it("takes the shipping address where it is said to be the billing address too", async () => {
    const shippingAddress = { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" };
    const customerInfo = {
      customerEmail: "client.name@hostname.pt",
      shippingAddress,
      billingAddressSameAsShippingAddress: true,
    };
    const made = await gateway.cardCheckout({ more: { customer: { customerInfo } } });
    expect((await gateway.payByCard(made, "4111111111111111")).body.paymentStatus).toBe("Success");
  });

  it("on a checkout that does not offer cards is 400", async () => {
    const made = await gateway.cardCheckout({ methods: ["MBWAY"] });
    expect((await gateway.payByCard(made, "4111111111111111")).status).toBe(400);
  });

  it("by MOTO skips 3-D Secure", async () => {
    const made = await gateway.cardCheckout({ moto: true });
    const { body } = await gateway.payByCard(made, "4176660000000100", { code: "597" });
    expect([body.paymentStatus, body.threeDSecure]).toEqual(["Success", undefined]);
  });

  const { cardInfo } = cardBody("4111111111111111");
  it.each([
    ["no card", "cardInfo", {}],
    ["no number", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: undefined } }],
    ["a number that is no text", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: 4111111111111111 } }],
    ["a number with spaces", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: "4111 1111 1111 1111" } }],
    ["a number of 11 digits", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: "41111111111" } }],
    ["a number of 20 digits", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: "41111111111111111111" } }],
    ["a wrong check digit", "cardInfo.PAN", { cardInfo: { ...cardInfo, PAN: "4111111111111112" } }],
    ["no code", "cardInfo.secureCode", { cardInfo: { ...cardInfo, secureCode: undefined } }],
    ["a code of two digits", "cardInfo.secureCode", { cardInfo: { ...cardInfo, secureCode: "12" } }],
    ["a code of five digits", "cardInfo.secureCode", { cardInfo: { ...cardInfo, secureCode: "12345" } }],
    ["a code of letters", "cardInfo.secureCode", { cardInfo: { ...cardInfo, secureCode: "abc" } }],
    ["no expiry", "cardInfo.validationDate", { cardInfo: { ...cardInfo, validationDate: undefined } }],
    ["an expiry that is none", "cardInfo.validationDate", { cardInfo: { ...cardInfo, validationDate: "12/30" } }],
    ["no name", "cardInfo.cardholderName", { cardInfo: { ...cardInfo, cardholderName: undefined } }],
    ["an empty name", "cardInfo.cardholderName", { cardInfo: { ...cardInfo, cardholderName: "" } }],
    [
      "a name of 46 characters",
      "cardInfo.cardholderName",
      { cardInfo: { ...cardInfo, cardholderName: "a".repeat(46) } },
    ],
    ["createToken that is text", "cardInfo.createToken", { cardInfo: { ...cardInfo, createToken: "yes" } }],
    [
      "an unknown kind of charges",
      "merchantInitiatedTransaction.type",
      { cardInfo, merchantInitiatedTransaction: { type: "X" } },
    ],
    ["an action without an id", "actionProcessed.id", { actionProcessed: { type: "THREEDS_METHOD", executed: true } }],
    [
      "executed as text",
      "actionProcessed.executed",
      { actionProcessed: { id: "1", type: "THREEDS_METHOD", executed: "1" } },
    ],
  ])("with %s is 400, names %s, repeats nothing of it and changes nothing", async (_, field, body) => {
    const made = await gateway.cardCheckout();
    const headers = gateway.digest(made.signature);
    const refused = await gateway.spg(`/payments/${made.id}/card/purchase`, { headers, body });
    expect([refused.status, refused.body.returnStatus.statusCode]).toEqual([400, "E0002"]);
    expect(refused.body.returnStatus.statusDescription).toMatch(new RegExp(`^${field} `));
    expect(refused.text).not.toMatch(/\d{11}/);
    expect((await gateway.status(made.id)).paymentMethod).toBeUndefined();
  });
});
