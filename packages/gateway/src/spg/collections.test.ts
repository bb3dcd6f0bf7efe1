import { Buffer } from "node:buffer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { checkoutBody, type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { mandatesOf, PHONE } from "../../testing/mandates.ts";

let gateway: TestGateway;
let mandates: ReturnType<typeof mandatesOf>;
beforeAll(async () => {
  gateway = await testGateway();
  mandates = mandatesOf(gateway);
});
afterAll(() => gateway.close());
afterEach(async () => {
  await gateway.sandbox("/reset", {});
  await fallBack(true);
});

const fallBack = (does: boolean) =>
  gateway.sandbox(`/terminals/${gateway.terminal.terminalId}`, { disableMandateMBWAYFallback: !does }, "PUT");
const own = ({ paymentMethod, paymentStatus, transactionStatusCode }: Json) => [
  paymentMethod,
  paymentStatus,
  transactionStatusCode,
];
const says = async (id: string) => own(await gateway.status(id));
const contextOf = ({ formContext }: Json) => JSON.parse(Buffer.from(formContext, "base64").toString()).Mandate;
const DAY_S = 86_400;

describe("a checkout for a collection", () => {
  it("lists MANDATE and says in both places that the mandate is available", async () => {
    const { mandateId } = await mandates.given();
    const { body } = await mandates.checkout(mandateId, 9.9);
    expect(body.paymentMethodList).toEqual(["MANDATE", "MBWAY"]);
    expect(body.mandate).toEqual({ mandateAvailable: true });
    expect(contextOf(body)).toEqual({ MandateAvailable: true });
  });

  it("says the truth of a mandate that is suspended or cancelled", async () => {
    const { transactionId, mandateId } = await mandates.given();
    await mandates.press(transactionId, "suspend");
    const suspended = (await mandates.checkout(mandateId, 9.9)).body;
    expect([suspended.mandate, contextOf(suspended)]).toEqual([
      { mandateAvailable: false },
      { MandateAvailable: false },
    ]);
    await mandates.press(transactionId, "cancel");
    expect((await mandates.checkout(mandateId, 9.9)).body.mandate).toEqual({ mandateAvailable: false });
  });

  it("promises no mandate where MANDATE is not among its methods: it could not be collected by", async () => {
    const { mandateId } = await mandates.given();
    const { body, ...made } = await mandates.checkout(mandateId, 9.9, { methods: ["MBWAY"] });
    expect(contextOf(body)).toEqual({ MandateAvailable: false });
    expect(body).not.toHaveProperty("mandate");
    expect((await mandates.purchase({ body, ...made })).status).toBe(400);
  });

  it("that names no mandate says whether the phone it fills in has an active one", async () => {
    const prefilled = async (value: unknown) => {
      const more = { customer: { extendedInfo: [{ key: "PREFILL_MBWAY_ID", value }] } };
      return (await gateway.checkout({ methods: ["MBWAY"], reference: null, more })).body;
    };
    expect(contextOf(await prefilled("919999999"))).toEqual({ MandateAvailable: false });
    expect(await prefilled("919999999")).not.toHaveProperty("mandate");
    await mandates.given();
    expect(contextOf(await prefilled("919999999"))).toEqual({ MandateAvailable: true });
    expect((await prefilled("919999999")).mandate).toEqual({ mandateAvailable: true });
    for (const value of ["912345678", "99", 919_999_999, null]) {
      expect(contextOf(await prefilled(value))).toEqual({ MandateAvailable: false });
    }
    const { body: other } = await gateway.sandbox("/terminals/600002", {}, "PUT");
    const body = checkoutBody(await gateway.now(), { methods: ["MBWAY"], reference: null, terminalId: 600_002 });
    const customer = { extendedInfo: [{ key: "PREFILL_MBWAY_ID", value: "919999999" }] };
    const foreign = await gateway.spg("/payments", { headers: gateway.bearer(other), body: { ...body, customer } });
    expect(contextOf(foreign.body)).toEqual({ MandateAvailable: false });
  });

  it("is refused with E0507 for a mandate that is unknown, not consented to, or another merchant's", async () => {
    const waiting = await mandates.asked();
    const given = await mandates.given();
    await gateway.sandbox("/terminals/600001", {}, "PUT");
    const of = async (mandateId: string, terminalId = 52_221) =>
      mandates.checkout(mandateId, 9.9, { terminalId }).catch((error: Error) => error.message);
    expect(await of("00000000000000000000")).toContain("E0507");
    expect(await of("none")).toContain("E0507");
    expect(await of(waiting.mandateId)).toContain("E0507");
    const { terminals } = (await gateway.sandbox("/terminals")).body;
    const other = terminals.find(({ terminalId }: Json) => terminalId === "600001");
    const foreign = await gateway.spg("/payments", {
      headers: gateway.bearer(other),
      body: {
        merchant: { terminalId: 600_001, channel: "web", merchantTransactionId: "order-17" },
        customer: { customerInfo: { customerName: "Jane Doe" } },
        transaction: {
          transactionTimestamp: (await gateway.now()).toISOString(),
          description: "April",
          moto: false,
          paymentType: "PURS",
          amount: { value: 9.9, currency: "EUR" },
          paymentMethod: ["MANDATE", "MBWAY"],
        },
        mandate: { mandateId: given.mandateId },
      },
    });
    expect([foreign.status, foreign.body.returnStatus.statusCode]).toEqual([400, "E0507"]);
  });

  it("wants the customer's name", async () => {
    const { mandateId } = await mandates.given();
    const nameless = mandates.checkout(mandateId, 9.9, { more: { customer: undefined } });
    await expect(nameless).rejects.toThrow("customer.customerInfo.customerName");
  });
});

