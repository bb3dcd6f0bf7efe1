import type { Payment } from "../../domain/payment/state.ts";
import type { CheckoutTerms } from "../../sibs/inputs.ts";
import { descriptionOf } from "../terms.ts";
import type { MethodCalls } from "./types.ts";

/** Card: its data go to SIBS in one call and are forgotten. */
export const card: MethodCalls = {
  wireNames: ["CARD"],
  terms: (payment, { inHand }) => (inHand.consent === true ? consent(payment) : {}),
  send(sibs, checkout, attempt, { card, device }) {
    if (card === undefined) throw new TypeError(`attempt ${attempt.id} has no card in hand`);
    return sibs.chargeCard(checkout, { card, device });
  },
  goOn: (sibs, checkout, done) => sibs.continueCard(checkout, done),
};

/** The customer's consent to later charges: SIBS makes a token, and of this charge the one that those stand on. */
function consent(payment: Payment): Partial<CheckoutTerms> {
  return {
    tokenisation: { tokenisationRequest: { tokeniseCard: true } },
    merchantInitiatedTransaction: {
      type: "RCRR",
      amountQualifier: "DEFAULT",
      description: descriptionOf(payment),
    },
  };
}
