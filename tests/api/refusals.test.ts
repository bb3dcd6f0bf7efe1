import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, read } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

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

/** Holds an answer to be a problem of this status and code, that names this field. */
function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, title: expect.any(String) });
  expect(answer.body.detail).toMatch(/\S/);
  expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(field === undefined ? [] : [field]);
}

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
    ["a path as returnUrl", { ...ORDER, returnUrl: "/thanks" }, "/returnUrl"],
    ["metadata that is a list", { ...ORDER, metadata: ["a"] }, "/metadata"],
    ["metadata that is nested", { ...ORDER, metadata: { a: { b: "c" } } }, "/metadata/a"],
    ["a name of metadata that is too long", { ...ORDER, metadata: { ["k".repeat(41)]: "v" } }, undefined],
    ["a value of metadata that is too long", { ...ORDER, metadata: { k: "v".repeat(501) } }, "/metadata/k"],
    ["a NUL in a name of metadata", { ...ORDER, metadata: { "a\u0000": "v" } }, undefined],
    ["51 members of metadata", { ...ORDER, metadata: Object.fromEntries(numbered(51)) }, "/metadata"],
    ["an expiresAt that is no moment", { ...ORDER, expiresAt: "tomorrow" }, "/expiresAt"],
    ["an expiresAt that no calendar has", { ...ORDER, expiresAt: "2030-13-45T00:00:00Z" }, "/expiresAt"],
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
    ["a card", { ...ORDER, methods: ["mbway", "card"] }, "method_not_served", "/methods/1"],
    ["a capture by hand", { ...ORDER, capture: "manual" }, "not_served", "/capture"],
    ["a card to be saved", { ...ORDER, saveCard: true }, "not_served", "/saveCard"],
    ["a saved card", { ...ORDER, token: "tok_1" }, "not_served", "/token"],
    ["a charge by the merchant", { ...ORDER, initiator: "merchant" }, "not_served", "/initiator"],
    ["an end in the past", { ...ORDER, expiresAt: "2020-01-01T00:00:00Z" }, "not_possible", "/expiresAt"],
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
        if (status === 201) expect(body).toMatchObject({ reference, description });
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
    ["a card", { method: "card", card: {}, browser: {} }, 422, "method_not_served", "/method"],
    ["a saved card", { method: "token", token: "tok_1", secureCode: "123" }, 422, "method_not_served", "/method"],
    ["a mandate", { method: "mandate", mandate: "man_1" }, 422, "method_not_served", "/method"],
    ["a word of no language", { method: "constructor" }, 422, "method_not_served", "/method"],
    ["a card beside a phone", { method: "mbway", phone: "919999999", card: {} }, 422, "not_served", "/card"],
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
    const empty = await raw(`/v1/payments/${id}/${what}`, "", { "content-type": "application/json" });
    expect(empty.status).toBe(what === "cancel" ? 200 : 422);
  });
});

describe("an event endpoint", () => {
  it.each([
    ["no url", {}, "/url"],
    ["a path", { url: "/events" }, "/url"],
    ["a script", { url: "javascript:1" }, "/url"],
    ["a short secret", { url: "http://127.0.0.1:1/x", secret: "whsec_short" }, "/secret"],
    ["a secret of another kind", { url: "http://127.0.0.1:1/x", secret: "s".repeat(40) }, "/secret"],
    ["no types", { url: "http://127.0.0.1:1/x", types: [] }, "/types"],
    ["a type of no shape", { url: "http://127.0.0.1:1/x", types: ["paid"] }, "/types/0"],
    ["an unknown member", { url: "http://127.0.0.1:1/x", version: 2 }, "/version"],
  ])("is refused with %s", async (_what, body, field) => {
    expectProblem(await stage.api("POST", "/v1/event-endpoints", body), 400, "invalid_request", field);
    expect((await stage.api("GET", "/v1/event-endpoints")).body.data).toHaveLength(1);
  });
});

