import { describe, expect, it } from "vitest";
import { cents } from "./index.ts";
import { exampleMitRequest } from "./protocol/mit.ts";
import {
  exampleCaptureRequest,
  exampleDeclinedRefundResponse,
  exampleOperationRequest,
} from "./protocol/operations.ts";
import { exampleCardStatusResponse, exampleReferenceStatusResponse, exampleStatusResponse } from "./protocol/status.ts";
import { calls, checkout, credentials, scriptedClients } from "./testing/clients.ts";
import { json } from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const { transactionId } = checkout;

describe("an amount in a status", () => {
  const amountOf = async (amount: unknown) => {
    const { sibs } = await clientOf(json(200, { ...exampleStatusResponse, amount }));
    const status = await sibs.status(transactionId);
    return status.amountIsUnreadable ? "unreadable" : status.amount;
  };

  it.each([
    [undefined, null],
    [null, null],
    [{ value: "5.50", currency: "EUR" }, 550],
    [{ value: 5.5 }, 550],
    [{ value: "5.500", currency: "EUR" }, 550],
    [{ value: "12,50", currency: "EUR" }, "unreadable"],
    [{ value: "12.505", currency: "EUR" }, "unreadable"],
    [{ value: 5.555 }, "unreadable"],
    [{ value: "-5.50", currency: "EUR" }, "unreadable"],
    [{ value: -5.5 }, "unreadable"],
    [{ value: "5.50", currency: "USD" }, "unreadable"],
    [{ value: "5.50", currency: 978 }, "unreadable"],
    [{ value: "5.50 EUR" }, "unreadable"],
    [{ value: "", currency: "EUR" }, "unreadable"],
    [{ value: null, currency: "EUR" }, "unreadable"],
    [{ currency: "EUR" }, "unreadable"],
    [{ value: "1e3" }, "unreadable"],
    [{ value: "99999999999.00" }, "unreadable"],
    ["5.50", "unreadable"],
    [5.5, "unreadable"],
    [[], "unreadable"],
  ])("%j is %j: what is absent and what cannot be read are two things", async (amount, read) => {
    expect(await amountOf(amount)).toBe(read);
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
      token: null,
      merchantInitiatedTransaction: null,
      threeDSecure: null,
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

  it("tells the entity that is to be shown to whoever pays, where SIBS tells two", async () => {
    const paymentReference = { entity: "24000", paymentEntity: "52000", reference: "123456789", status: "UNPAID" };
    const { sibs } = await clientOf(json(200, { ...exampleReferenceStatusResponse, paymentReference }));
    expect(await sibs.status(transactionId)).toMatchObject({ reference: { entity: "52000" } });
  });

  it("tells a card's token, whether later charges were agreed to, and what 3-D Secure found out", async () => {
    const { sibs } = await clientOf(json(200, exampleCardStatusResponse));
    expect(await sibs.status(transactionId)).toMatchObject({
      paymentMethod: "CARD",
      token: {
        type: "Card",
        value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac",
        maskedPan: "411111******1111",
        expiry: { month: 12, year: 2028 },
        name: "Visa",
      },
      merchantInitiatedTransaction: { type: null, status: "Success" },
      threeDSecure: { transStatus: "Y", eci: "05", hasAuthenticationValue: false, acsTransId: null },
    });
  });

  it("tells the phone that paid by MB WAY, and an agreement in the seed's words", async () => {
    const { sibs } = await clientOf(
      json(200, {
        ...exampleStatusResponse,
        token: { tokenType: "MobilePhone", value: "351#919999999" },
        recurringTransaction: { status: "ACTV" },
      }),
    );
    expect(await sibs.status(transactionId)).toMatchObject({
      token: { type: "MobilePhone", value: "351#919999999", maskedPan: null, expiry: null, name: null },
      merchantInitiatedTransaction: { type: null, status: "ACTV" },
      threeDSecure: null,
    });
  });

  it.each([
    ["2028-12-31T00:00:00.000Z", { month: 12, year: 2028 }],
    ["12/28", { month: 12, year: 2028 }],
    ["2028-12", { month: 12, year: 2028 }],
    ["in two years", null],
  ])("reads a token's expiry in any form met, and in no other: %s", async (expireDate, expiry) => {
    const token = { tokenType: "Card", value: "8f3c1d0a5b7e", expireDate };
    const { sibs } = await clientOf(json(200, { ...exampleStatusResponse, token }));
    expect((await sibs.status(transactionId)).token).toMatchObject({ expiry });
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

  it("name no original that is not given", async () => {
    const { sibs, server } = await clientOf(json(200, { paymentStatus: "Pending" }));
    const { originalDatetime, ...without } = input;
    expect(originalDatetime).toBeDefined();
    expect(await sibs.cancel(transactionId, without)).toMatchObject({ returnStatus: { statusCode: "" } });
    expect(server.arrived[0]?.body).not.toContain("originalTransaction");
  });
});

describe("an operation's own transaction", () => {
  const names = ["capture", "mit", "cancel", "refund"] as const;
  const namesNone: readonly object[] = [
    {},
    { transactionID: null },
    { transactionID: "" },
    { transactionID: {} },
    // some answer repeats the one that the operation was made on
    { transactionID: transactionId },
  ];

  it.each(names)("is unknown, never the original's, where the answer names none: %s", async (name) => {
    for (const named of namesNone) {
      const { sibs } = await clientOf(json(200, { ...named, paymentStatus: "Success" }));
      expect(await calls[name](sibs), JSON.stringify(named)).toMatchObject({
        transactionId: null,
        paymentStatus: "Success",
      });
    }
  });

  it("is the checkout's of a purchase, also where its answer names none", async () => {
    const { sibs } = await clientOf(json(200, { paymentStatus: "Pending" }));
    expect(await calls.mbwayPurchase(sibs)).toMatchObject({ transactionId, paymentStatus: "Pending" });
  });
});

describe("a capture", () => {
  const input = {
    merchantTransactionId: "CAPT-2",
    amount: cents(250),
    description: "Second parcel",
    timestamp: new Date("2026-04-15T14:00:00.000Z"),
    originalDatetime: new Date("2026-04-14T17:23:36.105Z"),
  };

  it("sends the documented request, and says which of how many it is", async () => {
    const { sibs, server } = await clientOf(json(200, { ...exampleDeclinedRefundResponse, paymentStatus: "Success" }));
    const captured = await sibs.capture(transactionId, {
      ...input,
      splitPayment: { paymentNumber: 2, maxPayments: 3 },
    });
    expect(captured).toMatchObject({ paymentStatus: "Success", transactionId: "s2bfw1g1P1siCSUjVPP8" });
    expect(server.arrived[0]).toMatchObject({
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/capture",
      headers: { authorization: `Bearer ${credentials.token}` },
      body: JSON.stringify(exampleCaptureRequest),
    });
  });

  it("says nothing of parts where there are none", async () => {
    const { sibs, server } = await clientOf(json(400, exampleDeclinedRefundResponse));
    expect(await sibs.capture(transactionId, input)).toMatchObject({ paymentStatus: "Declined", httpStatus: 400 });
    const { saleContext, ...rest } = exampleCaptureRequest;
    expect(saleContext).toBeDefined();
    expect(server.arrived[0]?.body).toBe(JSON.stringify(rest));
  });
});

describe("a charge by the merchant", () => {
  const input = {
    merchantTransactionId: "MIT-RCRR-1",
    amount: cents(990),
    description: "MIT RCRR",
    timestamp: new Date("2026-04-15T14:00:00.000Z"),
    originalDatetime: new Date("2026-03-15T14:00:00.000Z"),
  };

  it("sends the request of SIBS's own tool, and reads the charge's own transaction", async () => {
    const answer = { transactionID: "s2MITxxxxxxxxxxxxxxx", paymentStatus: "Success", amount: { value: "9.90" } };
    const { sibs, server } = await clientOf(json(200, answer));
    expect(await sibs.mit(transactionId, input)).toMatchObject({
      transactionId: "s2MITxxxxxxxxxxxxxxx",
      paymentStatus: "Success",
      amount: 990,
    });
    expect(server.arrived[0]).toMatchObject({
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/mit",
      headers: { authorization: `Bearer ${credentials.token}` },
      body: JSON.stringify(exampleMitRequest),
    });
  });

  it("is not sent with an amount that is not in whole cents", async () => {
    const { sibs, server } = await clientOf(json(200, {}));
    await expect(sibs.mit(transactionId, { ...input, amount: JSON.parse("9.9") })).rejects.toThrow(RangeError);
    expect(server.arrived).toHaveLength(0);
  });
});