describe("a collection within the limit", () => {
  it("is a Success at once, by MANDATE, and nobody is asked", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00" });
    const { id, status, body } = await mandates.collect(mandateId, 9.9);
    expect(status).toBe(200);
    expect(body).toEqual({
      transactionID: id,
      execution: { startTime: expect.any(String), endTime: expect.any(String) },
      paymentStatus: "Success",
      returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
      paymentMethod: "MANDATE",
      paymentType: "PURS",
    });
    expect(await gateway.status(id)).toMatchObject({
      paymentMethod: "MANDATE",
      paymentType: "PURS",
      paymentStatus: "Success",
      amount: { value: "9.90" },
      token: { tokenType: "MobilePhone", value: PHONE },
    });
    expect((await mandates.onPhone()).waiting).toEqual([]);
    expect(await mandates.stands(transactionId)).toEqual(["ACTV", "50.00", "40.10"]);
  });

  it("takes the limit to the last cent, and no cent more", async () => {
    await fallBack(false);
    const { transactionId, mandateId } = await mandates.given({ limit: "10.00" });
    expect((await mandates.collect(mandateId, 9.99)).says).toBe("Success");
    expect((await mandates.collect(mandateId, 0.02)).says).toBe("Declined");
    expect((await mandates.collect(mandateId, 0.01)).says).toBe("Success");
    expect((await mandates.stands(transactionId))[2]).toBe("0.00");
  });

  it("is given back whole or in parts, which gives nothing back to the limit", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "10.00" });
    const { id } = await mandates.collect(mandateId, 10);
    expect((await gateway.operate("refund", id, 4)).status).toBe(200);
    expect((await gateway.operate("refund", id, 6.01)).body.returnStatus.statusCode).toBe("E0119");
    expect((await gateway.operate("refund", id, 6)).status).toBe(200);
    expect((await gateway.operate("refund", id, 1)).body.returnStatus.statusCode).toBe("E0528");
    expect(await says(id)).toEqual(["MANDATE", "Success", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("0.00");
  });

  it("of an AUTH is a hold, captured or cancelled as any", async () => {
    const { mandateId } = await mandates.given({ limit: "50.00" });
    const { id, body } = await mandates.collect(mandateId, 10, { paymentType: "AUTH" });
    expect([body.paymentStatus, body.paymentType]).toEqual(["Success", "AUTH"]);
    expect((await gateway.operate("capture", id, 6)).status).toBe(200);
    expect((await gateway.operate("cancellation", id, 4)).status).toBe(200);
    expect((await gateway.operate("capture", id, 1)).status).toBe(400);
    expect((await gateway.sandbox(`/transactions/${id}`)).body.captured).toBe("6.00");
  });

  it("is made once: then 409, and nothing more is collected", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00" });
    const { made } = await mandates.collect(mandateId, 10);
    const again = await Promise.all(Array.from({ length: 5 }, () => mandates.purchase(made)));
    expect(again.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
    expect((await mandates.stands(transactionId))[2]).toBe("40.00");
  });

  it("of many at once are only so many as the limit allows", async () => {
    await fallBack(false);
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00" });
    const checkouts = await Promise.all(Array.from({ length: 16 }, () => mandates.checkout(mandateId, 12)));
    const answers = await Promise.all(checkouts.map((made) => mandates.purchase(made)));
    const statuses = answers.map(({ body }) => `${body.paymentStatus} ${body.returnStatus.statusCode}`).sort();
    expect(statuses).toEqual([
      ...Array.from({ length: 12 }, () => "Declined E0518"),
      ...Array.from({ length: 4 }, () => "Success 000"),
    ]);
    expect((await mandates.stands(transactionId))[2]).toBe("2.00");
  });

  it("on a lapsed checkout is Timeout beside 000, and takes nothing", async () => {
    const { transactionId, mandateId } = await mandates.given({ limit: "50.00" });
    const made = await mandates.checkout(mandateId, 10);
    await gateway.advance(600);
    const { body } = await mandates.purchase(made);
    expect([body.paymentStatus, body.returnStatus.statusCode]).toEqual(["Timeout", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("50.00");
  });
});

