import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckoutInput, cents, Sibs, type SibsAddress, type SibsOptions, type SibsSettings } from "./index.ts";
import {
  exampleCheckoutRequest,
  exampleCheckoutResponse,
  exampleFullCheckoutRequest,
  exampleUnscheduledCheckoutRequest,
} from "./protocol/checkout.ts";
import { exampleMbwayPurchaseRequest, exampleMbwayPurchaseResponse } from "./protocol/mbway.ts";
import { exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
import { all, calls, checkout, credentials, scriptedClients } from "./testing/clients.ts";
import { json } from "./testing/scripted-server.ts";

const clientOf = scriptedClients();

/** What a function throws. */
function refusalOf(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error;
  }
}

const { transactionId } = checkout;

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
      mandateAvailable: null,
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

  it("announces charges by the merchant in V2's words, holds instead of charging, and can be for a mail order", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCheckoutResponse));
    const { customer, merchantInitiatedTransaction, tokenisation } = exampleUnscheduledCheckoutRequest;
    const input: CheckoutInput = {
      merchantTransactionId: "CIT-UCOF-1",
      amount: cents(0),
      description: "Card on file",
      methods: ["CARD"],
      timestamp: new Date("2026-04-15T14:00:00.000Z"),
      paymentType: "AUTH",
      customer,
      merchantInitiatedTransaction,
      tokenisation,
    };
    await sibs.checkout(input);
    await sibs.checkout({ ...input, moto: true });
    expect(server.arrived[0]?.body).toBe(JSON.stringify(exampleUnscheduledCheckoutRequest));
    expect(JSON.parse(server.arrived[1]?.body ?? "")).toMatchObject({ transaction: { moto: true } });
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
    const { server } = await clientOf(json(200, { transactionID: "s2x", transactionSignature: "a.b.c" }));
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
      paymentMethod: null,
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

  it("is not sent to what is no mobile number, nor for an empty transaction id or signature", async () => {
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
    await expect(sibs.mbwayPurchase({ transactionId, signature: "" }, { phone: "919999999" })).rejects.toMatchObject({
      ...refusal,
      field: "transactionSignature",
    });
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

describe("making a client", () => {
  it("knows SIBS's two environments, and takes any other address", () => {
    const addresses = (options: SibsAddress & Pick<SibsSettings, "mandatesBaseUrl">) => {
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
    expect(addresses({ baseUrl: "http://a", mandatesBaseUrl: "http://b" })).toEqual(["http://a", "http://b"]);
  });

  it("takes an environment or an address by its types, and the address where a program without types gives both", () => {
    // @ts-expect-error one of the two
    const both: SibsOptions = {
      ...credentials,
      environment: "quality",
      baseUrl: "http://a",
      mandatesBaseUrl: "http://b",
    };
    const { baseUrl, mandatesBaseUrl } = new Sibs(both);
    expect([baseUrl, mandatesBaseUrl]).toEqual(["http://a", "http://b"]);
  });

  it("asks nobody of SIBS for mandates where the payments go elsewhere", () => {
    // @ts-expect-error one of the two
    const sibs = new Sibs({ ...credentials, environment: "production", baseUrl: "http://127.0.0.1:4010/api/v2" });
    expect(sibs.mandatesBaseUrl).toBe("http://127.0.0.1:4010/api/v2");
  });

  it("refuses missing credentials and a missing address", () => {
    // @ts-expect-error neither of the two
    expect(() => new Sibs(credentials)).toThrow(/environment/);
    for (const token of ["", "02…", "copied\n"]) {
      expect(() => new Sibs({ ...credentials, token, environment: "quality" })).toThrow(/token/);
    }
    expect(() => new Sibs({ ...credentials, clientId: "", environment: "quality" })).toThrow(/clientId/);
    expect(() => new Sibs({ ...credentials, terminalId: "", environment: "quality" })).toThrow(/terminalId/);
  });

  it.each([
    ["is no address", "nowhere"],
    ["is half an address", "http://"],
    ["is not of the web", "ftp://gateway.example/api/v2"],
    ["holds a user", "https://me@gateway.example/api/v2"],
    ["holds a password", "https://me:hush-hush@gateway.example/api/v2"],
    ["holds a password and is malformed", "https://me:hush-hush@gateway.example:99999/api/v2"],
  ])("refuses an address that %s, without a word of it", (_what, address) => {
    for (const options of [{ baseUrl: address }, { baseUrl: "http://a", mandatesBaseUrl: address }]) {
      const refused = refusalOf(() => new Sibs({ ...credentials, ...options }));
      expect(refused).toBeInstanceOf(TypeError);
      expect(inspect(refused, { showHidden: true })).toMatch(/(baseUrl|mandatesBaseUrl): .*http/);
      expect(inspect(refused, { showHidden: true })).not.toMatch(/hush-hush|gateway\.example/);
    }
  });

  it("shows no token to whoever prints it", () => {
    const sibs = new Sibs({ ...credentials, environment: "quality" });
    expect(JSON.stringify(sibs)).not.toContain(credentials.token);
  });
});

describe("limits that are none", () => {
  it.each([Number.NaN, 0, -1, Number.NEGATIVE_INFINITY, JSON.parse('"20000"')])(
    "refuses a time limit of %j, of the client and of a call, before anything is sent",
    async (timeoutMs) => {
      const { sibs, server } = await clientOf(json(200, exampleMbwayPurchaseResponse));
      expect(() => new Sibs({ ...credentials, baseUrl: server.url, timeoutMs })).toThrow(RangeError);
      for (const name of all) await expect(calls[name](sibs, { timeoutMs }), name).rejects.toThrow(RangeError);
      expect(server.arrived).toHaveLength(0);
    },
  );

  it("waits for an answer as long as a timer can when the time limit is infinite", async () => {
    const { sibs } = await clientOf(json(200, exampleMbwayPurchaseResponse), json(200, exampleMbwayPurchaseResponse));
    for (const timeoutMs of [Number.POSITIVE_INFINITY, 2 ** 31]) {
      const purchase = await sibs.mbwayPurchase(checkout, { phone: "919999999" }, { timeoutMs });
      expect(purchase.paymentStatus).toBe("Timeout");
    }
  });

  it("sends once when the number of retries is no number", async () => {
    const soon = { "Retry-After": "0" };
    const { server } = await clientOf(json(429, {}, soon), json(200, exampleMbwayPurchaseResponse));
    const sibs = new Sibs({ ...credentials, baseUrl: server.url, retries: Number.NaN });
    await expect(sibs.mbwayPurchase(checkout, { phone: "919999999" })).rejects.toThrow("HTTP 429");
    expect(server.arrived).toHaveLength(1);
  });
});
