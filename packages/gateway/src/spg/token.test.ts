import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CUSTOMER, checkoutBody, type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const KEEP = { tokenisation: { tokenisationRequest: { tokeniseCard: true } } };

/** A token of that card, made by a payment. */
async function tokenOf(number = "4111111111111111"): Promise<string> {
  const made = await gateway.cardCheckout({ more: KEEP });
  const { body } = await gateway.payByCard(made, number);
  if (body.paymentStatus === "Success") return body.token.value;
  await gateway.sandbox(`/challenges/${made.id}/pass`, {});
  return (await gateway.continueCard(made, body.actionResponse)).body.token.value;
}

const announcing = (...values: string[]) => ({
  tokenisation: { paymentTokens: values.map((value) => ({ tokenType: "Card", value })) },
});

describe("a token", () => {
  it("is made by a payment whose checkout asked for it, and told masked, with brand and expiry", async () => {
    const made = await gateway.cardCheckout({ more: KEEP });
    const { body } = await gateway.payByCard(made, "4111111111111111", { expiry: "2028-02-01" });
    expect(body.token).toEqual({
      tokenName: "Visa",
      tokenType: "Card",
      value: expect.stringMatching(/^[0-9a-f]{40}$/),
      maskedPAN: "411111******1111",
      expireDate: "2028-02-29T00:00:00.000Z",
    });
    expect((await gateway.status(made.id)).token).toEqual(body.token);
    const { notifications } = (await gateway.sandbox("/notifications")).body;
    expect(notifications[0].plaintext.token).toEqual(body.token);
  });

  it("is made by createToken, or by tokenisation inside transaction", async () => {
    const asked = await gateway.payByCard(await gateway.cardCheckout(), "4111111111111111", { createToken: true });
    expect(asked.body.token.tokenType).toBe("Card");
    const message = checkoutBody(await gateway.now(), {
      methods: ["CARD"],
      reference: null,
      more: { customer: CUSTOMER },
    });
    message.transaction.tokenisation = KEEP.tokenisation;
    const { body } = await gateway.spg("/payments", { body: message });
    const made = { id: body.transactionID, signature: body.transactionSignature, body };
    expect((await gateway.payByCard(made, "4111111111111111")).body.token.tokenType).toBe("Card");
  });

  it("is a new one each time, and none without being asked for or without success", async () => {
    expect(await tokenOf()).not.toBe(await tokenOf());
    expect((await gateway.paidByCard()).answer.token).toBeUndefined();
    const declined = await gateway.paidByCard("4000000000000119", { more: KEEP });
    expect(declined.answer.token).toBeUndefined();
    expect((await gateway.status(declined.id)).token).toBeUndefined();
  });

  it("comes to life only when a payment that was InProcessing succeeds", async () => {
    const { id, answer } = await gateway.paidByCard("4000000000000200", { more: KEEP });
    expect(answer.token).toBeUndefined();
    await gateway.advance(10);
    const { token } = await gateway.status(id);
    const made = await gateway.cardCheckout();
    expect((await gateway.payByToken(made, token.value)).body.paymentStatus).toBe("InProcessing");
  });

  it("that is announced comes back resolved in tokenList, an unknown one not", async () => {
    const [first, second] = [await tokenOf(), await tokenOf("4000000000000010")];
    const { body } = await gateway.cardCheckout({ more: announcing(first, second, "f".repeat(40)) });
    expect(body.tokenList.map(({ value }: Json) => value).sort()).toEqual([first, second].sort());
    expect(body.tokenList[0]).toEqual({
      tokenName: "Visa",
      tokenType: "Card",
      value: expect.any(String),
      maskedPAN: expect.stringMatching(/^4[01]\d{4}\*{6}\d{4}$/),
      expireDate: "2030-12-31T00:00:00.000Z",
    });
  });
});

