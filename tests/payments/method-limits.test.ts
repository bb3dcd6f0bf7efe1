import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { askPhone, askReference, createPayment, read } from "../support/actions.ts";
import { createCardPayment } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

const CARD = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana Sousa" };
const LIMITS = {
  mbway: { least: cents(100), most: cents(550) },
  multibanco: { least: cents(200), most: null },
};

let stage: Stage;
beforeAll(async () => {
  const methods = ["mbway", "multibanco"] as const;
  stage = await setStage({
    methods: [...methods, "card"],
    limits: LIMITS,
    requiresCustomer: false,
    phoneLimits: { most: 1, withinMinutes: 10 },
  });
  await stage.sandbox("PUT", "/terminals/52221", { requiresCustomer: false });
});
afterAll(() => stage.close());

it("a method is offered up to the cent of its limits, and pays nothing beyond them", async () => {
  const small = await createPayment(stage, { amount: 199 });
  expectProblem(await askReference(stage, small), 422, "amount_beyond_method", "/method");
  expect((await read(stage, small)).attempts).toEqual([]);
  expect((await askReference(stage, await createPayment(stage, { amount: 200 }))).status).toBe(201);

  const large = await createPayment(stage, { amount: 551 });
  const refused = await askPhone(stage, large);
  expectProblem(refused, 422, "amount_beyond_method", "/method");
  expect(refused.body.detail).toContain("from 100 up to 550 cents");
  expect((await askPhone(stage, await createPayment(stage, { amount: 550 }))).status).toBe(201);
});

it("a phone that was to pay what it cannot did not ring, and is asked when it can", async () => {
  const phone = "911111111";
  expect((await askPhone(stage, await createPayment(stage, { amount: 551 }), phone)).status).toBe(422);
  expect((await askPhone(stage, await createPayment(stage, { amount: 550 }), phone)).status).toBe(201);
  expectProblem(await askPhone(stage, await createPayment(stage), phone), 429, "phone_asked_too_often");
});

it("SIBS is not asked about what is live for an attempt that cannot begin whatever it says", async () => {
  const id = await createPayment(stage, { amount: 150, methods: ["mbway", "card", "multibanco"], overlap: "allow" });
  expect((await askPhone(stage, id, "912222222")).status).toBe(201);
  const whenAsked = async () => {
    const { rows } = await stage.pool.query("select state, looks from caravela.payment where id = $1", [id]);
    return JSON.stringify([rows[0].state.attempts[0].asked, rows[0].looks]);
  };
  // asked after 30 seconds, and next after 60
  await stage.advance(45);
  const before = await whenAsked();
  expectProblem(await askReference(stage, id), 422, "amount_beyond_method", "/method");
  expect(await whenAsked()).toBe(before);
  const card = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "card", card: CARD });
  expect(card.status).toBe(201);
  expect(await whenAsked()).not.toBe(before);
});

it("a payment that no method of its own pays is not made", async () => {
  const body = { amount: 99, currency: "EUR", reference: "small", methods: ["mbway", "multibanco"] };
  const refused = await stage.api("POST", "/v1/payments", body);
  expectProblem(refused, 422, "amount_beyond_method", "/amount");
  expect((await stage.api("GET", "/v1/payments?reference=small")).body.data).toEqual([]);
});

it("the page offers what pays the amount, and takes no press of what does not", async () => {
  const id = await createPayment(stage, { amount: 551 });
  const { payUrl } = await read(stage, id);
  const view = await (await fetch(`${payUrl}/view`)).json();
  expect(view).toMatchObject({
    methods: ["multibanco", "card"],
    outOfReach: [{ method: "mbway", least: 100, most: 550 }],
  });
  const form = { method: "POST", headers: { accept: "application/json" } };
  await fetch(`${payUrl}/mbway`, { ...form, body: new URLSearchParams({ phone: "919999999", request: view.request }) });
  expect((await read(stage, id)).attempts).toEqual([]);
});

it("a terminal that needs nobody named charges a card whose owner nobody names", async () => {
  const id = await createCardPayment(stage, { customer: null });
  const view = await (await fetch(`${(await read(stage, id)).payUrl}/view`)).json();
  expect(view.card.asks).toEqual([]);
  const { status, body } = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "card", card: CARD });
  expect([status, body.status]).toEqual([201, "approved"]);
});
