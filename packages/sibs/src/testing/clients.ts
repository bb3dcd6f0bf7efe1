import { afterEach, expect } from "vitest";
import { type CallOptions, Card, type CardInput, cents, Sibs, SibsError, type SibsSettings } from "../index.ts";
import { exampleCheckoutResponse } from "../protocol/checkout.ts";
import { exampleStatusResponse } from "../protocol/status.ts";
import { type ScriptedServer, type Step, scriptedServer, silence, stall } from "./scripted-server.ts";

/** Shaped as SIBS's are; the token is nobody's. */
export const credentials = {
  terminalId: 52221,
  clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
  token: "0276b80f950fb446c6addaccd121abfbbb.eyJlIjoiMTk4N.00",
};

/** The transaction of SIBS's guide. */
export const checkout = {
  transactionId: exampleCheckoutResponse.transactionID,
  signature: exampleCheckoutResponse.transactionSignature,
};

const { transactionId } = checkout;
const action = { id: "a7f0c3f2", type: "THREEDS_METHOD", executed: true };
const phone = "919999999";
const operation = { merchantTransactionId: "rfd-1", amount: cents(100), description: "Refund" };

/** The card of SIBS's documentation that belongs to nobody, or another. */
export function testCard(changes: CardInput = {}): Card {
  const parsed = Card.parse({ ...cardOfNobody, ...changes }, new Date("2026-11-22T12:00:00Z"));
  if (!parsed.ok) throw new Error(`not a card: ${JSON.stringify(parsed.reasons)}`);
  return parsed.card;
}

const cardOfNobody: CardInput = { number: "4111 1111 1111 1111", expiry: "12/28", code: "123", name: "Jane Doe" };

/** Every call of the client, made with whatever fits. */
export const calls = {
  checkout: (sibs: Sibs, options?: CallOptions) => sibs.checkout({ ...operation, methods: ["MBWAY"] }, options),
  status: (sibs: Sibs, options?: CallOptions) => sibs.status(transactionId, options),
  statusByMerchantTransactionId: (sibs: Sibs, options?: CallOptions) =>
    sibs.statusByMerchantTransactionId("rfd-1", options),
  mbwayPurchase: (sibs: Sibs, options?: CallOptions) => sibs.mbwayPurchase(checkout, { phone }, options),
  mandatePurchase: (sibs: Sibs, options?: CallOptions) => sibs.mandatePurchase(checkout, options),
  generateReference: (sibs: Sibs, options?: CallOptions) => sibs.generateReference(checkout, options),
  cardPurchase: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.cardPurchase(checkout, { card: testCard() }, options)).operation,
  continueCard: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.continueCard(checkout, action, options)).operation,
  tokenPurchase: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.tokenPurchase(checkout, { token: "8f3c1d0a5b7e", secureCode: "123" }, options)).operation,
  continueToken: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.continueToken(checkout, action, options)).operation,
  capture: (sibs: Sibs, options?: CallOptions) => sibs.capture(transactionId, operation, options),
  mit: (sibs: Sibs, options?: CallOptions) =>
    sibs.mit(transactionId, { ...operation, originalDatetime: new Date("2026-03-15T14:00:00Z") }, options),
  cancel: (sibs: Sibs, options?: CallOptions) => sibs.cancel(transactionId, operation, options),
  refund: (sibs: Sibs, options?: CallOptions) => sibs.refund(transactionId, operation, options),
  createMandate: (sibs: Sibs, options?: CallOptions) =>
    sibs.createMandate(
      { merchantTransactionId: "man-1", type: "ONECLICK", phone, customerName: "Jane Doe", checkout },
      options,
    ),
  inquireMandate: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.inquireMandate(transactionId, { phone }, options)).mandate,
  inquireMandateDetail: async (sibs: Sibs, options?: CallOptions) =>
    (await sibs.inquireMandateDetail(transactionId, { phone }, options)).mandate,
  listMandates: async (sibs: Sibs, options?: CallOptions) => (await sibs.listMandates(options)).mandates[0],
  cancelMandate: (sibs: Sibs, options?: CallOptions) =>
    sibs.cancelMandate(transactionId, { phone, merchantTransactionId: "end-1" }, options),
} as const;

/** The name of a call. */
export type CallName = keyof typeof calls;

/** Every call. */
export const all = Object.keys(calls) as CallName[];
/** Those that may be sent again freely. */
export const reading: readonly CallName[] = [
  "status",
  "statusByMerchantTransactionId",
  "inquireMandate",
  "inquireMandateDetail",
  "listMandates",
];
/** Those whose lost answer leaves money, or a mandate, in doubt. */
export const moving: readonly CallName[] = all.filter((name) => name !== "checkout" && !reading.includes(name));

/** The transaction that `fitting` names: an operation's own one, for it is not the one that calls are made on. */
export const fittingId = "s2FITxxxxxxxxxxxxxxx";

const mandate = { mandateId: "03170048986451307711", transactionId: fittingId };

/** An answer that every call can read. */
export const fitting = {
  ...exampleStatusResponse,
  ...exampleCheckoutResponse,
  transactionID: fittingId,
  mandate,
  mandates: [mandate],
};

/** Makes clients of scripted servers, which end with the test. */
export function scriptedClients(options: Partial<SibsSettings> = {}) {
  const servers: ScriptedServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  return async (...steps: Step[]): Promise<{ sibs: Sibs; server: ScriptedServer }> => {
    const server = await scriptedServer(...steps);
    servers.push(server);
    return { sibs: new Sibs({ ...credentials, baseUrl: server.url, ...options }), server };
  };
}

/**
 * How long a client waits for the answers of these steps: briefly for one that never comes; any other may take as long
 * as the machine is busy.
 */
export function limitFor(steps: readonly Step[], silentMs = 300): { timeoutMs: number } {
  const isSilent = steps.includes(silence) || steps.includes(stall);
  return { timeoutMs: isSilent ? silentMs : 30_000 };
}

/** Makes calls that end in an error, to a server that follows the steps: the error, and how often the call was sent. */
export function scriptedFaults(clientOf: ReturnType<typeof scriptedClients>) {
  return async (name: CallName, ...steps: Step[]): Promise<{ error: SibsError; sent: number }> => {
    const { sibs, server } = await clientOf(...steps);
    const error: unknown = await calls[name](sibs, limitFor(steps)).then(
      (value) => new Error(`answered ${JSON.stringify(value)}`),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof SibsError)) throw error;
    expect(error.tries).toBe(server.arrived.length);
    return { error, sent: server.arrived.length };
  };
}
