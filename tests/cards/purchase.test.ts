import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { answerChallenge, createCardPayment, goOn, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("a payment by card", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  it("is paid at once by a card outside 3-D Secure, and keeps of it what may be kept", async () => {
    const id = await createCardPayment(stage);
    const attempt = await payByCard(stage, id, "4111 1111 1111 1111");
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({ method: "card", status: "approved", action: null, failure: null });
    expect(attempt.body.card).toEqual({ brand: "visa", firstSix: "411111", lastFour: "1111", expiry: null });
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountAuthorized: 550, amountCaptured: 550 });
    expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it("goes through the issuer's hidden frame without the customer seeing it", async () => {
    const id = await createCardPayment(stage);
    const attempt = await payByCard(stage, id, "5204740000001002", "100");
    expect(attempt.body).toMatchObject({ status: "action_required", action: { type: "3ds_method" } });
    expect(attempt.body.action.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/issuer\/method$/);
    const done = await goOn(stage, attempt.body);
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ status: "approved", action: null });
  });

  it("asks for a challenge, and is paid when it is passed", async () => {
    const id = await createCardPayment(stage);
    const method = await payByCard(stage, id, "4176660000000100", "597");
    const challenge = await goOn(stage, method.body, false);
    expect(challenge.body).toMatchObject({ status: "action_required", action: { type: "3ds_challenge" } });
    await answerChallenge(stage, challenge.body.action.id, "pass");
    const done = await goOn(stage, challenge.body);
    expect(done.body).toMatchObject({ status: "approved", authentication: { status: "Y", hasValue: true } });
    expect((await read(stage, id)).status).toBe("paid");
  });

  it.each([
    ["fail", "declined", "authentication_failed"],
    ["cancel", "declined", "authentication_failed"],
  ] as const)("a challenge that ends in %s leaves the payment open for another try", async (ending, status, reason) => {
    const id = await createCardPayment(stage);
    const challenge = await payByCard(stage, id, "4000000000000028");
    await answerChallenge(stage, challenge.body.action.id, ending);
    expect((await goOn(stage, challenge.body)).body).toMatchObject({ status, failure: { reason } });
    expect((await read(stage, id)).status).toBe("open");
    expect((await payByCard(stage, id, "4111111111111111")).body.status).toBe("approved");
  });

  it.each([
    ["4000000000000119", "insufficient_funds"],
    ["4000000000000127", "card_refused"],
    ["4000000000000135", "card_expired"],
    ["4000000000000143", "wrong_code"],
    ["4000000000000150", "issuer_unavailable"],
  ])("card %s is declined: %s", async (number, reason) => {
    const id = await createCardPayment(stage);
    expect((await payByCard(stage, id, number)).body).toMatchObject({ status: "declined", failure: { reason } });
    expect((await read(stage, id)).status).toBe("open");
  });

  it("waits while SIBS is working on it", async () => {
    const id = await createCardPayment(stage);
    expect((await payByCard(stage, id, "4000000000000200")).body.status).toBe("pending");
    await stage.advance(16);
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("ends in the truth when the answer is lost after the issuer approved, without a second charge", async () => {
    const id = await createCardPayment(stage);
    await faults(stage, { status: { http: { 503: 1 } } }, { drop: 1 });
    const lost = await payByCard(stage, id, "4000000000000184");
    expect(lost.body).toMatchObject({ status: "submitted", inDoubt: true });
    expect((await payByCard(stage, id, "4111111111111111")).body.type).toBe("/problems/attempt_in_doubt");
    await faults(stage, {});
    await stage.advance(40);
    expect((await read(stage, id)).status).toBe("paid");
    expect(await transactionsOf(stage, lost.body.id)).toHaveLength(1);
  });

  it("ends in the truth when the browser never comes back from a challenge that was passed", async () => {
    const id = await createCardPayment(stage);
    const challenge = await payByCard(stage, id, "4000000000000028");
    await answerChallenge(stage, challenge.body.action.id, "pass");
    await stage.advance(5 * 60 + 5);
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("ends when the browser never comes back and nobody answers", async () => {
    const id = await createCardPayment(stage);
    await payByCard(stage, id, "4000000000000028");
    await stage.advance(11 * 60);
    const payment = await read(stage, id);
    expect(payment.status).toBe("open");
    expect(payment.attempts[0].status).toBe("timed_out");
  });

  it("tells SIBS once when the browser comes back twice", async () => {
    const id = await createCardPayment(stage);
    const challenge = await payByCard(stage, id, "4000000000000028");
    await answerChallenge(stage, challenge.body.action.id, "pass");
    const both = await Promise.all([goOn(stage, challenge.body), goOn(stage, challenge.body)]);
    expect(both.map((one) => one.status)).toEqual([200, 200]);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect((await goOn(stage, challenge.body)).body.status).toBe("approved");
  });

  it("names each field of a card that is wrong, and begins nothing", async () => {
    const id = await createCardPayment(stage);
    const wrong = await stage.api("POST", `/v1/payments/${id}/attempts`, {
      method: "card",
      card: { number: "4111111111111112", expiry: "13/30", code: "12", name: "x".repeat(46) },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.type).toBe("/problems/card_not_valid");
    expect(wrong.body.errors.map((one: { field: string }) => one.field)).toEqual([
      "/card/number",
      "/card/expiry",
      "/card/code",
      "/card/name",
    ]);
    expect((await read(stage, id)).attempts).toEqual([]);
  });

  it("needs to know whose card it is", async () => {
    const id = await createCardPayment(stage, { customer: null });
    const nobody = await payByCard(stage, id, "4111111111111111");
    expect(nobody.status).toBe(422);
    expect(nobody.body.errors.map((one: { field: string }) => one.field)).toEqual([
      "/customer/name",
      "/customer/email",
      "/customer/billingAddress",
    ]);
  });
});
