import type { Payment } from "../../domain/payment/state.ts";
import { type Instant, MINUTE } from "../../domain/time.ts";

/**
 * How long the shop's word counts that its customer is signed in: a link that was passed on must not charge another's
 * card or mandate.
 */
const SIGNED_IN_FOR = 30 * MINUTE;

/** The shop's id of the customer whom it called signed in a moment ago; null when it did not, or too long ago. */
export function signedInCustomer({ customer, createdAt }: Payment, now: Instant): string | null {
  if (customer === null || !customer.signedIn || now >= createdAt + SIGNED_IN_FOR) return null;
  return customer.id;
}
