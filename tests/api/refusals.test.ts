import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";
import { expectProblem, postRaw } from "./problem.ts";

const ORDER = { amount: 550, currency: "EUR", reference: "order-1" };
const LATER = new Date(Date.now() + 86_400_000).toISOString();

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage();
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults).toEqual([]));

async function paymentsStored(): Promise<number> {
  const { rows } = await stage.pool.query("select count(*)::int as n from payment");
  return rows[0].n;
}

describe("a new payment", () => {
  it.each([
    ["no amount", { currency: "EUR", reference: "r" }, "/amount"],
    ["an amount of nothing", { ...ORDER, amount: 0 }, "/amount"],
    ["a negative amount", { ...ORDER, amount: -1 }, "/amount"],
    ["half a cent", { ...ORDER, amount: 1.5 }, "/amount"],
    ["an amount beyond 99,999,999", { ...ORDER, amount: 1e9 }, "/amount"],
    ["an amount as a text", { ...ORDER, amount: "5" }, "/amount"],
    ["no amount but null", { ...ORDER, amount: null }, "/amount"],
    ["no currency", { amount: 1, reference: "r" }, "/currency"],
    ["another currency", { ...ORDER, currency: "USD" }, "/currency"],
    ["the currency in small letters", { ...ORDER, currency: "eur" }, "/currency"],
    ["no reference", { amount: 1, currency: "EUR" }, "/reference"],
    ["an empty reference", { ...ORDER, reference: "" }, "/reference"],
    ["a reference that is too long", { ...ORDER, reference: "r".repeat(101) }, "/reference"],
    ["a number as reference", { ...ORDER, reference: 17 }, "/reference"],
    ["a NUL in the reference", { ...ORDER, reference: "a\u0000b" }, "/reference"],
    ["half a character in the reference", { ...ORDER, reference: "a\ud800b" }, "/reference"],
    ["a description that is too long", { ...ORDER, description: "d".repeat(256) }, "/description"],
    ["a NUL in the description", { ...ORDER, description: "\u0000" }, "/description"],
    ["no methods at all", { ...ORDER, methods: [] }, "/methods"],
    ["methods that are no list", { ...ORDER, methods: "mbway" }, "/methods"],
    ["a method twice", { ...ORDER, methods: ["mbway", "mbway"] }, "/methods"],
    ["an unknown way to capture", { ...ORDER, capture: "later" }, "/capture"],
    ["an unknown choice for late payments", { ...ORDER, latePayments: "keep" }, "/latePayments"],
    ["an unknown member", { ...ORDER, amonut: 5 }, "/amonut"],
    ["a customer that is a text", { ...ORDER, customer: "Ana" }, "/customer"],
    ["an unknown member of the customer", { ...ORDER, customer: { nam: "Ana" } }, "/customer/nam"],
    ["an address that is none", { ...ORDER, customer: { email: "ana" } }, "/customer/email"],
    ["a NUL in the e-mail", { ...ORDER, customer: { email: "a\u0000@b.pt" } }, "/customer/email"],
    ["an address without a city", { ...ORDER, customer: { billingAddress: address({ city: undefined }) } }, undefined],
    ["a country in words", { ...ORDER, customer: { billingAddress: address({ country: "Portugal" }) } }, undefined],
    ["a script as returnUrl", { ...ORDER, returnUrl: "javascript:alert(1)" }, "/returnUrl"],
    ["a file as returnUrl", { ...ORDER, returnUrl: "file:///etc/passwd" }, "/returnUrl"],
    ["a returnUrl without a host", { ...ORDER, returnUrl: "https://" }, "/returnUrl"],
    ["a script as cancelUrl", { ...ORDER, cancelUrl: "javascript:alert(1)" }, "/cancelUrl"],
    ["an item without a name", { ...ORDER, items: [{ name: " ", quantity: 1, amount: 1 }] }, "/items/0/name"],
    ["none of an item", { ...ORDER, items: [{ name: "Mug", quantity: 0, amount: 1 }] }, "/items/0/quantity"],
    ["parts of a cent", { ...ORDER, items: [{ name: "Mug", quantity: 1, amount: 1.5 }] }, "/items/0/amount"],
    ["a path as returnUrl", { ...ORDER, returnUrl: "/thanks" }, "/returnUrl"],
    ["metadata that is a list", { ...ORDER, metadata: ["a"] }, "/metadata"],
    ["metadata that is nested", { ...ORDER, metadata: { a: { b: "c" } } }, "/metadata/a"],
    ["a name of metadata that is too long", { ...ORDER, metadata: { ["k".repeat(41)]: "v" } }, undefined],
    ["a value of metadata that is too long", { ...ORDER, metadata: { k: "v".repeat(501) } }, "/metadata/k"],
    ["a NUL in a name of metadata", { ...ORDER, metadata: { "a\u0000": "v" } }, undefined],
    ["51 members of metadata", { ...ORDER, metadata: Object.fromEntries(numbered(51)) }, "/metadata"],
    ["an expiresAt that is no moment", { ...ORDER, expiresAt: "tomorrow" }, "/expiresAt"],
    ["an expiresAt that no calendar has", { ...ORDER, expiresAt: "2030-13-45T00:00:00Z" }, "/expiresAt"],
    ["the 31st of November", { ...ORDER, expiresAt: "2026-11-31T12:00:00Z" }, "/expiresAt"],
    ["the 29th of February of no leap year", { ...ORDER, expiresAt: "2027-02-29T12:00:00+01:00" }, "/expiresAt"],
    ["an hour 24", { ...ORDER, expiresAt: "2026-11-30T24:00:00Z" }, "/expiresAt"],
    ["a second 60", { ...ORDER, expiresAt: "2026-11-30T23:59:60Z" }, "/expiresAt"],
    ["a zone that nobody has", { ...ORDER, expiresAt: "2026-11-30T12:00:00+25:00" }, "/expiresAt"],
    ["a list", [ORDER], ""],
    ["a text", "payment", ""],
    ["null", null, ""],
  ])("is refused with %s, which is wrong in shape", async (_what, body, field) => {
    const before = await paymentsStored();
    const answer = await stage.api("POST", "/v1/payments", body);
    expectProblem(answer, 400, "invalid_request", field ?? answer.body.errors?.[0]?.field);
    expect(await paymentsStored()).toBe(before);
  });

  it.each([
    ["an end in the past", { ...ORDER, expiresAt: "2020-01-01T00:00:00Z" }, "not_possible", "/expiresAt"],
    ["a language of no page", { ...ORDER, locale: "de" }, "not_possible", "/locale"],
    ["an end in a far future", { ...ORDER, expiresAt: "2099-01-01T00:00:00Z" }, "not_possible", "/expiresAt"],
  ])("is refused with %s, which is right in shape but not possible", async (_what, body, code, field) => {
    const before = await paymentsStored();
    expectProblem(await stage.api("POST", "/v1/payments", body), 422, code, field);
    expect(await paymentsStored()).toBe(before);
  });

  it("holds the longest of everything", async () => {
    const wide = "漢".repeat(100);
    const body = {
      ...ORDER,
      reference: wide,
      description: "d".repeat(255),
      metadata: Object.fromEntries(numbered(50).map(([key]) => [key.padEnd(40, "k"), "漢".repeat(500)])),
    };
    const { status, body: made } = await stage.api("POST", "/v1/payments", body);
    expect(status).toBe(201);
    expect(made).toMatchObject(body);
  });

  it("holds any text that is one, and never breaks on one that is not", async () => {
    const reference = fc.oneof(fc.string({ unit: "binary", maxLength: 100 }), fc.string({ unit: "grapheme" }));
    await fc.assert(
      fc.asyncProperty(reference, fc.string({ unit: "binary", maxLength: 255 }), async (reference, description) => {
        const { status, body } = await stage.api("POST", "/v1/payments", { ...ORDER, reference, description });
        const isBlank = !/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Co}]/u.test(description);
        if (status === 201) expect(body).toMatchObject({ reference, description: isBlank ? null : description });
        else expect([status, body.type]).toEqual([400, "/problems/invalid_request"]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("an attempt", () => {
  it.each([
    ["no method", {}, 400, "invalid_request", "/method"],
    ["an unknown member", { method: "mbway", phone: "919999999", fone: "1" }, 400, "invalid_request", "/fone"],
    ["no phone", { method: "mbway" }, 400, "invalid_request", "/phone"],
    ["a phone that is a number", { method: "mbway", phone: 919999999 }, 400, "invalid_request", "/phone"],
    ["a NUL in the phone", { method: "mbway", phone: "91999\u00009999" }, 400, "invalid_request", "/phone"],
    ["a foreign phone", { method: "mbway", phone: "+34 600 000 000" }, 422, "not_possible", "/phone"],
    ["a phone at a wall", { method: "mbway", phone: "219999999" }, 422, "not_possible", "/phone"],
    ["half a phone", { method: "mbway", phone: "91999" }, 422, "not_possible", "/phone"],
    ["letters", { method: "mbway", phone: "abc" }, 422, "not_possible", "/phone"],
    ["an unknown mandate", { method: "mandate", mandate: "man_1" }, 422, "unknown_mandate", "/mandate"],
    ["a word of no language", { method: "constructor" }, 422, "method_not_served", "/method"],
  ])("is refused with %s", async (_what, body, status, code, field) => {
    const id = await createPayment(stage);
    expectProblem(await stage.api("POST", `/v1/payments/${id}/attempts`, body), status, code, field);
    expect(await read(stage, id)).toMatchObject({ status: "open", attempts: [] });
  });

  it("is refused while another is under way, with the seconds that are left of it", async () => {
    const id = await createPayment(stage);
    const live = await askPhone(stage, id);
    const second = await askPhone(stage, id, "912345678");
    expectProblem(second, 409, "attempt_in_progress");
    expect(second.body).toMatchObject({ attempt: live.body.id, secondsLeft: expect.any(Number) });
    expect(second.body.secondsLeft).toBeGreaterThan(200);
    expectProblem(await askReference(stage, id), 409, "attempt_in_progress");
    await approve(stage);
    await stage.settle();
  });

  it("is refused by a method that the payment does not offer", async () => {
    const id = await createPayment(stage, { methods: ["mbway"] });
    expectProblem(await askReference(stage, id), 422, "method_not_offered", "/method");
  });

  it("is refused once the payment is paid, canceled or expired; so are cancellation and refund where they make no sense", async () => {
    const paid = await createPayment(stage);
    await askPhone(stage, paid);
    await approve(stage);
    await stage.settle();
    expectProblem(await askPhone(stage, paid), 409, "payment_already_paid");
    expectProblem(await stage.api("POST", `/v1/payments/${paid}/cancel`), 409, "payment_already_paid");

    const canceled = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${canceled}/cancel`);
    expectProblem(await askReference(stage, canceled), 409, "payment_canceled");
    expectProblem(await stage.api("POST", `/v1/payments/${canceled}/refunds`), 422, "nothing_to_refund");

    const expired = await createPayment(stage, { expiresAt: LATER });
    await stage.advance(90_000);
    expectProblem(await askPhone(stage, expired), 409, "payment_expired");
    expectProblem(await stage.api("POST", `/v1/payments/${expired}/cancel`), 409, "payment_expired");
  });
});

describe("a refund or a cancellation", () => {
  it.each([
    ["nothing", { amount: 0 }, 400, "invalid_request"],
    ["half a cent", { amount: 0.5 }, 400, "invalid_request"],
    ["a text", { amount: "100" }, 400, "invalid_request"],
    ["more than was paid", { amount: 551 }, 422, "refund_exceeds_captured"],
  ])("of %s is refused", async (_what, body, status, code) => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    expectProblem(await stage.api("POST", `/v1/payments/${id}/refunds`, body), status, code, "/amount");
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 0, refunds: [] });
  });

  it("of a part is refused: only the whole can be canceled", async () => {
    const id = await createPayment(stage);
    expectProblem(await stage.api("POST", `/v1/payments/${id}/cancel`, { amount: 1 }), 422, "not_possible", "/amount");
    expect(await read(stage, id)).toMatchObject({ status: "open" });
  });

  it.each(["cancel", "refunds"])("%s takes no unknown member, and no body for an empty one", async (what) => {
    const id = await createPayment(stage);
    expectProblem(await stage.api("POST", `/v1/payments/${id}/${what}`, { all: true }), 400, "invalid_request", "/all");
    const empty = await postRaw(stage, `/v1/payments/${id}/${what}`, "", { "content-type": "application/json" });
    expect(empty.status).toBe(what === "cancel" ? 200 : 422);
  });
});

describe("an event endpoint", () => {
  it.each([
    ["no url", {}, "/url"],
    ["a path", { url: "/events" }, "/url"],
    ["a script", { url: "javascript:1" }, "/url"],
    ["a short secret", { url: "http://127.0.0.1:8/x", secret: "whsec_short" }, "/secret"],
    ["a secret of another kind", { url: "http://127.0.0.1:8/x", secret: "s".repeat(40) }, "/secret"],
    ["no types", { url: "http://127.0.0.1:8/x", types: [] }, "/types"],
    ["a type of no shape", { url: "http://127.0.0.1:8/x", types: ["paid"] }, "/types/0"],
    ["an unknown member", { url: "http://127.0.0.1:8/x", version: 2 }, "/version"],
  ])("is refused with %s", async (_what, body, field) => {
    expectProblem(await stage.api("POST", "/v1/event-endpoints", body), 400, "invalid_request", field);
    expect((await stage.api("GET", "/v1/event-endpoints")).body.data).toHaveLength(1);
  });
});

function address(changes: object): object {
  return { street1: "Rua 1", city: "Lisboa", postcode: "1200-999", country: "PT", ...changes };
}

function numbered(count: number): [string, string][] {
  return Array.from({ length: count }, (_, number) => [`k${number}`, "v"]);
}
