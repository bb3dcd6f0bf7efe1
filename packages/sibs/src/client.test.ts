import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type CheckoutInput, cents, Sibs, type SibsOptions } from "./index.ts";
import { exampleCheckoutRequest, exampleCheckoutResponse, exampleFullCheckoutRequest } from "./protocol/checkout.ts";
import { exampleMbwayPurchaseRequest, exampleMbwayPurchaseResponse } from "./protocol/mbway.ts";
import { exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
import { exampleDeclinedRefundResponse, exampleOperationRequest } from "./protocol/operations.ts";
import { exampleReferenceStatusResponse, exampleStatusResponse } from "./protocol/status.ts";
import { json, type ScriptedServer, type Step, scriptedServer } from "./testing/scripted-server.ts";

const credentials = {
  terminalId: 52221,
  clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
  token: "0276b80f950fb446c6addaccd121abfbbb.eyJlIjoiMTk4N.00",
};

const transactionId = exampleCheckoutResponse.transactionID;
const checkout = { transactionId, signature: exampleCheckoutResponse.transactionSignature };

let server: ScriptedServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A client of a server that follows the steps. */
async function clientOf(...steps: Step[]): Promise<{ sibs: Sibs; server: ScriptedServer }> {
  server = await scriptedServer(...steps);
  return { sibs: new Sibs({ ...credentials, baseUrl: server.url }), server };
}

/** The seed's order. */
const order: CheckoutInput = {
  merchantTransactionId: "Order ID: r1cm97qqjv",
  amount: cents(550),
  description: "Your own description",
  methods: ["CARD", "MBWAY", "REFERENCE"],
  timestamp: new Date("2023-11-09T10:31:44.989Z"),
  paymentReference: {
    initialDatetime: new Date("2023-11-09T10:31:44.989Z"),
    finalDatetime: new Date("2023-11-11T10:31:44.989Z"),
    entity: "24000",
  },
};

describe("a checkout", () => {
  it("sends the seed's request, headers and body, and reads the seed's answer", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCheckoutResponse));
    expect(await sibs.checkout(order)).toEqual({
      transactionId: "s2CB2CH3U91PdGDHsacJ",
      signature: exampleCheckoutResponse.transactionSignature,
      expiresAt: new Date("2023-11-09T10:41:44.989Z"),
      methods: ["CARD", "MBWAY", "REFERENCE"],
      body: exampleCheckoutResponse,
    });
    expect(server.arrived).toHaveLength(1);
    expect(server.arrived[0]).toMatchObject({
      method: "POST",
      url: "/api/v2/payments",
      headers: {
        authorization: `Bearer ${credentials.token}`,
        "x-ibm-client-id": credentials.clientId,
        "content-type": "application/json",
      },
    });
    expect(server.arrived[0]?.body).toBe(JSON.stringify(exampleCheckoutRequest));
  });

  it("carries every complex type of the seed as it was given", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCheckoutResponse));
    const { customer, recurringTransaction, tokenisation } = exampleFullCheckoutRequest;
    await sibs.checkout({
      ...order,
      amount: cents(500),
      description: "My transaction -> Order XPTO",
      methods: ["REFERENCE", "CARD", "MBWAY"],
      customer,
      recurringTransaction,
      tokenisation,
    });
    expect(server.arrived[0]?.body).toBe(JSON.stringify(exampleFullCheckoutRequest));
  });

  it("prints every amount with two decimals at most", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCheckoutResponse));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 99_999_999 }), async (amount) => {
        await sibs.checkout({ ...order, amount: cents(amount) });
        const printed = /"amount":\{"value":([^,]*),/.exec(server.arrived.at(-1)?.body ?? "")?.[1] ?? "";
        expect(printed).toMatch(/^\d+(\.\d{1,2})?$/);
        const [whole = "", fraction = ""] = printed.split(".");
        expect(`${whole}${fraction.padEnd(2, "0")}`).toBe(String(amount).padStart(3, "0"));
      }),
      { numRuns: 50 },
    );
  });

  it("takes the clock it was given for its timestamp, and for an expiry that SIBS does not tell", async () => {
    server = await scriptedServer(json(200, { transactionID: "s2x", transactionSignature: "a.b.c" }));
    const clock = { now: () => new Date("2026-11-22T12:00:00Z") };
    const sibs = new Sibs({ ...credentials, baseUrl: server.url, clock });
    const { expiresAt, methods } = await sibs.checkout({
      merchantTransactionId: "order-17",
      amount: cents(1),
      description: "A pin",
      methods: ["MBWAY"],
    });
    expect({ expiresAt, methods }).toEqual({ expiresAt: new Date("2026-11-22T12:10:00Z"), methods: [] });
    expect(JSON.parse(server.arrived[0]?.body ?? "")).toMatchObject({
      merchant: { terminalId: 52221, channel: "web" },
      transaction: { transactionTimestamp: "2026-11-22T12:00:00.000Z", moto: false, paymentType: "PURS" },
    });
  });

  it("refuses an amount that is not in whole cents before anything is sent", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCheckoutResponse));
    const floating = JSON.parse("5.5");
    await expect(sibs.checkout({ ...order, amount: floating })).rejects.toThrow(RangeError);
    expect(server.arrived).toHaveLength(0);
  });
});