describe("the limit", () => {
  it("of a subscription is for each month of Lisbon", async () => {
    await fallBack(false);
    const { mandateId } = await mandates.given({ limit: "10.00", validUntil: "2099-12-31" });
    for (let month = 0; month < 3; month++) {
      expect((await mandates.collect(mandateId, 10)).says).toBe("Success");
      expect((await mandates.collect(mandateId, 0.01)).says).toBe("Declined");
      await gateway.advance(31 * DAY_S);
    }
  });

  it("begins anew at midnight in Lisbon, an hour before UTC's in summer", async () => {
    await fallBack(false);
    const { mandateId } = await mandates.given({ limit: "10.00", validUntil: "2099-12-31" });
    const year = (await gateway.now()).getUTCFullYear() + 1;
    await gateway.sandbox("/clock/advance", { to: `${year}-06-30T22:59:00Z` });
    expect((await mandates.collect(mandateId, 10)).says).toBe("Success");
    expect((await mandates.collect(mandateId, 10)).says).toBe("Declined");
    await gateway.sandbox("/clock/advance", { to: `${year}-06-30T23:00:00Z` });
    expect((await mandates.collect(mandateId, 10)).says).toBe("Success");
    await gateway.sandbox("/clock/advance", { to: `${year}-07-01T00:00:00Z` });
    expect((await mandates.collect(mandateId, 10)).says).toBe("Declined");
  });

  it("of a one-click mandate is for each purchase", async () => {
    await fallBack(false);
    const { transactionId, mandateId } = await mandates.given({ limit: "10.00" }, { type: "ONECLICK" });
    for (let time = 0; time < 3; time++) expect((await mandates.collect(mandateId, 10)).says).toBe("Success");
    expect((await mandates.collect(mandateId, 10.01)).says).toBe("Declined");
    expect(await mandates.stands(transactionId)).toEqual(["ACTV", "10.00", "10.00"]);
  });

  it("is the one in force when it is collected: raised or lowered on the phone, what was collected stays counted", async () => {
    await fallBack(false);
    const { transactionId, mandateId } = await mandates.given({ limit: "10.00" });
    await mandates.collect(mandateId, 10);
    await mandates.press(transactionId, "change", { limit: "15.00" });
    expect((await mandates.collect(mandateId, 5)).says).toBe("Success");
    await mandates.press(transactionId, "change", { limit: "1.00" });
    expect((await mandates.stands(transactionId))[2]).toBe("0.00");
    expect((await mandates.collect(mandateId, 0.01)).says).toBe("Declined");
  });
});

describe("a purchase that is no collection", () => {
  it("asks the phone it names, though the checkout named a mandate", async () => {
    const { transactionId, mandateId } = await mandates.given();
    const made = await mandates.checkout(mandateId, 5);
    expect((await gateway.purchase(made, "351#912345678")).body).toMatchObject({ paymentMethod: "MBWAY" });
    await gateway.answerPhone("approve", "351#912345678");
    expect(await says(made.id)).toEqual(["MBWAY", "Success", "000"]);
    expect((await mandates.stands(transactionId))[2]).toBe("100.00");
  });

  it.each([
    [["MBWAY"], "E0002", "MANDATE is not among"],
    [["MANDATE", "MBWAY"], "E0507", "mandate.mandateId"],
  ])("on a checkout of %j without a mandate is refused when it wants one", async (methods, statusCode, named) => {
    const { status, body } = await mandates.purchase(await gateway.checkout({ methods, reference: null }));
    expect([status, body.returnStatus.statusCode]).toEqual([400, statusCode]);
    expect(body.returnStatus.statusDescription).toContain(named);
  });

  it("makes no mandate by itself: mandateCreation is refused", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    const refused = await gateway.spg(`/payments/${made.id}/mbway-id/purchase`, {
      headers: gateway.digest(made.signature),
      body: { customerPhone: PHONE, mandate: { mandateCreation: true } },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.returnStatus.statusDescription).toContain("mandate.mandateCreation");
  });
});
