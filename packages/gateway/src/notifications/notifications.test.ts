import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exampleNotification, exampleReferencePaidNotification } from "../../../sibs/src/protocol/notification.ts";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { acknowledging, type TestReceiver, testReceiver } from "../../testing/receiver.ts";

let gateway: TestGateway;
let merchant: TestReceiver;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

beforeEach(async () => {
  await gateway.sandbox("/reset", {});
  merchant = await testReceiver();
  await gateway.notifyAt(merchant.webhook);
});
afterEach(() => merchant.close());

/** Has everything that is due delivered and answered. */
const settle = () => gateway.advance(0);

async function paid(merchantTransactionId = "order-17") {
  const made = await gateway.checkout({ methods: ["MBWAY"], reference: null, amount: 15.9, merchantTransactionId });
  await gateway.purchase(made, "351#960000001");
  await settle();
  return made;
}

const listed = async (): Promise<Json[]> => (await gateway.sandbox("/notifications")).body.notifications;

describe("the notice of an MB WAY purchase", () => {
  it("has the members, order and types of SIBS's example", async () => {
    const made = await paid();
    const [notice] = merchant.notices();
    expect(Object.keys(notice)).toEqual(Object.keys(exampleNotification));
    expect(notice).toEqual({
      ...exampleNotification,
      transactionID: made.id,
      transactionDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+01:00)$/),
      merchant: { transactionId: "order-17", terminalId: 52221, merchantName: "Caravela", inApp: "false" },
      token: { tokenType: "MobilePhone", value: "351#960000001" },
      internalTransactionId: expect.stringMatching(/^S\d{14}S$/),
      notificationID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
  });

  it("is posted as Base64 alone, literally text/plain, with a 12-byte vector and a 16-byte tag", async () => {
    await paid();
    const [received] = merchant.received;
    const headers = received?.headers ?? {};
    expect(headers["content-type"]).toBe("text/plain");
    expect(received?.body).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
    expect(Buffer.from(String(headers["x-initialization-vector"]), "base64")).toHaveLength(12);
    expect(Buffer.from(String(headers["x-authentication-tag"]), "base64")).toHaveLength(16);
  });

  it("says Declined and 10.106.0001 when the owner refuses, and 00.110.1601 when nobody answers", async () => {
    const refused = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(refused);
    await gateway.answerPhone("decline");
    const unanswered = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(unanswered);
    await gateway.advance(240);
    expect(
      merchant
        .notices()
        .map(({ transactionID, paymentStatus, returnStatus }) => [
          transactionID,
          paymentStatus,
          returnStatus.statusCode,
        ]),
    ).toEqual([
      [refused.id, "Declined", "10.106.0001"],
      [unanswered.id, "Declined", "00.110.1601"],
    ]);
    expect(merchant.notices()[0].returnStatus).toEqual({
      statusMsg: "Declined",
      statusCode: "10.106.0001",
      statusDescription: "After the operation was successful, was refused by the cardholder.",
    });
  });

  it("comes once for each change of status: Timeout and then Success, InProcessing and then Success", async () => {
    const late = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(late, "351#960000008");
    await gateway.advance(250);
    await gateway.answerPhone("approve", "351#960000008");
    await settle();
    const slow = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(slow, "351#960000009");
    await gateway.advance(10);
    expect(merchant.notices().map(({ paymentStatus }) => paymentStatus)).toEqual([
      "Timeout",
      "Success",
      "InProcessing",
      "Success",
    ]);
  });
});

