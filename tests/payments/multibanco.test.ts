import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  approve,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  faults,
  payAtAtm,
  read,
  transactionsOf,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe("a payment by Multibanco", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  it("gives a reference that is valid as long as the payment, and is paid at an ATM", async () => {
    const id = await createPayment(stage);
    const attempt = await askReference(stage, id);
    const payment = await read(stage, id);
    expect(attempt.body).toMatchObject({ method: "multibanco", status: "pending", mbway: null });
    expect(attempt.body.multibanco).toEqual({
      entity: "24000",
      reference: expect.stringMatching(/^\d{9}$/),
      amount: 550,
      expiresAt: payment.expiresAt,
    });
    const receipt = await payAtAtm(stage, attempt.body.multibanco);
    expect(receipt.status).toBe(200);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it("expires when its reference has ended unpaid for an hour, and not before", async () => {
    const id = await createPayment(stage, { expiresAt: in_(stage, 2 * HOUR) });
    await askReference(stage, id);
    await stage.advance(2 * HOUR + 10 * 60);
    expect((await read(stage, id)).status).toBe("pending");
    await stage.advance(HOUR);
    const payment = await read(stage, id);
    expect(payment.status).toBe("expired");
    expect(payment.attempts[0]).toMatchObject({ status: "expired", failure: { reason: "reference_expired" } });
    expect(eventTypesOf(stage, id).slice(-2)).toEqual(["payment.attempt_failed", "payment.expired"]);
  });

  it("tells once, a day before a reference ends that nobody has paid", async () => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    await stage.advance(2 * DAY - 60);
    expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending"]);
    await stage.advance(120);
    expect(eventTypesOf(stage, id).slice(2)).toEqual(["payment.reference_expiring"]);
    await stage.advance(HOUR);
    const paid = await createPayment(stage, { expiresAt: in_(stage, 2 * DAY) });
    await payAtAtm(stage, (await askReference(stage, paid)).body.multibanco);
    const short = await createPayment(stage, { expiresAt: in_(stage, DAY - 60) });
    await askReference(stage, short);
    await stage.advance(2 * DAY + 2 * HOUR);
    const told = [id, paid, short].map((one) => eventTypesOf(stage, one).filter((type) => type.endsWith("_expiring")));
    expect(told.map(({ length }) => length)).toEqual([1, 0, 0]);
  });

  it("expires when SIBS says so itself", async () => {
    const id = await createPayment(stage, { amount: 9_000_014, expiresAt: in_(stage, HOUR) });
    await askReference(stage, id);
    await stage.advance(HOUR + 10 * 60);
    expect((await read(stage, id)).status).toBe("expired");
  });

  it("is left for MB WAY: the reference is withdrawn at SIBS first and cannot be paid any more", async () => {
    const id = await createPayment(stage);
    const reference = (await askReference(stage, id)).body;
    const phone = await askPhone(stage, id);
    expect(phone.status).toBe(201);
    const refused = await payAtAtm(stage, reference.multibanco);
    expect(refused.status).toBe(409);
    expect(refused.body.code).toBe("E0612");
    await approve(stage);
    await stage.settle();
    const payment = await read(stage, id);
    expect(payment.attempts.map((one: { status: string }) => one.status)).toEqual(["canceled", "approved"]);
    expect(eventTypesOf(stage, id)).not.toContain("payment.attempt_failed");
  });

  it("a reference's cancellation notice says Success and is not money", async () => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    await askPhone(stage, id);
    await stage.settle();
    const { body } = await stage.sandbox("GET", "/notifications");
    const notice = body.notifications.find(
      (one: { plaintext: { paymentType: string } }) => one.plaintext.paymentType === "CPRF",
    );
    expect(notice.plaintext.paymentStatus).toBe("Success");
    expect(await read(stage, id)).toMatchObject({ status: "pending", amountCaptured: 0 });
    await approve(stage);
    await stage.settle();
  });

  it("was paid a moment before it is left: the payment is paid, and no phone is asked", async () => {
    const id = await createPayment(stage);
    const reference = (await askReference(stage, id)).body;
    await faults(stage, {}, { drop: 1 });
    await payAtAtm(stage, reference.multibanco);
    const phone = await askPhone(stage, id);
    expect(phone.status).toBe(409);
    expect(phone.body.type).toBe("/problems/payment_already_paid");
    await faults(stage, {});
    expect(await read(stage, id)).toMatchObject({ status: "paid" });
  });

  it("a withdrawal whose answer is lost leaves the reference in doubt until SIBS says: withdrawn", async () => {
    const id = await createPayment(stage, { amount: 9_000_013 });
    await askReference(stage, id);
    await faults(stage, { status: { http: { 503: 1 } } }, { drop: 1 });
    const phone = await askPhone(stage, id);
    expect(phone.status).toBe(409);
    expect(phone.body.type).toBe("/problems/attempt_in_doubt");
    await faults(stage, {});
    await stage.advance(5);
    const payment = await read(stage, id);
    expect(payment).toMatchObject({ status: "open" });
    expect(payment.attempts[0]).toMatchObject({ status: "canceled", inDoubt: false });
    expect((await askPhone(stage, id)).status).toBe(201);
    await stage.advance(400);
  });

  it("a withdrawal that never arrived leaves the reference alive, once SIBS has said so for a minute", async () => {
    const id = await createPayment(stage, { amount: 9_000_012 });
    const reference = (await askReference(stage, id)).body;
    expect((await askPhone(stage, id)).body.type).toBe("/problems/attempt_in_doubt");
    await stage.advance(30);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "pending", inDoubt: true });
    await stage.advance(150);
    expect((await read(stage, id)).attempts[0]).toMatchObject({ status: "pending", inDoubt: false });
    expect((await payAtAtm(stage, reference.multibanco, "90000.12")).status).toBe(200);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("withdraws the reference of a payment that the shop cancels", async () => {
    const id = await createPayment(stage);
    const reference = (await askReference(stage, id)).body;
    expect((await stage.api("POST", `/v1/payments/${id}/cancel`)).body.status).toBe("canceled");
    await stage.settle();
    expect((await payAtAtm(stage, reference.multibanco)).body.code).toBe("E0612");
    expect((await transactionsOf(stage, reference.id))[0]).toMatchObject({ paymentMethod: "REFERENCE" });
  });
});

/** A moment by the stage's clock. */
function in_(stage: Stage, seconds: number): string {
  return new Date(stage.now() + seconds * 1000).toISOString();
}
