import { readExpiry } from "@caravela/sibs/card-data";
import type { Payment } from "../../domain/payment/state.ts";
import type { Services } from "../../services.ts";
import type { SavedCard } from "../../storage/cards.ts";
import { signedInCustomer } from "./signed-in.ts";

/** The customer's cards that may be used on this page now: none unless the shop said a moment ago that it is them. */
export async function usableCards({ savedCards, clock }: Services, payment: Payment): Promise<readonly SavedCard[]> {
  const now = clock.now();
  const customer = signedInCustomer(payment, now.getTime());
  if (customer === null || !payment.methods.includes("card")) return [];
  const cards = await savedCards.of(customer);
  return cards.filter(({ expiry }) => expiry === null || !hasPassed(expiry, now));
}

function hasPassed(month: string, now: Date): boolean {
  const expiry = readExpiry(month);
  return expiry !== null && now.getTime() >= Date.UTC(expiry.year, expiry.month, 1, 12);
}
