import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import { eventTypesOf, faults, read, transactionsOf } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";
import { until } from "../support/until.ts";

describe("saved cards", () => {
  let stage: Stage;
  let token: string;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
    const id = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, id, "4111111111111111");
    token = (await tokens()).at(0)?.id ?? "";
  });
  afterEach(() => faults(stage, {}));
  afterAll(() => stage.close());

  const tokens = async (customer = "c9") =>
    (await stage.api("GET", `/v1/tokens?customer=${customer}`)).body.data as { id: string }[];
  const charge = (changes: object = {}) =>
    stage.api("POST", "/v1/payments", {
      amount: 990,
      currency: "EUR",
      reference: "subscription-4",
      customer: ANA,
      token,
      initiator: "merchant",
      ...changes,
    });

  it("are kept when the customer consented, and shown without what charges them", async () => {
    expect(await tokens()).toEqual([
      {
        id: expect.stringMatching(/^tok_[0-9a-z]{20}$/),
        customer: "c9",
        brand: "visa",
        lastFour: "1111",
        expiry: "2030-12",
        createdAt: expect.any(String),
      },
    ]);
    expect(await tokens("somebody-else")).toEqual([]);
  });

  it("are not kept unless asked", async () => {
    const id = await createCardPayment(stage);
    await payByCard(stage, id, "4111111111111111");
    expect(await tokens()).toHaveLength(1);
  });

  it("pay with the code alone while the customer is there", async () => {
    const id = await createCardPayment(stage);
    const attempt = await stage.api("POST", `/v1/payments/${id}/attempts`, {
      method: "token",
      token,
      secureCode: "123",
    });
    expect(attempt.body).toMatchObject({ method: "token", status: "approved", token, card: { lastFour: "1111" } });
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("of another customer pay nothing", async () => {
    const id = await createCardPayment(stage, { customer: { ...ANA, id: "c10" } });
    const attempt = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "token", token });
    expect(attempt.status).toBe(422);
    expect(attempt.body).toMatchObject({ type: "/problems/unknown_token", errors: [{ field: "/token" }] });
    expect((await charge({ customer: { ...ANA, id: "c10" } })).body.type).toBe("/problems/unknown_token");
  });

  it("are charged by the merchant without the customer, and captured at once", async () => {
    const made = await charge();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ status: "paid", amountAuthorized: 990, amountCaptured: 990 });
    const [attempt] = made.body.attempts;
    expect(attempt).toMatchObject({ initiator: "merchant", status: "approved", token });
    expect((await transactionsOf(stage, attempt.id))[0]).toMatchObject({ paymentType: "MITR", captured: "9.90" });
    await stage.settle();
    expect(eventTypesOf(stage, made.body.id)).toEqual([
      "payment.created",
      "payment.pending",
      "payment.authorized",
      "capture.created",
      "capture.succeeded",
      "payment.paid",
    ]);
  });

  it("are charged and held where the shop captures by hand", async () => {
    const made = await charge({ capture: "manual" });
    expect(made.body).toMatchObject({ status: "authorized", amountCaptured: 0 });
    const captured = await stage.api("POST", `/v1/payments/${made.body.id}/capture`, {});
    expect(captured.body).toMatchObject({ status: "paid", amountCaptured: 990 });
  });

  it("a charge whose answer is lost is found by the attempt's own id, and made once", async () => {
    // SIBS notifies at once, perhaps before its answer counts as lost, and whoever asks it then knows: nobody can
    await faults(stage, { mit: { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    const made = await charge();
    expect(made.body.attempts[0]).toMatchObject({ status: "submitted", inDoubt: true });
    await faults(stage, {});
    await stage.advance(60);
    const payment = await read(stage, made.body.id);
    expect(payment).toMatchObject({ status: "paid", amountCaptured: 990 });
    expect(await transactionsOf(stage, payment.attempts[0].id)).toHaveLength(1);
  });

  it("a charge that is refused is over within a minute: canceled, and the shop is told", async () => {
    const refusing = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, refusing, "4000000000000234");
    const [card] = await tokens();
    const made = await charge({ token: card?.id });
    expect(made.body).toMatchObject({ status: "open", attempts: [{ status: "declined" }] });
    await stage.advance(61);
    expect(await read(stage, made.body.id)).toMatchObject({ status: "canceled", amountAuthorized: 0 });
    expect(eventTypesOf(stage, made.body.id).slice(-2)).toEqual(["payment.attempt_failed", "payment.canceled"]);
    await stage.api("DELETE", `/v1/tokens/${card?.id}`);
  });

  it("a charge whose server died before it was sent is given up, not left open", async () => {
    const made = await charge({ reference: "died" });
    // what a crash between the payment and its attempt leaves: the payment alone
    await stage.pool.query("delete from fact where subject_id = $1 and number > 1", [made.body.id]);
    const { rows } = await stage.pool.query("select kind, at, version, data from fact where subject_id = $1", [
      made.body.id,
    ]);
    const alone = replay(rows);
    await stage.pool.query(
      `update payment set state = $2, version = 1, status = 'open', due_at = created_at, amount_authorized = 0,
              amount_captured = 0 where id = $1`,
      [made.body.id, JSON.stringify({ ...alone, sequence: 6 })],
    );
    await stage.advance(61);
    expect((await read(stage, made.body.id)).status).toBe("canceled");
  });

  it("are forgotten when asked", async () => {
    expect((await stage.api("DELETE", `/v1/tokens/${token}`)).status).toBe(204);
    expect(await tokens()).toEqual([]);
    expect((await charge()).body.type).toBe("/problems/unknown_token");
  });
});

