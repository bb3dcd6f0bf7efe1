import { type CheckoutKey, methodCall, notSent } from "./addressing.ts";
import { cardInfoOf } from "./card.ts";
import { parseCardCode } from "./card-data.ts";
import { type CardAnswer, readCardAnswer } from "./card-step.ts";
import { concealing } from "./conceal.ts";
import type { Call } from "./exchange.ts";
import type { CardPurchaseInput, ContinueInput, TokenPurchaseInput } from "./inputs.ts";
import { cardRequest, continuationRequest, tokenRequest } from "./requests.ts";

/** What pays: each has its own address, and the same steps. */
export type CardMethod = "card" | "token";

/** The first call of a purchase by card. The answer is read without what it may repeat of the card. */
export function cardPurchaseCall(checkout: CheckoutKey, input: CardPurchaseInput): Call<CardAnswer> {
  const cardInfo = cardInfoOf(input.card);
  const body = cardRequest(cardInfo, input);
  return { ...methodCall(checkout, "card/purchase"), body, reviver: concealing(cardInfo), read: readCardAnswer };
}

/**
 * The first call of a purchase by a saved card.
 * @throws InvalidRequestError when the token is empty or the code is none.
 */
export function tokenPurchaseCall(checkout: CheckoutKey, input: TokenPurchaseInput): Call<CardAnswer> {
  const { transactionId } = checkout;
  if (!input.token) throw notSent("tokenInfo.value", "the token is empty", transactionId);
  const code = input.secureCode === undefined ? null : parseCardCode(input.secureCode, null);
  if (code?.ok === false) throw notSent("tokenInfo.secureCode", `not a card's code (${code.reason})`, transactionId);
  const body = tokenRequest({ ...input, secureCode: code?.code });
  const reviver = concealing(code ? { secureCode: code.code } : {});
  return { ...methodCall(checkout, "token/purchase"), body, reviver, read: readCardAnswer };
}

/** Each call that follows, once the browser did what was asked for. */
export function continuationCall(method: CardMethod, checkout: CheckoutKey, action: ContinueInput): Call<CardAnswer> {
  const body = continuationRequest(action);
  return { ...methodCall(checkout, `${method}/purchase`), body, read: readCardAnswer };
}
