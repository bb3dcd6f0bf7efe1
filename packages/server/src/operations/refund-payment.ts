import { deadline } from "@caravela/platform/timer";
import type { Cents } from "@caravela/sibs/money";
import type { Refund } from "../domain/operation.ts";
import type { Payment } from "../domain/payment.ts";
import { doubtRefund, requestRefund } from "../domain/refunds.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { KeyRow } from "../http/idempotency.ts";
import type { Services } from "../payments/services.ts";
import { sendToSibs } from "./send-refund.ts";

/** How long a caller waits for SIBS, in milliseconds; then the refund is in doubt, and SIBS is asked. */
const PATIENCE_MS = 10_000;

export interface Refunded {
  readonly payment: Payment;
  readonly refund: Refund;
}

/** Gives money back, in full unless an amount is given: recorded as sent together with the request's key, then sent, once. */
export async function refundPayment(
  services: Services,
  paymentId: string,
  amount: Cents | null,
  key: KeyRow,
): Promise<Refunded | Refusal> {
  const id = services.chance.id("rfd");
  const requested = await services.store.decide(
    paymentId,
    (state, given) => requestRefund(state, { id, amount }, given),
    () => key(id),
  );
  if ("refused" in requested) return requested;
  const sent = await deadline(services.inFlight.track(id, sendToSibs(services, requested.payment, id)), PATIENCE_MS);
  if (sent !== "timeout") return refunded(sent.payment, id);
  const { payment } = await services.store.record(paymentId, (state, given) => doubtRefund(state, id, given));
  return refunded(payment, id);
}

function refunded(payment: Payment, id: string): Refunded {
  const refund = payment.refunds.find((one) => one.id === id);
  if (refund === undefined) throw new TypeError(`refund ${id} is not of payment ${payment.id}`);
  return { payment, refund };
}
