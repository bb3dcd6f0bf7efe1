import { describe, expect, it } from "vitest";
import { cents, Sibs } from "./index.ts";
import { exampleCheckoutResponse, exampleMandateCheckoutRequest } from "./protocol/checkout.ts";
import {
  exampleMandateCancellationRequest,
  exampleMandateCancellationResponse,
  exampleMandateCreationRequest,
  exampleMandateCreationResponse,
  exampleMandateInquiryResponse,
  exampleMandateListResponse,
} from "./protocol/mandate.ts";
import { exampleMandatePurchaseRequest, exampleMbwayPurchaseResponse } from "./protocol/mbway.ts";
import { exampleStatusResponse } from "./protocol/status.ts";
import { checkout, credentials, scriptedClients } from "./testing/clients.ts";
import { json } from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const phone = "912 345 678";
const transactionId = "s2MANDATExxxxxxxxxxx";
const success = { statusCode: "000", statusMsg: "Success", statusDescription: "Success" };

const wanted = {
  merchantTransactionId: "9ad9799c0cd248719d3868cb78d46338",
  type: "SUBSCRIPTION",
  phone,
  customerName: "Jane Doe",
} as const;

/** What SIBS answers instead. */
function refusal(statusCode: string) {
  return { returnStatus: { statusCode, statusMsg: "Error", statusDescription: "no" } };
}

describe("asking for an authorised payment", () => {
  it("sends the documented request with the token, and reads the answer", async () => {
    const { sibs, server } = await clientOf(json(200, exampleMandateCreationResponse));
    expect(await sibs.createMandate(wanted)).toEqual({
      transactionId,
      signature: exampleMandateCreationResponse.transactionSignature,
      mandate: {
        mandateId: "03170048986451307711",
        transactionId: null,
        type: "SUBSCRIPTION",
        status: "PEND",
        phone: "351#912345678",
        customerName: "Jane Doe",
        limit: null,
        available: null,
        validUntil: null,
      },
      returnStatus: success,
      httpStatus: 200,
      body: exampleMandateCreationResponse,
    });
    expect(server.arrived[0]).toMatchObject({
      method: "POST",
      url: "/api/v2/mbway-mandates/creation",
      headers: { authorization: `Bearer ${credentials.token}`, "x-ibm-client-id": credentials.clientId },
      body: JSON.stringify(exampleMandateCreationRequest),
    });
    expect(server.arrived[0]?.headers).not.toHaveProperty("mbway-id");
  });

  it("can say what for, and on the occasion of which checkout", async () => {
    const { sibs, server } = await clientOf(json(200, exampleMandateCreationResponse));
    await sibs.createMandate({ ...wanted, type: "ONECLICK", description: "Coffee club", checkout });
    const { url, body = "" } = server.arrived[0] ?? {};
    expect(url).toBe("/api/v2/mbway-mandates/s2CB2CH3U91PdGDHsacJ/creation");
    expect(JSON.parse(body)).toMatchObject({
      merchant: { transactionDescription: "Coffee club" },
      mandate: { mandateType: "ONECLICK" },
    });
  });

  it("finds the creation's id in either spelling", async () => {
    const { transactionId: id, ...answer } = exampleMandateCreationResponse;
    const { sibs } = await clientOf(json(200, { ...answer, transactionID: id }));
    expect(await sibs.createMandate(wanted)).toMatchObject({ transactionId });
  });

  it("answers with a refusal that comes with HTTP 200, and throws one that does not", async () => {
    const { sibs } = await clientOf(json(200, refusal("E0506")), json(400, refusal("E0506")));
    expect(await sibs.createMandate(wanted)).toMatchObject({
      transactionId: null,
      mandate: null,
      returnStatus: { statusCode: "E0506" },
    });
    await expect(sibs.createMandate(wanted)).rejects.toMatchObject({
      name: "InvalidRequestError",
      httpStatus: 400,
      returnStatus: { statusCode: "E0506" },
    });
  });

  it("names the member that SIBS finds wrong", async () => {
    const returnStatus = { ...refusal("E0504").returnStatus, statusDescription: "mandate.aliasMBWAY is no alias" };
    const { sibs } = await clientOf(json(400, { returnStatus }));
    await expect(sibs.createMandate(wanted)).rejects.toMatchObject({ field: "mandate.aliasMBWAY" });
  });

  it("is in doubt when SIBS says yes without saying to what", async () => {
    const { sibs } = await clientOf(json(200, { returnStatus: success }));
    await expect(sibs.createMandate(wanted)).rejects.toMatchObject({ name: "InDoubtError", transactionId: null });
  });
});

