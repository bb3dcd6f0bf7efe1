import type { MethodCalls } from "./types.ts";

/**
 * An authorised payment: charged without the customer, or turned by SIBS into a request to their phone (reference 6.4).
 */
export const mandate: MethodCalls = {
  wireNames: ["MANDATE", "MBWAY"],
  terms(payment, { inHand: { mandateId } }) {
    if (mandateId === undefined) throw new TypeError(`payment ${payment.id} has no mandate in hand`);
    return { mandate: { mandateId } };
  },
  send: (sibs, checkout) => sibs.chargeMandate(checkout),
};
