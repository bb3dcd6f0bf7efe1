import type { Attempt } from "../domain/attempt.ts";
import type { Payment } from "../domain/payment.ts";
import { mayTry } from "../domain/plan-charges.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Services } from "./services.ts";

/**
 * Why a prepared attempt may not charge its mandate any more; null: it may, or it is by none. Looked at right before the charge is sent: whoever
 * ended the mandate, or stopped its plan, while the checkout was being prepared was told that nothing is charged.
 */
export async function whyNotByMandate(
  { mandates }: Services,
  { payment, attempt }: { readonly payment: Payment; readonly attempt: Attempt },
): Promise<Refusal | null> {
  const mandate = attempt.mandate === null ? null : await mandates.load(attempt.mandate.id);
  if (mandate === null) return null;
  const { id, status } = mandate;
  if (status !== "active") return { refused: "mandate_not_active", mandate: id, status };
  const isByPlan = payment.plan !== null && attempt.initiator === "merchant";
  return isByPlan && mayTry(mandate, payment.plan.id) !== "now" ? { refused: "attempt_over" } : null;
}