describe("inquiring after an authorised payment", () => {
  it.each(["inquiry", "inquiry-detail"] as const)(
    "names the creation in the address and the phone in a header, and reads limit, rest and end: %s",
    async (name) => {
      const { sibs, server } = await clientOf(json(200, exampleMandateInquiryResponse));
      const call = name === "inquiry" ? "inquireMandate" : "inquireMandateDetail";
      expect(await sibs[call](transactionId, { phone })).toEqual({
        mandate: {
          mandateId: "03170048986451307711",
          transactionId,
          type: "SUBSCRIPTION",
          status: "ACTV",
          phone: "351#912345678",
          customerName: "Jane Doe",
          limit: 10_000,
          available: 9_010,
          validUntil: "2027-12-31",
        },
        returnStatus: success,
        httpStatus: 200,
        body: exampleMandateInquiryResponse,
      });
      expect(server.arrived[0]).toMatchObject({
        method: "POST",
        url: `/api/v2/mbway-mandates/${transactionId}/${name}`,
        headers: { authorization: `Bearer ${credentials.token}`, "mbway-id": "351#912345678" },
        body: "{}",
      });
    },
  );

  it.each([200, 400, 404, 500])("finds none where SIBS says E0507, here with HTTP %i", async (status) => {
    const { sibs, server } = await clientOf(json(status, refusal("E0507")));
    expect(await sibs.inquireMandate(transactionId, { phone })).toMatchObject({
      mandate: null,
      httpStatus: status,
      returnStatus: { statusCode: "E0507" },
    });
    expect(server.arrived).toHaveLength(1);
  });

  it.each([
    [200, refusal("E0501"), "InvalidRequestError"],
    [404, refusal("E0301"), "NotFoundError"],
    [400, { ...exampleMandateInquiryResponse, ...refusal("E0501") }, "InvalidRequestError"],
    [200, { returnStatus: success }, "MalformedAnswerError"],
    [200, { returnStatus: success, mandate: { mandateStatus: "ACTV" } }, "MalformedAnswerError"],
  ] as const)("takes nothing else for an answer: case %#", async (status, body, name) => {
    const { server } = await clientOf(json(status, body));
    const sibs = new Sibs({ ...credentials, baseUrl: server.url, retries: 0 });
    await expect(sibs.inquireMandate(transactionId, { phone })).rejects.toMatchObject({ name, inDoubt: false });
  });
});

describe("the list of authorised payments", () => {
  it("reads what it knows of each, and whether there are others", async () => {
    const { sibs, server } = await clientOf(
      json(200, exampleMandateListResponse),
      json(200, { ...exampleMandateListResponse, moreElementsIndicator: true }),
    );
    const { mandates, more } = await sibs.listMandates();
    expect(more).toBe(false);
    expect(mandates).toMatchObject([
      { mandateId: "03170048986451307711", status: "ACTV", limit: 10_000, available: null, transactionId },
      { mandateId: "12345690656800744652", status: "CNCL", type: "ONECLICK", limit: null, validUntil: null },
    ]);
    expect(server.arrived[0]).toMatchObject({ url: "/api/v2/mbway-mandates/list", body: "{}" });
    expect((await sibs.listMandates()).more).toBe(true);
  });

  it("leaves out what has no id, and is empty where SIBS has none", async () => {
    const { sibs } = await clientOf(
      json(200, { returnStatus: success, mandates: [null, { mandateStatus: "ACTV" }, { mandateId: "1" }] }),
      json(200, { returnStatus: success }),
    );
    expect((await sibs.listMandates()).mandates).toMatchObject([{ mandateId: "1", status: "" }]);
    expect((await sibs.listMandates()).mandates).toEqual([]);
  });

  it("is none where SIBS refuses", async () => {
    const { sibs } = await clientOf(json(400, refusal("E0501")));
    await expect(sibs.listMandates()).rejects.toMatchObject({ name: "InvalidRequestError" });
  });
});

describe("ending an authorised payment", () => {
  const input = { phone, merchantTransactionId: "end-man-17" };

  it("sends the documented request, and reads the cancellation's own transaction", async () => {
    const { sibs, server } = await clientOf(json(200, exampleMandateCancellationResponse));
    expect(await sibs.cancelMandate(transactionId, input)).toEqual({
      transactionId: "s2ENDxxxxxxxxxxxxxxx",
      returnStatus: success,
      httpStatus: 200,
      body: exampleMandateCancellationResponse,
    });
    expect(server.arrived[0]).toMatchObject({
      url: `/api/v2/mbway-mandates/${transactionId}/cancel`,
      headers: { authorization: `Bearer ${credentials.token}`, "mbway-id": "351#912345678" },
      body: JSON.stringify(exampleMandateCancellationRequest),
    });
  });

  it("answers with a refusal that comes with HTTP 200, and throws one that does not", async () => {
    const { sibs } = await clientOf(json(200, refusal("E0520")), json(400, refusal("E0520")));
    expect(await sibs.cancelMandate(transactionId, input)).toMatchObject({
      transactionId: null,
      returnStatus: { statusCode: "E0520" },
    });
    await expect(sibs.cancelMandate(transactionId, input)).rejects.toMatchObject({
      name: "InvalidRequestError",
      transactionId,
      returnStatus: { statusCode: "E0520" },
    });
  });
});

