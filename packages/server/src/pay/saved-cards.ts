import { readExpiry } from "@caravela/sibs/card-data";
import type { Payment } from "../domain/payment.ts";
import { MINUTE } from "../domain/time.ts";
import type { Services } from "../payments/services.ts";
import type { SavedCard } from "../saved-cards/store.ts";

/** How long the shop's word counts that its customer is signed in: a link that was passed on must not charge another's card. */
const SIGNED_IN_FOR = 30 * MINUTE;

/** The customer's cards that may be used on this page now: none unless the shop said a moment ago that it is them. */
export async function usableCards({ savedCards, clock }: Services, payment: Payment): Promise<readonly SavedCard[]> {
  const { customer, methods, createdAt } = payment;
  const now = clock.now();
  if (!methods.includes("card") || customer === null || customer.id === null || !customer.signedIn) return [];
  if (now.getTime() >= createdAt + SIGNED_IN_FOR) return [];
  const cards = await savedCards.of(customer.id);
  return cards.filter(({ expiry }) => expiry === null || !hasPassed(expiry, now));
}

function hasPassed(month: string, now: Date): boolean {
  const expiry = readExpiry(month);
  return expiry !== null && now.getTime() >= Date.UTC(expiry.year, expiry.month, 1, 12);
}
