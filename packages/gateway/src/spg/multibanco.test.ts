import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleGenerateReferenceResponse } from "../../../sibs/src/protocol/multibanco.ts";
import { exampleReferenceStatusResponse } from "../../../sibs/src/protocol/status.ts";
import { type CheckoutWishes, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const HOUR_MS = 3_600_000;

async function generated(wishes: CheckoutWishes = {}) {
  const made = await gateway.checkout({ methods: ["REFERENCE"], ...wishes });
  const { status, body } = await gateway.generate(made);
  expect(status).toBe(200);
  return { ...made, reference: body.paymentReference, answered: body };
}

const later = async (hours: number) => new Date((await gateway.now()).getTime() + hours * HOUR_MS);

describe("a reference that was asked for", () => {
  it("is answered with the members and types that were met in production", async () => {
    const { id, answered } = await generated();
    const { execution: _, ...expected } = exampleGenerateReferenceResponse;
    expect(Object.keys(answered)).toEqual(Object.keys(exampleGenerateReferenceResponse));
    expect(answered).toMatchObject({
      ...expected,
      transactionID: id,
      merchant: { terminalId: "52221", merchantTransactionId: "order-17" },
      paymentReference: {
        ...expected.paymentReference,
        reference: expect.stringMatching(/^\d{9}$/),
        expireDate: expect.any(String),
      },
    });
  });

  it("turns the status to PREF and UNPAID, member for member as the captured answer", async () => {
    const { id, reference } = await generated({ amount: 5 });
    const status = await gateway.status(id);
    expect(Object.keys(status)).toEqual(Object.keys(exampleReferenceStatusResponse));
    expect(Object.keys(status.paymentReference)).toEqual(
      Object.keys(exampleReferenceStatusResponse.paymentReference ?? {}),
    );
    expect(status).toMatchObject({
      amount: { currency: "EUR", value: "5.00" },
      paymentType: "PREF",
      paymentStatus: "Pending",
      paymentMethod: "REFERENCE",
      paymentReference: { ...reference, amount: { value: "5.0", currency: "EUR" }, status: "UNPAID" },
      transactionStatusCode: "000",
      transactionStatusDescription: "Pending",
    });
  });

  it("ends at the checkout's finalDatetime, to the millisecond", async () => {
    const to = await later(48.123456);
    const { reference } = await generated({ reference: { to } });
    expect(reference.expireDate).toBe(to.toISOString());
  });

  it("may begin with zero and is text", async () => {
    const references = await Promise.all(Array.from({ length: 60 }, () => generated()));
    const numbers = references.map(({ reference }) => reference.reference);
    expect(new Set(numbers).size).toBe(60);
    for (const number of numbers) expect(number).toMatch(/^\d{9}$/);
  });

  it("is refused a second time: 409, and the first stays", async () => {
    const made = await generated();
    expect((await gateway.generate(made)).status).toBe(409);
    expect((await gateway.status(made.id)).paymentReference.reference).toBe(made.reference.reference);
  });

  it("is refused for another terminal's entity (10.107.0001), and without paymentReference", async () => {
    const foreign = await gateway.generate(await gateway.checkout({ reference: { entity: "11604" } }));
    expect([foreign.status, foreign.body.returnStatus.statusCode]).toEqual([400, "10.107.0001"]);
    const without = await gateway.generate(await gateway.checkout({ methods: [], reference: null }));
    expect(without.status).toBe(400);
    expect(without.body.returnStatus.statusDescription).toContain("paymentReference");
  });

  it("on a lapsed checkout is Timeout beside 000, and then 999", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE"] });
    await gateway.advance(601);
    const { status, body } = await gateway.generate(made);
    expect([status, body.paymentStatus, body.returnStatus.statusCode]).toEqual([200, "Timeout", "000"]);
    expect((await gateway.status(made.id)).returnStatus.statusCode).toBe("999");
  });
});

