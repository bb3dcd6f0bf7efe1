import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { SaidToken } from "../sibs/outcome.ts";
import type { SavedCard } from "../storage/cards.ts";
import type { KeepsSavedCards } from "../storage/ports.ts";

/** Whether the customer consented: only then was the expiry of a card that they typed written down. */
function isKept({ card, token }: Attempt): boolean {
  return token === null && card !== null && card.expiry !== null;
}

/**
 * Keeps the token that SIBS gave for a card, where the customer consented: before the approval is recorded, so that a
 * crash in between loses neither. Kept once for each payment: one that was forgotten does not come back.
 */
export async function keepToken(
  { payments }: KeepsSavedCards,
  id: PaymentId,
  attempt: AttemptId,
  token: SaidToken | null,
): Promise<void> {
  if (token === null) return;
  await payments.by(SIBS).saveCard(id, (payment, given) => cardToKeep(payment, attempt, token, given));
}

function cardToKeep(payment: Payment, id: AttemptId, token: SaidToken, given: Given): SavedCard | null {
  const attempt = payment.attempts.find((one) => one.id === id);
  const customerId = payment.customer?.id ?? null;
  const isWanted = payment.saveCard && payment.savedCard === null;
  if (!isWanted || customerId === null || attempt?.transactionId == null || !isKept(attempt)) return null;
  return {
    id: given.id("tok"),
    terminal: payment.terminal,
    customerId,
    value: token.value,
    brand: attempt.card?.brand ?? null,
    lastFour: attempt.card?.lastFour ?? token.maskedPan?.slice(-4) ?? null,
    expiry: attempt.card?.expiry ?? null,
    paymentId: payment.id,
    transactionId: attempt.transactionId,
    consentedAt: new Date(attempt.createdAt),
    createdAt: new Date(given.now),
  };
}