describe("the notices of a reference", () => {
  it("come when it is generated and again when it is paid, with expiryDate and text amounts", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE"] });
    const { paymentReference } = (await gateway.generate(made)).body;
    await settle();
    await gateway.payAtAtm(paymentReference, "5.50");
    await settle();
    const [unpaid, payment] = merchant.notices();
    expect(unpaid).toMatchObject({
      transactionID: made.id,
      paymentStatus: "Pending",
      paymentType: "PREF",
      paymentReference: { status: "UNPAID" },
    });
    expect(Object.keys(payment)).toEqual(Object.keys(exampleReferencePaidNotification));
    expect(payment).toMatchObject({
      transactionID: made.id,
      paymentStatus: "Success",
      paymentType: "PREF",
      paymentMethod: "REFERENCE",
      amount: { currency: "EUR", value: 5.5 },
    });
    expect(payment.paymentReference).toEqual({
      reference: paymentReference.reference,
      entity: "24000",
      paymentEntity: "24000",
      amount: { value: "5.50", currency: "EUR" },
      status: "PAID",
      expiryDate: paymentReference.expireDate,
    });
  });

  it("say Success for its cancellation, under another transactionID and a type that is no payment's", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE"] });
    await gateway.generate(made);
    const { body } = await gateway.operate("cancellation", made.id, 5.5, "cancel-17");
    await settle();
    const notice = merchant.notices().at(-1);
    expect(notice).toMatchObject({
      paymentStatus: "Success",
      paymentType: "CPRF",
      transactionID: body.transactionID,
      merchant: { transactionId: "cancel-17" },
      paymentReference: { status: "CANC" },
    });
    expect(notice.transactionID).not.toBe(made.id);
  });
});

describe("the notice of a refund", () => {
  it("is the refund's own: RFND, its id, its merchantTransactionId", async () => {
    const made = await paid();
    const { body } = await gateway.operate("refund", made.id, 4.9, "refund-17");
    await settle();
    expect(merchant.notices().at(-1)).toMatchObject({
      paymentStatus: "Success",
      paymentType: "RFND",
      paymentMethod: "MBWAY",
      transactionID: body.transactionID,
      amount: { value: 4.9 },
      merchant: { transactionId: "refund-17" },
    });
  });
});

describe("a notification is acknowledged", () => {
  const acknowledged = (statusCode: unknown) => (notice: Json) => ({
    status: 200,
    body: JSON.stringify({ statusCode, statusMsg: "Success", notificationID: notice.notificationID }),
  });

  it.each(["200", 200, "000", 0])(
    "by HTTP 200, its notificationID and statusCode %j: then Processed, and never sent again",
    async (code) => {
      merchant.answerWith(acknowledged(code));
      await paid();
      expect((await listed())[0]).toMatchObject({ state: "Processed", nextTryAt: null, tries: [{ status: 200 }] });
      await gateway.advance(30 * 86_400);
      expect(merchant.received).toHaveLength(1);
    },
  );

  it.each([
    ["HTTP 201", (notice: Json) => ({ ...acknowledged("200")(notice), status: 201 })],
    ["HTTP 500", (notice: Json) => ({ ...acknowledged("200")(notice), status: 500 })],
    ["another notificationID", () => acknowledged("200")({ notificationID: "b6571d90-35d6-41a6-b7b1-732464b1e58c" })],
    ["notificationID null", () => acknowledged("200")({ notificationID: null })],
    ["another statusCode", acknowledged("500")],
    ["no JSON", () => ({ status: 200, body: "OK" })],
    ["a JSON of another shape", () => ({ status: 200, body: "[1]" })],
    ["JSON null", () => ({ status: 200, body: "null" })],
    ["an empty body", () => ({ status: 200, body: "" })],
    ["a NUL", () => ({ status: 200, body: "\u0000" })],
  ])("not by %s: it stays Requested, and comes again after five minutes", async (_what, answers) => {
    merchant.answerWith(answers);
    await paid();
    const [before] = await listed();
    expect(before).toMatchObject({ state: "Requested", nextTryAt: expect.any(String) });
    expect(Date.parse(before.nextTryAt) - Date.parse(before.tries[0].at)).toBe(300_000);
    merchant.answerWith(acknowledging);
    await gateway.advance(300);
    expect((await listed())[0]).toMatchObject({ state: "Processed", tries: [{}, { status: 200 }] });
  });

  it("when it was sent in vain, by what comes at last; each try is encrypted afresh and carries the same notificationID", async () => {
    merchant.answerWith(() => ({ status: 500, body: "no" }));
    await paid();
    await gateway.advance(300);
    merchant.answerWith(acknowledging);
    await gateway.advance(300);
    expect(new Set(merchant.notices().map(({ notificationID }) => notificationID)).size).toBe(1);
    expect(new Set(merchant.received.map(({ headers }) => headers["x-initialization-vector"])).size).toBe(3);
    expect(new Set(merchant.received.map(({ body }) => body)).size).toBe(3);
    expect((await listed())[0].tries.map(({ status }: Json) => status)).toEqual([500, 500, 200]);
  });
});

