import type { Mandate } from "../domain/mandate/state.ts";
import { type SubmitAttempt, submitAttempt } from "../domain/payment/begin.ts";
import { mayTry } from "../domain/payment/plan-charges.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Decided } from "../storage/payments.ts";
import type { DecidesPayments, StandsOnOthers } from "../storage/ports.ts";

/** What recording a call as sent may touch. */
export type RecordsSubmissions = DecidesPayments & StandsOnOthers;

/**
 * Facts before effects: records that an attempt's call is sent. One by a mandate or a saved card stands on that row:
 * whoever ended it, or stopped its plan, was told that nothing is charged, and whoever comes to end it now is answered
 * after this is recorded.
 */
export function recordSubmission(
  { payments, mandates, savedCards }: RecordsSubmissions,
  { id, attempts }: Payment,
  command: SubmitAttempt,
): Promise<Decided | Refusal> {
  const { mandate = null, token = null } = attempts.find((one) => one.id === command.attempt) ?? {};
  if (mandate !== null) {
    return payments.decideOn(
      id,
      () => mandates.standingOn(mandate.id),
      (state, standing, given) => whyNotByMandate(state, command, standing) ?? submitAttempt(state, command, given),
    );
  }
  if (token !== null) {
    return payments.decideOn(
      id,
      () => savedCards.standingOn(token),
      (state, card, given) => (card === null ? { refused: "card_forgotten" } : submitAttempt(state, command, given)),
    );
  }
  return payments.decide(id, (state, given) => submitAttempt(state, command, given));
}

/** Why an attempt may not charge its mandate as that stands now; null: it may. */
function whyNotByMandate({ plan, attempts }: Payment, command: SubmitAttempt, mandate: Mandate | null): Refusal | null {
  if (mandate === null) return { refused: "attempt_over" };
  const { id, status } = mandate;
  if (status !== "active") return { refused: "mandate_not_active", mandate: id, status };
  const attempt = attempts.find((one) => one.id === command.attempt);
  const isByPlan = plan !== null && attempt?.initiator === "merchant";
  return isByPlan && mayTry(mandate, plan.id) !== "now" ? { refused: "attempt_over" } : null;
}
