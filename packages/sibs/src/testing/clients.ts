import { afterEach } from "vitest";
import { type CallOptions, cents, Sibs, type SibsOptions } from "../index.ts";
import { exampleCheckoutResponse } from "../protocol/checkout.ts";
import { type ScriptedServer, type Step, scriptedServer } from "./scripted-server.ts";

/** Shaped as SIBS's are; the token is nobody's. */
export const credentials = {
  terminalId: 52221,
  clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
  token: "0276b80f950fb446c6addaccd121abfbbb.eyJlIjoiMTk4N.00",
};

/** The seed's transaction. */
export const checkout = {
  transactionId: exampleCheckoutResponse.transactionID,
  signature: exampleCheckoutResponse.transactionSignature,
};

const { transactionId } = checkout;
const operation = { merchantTransactionId: "rfd-1", amount: cents(100), description: "Refund" };

/** Every call of the client, made with whatever fits. */
export const calls = {
  checkout: (sibs: Sibs, options?: CallOptions) => sibs.checkout({ ...operation, methods: ["MBWAY"] }, options),
  status: (sibs: Sibs, options?: CallOptions) => sibs.status(transactionId, options),
  statusByMerchantTransactionId: (sibs: Sibs, options?: CallOptions) =>
    sibs.statusByMerchantTransactionId("rfd-1", options),
  mbwayPurchase: (sibs: Sibs, options?: CallOptions) => sibs.mbwayPurchase(checkout, { phone: "919999999" }, options),
  generateReference: (sibs: Sibs, options?: CallOptions) => sibs.generateReference(checkout, options),
  cancel: (sibs: Sibs, options?: CallOptions) => sibs.cancel(transactionId, operation, options),
  refund: (sibs: Sibs, options?: CallOptions) => sibs.refund(transactionId, operation, options),
} as const;

/** The name of a call. */
export type CallName = keyof typeof calls;

/** Every call. */
export const all = Object.keys(calls) as CallName[];
/** Those whose lost answer leaves money in doubt. */
export const moving: readonly CallName[] = ["mbwayPurchase", "generateReference", "cancel", "refund"];
/** Those that may be sent again freely. */
export const reading: readonly CallName[] = ["status", "statusByMerchantTransactionId"];

/** Makes clients of scripted servers, which end with the test. */
export function scriptedClients(options: Partial<SibsOptions> = {}) {
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
