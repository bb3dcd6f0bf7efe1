import { maskPhone, type Phone } from "@caravela/sibs/phone";
import { type Attempt, secondsLeft } from "../domain/attempt.ts";
import type { Refund } from "../domain/operation.ts";
import type { Payment } from "../domain/payment.ts";
import type { Instant } from "../domain/time.ts";

const iso = (at: Instant): string => new Date(at).toISOString();
const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

/** A payment as the API shows it: unknown values are null, amounts whole cents, times in UTC. */
export function presentPayment(payment: Payment, now: Instant, publicUrl: string) {
  return {
    id: payment.id,
    status: payment.status,
    amount: payment.amount,
    currency: payment.currency,
    amountAuthorized: payment.amountAuthorized,
    amountCaptured: payment.amountCaptured,
    amountReleased: payment.amountReleased,
    amountRefunded: payment.amountRefunded,
    reference: payment.reference,
    description: payment.description,
    methods: [...payment.methods],
    capture: payment.capture,
    latePayments: payment.latePayments,
    customer: payment.customer,
    metadata: { ...payment.metadata },
    returnUrl: payment.returnUrl,
    payUrl: `${publicUrl}/pay/${payment.payToken}`,
    attention: payment.attention === null ? null : { ...payment.attention, at: iso(payment.attention.at) },
    attempts: payment.attempts.map((attempt) => presentAttempt(payment, attempt, now)),
    refunds: payment.refunds.map((refund) => presentRefund(payment, refund)),
    createdAt: iso(payment.createdAt),
    expiresAt: iso(payment.expiresAt),
    paidAt: isoOrNull(payment.paidAt),
  };
}

/** An attempt as the API shows it. The phone is masked: who needs it whole has it already. */
export function presentAttempt(payment: Payment, attempt: Attempt, now: Instant) {
  return {
    id: attempt.id,
    payment: payment.id,
    method: attempt.method,
    status: attempt.status,
    inDoubt: attempt.inDoubt,
    amount: attempt.amount,
    transactionId: attempt.transactionId,
    createdAt: iso(attempt.createdAt),
    expiresAt: isoOrNull(attempt.expiresAt),
    secondsLeft: secondsLeft(attempt, now),
    failure: attempt.failure,
    action: null,
    mbway: attempt.phone === null ? null : { phone: maskPhone(attempt.phone as Phone) },
    multibanco:
      attempt.reference === null ? null : { ...attempt.reference, expiresAt: iso(attempt.reference.expiresAt) },
  };
}

/** A refund as the API shows it. */
export function presentRefund(payment: Payment, refund: Refund) {
  return {
    id: refund.id,
    payment: payment.id,
    amount: refund.amount,
    status: refund.status,
    reason: refund.reason,
    failure: refund.failure,
    createdAt: iso(refund.createdAt),
  };
}