describe("a notification that nobody acknowledges", () => {
  it("is repeated by SIBS's tiers, and given up after the last", async () => {
    merchant.answerWith(() => ({ status: 503, body: "later" }));
    await paid();
    await gateway.advance(60 * 86_400);
    const [{ tries, state, nextTryAt }] = await listed();
    const minutes = tries
      .slice(1)
      .map(({ at }: Json, n: number) => (Date.parse(at) - Date.parse(tries[n].at)) / 60_000);
    const tier = (times: number, every: number) => Array.from({ length: times }, () => every);
    expect(minutes.map(Math.round)).toEqual([
      ...tier(5, 5),
      ...tier(4, 60),
      ...tier(5, 120),
      ...tier(6, 240),
      ...tier(7, 360),
      ...tier(8, 720),
      ...tier(9, 1_440),
    ]);
    expect([state, nextTryAt]).toEqual(["Requested", null]);
    expect(merchant.received).toHaveLength(45);
  });

  it("keeps why it was not delivered when the merchant cannot be reached", async () => {
    await merchant.close();
    await paid();
    expect((await listed())[0].tries).toEqual([{ at: expect.any(String), status: null, answer: "ECONNREFUSED" }]);
    merchant = await testReceiver();
  });
});

describe("a terminal without a webhook", () => {
  it("is told nothing; what it would have been told is kept and can be sent by hand", async () => {
    await gateway.notifyAt(null);
    await paid();
    const [kept] = await listed();
    expect(kept).toMatchObject({
      state: "Requested",
      nextTryAt: null,
      tries: [],
      plaintext: { paymentStatus: "Success" },
    });
    await gateway.notifyAt(merchant.webhook);
    await gateway.advance(3_600);
    expect(merchant.received).toHaveLength(0);
    expect((await gateway.sandbox(`/notifications/${kept.id}/resend`, {})).body.id).toBe(kept.id);
    await settle();
    expect(merchant.notices()).toEqual([kept.plaintext]);
  });
});

describe("a notification can be sent again by hand", () => {
  it("though it was acknowledged: the same plaintext, encrypted afresh", async () => {
    await paid();
    const [{ id }] = await listed();
    await gateway.sandbox(`/notifications/${id}/resend`, {});
    await settle();
    const [first, second] = merchant.received;
    expect(second?.notice).toEqual(first?.notice);
    expect(second?.body).not.toBe(first?.body);
    expect((await listed())[0]).toMatchObject({ state: "Processed", tries: [{ status: 200 }, { status: 200 }] });
  });

  it("but not when there is none of that id", async () => {
    for (const id of ["b6571d90-35d6-41a6-b7b1-732464b1e58c", "17", "%00"]) {
      expect((await gateway.sandbox(`/notifications/${id}/resend`, {})).status).toBe(404);
    }
  });
});

describe("the list of notifications", () => {
  it("goes newest first, page by page", async () => {
    for (const order of ["a", "b", "c"]) await paid(order);
    const first = (await gateway.sandbox("/notifications?limit=2")).body;
    const second = (await gateway.sandbox(`/notifications?limit=2&after=${first.next}`)).body;
    const orders = [...first.notifications, ...second.notifications].map(
      ({ plaintext }: Json) => plaintext.merchant.transactionId,
    );
    expect(orders).toEqual(["c", "b", "a"]);
    expect(second.next).toBeNull();
  });
});