describe("whatever is unknown", () => {
  const unknown = "0".repeat(20);
  it.each([
    ["GET", `/v1/payments/pay_${unknown}`],
    ["GET", "/v1/payments/1"],
    ["GET", "/v1/payments/%00"],
    ["GET", "/v1/payments/pay_%F0%9F%9A%A2"],
    ["POST", `/v1/payments/pay_${unknown}/cancel`],
    ["POST", `/v1/payments/pay_${unknown}/refunds`],
    ["GET", `/v1/events/evt_${unknown}`],
    ["GET", "/v1/events/%00"],
    ["POST", `/v1/events/evt_${unknown}/resend`],
    ["DELETE", `/v1/event-endpoints/ep_${unknown}`],
    ["DELETE", "/v1/event-endpoints/%00"],
  ])("%s %s is 404", async (method, path) => {
    expectProblem(await stage.api(method, path), 404, "not_found");
  });

  it("a payment that an attempt is for, too", async () => {
    expectProblem(await askReference(stage, `pay_${unknown}`), 404, "not_found");
  });

  it.each([
    ["POST", "/v1/payments/pay_0/capture"],
    ["POST", "/v1/mandates"],
    ["GET", "/v1/mandates"],
    ["GET", "/v1/tokens"],
    ["GET", "/v1/nothing"],
    ["PUT", "/v1/payments"],
    ["GET", "/v1"],
  ])("%s %s is not built", async (method, path) => {
    // not by the described stage: what is not built is not described
    const answer = await fetch(stage.server.url + path, { method });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ type: "/problems/not_found", status: 404 });
  });
});

describe("a request that cannot be read", () => {
  it.each([
    ["half a JSON", '{"amount": 5', {}, 400, "malformed_body"],
    ["no JSON", "amount=5", {}, 400, "malformed_body"],
    ["a poisoned prototype", '{"__proto__": {"amount": 1}}', {}, 400, "malformed_body"],
    ["a poisoned constructor", '{"constructor": {"prototype": {}}}', {}, 400, "malformed_body"],
    ["nothing", "", {}, 400, "invalid_request"],
    ["a deep list", "[".repeat(30_000) + "]".repeat(30_000), {}, 400, "invalid_request"],
    ["a deep object", `{"customer":${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}}`, {}, 400, "invalid_request"],
    ["a deep number", `{"amount":${"[".repeat(30_000)}${"]".repeat(30_000)}}`, {}, 400, "invalid_request"],
    ["an enormous body", JSON.stringify({ reference: "x".repeat(300_000) }), {}, 413, "body_too_large"],
    ["a form", "amount=5", { "content-type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
    ["a text", "{}", { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["a nameless type", "{}", { "content-type": ";;;" }, 415, "unsupported_media_type"],
  ])("of %s is refused", async (_what, body, headers, status, code) => {
    const answer = await raw("/v1/payments", body, { "content-type": "application/json", ...headers });
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  it.each([
    ["none", undefined],
    ["a wrong one", "Bearer sk_test_wrong"],
    ["one of another kind", "Basic c2tfdGVzdF9zdGFnZTo="],
    ["the bare key", "sk_test_stage"],
  ])("with %s for a key is refused before anything else is looked at", async (_what, authorization) => {
    for (const [method, path] of [
      ["GET", "/v1/payments"],
      ["POST", "/v1/payments"],
      ["GET", "/v1/events"],
      ["DELETE", `/v1/event-endpoints/ep_${"0".repeat(20)}`],
    ] as const) {
      const answer = await fetch(stage.server.url + path, {
        method,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await answer.json()).toMatchObject({ type: "/problems/unauthorized", status: 401 });
    }
  });

  it("takes the scheme in any case, as RFC 9110 says", async () => {
    const answer = await stage.api("GET", "/v1/payments", undefined, { authorization: "bearer sk_test_stage" });
    expect(answer.status).toBe(200);
  });

  it("is answered even when it is no HTTP", async () => {
    const port = Number(new URL(stage.server.url).port);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end("NONSENSE\r\n\r\n"));
      let text = "";
      socket.on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

function address(changes: object): object {
  return { street1: "Rua 1", city: "Lisboa", postcode: "1200-999", country: "PT", ...changes };
}

function numbered(count: number): [string, string][] {
  return Array.from({ length: count }, (_, number) => [`k${number}`, "v"]);
}

async function raw(path: string, body: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(stage.server.url + path, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_stage", "idempotency-key": crypto.randomUUID(), ...headers },
    body,
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
