import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { createPayment, eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { askMandate, authorise, changeOnPhone, chargeMandate, newPhone, onPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

const mandateOf = async (id: string) => (await stage.api("GET", `/v1/mandates/${id}`)).body;
const attemptOf = async (payment: string) => (await read(stage, payment)).attempts.at(-1);
const waitingOn = async (phone: string) => (await stage.sandbox("GET", `/phones/351%23${phone}`)).body.waiting;

/** A payment of 5.50 €, charged by a fresh mandate. */
async function charged(terms: Parameters<typeof authorise>[2] = {}, changes: object = {}) {
  const phone = newPhone();
  const mandate = await authorise(stage, phone, terms);
  const payment = await createPayment(stage, changes);
  const attempt = await chargeMandate(stage, payment, mandate);
  return { phone, mandate, payment, attempt };
}

describe("a payment by mandate", () => {
  it("is charged without the customer, at once, and the shop is told as of any payment", async () => {
    const { phone, mandate, payment, attempt } = await charged();
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({
      method: "mandate",
      mandate,
      status: "approved",
      inDoubt: false,
      expiresAt: null,
      secondsLeft: null,
      mbway: null,
      failure: null,
    });
    expect(await read(stage, payment)).toMatchObject({ status: "paid", amountCaptured: 550, mandate, plan: null });
    expect(await waitingOn(phone)).toEqual([]);
    await stage.settle();
    expect(eventTypesOf(stage, payment)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
    expect(await transactionsOf(stage, attempt.body.id)).toMatchObject([
      { paymentMethod: "MANDATE", paymentType: "PURS", paymentStatus: "Success", captured: "5.50" },
    ]);
  });

  it("can be offered alone, and is not where MB WAY is not", async () => {
    const mandate = await authorise(stage, newPhone());
    const alone = await createPayment(stage, { methods: ["mandate"] });
    const phone = await stage.api("POST", `/v1/payments/${alone}/attempts`, { method: "mbway", phone: "919999999" });
    expectProblem(phone, 422, "method_not_offered", "/method");
    expect((await chargeMandate(stage, alone, mandate)).body.status).toBe("approved");
    const reference = await createPayment(stage, { methods: ["multibanco"] });
    expectProblem(await chargeMandate(stage, reference, mandate), 422, "method_not_offered", "/method");
  });

  it("is listed by its mandate", async () => {
    const { mandate, payment } = await charged();
    const second = await createPayment(stage);
    await chargeMandate(stage, second, mandate);
    const { data } = (await stage.api("GET", `/v1/payments?mandate=${mandate}`)).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([second, payment]);
    expect((await stage.api("GET", "/v1/payments?mandate=man_none")).body.data).toEqual([]);
  });

  it("is given back in part and whole, as any other", async () => {
    const { payment } = await charged();
    const refund = (body: object) => stage.api("POST", `/v1/payments/${payment}/refunds`, body);
    expect((await refund({ amount: 200 })).body).toMatchObject({ status: "succeeded", amount: 200 });
    expect((await refund({})).body).toMatchObject({ status: "succeeded", amount: 350 });
    expect(await read(stage, payment)).toMatchObject({ status: "paid", amountRefunded: 550 });
  });

  it("holds first, and is captured and given up in part, where the shop captures itself", async () => {
    const { payment, attempt } = await charged({}, { capture: "manual" });
    expect(attempt.body.status).toBe("approved");
    expect(await read(stage, payment)).toMatchObject({ status: "authorized", amountAuthorized: 550 });
    await stage.api("POST", `/v1/payments/${payment}/capture`, { amount: 400 });
    await stage.api("POST", `/v1/payments/${payment}/cancel`, {});
    expect(await read(stage, payment)).toMatchObject({ status: "paid", amountCaptured: 400, amountReleased: 150 });
  });

  it("has a page like any other", async () => {
    const { payment } = await charged({ limit: "1.00" });
    const { payUrl } = await read(stage, payment);
    const page = await fetch(payUrl, { headers: { "accept-language": "pt" } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("5,50");
  });
});

describe("over the customer's limit", () => {
  it("asks the phone, waits there as MB WAY does, and is paid when the customer approves", async () => {
    const { phone, mandate, payment, attempt } = await charged({ limit: "5.00" });
    expect(attempt.body).toMatchObject({ method: "mandate", mandate, status: "pending" });
    expect(attempt.body.mbway).toEqual({ phone: expect.stringMatching(/^351#\*{5}\d{4}$/) });
    expect(attempt.body.secondsLeft).toBeGreaterThan(230);
    expect(await waitingOn(phone)).toMatchObject([{ id: attempt.body.transactionId, kind: "purchase" }]);
    await onPhone(stage, phone, "approve");
    await stage.settle();
    expect(await read(stage, payment)).toMatchObject({ status: "paid", attempts: [{ status: "approved" }] });
    expect(await transactionsOf(stage, attempt.body.id)).toMatchObject([{ paymentMethod: "MBWAY" }]);
  });

  it("ends as MB WAY does when the customer refuses", async () => {
    const { phone, payment } = await charged({ limit: "5.00" });
    await onPhone(stage, phone, "decline");
    await stage.settle();
    expect(await attemptOf(payment)).toMatchObject({
      status: "declined",
      failure: { reason: "declined_by_customer", next: "try_again" },
    });
    expect((await read(stage, payment)).status).toBe("open");
  });

  it("times out when nobody answers, and another attempt may begin", async () => {
    const { mandate, payment } = await charged({ limit: "5.00" });
    expectProblem(await chargeMandate(stage, payment, mandate), 409, "attempt_in_progress");
    await stage.advance(245);
    expect(await attemptOf(payment)).toMatchObject({ status: "timed_out", failure: { reason: "not_answered" } });
    expect((await chargeMandate(stage, payment, mandate)).status).toBe(201);
  });

  it("is what the month's charges come to: the one that exceeds it asks the phone", async () => {
    const { mandate } = await charged({ limit: "12.00" });
    const [second, third] = [await createPayment(stage), await createPayment(stage)];
    expect((await chargeMandate(stage, second, mandate)).body.status).toBe("approved");
    expect((await chargeMandate(stage, third, mandate)).body).toMatchObject({ status: "pending", mbway: {} });
  });

  it("is declined where the terminal is set not to ask the phone", async () => {
    const [{ terminalId }] = (await stage.sandbox("GET", "/terminals")).body.terminals;
    const fallback = (disableMandateMBWAYFallback: boolean) =>
      stage.sandbox("PUT", `/terminals/${terminalId}`, { disableMandateMBWAYFallback });
    await fallback(true);
    const { payment, attempt } = await charged({ limit: "5.00" });
    await fallback(false);
    expect(attempt.body).toMatchObject({
      status: "declined",
      mbway: null,
      failure: { reason: "mandate_refused", code: "E0518", next: "other_method" },
    });
    expect((await read(stage, payment)).status).toBe("open");
  });
});

describe("a mandate that cannot be charged", () => {
  it("is refused by us while the customer has it suspended, and charged once it is taken up again", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone);
    const payment = await createPayment(stage);
    await changeOnPhone(stage, phone, "suspend");
    await stage.settle();
    const refused = await chargeMandate(stage, payment, mandate);
    expectProblem(refused, 409, "mandate_not_active", "/mandate");
    expect(refused.body).toMatchObject({ mandate, mandateStatus: "suspended" });
    expect((await read(stage, payment)).attempts).toEqual([]);
    await changeOnPhone(stage, phone, "reactivate");
    await stage.settle();
    expect((await chargeMandate(stage, payment, mandate)).body.status).toBe("approved");
  });

  it("is refused by SIBS where we do not know yet, and then we know", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone);
    const payment = await createPayment(stage);
    await faults(stage, {}, { drop: 1 });
    await changeOnPhone(stage, phone, "suspend");
    expect((await mandateOf(mandate)).status).toBe("active");
    expect((await chargeMandate(stage, payment, mandate)).body).toMatchObject({
      status: "declined",
      failure: { reason: "mandate_refused", code: "E0518" },
    });
    await stage.settle();
    expect((await mandateOf(mandate)).status).toBe("suspended");
  });

  it("is one whose customer has not agreed yet, or whose end is past", async () => {
    const phone = newPhone();
    const asked = await askMandate(stage, phone);
    const payment = await createPayment(stage);
    expectProblem(await chargeMandate(stage, payment, asked.body.id), 409, "mandate_not_active", "/mandate");
    await onPhone(stage, phone, "decline");
    const ends = new Date(stage.now() + 86_400_000).toISOString().slice(0, 10);
    const mandate = await authorise(stage, newPhone(), { validUntil: ends });
    await stage.advance(2.5 * 86_400);
    expectProblem(await chargeMandate(stage, payment, mandate), 409, "mandate_not_active", "/mandate");
  });

  it("is one of another customer, or of nobody", async () => {
    const mandate = await authorise(stage, newPhone(), { customer: { id: "c-one", name: "Ana" } });
    const stranger = await createPayment(stage, { customer: { id: "c-two", name: "Rui" } });
    expectProblem(await chargeMandate(stage, stranger, mandate), 422, "unknown_mandate", "/mandate");
    expectProblem(await chargeMandate(stage, stranger, "man_none"), 422, "unknown_mandate", "/mandate");
    expect((await read(stage, stranger)).attempts).toEqual([]);
    const own = await createPayment(stage, { customer: { id: "c-one", name: "Ana" } });
    expect((await chargeMandate(stage, own, mandate)).body.status).toBe("approved");
  });

  it.each([
    ["no mandate", {}, 400, "invalid_request", "/mandate"],
    ["a number for it", { mandate: 17 }, 400, "invalid_request", "/mandate"],
    ["a phone beside it", { mandate: `man_${"0".repeat(20)}`, phone: "919999999" }, 422, "not_possible", "/phone"],
  ])("is not asked for by an attempt with %s", async (_what, body, status, code, field) => {
    const payment = await createPayment(stage);
    const asked = await stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mandate", ...body });
    expectProblem(asked, status, code, field);
  });

  it("is of no use to a payment that is over", async () => {
    const { mandate, payment } = await charged();
    expectProblem(await chargeMandate(stage, payment, mandate), 409, "payment_already_paid");
    const late = await createPayment(stage, { expiresAt: new Date(stage.now() + 60_000).toISOString() });
    await stage.advance(61);
    expectProblem(await chargeMandate(stage, late, mandate), 409, "payment_expired");
  });
});

describe("a charge that does not go as it should", () => {
  it("whose answer is lost is in doubt, is found by asking, and is never sent again", async () => {
    const mandate = await authorise(stage, newPhone());
    const payment = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    const attempt = await chargeMandate(stage, payment, mandate);
    expect(attempt.body).toMatchObject({ status: "submitted", inDoubt: true });
    expectProblem(await chargeMandate(stage, payment, mandate), 409, "attempt_in_doubt");
    await stage.advance(20);
    expect(await attemptOf(payment)).toMatchObject({ status: "submitted", inDoubt: true });
    await faults(stage, {});
    await stage.advance(40);
    expect(await read(stage, payment)).toMatchObject({ status: "paid", attempts: [{ inDoubt: false }] });
    expect(await transactionsOf(stage, attempt.body.id)).toMatchObject([{ captured: "5.50" }]);
  });

  it("whose lost answer was that the phone is asked shows the phone as soon as SIBS says so", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "5.00" });
    const payment = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    expect((await chargeMandate(stage, payment, mandate)).body).toMatchObject({ inDoubt: true, mbway: null });
    await faults(stage, {});
    await stage.advance(30);
    expect(await attemptOf(payment)).toMatchObject({ status: "pending", inDoubt: false, mbway: {} });
    await onPhone(stage, phone, "approve");
    await stage.settle();
    expect((await read(stage, payment)).status).toBe("paid");
  });

  it("that never arrived fails after a minute of SIBS saying so, and nothing was charged", async () => {
    const mandate = await authorise(stage, newPhone());
    const payment = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { html: 1 } });
    expect((await chargeMandate(stage, payment, mandate)).body).toMatchObject({ inDoubt: true });
    await faults(stage, {});
    await stage.advance(120);
    expect(await attemptOf(payment)).toMatchObject({ status: "failed", failure: { reason: "not_sent" } });
    expect((await chargeMandate(stage, payment, mandate)).body.status).toBe("approved");
  });

  it("is charged or refused, never both, when the customer ends the mandate on the phone meanwhile", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone);
    const payments = await Promise.all(Array.from({ length: 6 }, () => createPayment(stage)));
    await faults(stage, { "mbway-id/purchase": { delayMs: [0, 120] } });
    const charges = payments.map((payment) => chargeMandate(stage, payment, mandate));
    await changeOnPhone(stage, phone, "cancel");
    const attempts = await Promise.all(charges);
    await faults(stage, {});
    await stage.advance(120);
    for (const [place, payment] of payments.entries()) {
      const { status, amountCaptured } = await read(stage, payment);
      const charge = attempts[place]?.body;
      const [transaction] = charge?.id === undefined ? [] : await transactionsOf(stage, charge.id);
      expect(transaction?.captured ?? "0.00").toBe(status === "paid" ? "5.50" : "0.00");
      expect(amountCaptured).toBe(status === "paid" ? 550 : 0);
    }
    expect((await mandateOf(mandate)).status).toBe("canceled");
    const after = await createPayment(stage);
    expectProblem(await chargeMandate(stage, after, mandate), 409, "mandate_not_active", "/mandate");
  });
});
