import { SIBS } from "../domain/by.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import type { Timed } from "../given.ts";
import type { SaidToken } from "../sibs/outcome.ts";
import type { DecidesPayments, KeepsSavedCards } from "../storage/ports.ts";

/** What keeping a card may touch. */
export type KeepsTokens = DecidesPayments & KeepsSavedCards & Timed;

/** Whether the customer consented: only then was the expiry of a card that they typed written down. */
function isKept({ card, token }: Attempt): boolean {
  return token === null && card !== null && card.expiry !== null;
}

/**
 * Keeps the token that SIBS gave for a card, where the customer consented: before the approval is recorded, so that a
 * crash in between loses neither. Kept once for each charge.
 */
export async function keepToken(
  ports: KeepsTokens,
  paymentId: PaymentId,
  attemptId: AttemptId,
  token: SaidToken | null,
): Promise<void> {
  if (token === null) return;
  const payment = await ports.payments.load(paymentId);
  const attempt = payment?.attempts.find((one) => one.id === attemptId);
  const customerId = payment?.customer?.id ?? null;
  if (
    payment === null ||
    attempt?.transactionId == null ||
    customerId === null ||
    !payment.saveCard ||
    !isKept(attempt)
  )
    return;
  if (payment.savedCard !== null) return;
  const now = ports.clock.now();
  const kept = await ports.savedCards.keep({
    id: ports.chance.id("tok"),
    terminal: payment.terminal,
    customerId,
    value: token.value,
    brand: attempt.card?.brand ?? null,
    lastFour: attempt.card?.lastFour ?? token.maskedPan?.slice(-4) ?? null,
    expiry: attempt.card?.expiry ?? null,
    paymentId,
    transactionId: attempt.transactionId,
    consentedAt: new Date(attempt.createdAt),
    createdAt: now,
  });
  if (kept === null) return;
  const { id, brand, lastFour, expiry } = kept;
  await ports.payments
    .by(SIBS)
    .record(paymentId, (state, given) =>
      state.savedCard === null ? [{ kind: "card_saved", at: given.now, card: { id, brand, lastFour, expiry } }] : [],
    );
}