describe("a charge whose answer names no transaction of its own", () => {
  const awkward = {
    "leaves it out": ({ transactionID, ...rest }: Record<string, unknown>) => rest,
    "names the charge that the customer agreed at": (body: Record<string, unknown>, first: string) => ({
      ...body,
      transactionID: first,
    }),
  };

  it.each(Object.entries(awkward))("is found by the attempt's own id: it %s", async (_how, change) => {
    const { stage, line } = await setStageOnLine({ methods: ["card"] });
    const first = await createCardPayment(stage, { saveCard: true });
    const { transactionId } = (await payByCard(stage, first, "4111111111111111")).body;
    const [token] = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data;
    line.alter("/mit", ({ status, body }) => ({ status, body: change(body, transactionId) }));
    const made = await stage.api("POST", "/v1/payments", {
      amount: 990,
      currency: "EUR",
      reference: "own",
      customer: ANA,
      token: token.id,
      initiator: "merchant",
    });
    await stage.advance(5);
    const payment = await read(stage, made.body.id);
    const [own] = await transactionsOf(stage, payment.attempts[0].id);
    expect(payment).toMatchObject({ status: "paid", amountCaptured: 990 });
    expect(payment.attempts[0].transactionId).toBe(own.transactionID);
    expect(own).toMatchObject({ paymentType: "MITR", captured: "9.90" });
    await stage.close();
  });
});

describe("a charge of a saved card by the merchant that never arrived", () => {
  it("has failed after a day, found missing ten times beside a later one, and is given up, also where its card is forgotten", async () => {
    const stage = await setStage({ methods: ["card"] });
    const first = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, first, "4111111111111111");
    const [token] = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data;
    const charge = (reference: string) =>
      stage.api("POST", "/v1/payments", {
        amount: 990,
        currency: "EUR",
        customer: ANA,
        token: token.id,
        initiator: "merchant",
        reference,
      });
    await faults(stage, { mit: { html: 1 } });
    const { id } = (await charge("lost")).body;
    await faults(stage, {});
    expect((await charge("later")).body).toMatchObject({ status: "paid" });
    expect((await stage.api("DELETE", `/v1/tokens/${token.id}`)).status).toBe(204);
    for (let look = 1; look < 10; look += 1) await stage.stepServer(2.7 * 3_600);
    expect((await read(stage, id)).attempts).toMatchObject([{ status: "submitted", inDoubt: true }]);
    await stage.stepServer(2.7 * 3_600);
    await until(async () => (await read(stage, id)).status === "canceled");
    expect(await read(stage, id)).toMatchObject({
      attention: null,
      attempts: [{ status: "failed", inDoubt: false, failure: { reason: "not_sent" } }],
    });
    await until(() => eventTypesOf(stage, id).at(-1) === "payment.canceled");
    expect(eventTypesOf(stage, id).at(-2)).toBe("payment.attempt_failed");
    const { rows } = await stage.pool.query(
      "select data -> 'absence' ->> 'count' as count from fact where subject_id = $1 and kind = 'attempt_ended'",
      [id],
    );
    expect(rows).toEqual([{ count: "10" }]);
    await stage.close();
  });
});
