import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkoutBody, type Json, operationBody, send, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

async function checkoutWith(change: (body: Json) => unknown) {
  const body = checkoutBody(await gateway.now());
  change(body);
  return gateway.spg("/payments", { body });
}

describe("what programs in production send is taken:", () => {
  it.each([52221, "52221"])("a terminalId as %j, answered as text", async (terminalId) => {
    const { status, body } = await checkoutWith((one) => {
      one.merchant.terminalId = terminalId;
    });
    expect(status).toBe(200);
    expect(body.merchant.terminalId).toBe("52221");
  });

  it.each([
    ["2026-07-01T10:00:00Z", "2026-07-01T10:10:00.000Z"],
    ["2026-07-01T10:00:00.123Z", "2026-07-01T10:10:00.123Z"],
    ["2026-07-01T10:00:00.123456Z", "2026-07-01T10:10:00.123Z"],
    ["2026-07-01T10:00:00+00:00", "2026-07-01T10:10:00.000Z"],
    ["2026-07-01T10:00:00.000+01:00", "2026-07-01T09:10:00.000Z"],
    ["2026-07-01T10:00:00", "2026-07-01T09:10:00.000Z"],
    ["2026-12-01T10:00:00.123456", "2026-12-01T10:10:00.123Z"],
  ])("the timestamp %s; without a zone it is Lisbon time", async (transactionTimestamp, expiry) => {
    const { status, body } = await checkoutWith((one) => {
      one.transaction.transactionTimestamp = transactionTimestamp;
    });
    expect(status).toBe(200);
    expect(body.expiry).toBe(expiry);
  });

  it("a member that stands twice: the last counts", async () => {
    const body = JSON.stringify(checkoutBody(await gateway.now(), { amount: 5 }));
    const twice = body.replace(/"amount":\{[^}]*\}/, (amount) => `"amount":{"value":1,"currency":"EUR"},${amount}`);
    const made = await gateway.spg("/payments", { method: "POST", body: twice });
    expect([made.status, made.body.amount.value]).toEqual([200, 5]);
  });

  it("two prefixes over one set of transactions", async () => {
    const other = (path: string) => `${gateway.url}/sibs/spg/v2${path}`;
    const made = await send(other("/payments"), { headers: gateway.bearer(), body: checkoutBody(await gateway.now()) });
    const id = made.body.transactionID;
    const headers = gateway.digest(made.body.transactionSignature);
    const reference = await gateway.spg(`/payments/${id}/service-reference/generate`, { headers, body: {} });
    expect(reference.body.paymentStatus).toBe("Pending");
    const status = await send(other(`/payments/${id}/status`), { headers: gateway.bearer() });
    expect(status.body.paymentReference.reference).toBe(reference.body.paymentReference.reference);
  });

  it.each([
    ["{}", { "content-type": "application/json" }, "{}"],
    ["no body with Content-Type application/json", { "content-type": "application/json" }, undefined],
    ["no body and no Content-Type", {}, undefined],
    [
      "members of API Market's model",
      { "content-type": "application/json; charset=utf-8" },
      '{"info":{},"actionProcessed":{"id":"1"}}',
    ],
  ])("a reference asked for with %s", async (_what, type, body) => {
    const made = await gateway.checkout();
    const { "content-type": _, ...headers } = gateway.digest(made.signature);
    const { status } = await gateway.spg(`/payments/${made.id}/service-reference/generate`, {
      method: "POST",
      headers: { ...headers, ...type } as Record<string, string>,
      ...(body === undefined ? {} : { body }),
    });
    expect(status).toBe(200);
  });

  it("header names in any case, and a GET with Content-Type or without", async () => {
    const { id } = await gateway.checkout();
    const { token, clientId } = gateway.terminal;
    const shouting = { AUTHORIZATION: `Bearer ${token}`, "X-Ibm-Client-Id": clientId };
    expect((await gateway.spg(`/payments/${id}/status`, { headers: shouting })).status).toBe(200);
    const typed = { ...shouting, "Content-Type": "application/json" };
    expect((await gateway.spg(`/payments/${id}/status`, { headers: typed })).status).toBe(200);
  });

  it("no Accept header, as in the calls of SIBS's guide", async () => {
    const { id } = await gateway.checkout();
    expect((await gateway.spg(`/payments/${id}/status`, { headers: { ...gateway.bearer(), accept: "" } })).status).toBe(
      200,
    );
  });

  it("tokenisation inside transaction, members nobody knows, and null for what may be missing", async () => {
    const { status } = await checkoutWith((one) => {
      one.transaction.tokenisation = { tokenisationRequest: { tokeniseCard: true } };
      one.extendedInfo = [{ key: "a", value: "b" }];
      one.merchant.shopURL = "https://shop.example";
      one.customer = null;
    });
    expect(status).toBe(200);
  });

  it("a checkout without moto, and one for AUTH with a reference", async () => {
    expect((await checkoutWith((one) => delete one.transaction.moto)).status).toBe(200);
    const made = await gateway.checkout({ paymentType: "AUTH", methods: ["REFERENCE"] });
    await gateway.generate(made);
    expect((await gateway.status(made.id)).paymentType).toBe("PREF");
  });

  it("an address whose postcode is 000000 and whose street2 is empty", async () => {
    const address = { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "000000", country: "PT" };
    const { status } = await checkoutWith((one) => {
      one.customer = { customerInfo: { shippingAddress: address } };
    });
    expect(status).toBe(200);
  });

  it("a status asked with the Digest of that transaction", async () => {
    const made = await gateway.checkout();
    const { status, body } = await gateway.spg(`/payments/${made.id}/status`, {
      headers: gateway.digest(made.signature),
    });
    expect(status).toBe(200);
    expect(body.transactionID).toBe(made.id);
  });

  it.each([
    ["no description", undefined],
    ["null", null],
    ["an empty one", ""],
  ])("an operation with %s for its description: refund, capture, cancellation and mit", async (_what, description) => {
    const announced = { merchantInitiatedTransaction: { type: "RCRR" } };
    const paid = await gateway.paidByCard("4111111111111111", { more: announced });
    const held = await gateway.paidByCard("4111111111111111", { paymentType: "AUTH" });
    for (const [name, { id }] of [
      ["mit", paid],
      ["refund", paid],
      ["capture", held],
      ["cancellation", held],
    ] as const) {
      const body = operationBody(1, `${name}-1`);
      body.transaction.description = description;
      const { status, text } = await gateway.spg(`/payments/${id}/${name}`, { body });
      expect([name, status, text]).toEqual([name, 200, expect.stringContaining('"000"')]);
    }
  });

  it("a cancellation as a university's program writes it", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE", "MBWAY"] });
    await gateway.generate(made);
    const { status, body } = await gateway.spg(`/payments/${made.id}/cancellation`, {
      body: {
        merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "9ad9799c0cd248719d3868cb78d46338" },
        transaction: {
          transactionTimestamp: "2026-04-15T14:00:00.123Z",
          moto: false,
          amount: { value: 5.5, currency: "EUR" },
        },
        originalTransaction: { id: made.id, datetime: "2026-04-15T15:00:00.123+01:00" },
      },
    });
    expect([status, body.paymentStatus]).toEqual([200, "Success"]);
  });

  it.each([["no paymentMethod"], ["null"]])("a checkout with %s: all of the terminal's", async (what) => {
    const asked = async (reference: null | undefined) => {
      const wishes = reference === undefined ? {} : { reference };
      const body = checkoutBody(await gateway.now(), wishes);
      if (what === "null") body.transaction.paymentMethod = null;
      else delete body.transaction.paymentMethod;
      return gateway.spg("/payments", { body });
    };
    expect((await asked(undefined)).body.paymentMethodList).toEqual(["CARD", "MBWAY", "REFERENCE"]);
    const without = await asked(null);
    expect([without.status, without.body.paymentMethodList]).toEqual([200, ["CARD", "MBWAY"]]);
  });

  it("no paymentMethod on a terminal with references alone, without the reference's terms: nothing is left to offer", async () => {
    const terminal = (await gateway.sandbox("/terminals/600009", { methods: ["REFERENCE"] }, "PUT")).body;
    const wishes = { terminalId: "600009", reference: null };
    const { transaction, ...body } = checkoutBody(await gateway.now(), wishes);
    delete transaction.paymentMethod;
    const refused = await gateway.spg("/payments", {
      headers: gateway.bearer(terminal),
      body: { ...body, transaction },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.returnStatus.statusDescription).toMatch(/^transaction.paymentMethod /);
  });

  it.each([
    ["tokenisation", { tokenisation: { tokenisationRequest: { tokeniseCard: true } } }],
    ["RCRR", { merchantInitiatedTransaction: { type: "RCRR", amountQualifier: "DEFAULT" } }],
    ["UCOF", { merchantInitiatedTransaction: { type: "UCOF" } }],
    [
      "the seed's recurringTransaction",
      {
        recurringTransaction: {
          validityDate: "2027-09-28T17:37:31.4095147+00:00",
          amountQualifier: "DEFAULT",
          description: "x",
        },
      },
    ],
  ])("AUTH of 0 with %s registers a card, which can be paid with later", async (_what, more) => {
    const registered = await gateway.paidByCard("4111111111111111", { amount: 0, paymentType: "AUTH", more });
    expect(registered.answer).toMatchObject({ paymentStatus: "Success", amount: { value: "0.00" } });
    const { value } = registered.answer.token;
    const again = await gateway.cardCheckout({
      more: { tokenisation: { paymentTokens: [{ tokenType: "Card", value }] } },
    });
    expect((await gateway.payByToken(again, value)).body.paymentStatus).toBe("Success");
  });

  it.each([
    ["AUTH that registers nothing", "AUTH", {}],
    ["AUTH with a token that is there already", "AUTH", { tokenisation: { paymentTokens: [] } }],
    ["PURS with tokenisation", "PURS", { tokenisation: { tokenisationRequest: { tokeniseCard: true } } }],
    ["PURS with RCRR", "PURS", { merchantInitiatedTransaction: { type: "RCRR" } }],
  ])("(0 is refused for %s)", async (_what, paymentType, more) => {
    const wishes = { amount: 0, paymentType, methods: ["CARD"], reference: null, more };
    const { status, body } = await gateway.spg("/payments", { body: checkoutBody(await gateway.now(), wishes) });
    expect(status).toBe(400);
    expect(body.returnStatus.statusDescription).toMatch(/^transaction.amount.value /);
  });

  it("a mandate whose customerName is longer than a payment's may be", async () => {
    const customerName = "Maria da Conceição ".repeat(6).trim();
    const { status, body } = await gateway.spg("/mbway-mandates/creation", {
      body: {
        merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "mandate-17" },
        mandate: { mandateType: "SUBSCRIPTION", aliasMBWAY: "351#912345678", customerName },
      },
    });
    expect([status, body.mandate.customerName]).toEqual([200, customerName]);
  });

  it("a card whose customer nobody named, where the terminal's requiresCustomer is false", async () => {
    const pay = async () => {
      const made = await gateway.checkout({ methods: ["CARD"], reference: null });
      return gateway.payByCard(made, "4111111111111111");
    };
    const refused = await pay();
    expect(refused.status).toBe(400);
    expect(refused.body.returnStatus.statusDescription).toMatch(/^customer\.customerInfo\.customerEmail /);
    const changed = await gateway.sandbox("/terminals/52221", { requiresCustomer: false }, "PUT");
    expect(changed.body.requiresCustomer).toBe(false);
    expect((await pay()).body.paymentStatus).toBe("Success");
    await gateway.sandbox("/terminals/52221", { requiresCustomer: true }, "PUT");
    expect((await pay()).status).toBe(400);
  });

  it("an action of the program's own beside its card, in its first call", async () => {
    const made = await gateway.cardCheckout();
    const more = { actionProcessed: { id: "123456789", type: "THREEDS_METHOD", executed: true } };
    expect((await gateway.payByCard(made, "4111111111111111", { more })).body.paymentStatus).toBe("Success");
    expect((await gateway.payByCard(made, "4111111111111111", { more })).status).toBe(409);
    const alone = await gateway.cardCheckout();
    expect((await gateway.continueCard(alone, more.actionProcessed)).status).toBe(409);
  });

  it("a slash too many after the prefix, before it, or at the end", async () => {
    const body = checkoutBody(await gateway.now());
    for (const path of ["/api/v2//payments", "/api/v2/payments/", "//api/v2/payments", "/sibs/spg/v2//payments/"]) {
      const made = await send(`${gateway.url}${path}`, { headers: gateway.bearer(), body });
      expect([path, made.status]).toEqual([path, 200]);
      const asked = `${gateway.url}/api/v2/payments/${made.body.transactionID}/status/?trace=1`;
      expect((await send(asked, { headers: gateway.bearer() })).body.paymentStatus).toBe("Pending");
    }
    const empty = await gateway.spg("/payments//status", {});
    expect([empty.status, empty.body.returnStatus.statusCode]).toEqual([404, "E0301"]);
  });

  it("JSON with the mark that Windows puts before it, and with a charset in any spelling", async () => {
    const body = `\uFEFF${JSON.stringify(checkoutBody(await gateway.now()))}`;
    for (const type of ["application/json", "application/json;charset=UTF-8", "Application/JSON; charset=utf-8"]) {
      const headers = { ...gateway.bearer(), "content-type": type };
      expect((await gateway.spg("/payments", { headers, body })).status).toBe(200);
    }
  });

  it("an empty list where PHP has no members to write", async () => {
    const made = await gateway.checkout();
    const headers = gateway.digest(made.signature);
    const { status } = await gateway.spg(`/payments/${made.id}/service-reference/generate`, { headers, body: "[]" });
    expect(status).toBe(200);
  });

  it("a refund without merchant or transaction is answered 400 with a returnStatus", async () => {
    const { id } = await gateway.checkout();
    for (const body of [{}, { amount: { value: 1, currency: "EUR" } }]) {
      const refused = await gateway.spg(`/payments/${id}/refund`, { body });
      expect(refused.status).toBe(400);
      expect(refused.body.returnStatus.statusDescription).toMatch(/^merchant is missing/);
    }
  });
});
