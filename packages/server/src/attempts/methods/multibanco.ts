import type { MethodCalls } from "./types.ts";

/** Multibanco: a reference, valid from now until the payment expires, for exactly the amount. */
export const multibanco: MethodCalls = {
  wireNames: ["REFERENCE"],
  terms: (payment, { now, entity }) => ({
    paymentReference: { initialDatetime: new Date(now), finalDatetime: new Date(payment.expiresAt), entity },
  }),
  send: (sibs, checkout) => sibs.makeReference(checkout),
};
