import { present } from "../domain/card.ts";
import { purchase } from "../domain/methods/card.ts";
import type { Answer } from "./answers.ts";
import type { Call, Gateway } from "./call.ts";
import { continueCard, payByCard } from "./card.ts";
import { readTokenPurchase } from "./messages.ts";
import { refusals } from "./refusals.ts";

/**
 * `POST /payments/{transactionID}/token/purchase`: pays with a card that the customer let the same merchant keep
 * (reference 7.4).
 */
export async function tokenPurchase(call: Call, gateway: Gateway): Promise<Answer> {
  const continued = await continueCard(call, gateway, "TOKEN");
  if (continued !== null) return continued;
  const { value, secureCode } = readTokenPurchase(call.body ?? {}).tokenInfo;
  // a signature is of one terminal, and its merchant's alone are the tokens
  const [terminal] = call.caller.terminals;
  const [token] = await gateway.tokens.findAll([value], terminal?.merchantCode ?? 0);
  if (token === undefined) throw refusals.field("tokenInfo.value", "is no token of this merchant");
  return payByCard(call, gateway, (payment, { requiresCustomer }, drawn, now) => {
    const presented = present(token.card, secureCode ?? null, now);
    return purchase(payment, { method: "TOKEN", presented, token: token.value, requiresCustomer }, drawn, now);
  });
}
