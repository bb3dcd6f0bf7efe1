import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { OperationId, PaymentId } from "../domain/identifiers.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { doubtOperation, hearOperation, refuseOperation, sendOrPutOff } from "../domain/payment/operate.ts";
import type { OperationKind } from "../domain/payment/operation.ts";
import { toLookUpFirst } from "../domain/payment/resend.ts";
import type { Payment } from "../domain/payment/state.ts";
import { given } from "../given.ts";
import { type AsksAboutOperations, askOperation } from "../inquiries/operation.ts";
import type { OperationOutcome } from "../sibs/outcome.ts";
import type { Operations } from "../sibs/port.ts";
import type { Decided } from "../storage/payments.ts";
import { at, type ByTerminal } from "../terminals.ts";

/** What sending an operation may touch. */
export type SendsOperations = AsksAboutOperations & { readonly sibs: ByTerminal<Operations> };

const DESCRIPTIONS: Readonly<Record<OperationKind, string>> = {
  capture: "Capture of",
  cancellation: "Cancellation of",
  refund: "Refund of",
};

/**
 * Sends an operation that is recorded as sent, once, and records what SIBS answers. Its merchantTransactionId is its
 * own id, by which it is found when the answer is lost.
 */
async function sendToSibs(ports: SendsOperations, payment: Payment, id: OperationId): Promise<Decided> {
  const { payments, sibs, log } = ports;
  const operation = payment.operations.find((one) => one.id === id);
  const attempt = payment.attempts.find((one) => one.id === operation?.attempt);
  if (operation === undefined || attempt === undefined || attempt.transactionId === null) {
    throw new TypeError(`operation ${id} has no transaction`);
  }
  const outcome = await at(sibs, payment).operate(operation.kind, attempt.transactionId, {
    merchantTransactionId: operation.id,
    amount: operation.amount,
    description: `${DESCRIPTIONS[operation.kind]} ${payment.reference}`,
  });
  if (outcome.kind !== "answered") log.warn({ operation: id, ...outcome.fault }, "an operation had no answer");
  const heard = await payments
    .by(SIBS)
    .record(payment.id, (state, given) => asOf(operation.sentAt, factsFrom(outcome, state, id, given)));
  const isUnbelieved = heard.facts.some((fact) => fact.kind === "operation_in_doubt" && fact.refusal !== undefined);
  return isUnbelieved ? askOperation(ports, payment.id, id) : heard;
}

/** What follows from what became of an operation's call. */
function factsFrom(outcome: OperationOutcome, payment: Payment, id: OperationId, given: Given): readonly Fact[] {
  switch (outcome.kind) {
    case "answered":
      return hearOperation(payment, id, outcome.report, given);
    case "in_doubt":
      return doubtOperation(payment, id, given);
    case "refused":
      return refuseOperation(payment, id, { code: outcome.code, unheard: false }, given);
    case "unheard":
      return refuseOperation(payment, id, { code: outcome.code, unheard: true }, given);
    default:
      return outcome satisfies never;
  }
}

/**
 * Sends an operation that was asked for and not sent so far, once SIBS has been asked again about every earlier one
 * that counts as never sent. One of them was done: this one is not sent. SIBS does not say: it waits. Whoever records
 * it as sent sends it; whoever comes second does nothing.
 */
export async function sendOnceSure(ports: SendsOperations, paymentId: PaymentId, id: OperationId): Promise<Decided> {
  const { payments } = ports;
  const state = await payments.load(paymentId);
  const operation = state?.operations.find((one) => one.id === id);
  const earlier = state == null || operation === undefined ? [] : toLookUpFirst(state, operation, given(ports).now);
  for (const one of earlier) await askOperation(ports, paymentId, one);
  const decided = await payments.record(paymentId, (payment, given) => sendOrPutOff(payment, id, given));
  return isSentIn(decided) ? sendToSibs(ports, decided.payment, id) : decided;
}

/**
 * Sends an operation that was just asked for: at once where that was recorded with it, else once SIBS was asked about
 * the earlier ones.
 */
export function sendRequested(ports: SendsOperations, decided: Decided, id: OperationId): Promise<Decided> {
  return isSentIn(decided) ? sendToSibs(ports, decided.payment, id) : sendOnceSure(ports, decided.payment.id, id);
}

function isSentIn({ facts }: Decided): boolean {
  return facts.some(({ kind }) => kind === "operation_sent");
}
