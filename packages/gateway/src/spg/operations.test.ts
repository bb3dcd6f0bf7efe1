import { cents, eurosNumber, parseEuros } from "@caravela/sibs/money";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleDeclinedRefundResponse } from "../../../sibs/src/protocol/operations.ts";
import { type Json, operationBody, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

async function paidByMbway(amount = 5.5) {
  const made = await gateway.checkout({ amount, methods: ["MBWAY"], reference: null });
  await gateway.purchase(made, "351#960000001");
  return made.id;
}

async function paidByReference(amount = 5.5) {
  const made = await gateway.checkout({ amount, methods: ["REFERENCE"] });
  const { body } = await gateway.generate(made);
  await gateway.payAtAtm(body.paymentReference, String(amount));
  return made.id;
}

const stored = async (id: string): Promise<Json> => (await gateway.sandbox(`/transactions/${id}`)).body;

describe("a refund", () => {
  it("answers as backoffice answers do: a new id, text amount, the request's timestamp to the letter, Lisbon time", async () => {
    const id = await paidByMbway();
    const { status, body } = await gateway.operate("refund", id, 5.5, "refund-17");
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(Object.keys(exampleDeclinedRefundResponse));
    expect(Object.keys(body.merchant)).toEqual(Object.keys(exampleDeclinedRefundResponse.merchant ?? {}));
    expect(body).toMatchObject({
      merchant: {
        terminalId: "52221",
        merchantTransactionId: "refund-17",
        merchantTransactionTimestamp: "2026-04-15T14:00:00.123456789Z",
      },
      transactionRecipientId: expect.stringMatching(/^S\d{14}S$/),
      transactionTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+01:00)$/),
      amount: { value: "5.50", currency: "EUR" },
      transactionID: expect.stringMatching(/^s2[A-Za-z0-9]{18}$/),
      paymentStatus: "Success",
      returnStatus: { statusCode: "000" },
    });
    expect(body.transactionID).not.toBe(id);
  });

  it("leaves the payment's own status as it is for ever", async () => {
    for (const id of [await paidByMbway(), await paidByReference()]) {
      const { execution: _1, ...before } = await gateway.status(id);
      await gateway.operate("refund", id, 5.5);
      const { execution: _2, ...after } = await gateway.status(id);
      expect(after).toEqual(before);
      expect(after.paymentStatus).toBe("Success");
    }
  });

  it("has its own status, by its id and by its merchantTransactionId", async () => {
    const id = await paidByMbway();
    const { body } = await gateway.operate("refund", id, 2, "refund-of-two");
    const status = await gateway.status(body.transactionID);
    expect(status).toMatchObject({
      paymentType: "RFND",
      paymentStatus: "Success",
      amount: { value: "2.00" },
      transactionStatusCode: "000",
    });
    const found = await gateway.spg("/payments/status?merchantTransactionId=refund-of-two");
    expect(found.body.transactionID).toBe(body.transactionID);
  });

  it("goes in parts up to what was paid, by either method, and then is E0528 as HTTP 400", async () => {
    for (const id of [await paidByMbway(), await paidByReference()]) {
      for (const part of [1.1, 2.2, 2.2]) expect((await gateway.operate("refund", id, part)).status).toBe(200);
      const more = await gateway.operate("refund", id, 0.01);
      expect([more.status, more.body.paymentStatus, more.body.returnStatus.statusCode]).toEqual([
        400,
        "Declined",
        "E0528",
      ]);
      expect(await stored(id)).toMatchObject({ captured: "5.50", refunded: "5.50" });
    }
  });

  it("is declined when it is a cent more than what is left", async () => {
    const id = await paidByMbway();
    await gateway.operate("refund", id, 5);
    const { status, body } = await gateway.operate("refund", id, 0.51);
    expect([status, body.paymentStatus, body.returnStatus.statusCode]).toEqual([400, "Declined", "E0119"]);
    expect((await stored(id)).refunded).toBe("5.00");
  });

  it("is declined with E0531 as HTTP 400 where the phone or amount is listed so, member for member as captured", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made, "351#960000011");
    const { status, body } = await gateway.operate("refund", made.id, 5.5, "refund-17");
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(Object.keys(exampleDeclinedRefundResponse));
    expect(body).toMatchObject({ paymentStatus: "Declined", returnStatus: exampleDeclinedRefundResponse.returnStatus });
    expect((await gateway.status(body.transactionID)).paymentStatus).toBe("Declined");
    const reference = await paidByReference(90_000.11);
    expect((await gateway.operate("refund", reference, 1)).body.returnStatus.statusCode).toBe("E0531");
  });

  it("is declined for what is not paid, and for an operation", async () => {
    const open = await gateway.checkout();
    const reference = await gateway.checkout({ methods: ["REFERENCE"] });
    await gateway.generate(reference);
    const paid = await paidByMbway();
    const refund = (await gateway.operate("refund", paid, 1)).body.transactionID;
    for (const id of [open.id, reference.id, refund]) {
      const { status, body } = await gateway.operate("refund", id, 1);
      expect([status, body.paymentStatus]).toEqual([400, "Declined"]);
    }
  });

  it("of many at once takes no cent more than was paid", async () => {
    const id = await paidByMbway(10);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => gateway.operate("refund", id, 0.7, `r-${n}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(14);
    expect(new Set(answers.map(({ body }) => body.transactionID)).size).toBe(30);
    expect(await stored(id)).toMatchObject({ captured: "10.00", refunded: "9.80" });
  });

  it("never takes more than was paid, whatever parts are asked for (property)", async () => {
    const parts = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2_000 }), parts, fc.boolean(), async (paid, asked, byReference) => {
        const amount = eurosNumber(cents(paid));
        const id = await (byReference ? paidByReference(amount) : paidByMbway(amount));
        let left = paid;
        for (const part of asked) {
          const { status } = await gateway.operate("refund", id, eurosNumber(cents(part)));
          expect(status).toBe(part <= left ? 200 : 400);
          if (status === 200) left -= part;
        }
        const { captured, refunded } = await stored(id);
        expect(parseEuros(captured)).toBe(paid);
        expect(parseEuros(refunded)).toBe(paid - left);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a cancellation", () => {
  it("of what an MB WAY authorisation holds goes whole or in parts, and no further", async () => {
    const made = await gateway.checkout({ amount: 10, methods: ["MBWAY"], paymentType: "AUTH", reference: null });
    await gateway.purchase(made, "351#960000001");
    for (const part of [4, 6]) expect((await gateway.operate("cancellation", made.id, part)).status).toBe(200);
    const more = await gateway.operate("cancellation", made.id, 0.01);
    expect([more.status, more.body.returnStatus.statusCode]).toEqual([400, "E0119"]);
    expect((await gateway.status(made.id)).paymentStatus).toBe("Success");
  });

  it("of what is paid, or waits on a phone, is declined", async () => {
    const waiting = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(waiting);
    for (const id of [await paidByMbway(), waiting.id]) {
      const { status, body } = await gateway.operate("cancellation", id, 5.5);
      expect([status, body.paymentStatus, body.returnStatus.statusCode]).toEqual([400, "Declined", "E0119"]);
    }
  });
});

describe("the request of an operation", () => {
  it("takes originalTransaction at either place, as text of any time", async () => {
    const id = await paidByMbway();
    const inside = operationBody(1, "inside");
    inside.transaction.originalTransaction = { id, datetime: "2026-04-14T17:23:36.105Z" };
    const top = { ...operationBody(1, "top"), originalTransaction: { id }, customer: {}, retry: { counter: 1 } };
    for (const body of [inside, top]) expect((await gateway.spg(`/payments/${id}/refund`, { body })).status).toBe(200);
  });

  it.each([
    ["merchant.merchantTransactionId", (body: Json) => delete body.merchant.merchantTransactionId],
    ["merchant.terminalId", (body: Json) => delete body.merchant.terminalId],
    ["transaction.transactionTimestamp", (body: Json) => delete body.transaction.transactionTimestamp],
    ["transaction.amount", (body: Json) => delete body.transaction.amount],
    ["transaction.amount.currency", (body: Json) => delete body.transaction.amount.currency],
  ])("without %s is 400 and names it", async (field, change) => {
    const id = await paidByMbway();
    const body = operationBody(1, "x");
    change(body);
    for (const name of ["refund", "cancellation"]) {
      const refused = await gateway.spg(`/payments/${id}/${name}`, { body });
      expect(refused.status).toBe(400);
      expect(refused.body.returnStatus.statusDescription.split(" ")[0]).toBe(field);
    }
    expect((await stored(id)).refunded).toBe("0.00");
  });

  it("for an unknown transaction is 404", async () => {
    expect((await gateway.operate("refund", "s2AAAAAAAAAAAAAAAAAA", 1)).status).toBe(404);
  });
});
