import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import { type Given, isRefusal } from "../domain/decision.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import { doubtAttempt } from "../domain/payment/begin.ts";
import type { Fact } from "../domain/payment/facts.ts";
import type { Payment } from "../domain/payment/state.ts";
import { withdrawalDone, withdrawalRefused, withdrawReference } from "../domain/payment/withdraw.ts";
import type { Refusal } from "../domain/refusal.ts";
import { type AsksAboutAttempts, askAttempt } from "../inquiries/attempt.ts";
import type { Withdrawals } from "../sibs/port.ts";
import { at, type ByTerminal } from "../terminals.ts";

/** What withdrawing a reference may touch. */
export type WithdrawsReferences = AsksAboutAttempts & { readonly sibs: ByTerminal<Withdrawals> };

/**
 * Withdraws a live reference at SIBS, so that it cannot be paid any more. Null: it is withdrawn. Refused because it was
 * paid: the payment is paid. Answer lost: in doubt, and nothing else is begun.
 * @param keep what is written down with it.
 */
export async function withdrawAtSibs(
  ports: WithdrawsReferences,
  paymentId: PaymentId,
  attempt: AttemptId,
  keep: (payment: Payment, given: Given) => readonly Fact[] = () => [],
): Promise<Refusal | null> {
  const { payments, sibs } = ports;
  const decided = await payments.decide(paymentId, (state, given) => {
    const decision = withdrawReference(state, attempt, given);
    return isRefusal(decision) ? decision : [...decision, ...keep(state, given)];
  });
  if ("refused" in decided) return decided;
  const subject = decided.payment.attempts.find((one) => one.id === attempt);
  const transactionId = subject?.transactionId ?? null;
  const { operation = null, sentAt = null } = subject?.cancellation ?? {};
  if (transactionId === null || operation === null) return { refused: "attempt_over" };
  const terms = {
    merchantTransactionId: operation,
    amount: decided.payment.amount,
    description: "Reference withdrawn",
  };
  const outcome = await at(sibs, decided.payment).withdraw(transactionId, terms);
  const record = (hears: (payment: Payment, id: AttemptId, given: Given) => readonly Fact[]) =>
    payments.by(SIBS).record(paymentId, (state, given) => asOf(sentAt, hears(state, attempt, given)));
  switch (outcome.kind) {
    case "answered":
      if (outcome.report.paymentStatus !== "Success") break;
      await record(withdrawalDone);
      return null;
    case "in_doubt":
      await record(doubtAttempt);
      return { refused: "attempt_in_doubt", attempt };
    case "refused":
    case "unheard":
      break;
    default:
      outcome satisfies never;
  }
  await record(withdrawalRefused);
  return whyNotWithdrawn(ports, paymentId, attempt, transactionId);
}

/** SIBS did not withdraw it: asked why, it says whether the customer was quicker. */
async function whyNotWithdrawn(
  ports: WithdrawsReferences,
  paymentId: PaymentId,
  attempt: AttemptId,
  transactionId: string,
): Promise<Refusal | null> {
  const { payment } = await askAttempt(ports, paymentId, attempt, transactionId);
  const now = payment.attempts.find((one) => one.id === attempt);
  if (now?.status === "canceled" || now?.status === "expired") return null;
  if (now?.status === "approved") return { refused: "payment_already_paid" };
  return { refused: "attempt_in_progress", attempt, secondsLeft: 0 };
}
