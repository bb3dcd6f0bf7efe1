import type { Clock } from "@caravela/platform/clock";
import { answerOnPhone } from "../../domain/methods/mbway.ts";
import type { Transaction } from "../../domain/transaction.ts";
import type { Transactions } from "../../transactions/transactions.ts";

/** Whether a text can be a phone as MB WAY names it: country code, `#`, number. */
export function isAlias(text: string): boolean {
  return /^\d{1,3}#\d{4,15}$/.test(text);
}

/**
 * The owner of a phone approves or declines a request: the one named, or the oldest. Gives the payment as it was when it was
 * answered, and as it is then; null when nothing (of that id) waits there.
 */
export async function pressOnPhone(
  { transactions, clock }: { transactions: Transactions; clock: Clock },
  alias: string,
  pressed: "approved" | "declined",
  id: string | null,
): Promise<Transaction | null> {
  const waiting = isAlias(alias) ? await transactions.findWaiting(alias) : [];
  // somebody may answer the same request meanwhile: then the next is the oldest
  for (const chosen of waiting.filter((one) => id === null || one.id === id)) {
    const answered = await transactions.change(chosen.id, (payment) => {
      const change = answerOnPhone(payment, pressed, clock.now());
      return { result: change?.transaction ?? null, change };
    });
    if (answered !== null) return answered;
  }
  return null;
}
