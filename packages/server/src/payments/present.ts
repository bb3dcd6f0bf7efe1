import type { Clock } from "@caravela/platform/clock";
import { maskPhone } from "@caravela/sibs/phone";
import type { By } from "../domain/by.ts";
import { type Action, type Attempt, secondsLeft } from "../domain/payment/attempt.ts";
import type { Operation } from "../domain/payment/operation.ts";
import type { Settlement } from "../domain/payment/settlement.ts";
import { mandateOf, type Payment, type PlanPeriod, refundsOf } from "../domain/payment/state.ts";
import type { Instant } from "../domain/time.ts";

/** What showing a payment may touch. */
export interface ShowsPayments {
  readonly clock: Clock;
  readonly settings: {
    /** How browsers reach this server, without a slash at the end. */
    readonly publicUrl: string;
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();
const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

/** A payment as the API shows it: unknown values are null, amounts whole cents, times in UTC. */
export function presentPayment(payment: Payment, now: Instant, publicUrl: string) {
  return {
    id: payment.id,
    terminal: payment.terminal,
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
    overlap: payment.overlap,
    customer: payment.customer,
    mandates: [...payment.mandates],
    mandate: mandateOf(payment),
    plan: payment.plan === null ? null : planOf(payment.plan),
    metadata: { ...payment.metadata },
    returnUrl: payment.returnUrl,
    cancelUrl: payment.cancelUrl,
    locale: payment.locale,
    items: payment.items.map(({ name, quantity, amount }) => ({ name, quantity, amount })),
    payUrl: `${publicUrl}/pay/${payment.payToken}`,
    attention: payment.attention === null ? null : { ...payment.attention, at: iso(payment.attention.at) },
    fundedBy: payment.fundedBy,
    attempts: payment.attempts.map((attempt) => presentAttempt(payment, attempt, now)),
    refunds: refundsOf(payment).map((refund) => presentOperation(payment, refund)),
    captures: payment.operations.filter((one) => one.kind === "capture").map((one) => presentOperation(payment, one)),
    cancellations: payment.operations
      .filter((one) => one.kind === "cancellation")
      .map((one) => presentOperation(payment, one)),
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
    settled: attempt.settled === null ? null : presentSettlement(attempt.settled),
    action: attempt.action === null ? null : actionOf(attempt.action),
    mbway: attempt.phone === null ? null : { phone: maskPhone(attempt.phone) },
    multibanco:
      attempt.reference === null ? null : { ...attempt.reference, expiresAt: iso(attempt.reference.expiresAt) },
    card: attempt.card,
    authentication: attempt.authentication,
    token: attempt.token,
    mandate: attempt.mandate?.id ?? null,
    initiator: attempt.initiator,
  };
}

/** What a person said became of it: who, when and why. */
function presentSettlement<Outcome extends string>({ outcome, note, at, by }: Settlement<Outcome>) {
  return { outcome, note, at: iso(at), by: { ...by } };
}

function planOf({ id, period, date }: PlanPeriod) {
  return { id, period, date };
}

function actionOf({ id, type, url, fields }: Action) {
  return { id, type, url, fields };
}

const namedAs = ({ id = null, name = null }: By) => ({ id, name });

/** A capture, a cancellation or a refund as the API shows it. */
export function presentOperation(payment: Payment, operation: Operation) {
  return {
    id: operation.id,
    payment: payment.id,
    reference: payment.reference,
    amount: operation.amount,
    status: operation.status,
    reason: operation.reason,
    failure: operation.failure,
    statedReason: operation.statedReason,
    note: operation.note,
    requestedBy: operation.requestedBy === null ? null : namedAs(operation.requestedBy),
    settled: operation.settled === null ? null : presentSettlement(operation.settled),
    createdAt: iso(operation.createdAt),
  };
}
