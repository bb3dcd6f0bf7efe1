import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { faults, read } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const CARD = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana Sousa" };
const ORDER = { amount: 550, currency: "EUR", reference: "order-1" };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

const attempt = (payment: string, body: unknown) => stage.api("POST", `/v1/payments/${payment}/attempts`, body);

async function savedCard(customer = "c9"): Promise<string> {
  const payment = await createCardPayment(stage, { customer: { ...ANA, id: customer }, saveCard: true });
  await payByCard(stage, payment, CARD.number);
  return (await stage.api("GET", `/v1/tokens?customer=${customer}`)).body.data[0].id;
}

describe("saved cards and charges by the merchant", () => {
  const create = (changes: object) => stage.api("POST", "/v1/payments", { ...ORDER, ...changes });
  const count = async () => (await stage.pool.query("select count(*)::int as n from payment")).rows[0].n;

  it.each([
    ["a card to be saved for nobody", { saveCard: true }, 422, "not_possible", "/saveCard"],
    ["a card to be saved for no id", { saveCard: true, customer: { name: "Ana" } }, 422, "not_possible", "/saveCard"],
    ["a text for saveCard", { saveCard: "yes", customer: ANA }, 400, "invalid_request", "/saveCard"],
    ["a charge without a card", { initiator: "merchant", customer: ANA }, 422, "not_possible", "/token"],
    ["a charge by somebody else", { initiator: "bank", customer: ANA }, 400, "invalid_request", "/initiator"],
    ["a saved card of nobody", { token: "tok_1" }, 422, "not_possible", "/token"],
    ["an unknown saved card", { token: "tok_1", customer: ANA }, 422, "unknown_token", "/token"],
    ["an empty token", { token: "", customer: ANA }, 400, "invalid_request", "/token"],
    ["a token too long", { token: "t".repeat(41), customer: ANA }, 400, "invalid_request", "/token"],
    ["an unknown charge", { token: "tok_1", initiator: "merchant", customer: ANA }, 422, "unknown_token", "/token"],
    ["a hold by reference", { capture: "manual", methods: ["multibanco"] }, 422, "method_cannot_hold", "/methods"],
    ["a method that is none", { methods: ["cash"] }, 422, "method_not_served", "/methods/0"],
  ])("a payment with %s is refused, and none is made", async (_what, body, status, code, field) => {
    const before = await count();
    expectProblem(await create(body), status, code, field);
    expect(await count()).toBe(before);
  });

  it("of another customer pay nothing, whoever asks", async () => {
    const token = await savedCard("c-one");
    const stranger = { ...ANA, id: "c-two" };
    const before = await count();
    expectProblem(await create({ token, customer: stranger }), 422, "unknown_token", "/token");
    expectProblem(await create({ token, customer: stranger, initiator: "merchant" }), 422, "unknown_token", "/token");
    expect(await count()).toBe(before);
    const payment = await createCardPayment(stage, { customer: stranger });
    expectProblem(await attempt(payment, { method: "token", token }), 422, "unknown_token", "/token");
    expect((await read(stage, payment)).attempts).toEqual([]);
  });

  it.each([
    ["two digits for a code", { secureCode: "12" }, 422, "card_not_valid", "/secureCode"],
    ["five digits for a code", { secureCode: "12345" }, 422, "card_not_valid", "/secureCode"],
    ["letters for a code", { secureCode: "abc" }, 422, "card_not_valid", "/secureCode"],
    ["a number for a code", { secureCode: 123 }, 400, "invalid_request", "/secureCode"],
    ["a card beside it", { card: CARD }, 422, "not_possible", "/card"],
    ["another token", { token: "tok_2" }, 422, "unknown_token", "/token"],
    ["no token", { token: null }, 400, "invalid_request", "/token"],
  ])("an attempt with %s is refused, and nothing begins", async (_what, body, status, code, field) => {
    const token = await savedCard();
    const payment = await createCardPayment(stage);
    expectProblem(await attempt(payment, { method: "token", token, ...body }), status, code, field);
    expect((await read(stage, payment)).attempts).toEqual([]);
  });

  it.each(["tok_1", "%00", "tok_00000000000000000000"])("%s is nothing that could be forgotten", async (id) => {
    expectProblem(await stage.api("DELETE", `/v1/tokens/${id}`), 404, "not_found");
  });

  it.each([
    ["", "customer"],
    ["?customer=", "customer"],
    [`?customer=${"c".repeat(101)}`, "customer"],
  ])("are not listed for %j", async (query, field) => {
    expectProblem(await stage.api("GET", `/v1/tokens${query}`), 400, "invalid_request", field);
  });

  it("forgotten twice at once are forgotten once", async () => {
    const token = await savedCard("c-forgotten");
    const both = await Promise.all([1, 2].map(() => stage.api("DELETE", `/v1/tokens/${token}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
  });
});