describe("calls about authorised payments", () => {
  it("go to the address of mandates, the collection to that of payments", async () => {
    const mandates = await clientOf(json(200, exampleMandateListResponse));
    const { server } = await clientOf(json(200, exampleMbwayPurchaseResponse));
    const sibs = new Sibs({ ...credentials, baseUrl: server.url, mandatesBaseUrl: mandates.server.url });
    await sibs.listMandates();
    await sibs.mandatePurchase(checkout);
    expect([mandates.server.arrived.length, server.arrived.length]).toEqual([1, 1]);
  });

  it("are not sent for what is no mobile number, nor for an empty id", async () => {
    const { sibs, server } = await clientOf(json(200, {}));
    const refused = { name: "InvalidRequestError", tries: 0, httpStatus: null };
    const wrong = { phone: "219999999", merchantTransactionId: "end" };
    const creation = sibs.createMandate({ ...wanted, phone: wrong.phone });
    await expect(creation).rejects.toMatchObject({ ...refused, field: "mandate.aliasMBWAY", transactionId: null });
    for (const name of ["inquireMandate", "inquireMandateDetail", "cancelMandate"] as const) {
      const asked = sibs[name](transactionId, wrong);
      await expect(asked).rejects.toMatchObject({ ...refused, field: "Mbway-ID", transactionId });
      const empty = sibs[name]("", { ...wrong, phone });
      await expect(empty).rejects.toMatchObject({ ...refused, field: "transactionID" });
    }
    expect(server.arrived).toHaveLength(0);
  });
});

describe("a collection", () => {
  it("names the mandate and its holder in the checkout, as documented", async () => {
    const { sibs, server } = await clientOf(
      json(200, { ...exampleCheckoutResponse, mandate: { mandateAvailable: true } }),
    );
    const collected = await sibs.checkout({
      merchantTransactionId: "SUB-17-2026-04",
      amount: cents(990),
      description: "April",
      methods: ["MANDATE", "MBWAY"],
      timestamp: new Date("2026-04-15T14:00:00.000Z"),
      customer: { customerInfo: { customerName: "Jane Doe" } },
      mandate: { mandateId: "03170048986451307711" },
    });
    expect(collected.mandateAvailable).toBe(true);
    expect(server.arrived[0]?.body).toBe(JSON.stringify(exampleMandateCheckoutRequest));
  });

  it.each([
    [{ mandateAvailable: false }, false],
    [{ mandateAvailable: "true" }, true],
    [{ mandateAvailable: 1 }, null],
    [{}, null],
    [undefined, null],
  ])("is told whether the mandate can pay: %j", async (mandate, mandateAvailable) => {
    const { sibs } = await clientOf(json(200, { ...exampleCheckoutResponse, mandate }));
    expect(await sibs.checkout({ ...wanted, amount: cents(1), description: "", methods: [] })).toMatchObject({
      mandateAvailable,
    });
  });

  it("names no phone, is charged at once, and is told from a fallback to the phone by its paymentMethod", async () => {
    const answer = { ...exampleMbwayPurchaseResponse, paymentStatus: "Success", paymentMethod: "MANDATE" };
    const { sibs, server } = await clientOf(
      json(200, answer),
      json(200, { ...answer, paymentStatus: "Pending", paymentMethod: "MBWAY" }),
      json(200, { ...exampleStatusResponse, paymentMethod: "MANDATE" }),
    );
    expect(await sibs.mandatePurchase(checkout)).toMatchObject({ paymentStatus: "Success", paymentMethod: "MANDATE" });
    expect(await sibs.mandatePurchase(checkout)).toMatchObject({ paymentStatus: "Pending", paymentMethod: "MBWAY" });
    expect(await sibs.status(checkout.transactionId)).toMatchObject({ paymentMethod: "MANDATE" });
    expect(server.arrived[0]).toMatchObject({
      url: "/api/v2/payments/s2CB2CH3U91PdGDHsacJ/mbway-id/purchase",
      headers: { authorization: `Digest ${checkout.signature}` },
      body: JSON.stringify(exampleMandatePurchaseRequest),
    });
  });
});
