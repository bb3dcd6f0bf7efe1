import type { Clock } from "@caravela/platform/clock";
import { readExpiry } from "@caravela/sibs/card-data";
import type { Payment } from "../../domain/payment/state.ts";
import type { SavedCard } from "../../storage/cards.ts";
import type { ReadsSavedCards } from "../../storage/ports.ts";
import type { KnowsTerminals } from "../../terminals.ts";
import { asksFor } from "./methods/index.ts";
import { signedInCustomer } from "./signed-in.ts";

/** What looking for a customer's cards may touch. */
export type UsesSavedCards = ReadsSavedCards & KnowsTerminals & { readonly clock: Clock };

/** The customer's cards that may be used on this page now: none unless the shop said a moment ago that it is them. */
export async function usableCards(
  { savedCards, clock, terminals }: UsesSavedCards,
  payment: Payment,
): Promise<readonly SavedCard[]> {
  const now = clock.now();
  const customer = signedInCustomer(payment, now.getTime());
  if (customer === null || !asksFor("card", payment)) return [];
  const cards = await savedCards.of(customer);
  const isOfTerminal = (card: SavedCard) => terminals.idOf(card) === terminals.idOf(payment);
  return cards.filter((card) => isOfTerminal(card) && (card.expiry === null || !hasPassed(card.expiry, now)));
}

function hasPassed(month: string, now: Date): boolean {
  const expiry = readExpiry(month);
  return expiry !== null && now.getTime() >= Date.UTC(expiry.year, expiry.month, 1, 12);
}
