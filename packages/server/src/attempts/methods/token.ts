import type { MethodCalls } from "./types.ts";

/**
 * A saved card: its token is announced in the checkout and charged, with the code typed anew where the customer is
 * there.
 */
export const token: MethodCalls = {
  wireNames: ["CARD"],
  terms: (_payment, { inHand }) =>
    inHand.tokenValue === undefined
      ? {}
      : { tokenisation: { paymentTokens: [{ tokenType: "Card", value: inHand.tokenValue }] } },
  send(sibs, checkout, attempt, { tokenValue, secureCode, device }) {
    if (tokenValue === undefined) throw new TypeError(`attempt ${attempt.id} has no token in hand`);
    return sibs.chargeToken(checkout, { token: tokenValue, secureCode, device });
  },
  goOn: (sibs, checkout, done) => sibs.continueToken(checkout, done),
};
