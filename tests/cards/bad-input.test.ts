import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { askPhone, createPayment, faults, read } from "../support/actions.ts";
import { answerChallenge, createCardPayment, goOn, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const CARD = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana Sousa" };
const UNKNOWN = "pay_00000000000000000000";

/** A month as it stands on a card, so many months from now in Lisbon. */
function monthFromNow(months: number): string {
  const [year = 0, month = 0] = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" })
    .format(Date.now())
    .split("-")
    .map(Number);
  return new Date(Date.UTC(year, month - 1 + months)).toISOString().replace(/^..(..)-(..).*/, "$2/$1");
}

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

const attempt = (payment: string, body: unknown) => stage.api("POST", `/v1/payments/${payment}/attempts`, body);

describe("a card", () => {
  const card = (changes: object) => ({ method: "card", card: { ...CARD, ...changes } });
  const wrongInShape = "invalid_request";
  it.each([
    ["nothing but the method", { method: "card" }, 400, wrongInShape, "/card"],
    ["null for a card", { method: "card", card: null }, 400, wrongInShape, "/card"],
    ["a text for a card", { method: "card", card: "4111111111111111" }, 400, wrongInShape, "/card"],
    ["no number", card({ number: undefined }), 400, wrongInShape, "/card/number"],
    ["an empty number", card({ number: "" }), 400, wrongInShape, "/card/number"],
    ["a number of spaces", card({ number: "    " }), 422, "card_not_valid", "/card/number"],
    ["a number as a number", card({ number: 4111111111111111 }), 400, wrongInShape, "/card/number"],
    ["letters in the number", card({ number: "4111x11111111111" }), 422, "card_not_valid", "/card/number"],
    ["a mistyped digit", card({ number: "4111111111111112" }), 422, "card_not_valid", "/card/number"],
    ["too few digits", card({ number: "411111111111" }), 422, "card_not_valid", "/card/number"],
    ["too many digits", card({ number: "41111111111111111111" }), 422, "card_not_valid", "/card/number"],
    ["a number beyond reading", card({ number: "4".repeat(41) }), 400, wrongInShape, "/card/number"],
    ["zeros", card({ number: "0".repeat(16) }), 422, "card_not_valid", "/card/number"],
    ["a NUL in the number", card({ number: "4111111111111111\u0000" }), 400, wrongInShape, "/card/number"],
    ["no expiry", card({ expiry: undefined }), 400, wrongInShape, "/card/expiry"],
    ["a month that is none", card({ expiry: "13/30" }), 422, "card_not_valid", "/card/expiry"],
    ["month 0", card({ expiry: "00/30" }), 422, "card_not_valid", "/card/expiry"],
    ["an expiry that has passed", card({ expiry: monthFromNow(-1) }), 422, "card_not_valid", "/card/expiry"],
    ["a word for an expiry", card({ expiry: "soon" }), 422, "card_not_valid", "/card/expiry"],
    ["a long expiry", card({ expiry: "12/30".repeat(3) }), 400, wrongInShape, "/card/expiry"],
    ["no code", card({ code: undefined }), 400, wrongInShape, "/card/code"],
    ["two digits for a code", card({ code: "12" }), 422, "card_not_valid", "/card/code"],
    ["four digits for a Visa's code", card({ code: "1234" }), 422, "card_not_valid", "/card/code"],
    ["three digits for an Amex's", card({ number: "374829163058274" }), 422, "card_not_valid", "/card/code"],
    ["letters in the code", card({ code: "12a" }), 422, "card_not_valid", "/card/code"],
    ["a code as a number", card({ code: 123 }), 400, wrongInShape, "/card/code"],
    ["no name", card({ name: undefined }), 400, wrongInShape, "/card/name"],
    ["an empty name", card({ name: " " }), 422, "card_not_valid", "/card/name"],
    ["a name of 46 characters", card({ name: "n".repeat(46) }), 422, "card_not_valid", "/card/name"],
    ["the number for a name", card({ name: "4111111111111111" }), 422, "card_not_valid", "/card/name"],
    ["an unknown member", card({ cvv: "123" }), 400, wrongInShape, "/card/cvv"],
    ["a browser that is a text", { ...card({}), browser: "Firefox" }, 400, wrongInShape, "/browser"],
    [
      "an address that is none",
      { ...card({}), browser: { ipAddress: "home" } },
      400,
      wrongInShape,
      "/browser/ipAddress",
    ],
    ["a colour depth of 0", { ...card({}), browser: { colorDepth: 0 } }, 400, wrongInShape, "/browser/colorDepth"],
    ["a phone beside it", { ...card({}), phone: "919999999" }, 422, "not_possible", "/phone"],
    ["a token beside it", { ...card({}), token: "tok_1" }, 422, "not_possible", "/token"],
    ["a code beside it", { ...card({}), secureCode: "123" }, 422, "not_possible", "/secureCode"],
    ["a mandate beside it", { ...card({}), mandate: "man_1" }, 422, "not_possible", "/mandate"],
    ["MB WAY for a method", { ...card({}), method: "mbway", phone: "919999999" }, 422, "not_possible", "/card"],
    ["Multibanco for a method", { ...card({}), method: "multibanco" }, 422, "not_possible", "/card"],
    ["an e-mail that is none", { ...card({}), customer: { email: "ana" } }, 400, wrongInShape, "/customer/email"],
    [
      "a payer's name too long",
      { ...card({}), customer: { name: "n".repeat(46) } },
      400,
      wrongInShape,
      "/customer/name",
    ],
  ])("is refused with %s, and nothing begins", async (_what, body, status, code, field) => {
    const payment = await createCardPayment(stage);
    const answer = await attempt(payment, body);
    expectProblem(answer, status, code, field);
    expect(await read(stage, payment)).toMatchObject({ status: "open", attempts: [] });
  });

  it("is good through the last day of its month", async () => {
    const payment = await createCardPayment(stage);
    expect((await attempt(payment, card({ expiry: monthFromNow(0) }))).body.status).toBe("approved");
  });

  it("is refused where the payment does not offer cards, is over, or is paid", async () => {
    const phoneOnly = await createCardPayment(stage, { methods: ["mbway"] });
    expectProblem(await attempt(phoneOnly, card({})), 422, "method_not_offered", "/method");
    const canceled = await createCardPayment(stage);
    await stage.api("POST", `/v1/payments/${canceled}/cancel`);
    expectProblem(await attempt(canceled, card({})), 409, "payment_canceled");
    const paid = await createCardPayment(stage);
    await attempt(paid, card({}));
    expectProblem(await attempt(paid, card({})), 409, "payment_already_paid");
    expectProblem(await attempt(UNKNOWN, card({})), 404, "not_found");
  });

  it("sent twice at once is charged once", async () => {
    const payment = await createCardPayment(stage);
    const both = await Promise.all([attempt(payment, card({})), attempt(payment, card({}))]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await read(stage, payment)).toMatchObject({ status: "paid", amountCaptured: 550 });
  });
});

describe("going on after an action", () => {
  const challenged = async () => {
    const payment = await createCardPayment(stage);
    return (await payByCard(stage, payment, "4000000000000028")).body;
  };
  const goOnWith = (payment: string, attempt: string, body: unknown) =>
    stage.api("POST", `/v1/payments/${payment}/attempts/${attempt}/continue`, body);

  it.each([
    ["nothing", {}, "/action"],
    ["no action", { executed: true }, "/action"],
    ["an action that is a number", { action: 1, executed: true }, "/action"],
    ["an empty action", { action: "", executed: true }, "/action"],
    ["an action that is too long", { action: "a".repeat(101), executed: true }, "/action"],
    ["an unknown member", { action: "a", executed: true, paid: true }, "/paid"],
    ["a text for executed", { action: "a", executed: "true" }, "/executed"],
    ["no executed", { action: "a" }, "/executed"],
  ])("is refused with %s", async (_what, body, field) => {
    const { payment, id } = await challenged();
    const answer = await goOnWith(payment, id, body);
    expect(answer.body.errors[0].field).toBe(field);
    expect([answer.status, answer.body.type]).toEqual([400, "/problems/invalid_request"]);
    expect((await read(stage, payment)).attempts[0].status).toBe("action_required");
  });

  it("by an action that is not asked changes nothing, and shows what is", async () => {
    const { payment, id, action } = await challenged();
    const other = await goOnWith(payment, id, { action: crypto.randomUUID(), executed: true });
    expect(other.body).toMatchObject({ status: "action_required", action: { id: action.id } });
  });

  it("is of nothing for an attempt of another payment, or none", async () => {
    const one = await challenged();
    const other = await challenged();
    const body = { action: one.action.id, executed: true };
    expectProblem(await goOnWith(other.payment, one.id, body), 404, "not_found");
    expectProblem(await goOnWith(UNKNOWN, one.id, body), 404, "not_found");
    expectProblem(await goOnWith(one.payment, "att_00000000000000000000", body), 404, "not_found");
    const crossed = await goOnWith(other.payment, other.id, body);
    expect(crossed.body).toMatchObject({ status: "action_required", action: { id: other.action.id } });
    expect((await read(stage, one.payment)).attempts[0].status).toBe("action_required");
  });

  it("of an attempt that is over leaves it as it is", async () => {
    const made = await challenged();
    await answerChallenge(stage, made.action.id, "fail");
    await goOn(stage, made);
    expect((await goOn(stage, made)).body.status).toBe("declined");
    const payment = await createPayment(stage);
    const phone = await askPhone(stage, payment);
    const body = { action: "x", executed: true };
    expect((await goOnWith(payment, phone.body.id, body)).body.status).toBe("pending");
  });
});

describe("captures, cancellations and refunds", () => {
  const ways = ["capture", "cancel", "refunds"] as const;
  const held = async (changes: object = {}) => {
    const payment = await createCardPayment(stage, { capture: "manual", ...changes });
    await payByCard(stage, payment, CARD.number);
    return payment;
  };

  it.each(
    ways.flatMap((way) =>
      [
        ["0", { amount: 0 }, "/amount"],
        ["-1", { amount: -1 }, "/amount"],
        ["1.5", { amount: 1.5 }, "/amount"],
        ["a text", { amount: "5" }, "/amount"],
        ["more than there is money", { amount: 100_000_000 }, "/amount"],
        ["a list", { amount: [5] }, "/amount"],
        ["true", { amount: true }, "/amount"],
        ["an unknown member", { amount: 5, currency: "EUR" }, "/currency"],
      ].map(([what, body, field]) => [way, what, body, field] as const),
    ),
  )("%s of %s is refused, and nothing changes", async (way, _what, body, field) => {
    const payment = await held();
    const before = await read(stage, payment);
    expectProblem(
      await stage.api("POST", `/v1/payments/${payment}/${way}`, body),
      400,
      "invalid_request",
      String(field),
    );
    expect(await read(stage, payment)).toEqual(before);
  });

  it.each([
    ["capture", "capture_exceeds_authorized"],
    ["cancel", "cancellation_exceeds_authorized"],
  ])("%s of a cent more than is held is refused, and nothing changes", async (way, code) => {
    const payment = await held();
    const before = await read(stage, payment);
    expectProblem(await stage.api("POST", `/v1/payments/${payment}/${way}`, { amount: 551 }), 422, code, "/amount");
    expect(await read(stage, payment)).toEqual(before);
  });

  it.each([
    ["capture", "nothing_to_capture"],
    ["refunds", "nothing_to_refund"],
  ])("%s of what was never held is refused", async (way, code) => {
    const payment = await createCardPayment(stage, { capture: "manual" });
    expectProblem(await stage.api("POST", `/v1/payments/${payment}/${way}`), 422, code);
    expect(await read(stage, payment)).toMatchObject({ status: "open", captures: [], refunds: [] });
  });

  it("a refund of what is only held is refused", async () => {
    expectProblem(await stage.api("POST", `/v1/payments/${await held()}/refunds`), 422, "nothing_to_refund");
  });

  it.each(ways)("%s of an unknown payment, or of what is no id, is 404", async (way) => {
    for (const id of [UNKNOWN, "1", "%00", "att_00000000000000000000"]) {
      expectProblem(await stage.api("POST", `/v1/payments/${id}/${way}`, { amount: 1 }), 404, "not_found");
    }
  });

  it("two refunds at the same moment cannot pass what was captured", async () => {
    const payment = await createCardPayment(stage);
    await payByCard(stage, payment, CARD.number);
    await faults(stage, { refund: { delayMs: [50, 50] } });
    const refund = () => stage.api("POST", `/v1/payments/${payment}/refunds`, { amount: 300 });
    const both = await Promise.all([refund(), refund()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 300 });
  });

  it("two captures of all at the same moment capture it once", async () => {
    const payment = await held();
    await faults(stage, { capture: { delayMs: [50, 50] } });
    const capture = () => stage.api("POST", `/v1/payments/${payment}/capture`);
    const both = await Promise.all([capture(), capture()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(await read(stage, payment)).toMatchObject({ amountCaptured: 550 });
  });
});