describe("a payment by token", () => {
  it("is approved as the card is, told as TOKEN, with the token", async () => {
    const value = await tokenOf();
    const made = await gateway.cardCheckout({ more: announcing(value) });
    const { body } = await gateway.payByToken(made, value);
    expect(body).toMatchObject({ paymentStatus: "Success", paymentMethod: "TOKEN", token: { value } });
    expect(await gateway.status(made.id)).toMatchObject({
      paymentMethod: "TOKEN",
      paymentType: "PURS",
      token: { value },
    });
    const { notifications } = (await gateway.sandbox("/notifications")).body;
    expect(notifications[0].plaintext).toMatchObject({ paymentMethod: "TOKEN", paymentType: "PURS", token: { value } });
  });

  it("needs no announcement, no billing address and no code, and makes no other token", async () => {
    const value = await tokenOf();
    const customer = { customerInfo: { customerName: "Jane Doe", customerEmail: "client.name@hostname.pt" } };
    const made = await gateway.cardCheckout({ methods: [], more: { customer, ...KEEP } });
    const headers = gateway.digest(made.signature);
    const body = { tokenInfo: { value, tokenType: "Card" } };
    const paid = await gateway.spg(`/payments/${made.id}/token/purchase`, { headers, body });
    expect([paid.body.paymentStatus, paid.body.token.value]).toEqual(["Success", value]);
  });

  it("goes through 3-D Secure where the card does, by its own call", async () => {
    const value = await tokenOf("4000000000000028");
    const made = await gateway.cardCheckout();
    const { body } = await gateway.payByToken(made, value);
    expect(body.actionResponse.type).toBe("THREEDS_CHALLENGE");
    await gateway.sandbox(`/challenges/${body.actionResponse.id}/pass`, {});
    expect((await gateway.continueCard(made, body.actionResponse)).status).toBe(409);
    const paid = await gateway.continueCard(made, body.actionResponse, true, "token/purchase");
    expect([paid.body.paymentStatus, paid.body.threeDSecure.transStatus]).toEqual(["Success", "Y"]);
  });

  it("with a wrong code is declined with E0116, and once the card has expired with E0115", async () => {
    const kept = await gateway.cardCheckout({ more: KEEP });
    const { token } = (await gateway.payByCard(kept, "4761340000000035", { code: "536", expiry: "2027-01-01" })).body;
    const wrong = await gateway.payByToken(await gateway.cardCheckout(), token.value, "537");
    expect(wrong.body.returnStatus.statusCode).toBe("E0116");
    const right = await gateway.payByToken(await gateway.cardCheckout(), token.value, "536");
    expect(right.body.paymentStatus).toBe("Success");
    await gateway.sandbox("/clock/advance", { to: "2027-02-02T00:00:00Z" });
    const late = await gateway.payByToken(await gateway.cardCheckout(), token.value, "536");
    expect(late.body.returnStatus.statusCode).toBe("E0115");
  });

  it("of another merchant, or of nobody, is 400 and names it, and another's tokenList does not show it", async () => {
    const value = await tokenOf();
    const other = (await gateway.sandbox("/terminals/600200", {}, "PUT")).body;
    const message = checkoutBody(await gateway.now(), {
      terminalId: 600200,
      methods: ["CARD"],
      reference: null,
      more: { customer: CUSTOMER, ...announcing(value) },
    });
    const { body } = await gateway.spg("/payments", { headers: gateway.bearer(other), body: message });
    expect(body.tokenList).toEqual([]);
    const headers = { ...gateway.digest(body.transactionSignature), "x-ibm-client-id": other.clientId };
    for (const tried of [value, "f".repeat(40)]) {
      const path = `/payments/${body.transactionID}/token/purchase`;
      const refused = await gateway.spg(path, { headers, body: { tokenInfo: { value: tried, tokenType: "Card" } } });
      expect([refused.status, refused.body.returnStatus.statusDescription]).toEqual([
        400,
        "tokenInfo.value is no token of this merchant",
      ]);
    }
  });

  it.each([
    ["no token", "tokenInfo", {}],
    ["no value", "tokenInfo.value", { tokenInfo: { tokenType: "Card" } }],
    ["a code of letters", "tokenInfo.secureCode", { tokenInfo: { value: "a", secureCode: "abc" } }],
  ])("with %s is 400 and names %s", async (_, field, body) => {
    const made = await gateway.cardCheckout();
    const headers = gateway.digest(made.signature);
    const refused = await gateway.spg(`/payments/${made.id}/token/purchase`, { headers, body });
    expect(refused.status).toBe(400);
    expect(refused.body.returnStatus.statusDescription).toMatch(new RegExp(`^${field} `));
  });
});
