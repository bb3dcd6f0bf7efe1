import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cardBody,
  checkoutBody,
  type Json,
  operationBody,
  type TestGateway,
  testGateway,
} from "../../testing/gateway.ts";
import { creationBody, mandatesOf, PHONE } from "../../testing/mandates.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

/** Every path in a message: `["transaction", "amount", "value"]`. */
function pathsIn(value: Json, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]));
  return path.length === 0 ? inside : [path, ...inside];
}

/** The message with something else at one place. */
function replaced(message: Json, [name = "", ...rest]: string[], value: Json): Json {
  return { ...message, [name]: rest.length === 0 ? value : replaced(message[name], rest, value) };
}

const awkward = fc.constantFrom<Json>("\u0000", "\ud800", "", -0, 1e21, 2 ** 53, "x".repeat(5_000), [[[]]], {
  toString: 1,
});
const anything = fc.oneof(awkward, fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>);

describe("a call with anything in any place", () => {
  it("is answered with a returnStatus, and never with 500", async () => {
    const whole = checkoutBody(await gateway.now());
    const somewhere = fc.constantFrom(...pathsIn(whole));
    await fc.assert(
      fc.asyncProperty(somewhere, anything, async (path, value) => {
        const { status, body } = await gateway.spg("/payments", { body: replaced(whole, path, value) });
        expect([200, 400, 401]).toContain(status);
        expect(body.returnStatus.statusCode).toEqual(expect.any(String));
      }),
      { numRuns: 400 },
    );
  });

  it("is so for method calls, operations, addresses and queries as well", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    const digest = gateway.digest(made.signature);
    const whole = operationBody(1, "operation-1");
    const somewhere = fc.constantFrom(...pathsIn(whole));
    await fc.assert(
      fc.asyncProperty(somewhere, anything, fc.string({ unit: "binary" }), async (path, value, text) => {
        const written = encodeURIComponent(text.toWellFormed());
        const answers = await Promise.all([
          gateway.spg(`/payments/${made.id}/mbway-id/purchase`, { headers: digest, body: { customerPhone: value } }),
          gateway.spg(`/payments/${made.id}/refund`, { body: replaced(whole, path, value) }),
          gateway.spg(`/payments/${written}/status`),
          gateway.spg(`/payments/status?merchantTransactionId=${written}`),
        ]);
        for (const { status, body } of answers) {
          expect([200, 400, 401, 404, 409]).toContain(status);
          expect(body.returnStatus.statusCode).toEqual(expect.any(String));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a call about a card with anything in any place", () => {
  it("is answered with a returnStatus, and never with 500", async () => {
    const made = await gateway.cardCheckout({ paymentType: "AUTH" });
    const headers = gateway.digest(made.signature);
    const card = cardBody("4111111111111112", { more: { merchantInitiatedTransaction: { type: "RCRR" } } });
    const token = {
      tokenInfo: { value: "f".repeat(40), secureCode: "123", tokenType: "Card" },
      info: { deviceInfo: {} },
    };
    const action = { actionProcessed: { id: "b81e04aa", type: "THREEDS_METHOD", executed: true } };
    const capture = {
      ...operationBody(1, "capture-1"),
      saleContext: { splitPayment: { split: true, paymentNumber: 1, maxPayments: 2 } },
    };
    const messages = [
      ["card/purchase", card],
      ["card/purchase", action],
      ["token/purchase", token],
      ["capture", capture],
      ["mit", operationBody(1, "charge-1")],
    ] as const;
    const anywhere = fc
      .constantFrom(...messages)
      .chain(([call, whole]) => fc.tuple(fc.constant(call), fc.constant(whole), fc.constantFrom(...pathsIn(whole))));
    await fc.assert(
      fc.asyncProperty(anywhere, anything, async ([call, whole, path], value) => {
        const body = replaced(whole, path, value);
        const credentials = call.endsWith("purchase") ? { headers } : {};
        const answered = await gateway.spg(`/payments/${made.id}/${call}`, { ...credentials, body });
        expect([200, 400, 401, 409]).toContain(answered.status);
        expect(answered.body.returnStatus.statusCode).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a call about a mandate with anything in any place", () => {
  it("is answered with a returnStatus, and never with 500", async () => {
    const mandates = mandatesOf(gateway);
    const { transactionId, mandateId } = await mandates.given();
    const made = await mandates.checkout(mandateId, 1);
    const headers = { ...gateway.bearer(), "Mbway-ID": PHONE };
    const checkout = {
      ...checkoutBody(await gateway.now(), { methods: ["MANDATE", "MBWAY"], reference: null }),
      customer: {
        customerInfo: { customerName: "Jane Doe" },
        extendedInfo: [{ key: "PREFILL_MBWAY_ID", value: "919999999" }],
      },
      mandate: { mandateId },
    };
    const calls = [
      ["/mbway-mandates/creation", gateway.bearer(), creationBody({ phone: "351#960000003" })],
      [`/mbway-mandates/${transactionId}/inquiry`, headers, { info: { deviceInfo: {} } }],
      [`/mbway-mandates/${transactionId}/cancel`, headers, { merchant: { ...creationBody().merchant, channel: "" } }],
      ["/payments", gateway.bearer(), checkout],
      [
        `/payments/${made.id}/mbway-id/purchase`,
        gateway.digest(made.signature),
        { mandate: { mandateCreation: false, useMBWAYMandate: "no" } },
      ],
    ] as const;
    const anywhere = fc
      .constantFrom(...calls)
      .chain(([path, sent, whole]) =>
        fc.tuple(fc.constant([path, sent, whole] as const), fc.constantFrom(...pathsIn(whole))),
      );
    await fc.assert(
      fc.asyncProperty(anywhere, anything, async ([[path, sent, whole], place], value) => {
        const answered = await gateway.spg(path, { headers: sent, body: replaced(whole, place, value) });
        expect([200, 400, 401, 409]).toContain(answered.status);
        expect(answered.body.returnStatus.statusCode).toEqual(expect.any(String));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a sandbox call with anything in it", () => {
  it("is never answered with 500", async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.string({ unit: "binary" }), async (value, text) => {
        const written = encodeURIComponent(text.toWellFormed());
        const answers = await Promise.all([
          gateway.sandbox(`/phones/${written}`),
          gateway.sandbox(`/phones/${written}/approve`, { id: value }),
          gateway.sandbox(`/references/${written}/${written}/pay`, { amount: value }),
          gateway.sandbox(`/transactions/${written}`),
          gateway.sandbox(`/transactions?after=${written}`),
          gateway.sandbox(`/challenges/${written}/pass`, {}),
          gateway.sandbox(`/methods/${written}/done`, {}),
          gateway.sandbox(`/notifications/${written}/resend`, {}),
          gateway.sandbox("/terminals/700001", { merchantName: value, token: value, webhook: value }, "PUT"),
        ]);
        for (const { status } of answers) expect([200, 400, 404, 409, 422]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});
