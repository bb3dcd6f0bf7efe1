import type { ActionProcessed } from "@caravela/sibs";
import { readAction, readCardPurchase } from "./messages.ts";
import { CardInHand } from "./presented-card.ts";

/** The first call of a payment by card. The name is checked and then forgotten. */
export function readCardRequest(body: unknown) {
  const { cardInfo, merchantInitiatedTransaction: charges } = readCardPurchase(body ?? {});
  // the month as it is written: `2028-12` of `2028-12-31T00:00:00.000Z`
  const card = new CardInHand(cardInfo.PAN, cardInfo.secureCode, cardInfo.validationDate.slice(0, 7));
  return { card, createToken: cardInfo.createToken === true, charges };
}

/** Whether a card, or a saved one, is in the message. */
export function presentsCard(body: unknown): boolean {
  const { cardInfo, tokenInfo } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return (cardInfo ?? tokenInfo ?? null) !== null;
}

/** What became of an action; null in a first call. */
export function readActionProcessed(body: unknown): ActionProcessed | null {
  return readAction(body ?? {}).actionProcessed ?? null;
}
