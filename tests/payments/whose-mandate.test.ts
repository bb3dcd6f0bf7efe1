import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { createPayment, read } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

const ANA = { id: "c-ana", name: "Ana" };
const RUI = { id: "c-rui", name: "Rui" };

let stage: Stage;
let hers: string;
let his: string;
let nobodys: string;
beforeAll(async () => {
  stage = await setStage();
  hers = await authorise(stage, newPhone(), { customer: ANA });
  his = await authorise(stage, newPhone(), { customer: RUI });
  nobodys = await authorise(stage, newPhone());
});
afterAll(() => stage.close());

const attempt = (payment: string, body: object) =>
  stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mandate", ...body });
const ask = (changes: object) =>
  stage.api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "order-17", ...changes });

describe("a payment that does not say whose it is", () => {
  it.each([
    ["no customer", {}],
    ["a customer without an id", { customer: { name: "Ana" } }],
  ])("is not charged by somebody's mandate, and says how: %s", async (_, changes) => {
    const payment = await createPayment(stage, changes);
    const refused = await attempt(payment, { mandate: hers });
    expectProblem(refused, 422, "unknown_mandate", "/customer");
    expect(refused.body.detail).toContain("`customer`");
    expect(JSON.stringify(refused.body)).not.toContain(ANA.id);
    for (const customer of ["c-rui", "C-ANA", "c-ana "]) {
      expectProblem(await attempt(payment, { mandate: hers, customer }), 422, "unknown_mandate", "/customer");
    }
    expect((await read(stage, payment)).attempts).toEqual([]);
    const charged = await attempt(payment, { mandate: hers, customer: ANA.id });
    expect(charged).toMatchObject({ status: 201, body: { status: "approved", mandate: hers } });
  });

  it("is charged by a mandate whose request names its customer as a payment does", async () => {
    const payment = await createPayment(stage);
    expect((await attempt(payment, { mandate: hers, customer: { id: ANA.id } })).body.status).toBe("approved");
  });

  it("is charged by a mandate of which nobody said whose it is", async () => {
    const payment = await createPayment(stage);
    expectProblem(await attempt(payment, { mandate: nobodys, customer: "c-ana" }), 422, "unknown_mandate", "/customer");
    expect((await attempt(payment, { mandate: nobodys })).body.status).toBe("approved");
  });
});

describe("a payment that says whose it is", () => {
  it("is charged by that customer's mandate alone, whomever the request names", async () => {
    const payment = await createPayment(stage, { customer: ANA });
    expectProblem(await attempt(payment, { mandate: his }), 422, "unknown_mandate", "/mandate");
    expectProblem(await attempt(payment, { mandate: his, customer: RUI.id }), 422, "unknown_mandate", "/mandate");
    expectProblem(await attempt(payment, { mandate: hers, customer: RUI.id }), 422, "unknown_mandate", "/customer");
    expect((await read(stage, payment)).attempts).toEqual([]);
    expect((await attempt(payment, { mandate: hers, customer: ANA.id })).body.status).toBe("approved");
  });
});

describe("a customer in an attempt", () => {
  it.each([
    ["by MB WAY", { method: "mbway", phone: "919999999", customer: "c-ana" }, 422, "/customer"],
    ["by a text, for a saved card", { method: "token", token: "tok_1", customer: "c-ana" }, 422, "/customer"],
    [
      "with an e-mail, for a mandate",
      { method: "mandate", mandate: "man_1", customer: { id: "c-ana", email: "a@b.pt" } },
      422,
      "/customer/email",
    ],
    ["that is empty", { method: "mandate", mandate: "man_1", customer: "" }, 400, "/customer"],
  ])("%s has no place there", async (_, body, status, field) => {
    const payment = await createPayment(stage);
    const refused = await stage.api("POST", `/v1/payments/${payment}/attempts`, body);
    expect(refused.status).toBe(status);
    expect(refused.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });
});

describe("the mandates that a page may offer", () => {
  it("are kept with the payment, once each, and none unless named", async () => {
    const made = await ask({ customer: ANA, mandates: [hers] });
    expect(made).toMatchObject({ status: 201, body: { mandates: [hers] } });
    expect((await read(stage, made.body.id)).mandates).toEqual([hers]);
    expect((await ask({})).body.mandates).toEqual([]);
    expect((await ask({ mandates: null })).body.mandates).toEqual([]);
    expect((await ask({ mandates: [] })).body.mandates).toEqual([]);
    expect((await ask({ customer: ANA, mandates: [hers, hers] })).status).toBe(400);
  });

  it.each([
    ["another customer's", () => ({ customer: ANA, mandates: [hers, his] }), "unknown_mandate", "/mandates/1"],
    ["of nobody known", () => ({ customer: ANA, mandates: [nobodys] }), "unknown_mandate", "/mandates/0"],
    ["that is not there", () => ({ customer: ANA, mandates: ["man_none"] }), "unknown_mandate", "/mandates/0"],
    ["of a payment of nobody", () => ({ mandates: [hers] }), "not_possible", "/mandates"],
  ])("are refused: one %s", async (_, body, code, field) => {
    expectProblem(await ask(body()), 422, code, field);
  });

  it("are all refused at once", async () => {
    const refused = await ask({ customer: ANA, mandates: [his, hers, "man_none"] });
    expect(refused.body.errors.map((error: { field: string }) => error.field)).toEqual(["/mandates/0", "/mandates/2"]);
  });
});

describe("a plan's payment", () => {
  it("names no mandate for its page, and is charged by its own", async () => {
    const wanted = { amount: 990, currency: "EUR", every: "month" };
    const plan = (await stage.api("POST", `/v1/mandates/${hers}/plans`, wanted)).body;
    await stage.advance(86_400);
    const { data } = (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body;
    expect(data).toMatchObject([{ status: "paid", mandate: hers, mandates: [] }]);
  });
});