describe("an MB WAY purchase", () => {
  it("sends the seed's request with the checkout's signature, and reads its Timeout as a value", async () => {
    const { sibs, server } = await clientOf(json(200, exampleMbwayPurchaseResponse));
    expect(await sibs.mbwayPurchase(checkout, { phone: "919 999 999" })).toEqual({
      transactionId,
      paymentStatus: "Timeout",
      returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
      httpStatus: 200,
      amount: null,
      body: exampleMbwayPurchaseResponse,
    });
    expect(server.arrived[0]).toMatchObject({
      method: "POST",
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/mbway-id/purchase",
      headers: { authorization: `Digest ${checkout.signature}`, "x-ibm-client-id": credentials.clientId },
      body: JSON.stringify(exampleMbwayPurchaseRequest),
    });
  });

  it.each([
    [200, "Pending"],
    [200, "Declined"],
    [400, "Declined"],
    [404, "Declined"],
    [422, "A status nobody knows yet"],
  ])("that SIBS answers with HTTP %i and %s is a value", async (status, paymentStatus) => {
    const returnStatus = { statusCode: "E0506", statusMsg: "Declined", statusDescription: "no such alias" };
    const { sibs } = await clientOf(json(status, { transactionID: transactionId, paymentStatus, returnStatus }));
    const purchase = await sibs.mbwayPurchase(checkout, { phone: "919999999" });
    expect(purchase).toMatchObject({ paymentStatus, httpStatus: status, returnStatus });
  });

  it("is not sent to what is no mobile number, nor for an empty transaction id", async () => {
    const { sibs, server } = await clientOf(json(200, exampleMbwayPurchaseResponse));
    const refusal = { name: "InvalidRequestError", tries: 0, httpStatus: null };
    await expect(sibs.mbwayPurchase(checkout, { phone: "219999999" })).rejects.toMatchObject({
      ...refusal,
      field: "customerPhone",
      transactionId,
    });
    await expect(
      sibs.mbwayPurchase({ transactionId: "", signature: "a.b.c" }, { phone: "919999999" }),
    ).rejects.toMatchObject({ ...refusal, field: "transactionID" });
    expect(server.arrived).toHaveLength(0);
  });
});

describe("a Multibanco reference", () => {
  it("is asked for with an empty object and read from the answer", async () => {
    const { sibs, server } = await clientOf(json(200, exampleGenerateReferenceResponse));
    expect(await sibs.generateReference(checkout)).toMatchObject({
      transactionId,
      paymentStatus: "Pending",
      amount: 550,
      reference: {
        entity: "24000",
        reference: "256309828",
        amount: 550,
        status: "UNPAID",
        expiresAt: new Date("2023-11-11T10:31:44.989Z"),
      },
    });
    expect(server.arrived[0]).toMatchObject({
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/service-reference/generate",
      headers: { authorization: `Digest ${checkout.signature}` },
      body: "{}",
    });
  });
});

describe("the status", () => {
  it("reads the seed's answer: Timeout beside 999, the amount a text", async () => {
    const { sibs, server } = await clientOf(json(200, exampleStatusResponse));
    expect(await sibs.status(transactionId)).toEqual({
      transactionId,
      merchantTransactionId: "Order ID: r1cm97qqjv",
      paymentStatus: "Timeout",
      paymentType: "PURS",
      paymentMethod: "MBWAY",
      returnStatus: {
        statusCode: "999",
        statusMsg: "Validation Request Failed",
        statusDescription: "Please try again.",
      },
      transactionStatusCode: null,
      transactionStatusDescription: null,
      reference: null,
      httpStatus: 200,
      amount: 550,
      body: exampleStatusResponse,
    });
    expect(server.arrived[0]).toMatchObject({
      method: "GET",
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/status",
      headers: { authorization: `Bearer ${credentials.token}`, "content-type": "application/json" },
      body: "",
    });
  });

  it("reads a captured unpaid reference, the zero it begins with included", async () => {
    const { sibs } = await clientOf(json(200, exampleReferenceStatusResponse));
    expect(await sibs.status(transactionId)).toMatchObject({
      amount: 1,
      paymentType: "PREF",
      transactionStatusCode: "000",
      transactionStatusDescription: "Pending",
      reference: { entity: "52000", reference: "066295419", amount: 0, status: "UNPAID" },
    });
  });

  it("is found by merchantTransactionId too, whatever letters that has", async () => {
    const { sibs, server } = await clientOf(json(200, exampleStatusResponse));
    expect(await sibs.statusByMerchantTransactionId("Order ID: 1&2")).toMatchObject({ transactionId });
    expect(server.arrived[0]?.url).toBe("/api/v2/payments/status?merchantTransactionId=Order%20ID%3A%201%262");
  });

  it("reads ids and codes that come as numbers, and amounts it cannot read as unknown", async () => {
    const answer = {
      transactionID: 17,
      paymentStatus: "Success",
      merchant: { terminalId: 52221, merchantTransactionId: 42 },
      amount: { value: "5,50", currency: "EUR" },
      paymentReference: { entity: 24000, reference: 66295419, amount: { value: 5.5, currency: "USD" }, status: "PAID" },
      returnStatus: { statusCode: 999 },
    };
    const { sibs } = await clientOf(json(200, answer));
    expect(await sibs.status(transactionId)).toMatchObject({
      transactionId: "17",
      merchantTransactionId: "42",
      amount: null,
      returnStatus: { statusCode: "999", statusMsg: "", statusDescription: "" },
      reference: { entity: "24000", reference: "066295419", amount: null, status: "PAID", expiresAt: null },
    });
  });

  it("keeps an id within its place in the address", async () => {
    const { sibs, server } = await clientOf(json(200, exampleStatusResponse));
    await sibs.status("../x?y#z");
    expect(server.arrived[0]?.url).toBe("/api/v2/payments/..%2Fx%3Fy%23z/status");
    await expect(sibs.status("")).rejects.toMatchObject({ name: "InvalidRequestError", field: "transactionID" });
  });
});

