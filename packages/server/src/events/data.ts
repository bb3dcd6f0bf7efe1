import type { NewEvent } from "../domain/event.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Instant } from "../domain/time.ts";
import { presentCharge, presentMandate, presentPlan } from "../mandates/present.ts";
import { presentOperation, presentPayment } from "../payments/present.ts";

/** What an event of a payment holds: the payment, and for events about an operation or a saved card that too, as `GET` gives them at that moment. */
export function paymentEventData(
  payment: Payment,
  subject: NewEvent["subject"],
  now: Instant,
  publicUrl: string,
): object {
  const shown = presentPayment(payment, now, publicUrl);
  const operation = payment.operations.find((one) => one.id === subject);
  if (operation !== undefined) return { [operation.kind]: presentOperation(payment, operation), payment: shown };
  if (subject !== null && payment.savedCard?.id === subject) return { token: payment.savedCard, payment: shown };
  return { payment: shown };
}

/** What an event of a mandate holds: the mandate, and for events about a plan that too, as `GET` gives them at that moment. */
export function mandateEventData(
  mandate: Mandate,
  subject: NewEvent["subject"],
  now: Instant,
  publicUrl: string,
): object {
  const shown = presentMandate(mandate, now, publicUrl);
  const plan = mandate.plans.find(({ id }) => id === subject);
  if (plan === undefined) return { mandate: shown };
  // What is announced now is what the event is about, also while the charge before it is still to be made.
  const { ahead } = plan;
  const announced = ahead !== null && ahead.announcedAt === now ? { nextCharge: presentCharge(ahead) } : {};
  return { plan: { ...presentPlan(mandate, plan), ...announced }, mandate: shown };
}
