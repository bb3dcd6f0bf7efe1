import { createPayment } from "./actions.ts";
import type { Answer } from "./json.ts";
import type { Play } from "./stage.ts";

/** A customer of whom SIBS is told enough for a card. */
export const ANA = {
  id: "c9",
  name: "Ana Sousa",
  email: "ana@example.pt",
  billingAddress: { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" },
};

/** Asks for a payment whose customer may pay by card. */
export function createCardPayment(stage: Play, changes: object = {}): Promise<string> {
  return createPayment(stage, { customer: ANA, ...changes });
}

/** Pays by a test card. */
export function payByCard(stage: Play, payment: string, number: string, code = "123"): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, {
    method: "card",
    card: { number, expiry: "12/30", code, name: "Ana Sousa" },
    browser: { language: "pt-PT", userAgent: "test" },
  });
}

/** Goes on after an action, as the customer's page does. */
export function goOn(stage: Play, attempt: Answer["body"], executed = true): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${attempt.payment}/attempts/${attempt.id}/continue`, {
    action: attempt.action.id,
    executed,
  });
}

/** Answers the issuer's challenge, as the customer does. */
export function answerChallenge(
  stage: Play,
  action: string,
  ending: "pass" | "fail" | "cancel" | "timeout",
): Promise<Answer> {
  return stage.sandbox("POST", `/challenges/${action}/${ending}`);
}