describe("refund and cancellation", () => {
  const input = {
    merchantTransactionId: "BO-c9876bcasd",
    amount: cents(1000),
    description: "Refund",
    timestamp: new Date("2026-04-15T14:00:00.000Z"),
    originalDatetime: new Date("2026-04-14T17:23:36.105Z"),
  };

  it.each(["refund", "cancellation"] as const)("send the documented request: %s", async (operation) => {
    const { sibs, server } = await clientOf(json(200, { ...exampleDeclinedRefundResponse, paymentStatus: "Success" }));
    const done = operation === "refund" ? sibs.refund(transactionId, input) : sibs.cancel(transactionId, input);
    expect(await done).toMatchObject({ paymentStatus: "Success", transactionId: "s2bfw1g1P1siCSUjVPP8", amount: 1299 });
    expect(server.arrived[0]).toMatchObject({
      url: `/api/v2/payments/s2CB2CH3U91PdGDHsacJ/${operation}`,
      headers: { authorization: `Bearer ${credentials.token}` },
      body: JSON.stringify(exampleOperationRequest),
    });
  });

  it("read a decline that comes as HTTP 400 as the value it is", async () => {
    const { sibs } = await clientOf(json(400, exampleDeclinedRefundResponse));
    expect(await sibs.refund(transactionId, input)).toMatchObject({
      paymentStatus: "Declined",
      httpStatus: 400,
      returnStatus: { statusCode: "E0531" },
      amount: 1299,
    });
  });

  it("fall back on the original's id where the answer has none, and name no original that is not given", async () => {
    const { sibs, server } = await clientOf(json(200, { paymentStatus: "Pending" }));
    const { originalDatetime, ...without } = input;
    expect(originalDatetime).toBeDefined();
    expect(await sibs.cancel(transactionId, without)).toMatchObject({
      transactionId,
      returnStatus: { statusCode: "" },
    });
    expect(server.arrived[0]?.body).not.toContain("originalTransaction");
  });
});

describe("making a client", () => {
  it("knows SIBS's two environments, and takes any other address", () => {
    const addresses = (options: Partial<SibsOptions>) => {
      const { baseUrl, mandatesBaseUrl } = new Sibs({ ...credentials, ...options });
      return [baseUrl, mandatesBaseUrl];
    };
    expect(addresses({ environment: "quality" })).toEqual([
      "https://spg.qly.site1.sibs.pt/api/v2",
      "https://api.qly.sibspayments.com/sibs/spg/v2",
    ]);
    expect(addresses({ environment: "production" })).toEqual([
      "https://api.sibspayments.com/api/v2",
      "https://api.sibspayments.com/sibs/spg/v2",
    ]);
    expect(addresses({ baseUrl: "http://127.0.0.1:4010/api/v2/" })).toEqual([
      "http://127.0.0.1:4010/api/v2",
      "http://127.0.0.1:4010/api/v2",
    ]);
    const own = { environment: "quality", baseUrl: "http://a", mandatesBaseUrl: "http://b" } as const;
    expect(addresses(own)).toEqual(["http://a", "http://b"]);
  });

  it("refuses missing credentials and a missing address", () => {
    expect(() => new Sibs(credentials)).toThrow(/environment/);
    expect(() => new Sibs({ ...credentials, token: "", environment: "quality" })).toThrow(/token/);
  });

  it("shows no token to whoever prints it", () => {
    const sibs = new Sibs({ ...credentials, environment: "quality" });
    expect(JSON.stringify(sibs)).not.toContain(credentials.token);
  });
});