describe("at the ATM a reference", () => {
  it("is paid: Success and PAID, with what was paid and when", async () => {
    const { id, reference } = await generated();
    const { status, body } = await gateway.payAtAtm(reference, "5.50");
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      entity: "24000",
      reference: reference.reference,
      amount: "5.50",
      paidAt: expect.stringMatching(/Z$/),
    });
    expect(await gateway.status(id)).toMatchObject({
      paymentStatus: "Success",
      paymentType: "PREF",
      paymentReference: { status: "PAID" },
      transactionStatusCode: "000",
    });
  });

  it("is paid once: then E0613", async () => {
    const { reference } = await generated();
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.payAtAtm(reference, "5.50")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    expect((await gateway.payAtAtm(reference, "5.50")).body).toMatchObject({ status: 409, code: "E0613" });
  });

  it("takes an amount within its bounds only", async () => {
    const { id, reference } = await generated({ amount: 10, reference: { min: 5, max: 20 } });
    for (const amount of ["4.99", "20.01"]) expect((await gateway.payAtAtm(reference, amount)).status).toBe(422);
    expect((await gateway.payAtAtm(reference, "20.00")).status).toBe(200);
    expect(await gateway.status(id)).toMatchObject({
      amount: { value: "20.00" },
      paymentReference: { amount: { value: "20.0" } },
    });
  });

  it("is refused before initialDatetime, by the minute", async () => {
    const { reference } = await generated({ reference: { from: await later(1), to: await later(2) } });
    expect((await gateway.payAtAtm(reference, "5.50")).body).toMatchObject({ status: 409, code: null });
    await gateway.advance(3_600);
    expect((await gateway.payAtAtm(reference, "5.50")).status).toBe(200);
  });

  it("is refused after finalDatetime: E0612, and stays Pending and UNPAID", async () => {
    const { id, reference } = await generated({ reference: { to: await later(1) } });
    await gateway.advance(3_601);
    expect((await gateway.payAtAtm(reference, "5.50")).body).toMatchObject({ status: 409, code: "E0612" });
    expect(await gateway.status(id)).toMatchObject({
      paymentStatus: "Pending",
      paymentReference: { status: "UNPAID" },
    });
  });

  it("turns to Expired at its finalDatetime when its amount is the listed one", async () => {
    const { id, reference } = await generated({ amount: 90_000.14, reference: { to: await later(1) } });
    await gateway.advance(3_600);
    expect((await gateway.status(id)).paymentStatus).toBe("Expired");
    expect((await gateway.payAtAtm(reference, "90000.14")).body).toMatchObject({ status: 409, code: "E0612" });
  });

  it("is unknown when nobody has it, or the entity is another", async () => {
    const { reference } = await generated();
    expect((await gateway.payAtAtm({ ...reference, entity: "11604" }, "5.50")).status).toBe(404);
    for (const nonsense of ["12", "%00%00", "abcdefghi"]) {
      expect((await gateway.payAtAtm({ entity: "24000", reference: nonsense }, "5.50")).status).toBe(404);
    }
  });
});

describe("a reference that is cancelled", () => {
  it("stays Pending with CANC, and the ATM refuses it: E0612", async () => {
    const { id, reference } = await generated();
    const { status, body } = await gateway.operate("cancellation", id, 5.5);
    expect([status, body.paymentStatus]).toEqual([200, "Success"]);
    expect(body.transactionID).not.toBe(id);
    expect(await gateway.status(id)).toMatchObject({
      paymentStatus: "Pending",
      paymentType: "PREF",
      paymentReference: { status: "CANC" },
    });
    expect((await gateway.payAtAtm(reference, "5.50")).body).toMatchObject({ status: 409, code: "E0612" });
  });

  it("was cancelled, paid or is over before: HTTP 400 with E0612 or E0613, and the whole amount is wanted", async () => {
    const partly = await generated();
    expect((await gateway.operate("cancellation", partly.id, 5)).body.paymentStatus).toBe("Declined");
    await gateway.operate("cancellation", partly.id, 5.5);
    const again = await gateway.operate("cancellation", partly.id, 5.5);
    expect([again.status, again.body.returnStatus.statusCode]).toEqual([400, "E0612"]);
    const paid = await generated();
    await gateway.payAtAtm(paid.reference, "5.50");
    const tooLate = await gateway.operate("cancellation", paid.id, 5.5);
    expect([tooLate.status, tooLate.body.paymentStatus, tooLate.body.returnStatus.statusCode]).toEqual([
      400,
      "Declined",
      "E0613",
    ]);
    expect((await gateway.status(paid.id)).paymentReference.status).toBe("PAID");
    const over = await generated({ reference: { to: await later(1) } });
    await gateway.advance(3_601);
    expect((await gateway.operate("cancellation", over.id, 5.5)).body.returnStatus.statusCode).toBe("E0612");
  });

  it("is either cancelled or paid when both arrive together, never both", async () => {
    for (let round = 0; round < 10; round++) {
      const { id, reference } = await generated();
      const [cancelled, paid] = await Promise.all([
        gateway.operate("cancellation", id, 5.5),
        gateway.payAtAtm(reference, "5.50"),
      ]);
      expect([cancelled.status, paid.status].sort()).toEqual(cancelled.status === 200 ? [200, 409] : [200, 400]);
    }
  });

  it("loses the cancellation, or its answer, when its amount is listed so", async () => {
    const lost = await generated({ amount: 90_000.12 });
    await expect(gateway.operate("cancellation", lost.id, 90_000.12)).rejects.toThrow();
    expect((await gateway.status(lost.id)).paymentReference.status).toBe("UNPAID");
    const done = await generated({ amount: 90_000.13 });
    await expect(gateway.operate("cancellation", done.id, 90_000.13, "cancel-13")).rejects.toThrow();
    expect((await gateway.status(done.id)).paymentReference.status).toBe("CANC");
    const found = await gateway.spg("/payments/status?merchantTransactionId=cancel-13");
    expect(found.body).toMatchObject({ paymentType: "CPRF", paymentStatus: "Success" });
  });
});
