import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkoutBody, type Json, send, type TestGateway, testGateway } from "../../testing/gateway.ts";

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

  it("no Accept header, as in the seed's calls", async () => {
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

  it("a refund without merchant or transaction is answered 400 with a returnStatus", async () => {
    const { id } = await gateway.checkout();
    for (const body of [{}, { amount: { value: 1, currency: "EUR" } }]) {
      const refused = await gateway.spg(`/payments/${id}/refund`, { body });
      expect(refused.status).toBe(400);
      expect(refused.body.returnStatus.statusDescription).toMatch(/^merchant is missing/);
    }
  });
});
