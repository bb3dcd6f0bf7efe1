import {
  AuthenticationError,
  ConnectionError,
  type OperationInput,
  type OwnOperation,
  PermissionError,
  RateLimitedError,
  type Sibs,
  SibsError,
  UnavailableError,
} from "@caravela/sibs";
import type { OperationKind } from "../domain/payment/operation.ts";
import { doubtOperation, hearOperation, refuseOperation, sendOrPutOff } from "../domain/payment/operations.ts";
import { toLookUpFirst, unprovedBefore } from "../domain/payment/resend.ts";
import type { Payment } from "../domain/payment/state.ts";
import { askOperation } from "../inquiries/operation.ts";
import { given, type Services } from "../services.ts";
import { reportOf } from "../sibs/report.ts";
import type { Decided } from "../storage/payments.ts";

type Call = (sibs: Sibs, transactionId: string, input: OperationInput) => Promise<OwnOperation>;

const calls: Readonly<Record<OperationKind, { readonly call: Call; readonly description: string }>> = {
  capture: { call: (sibs, ...of) => sibs.capture(...of), description: "Capture of" },
  cancellation: { call: (sibs, ...of) => sibs.cancel(...of), description: "Cancellation of" },
  refund: { call: (sibs, ...of) => sibs.refund(...of), description: "Refund of" },
};

/**
 * Sends an operation that is recorded as sent, once, and records what SIBS answers. Its merchantTransactionId is its own id, by which it
 * is found when the answer is lost.
 */
export async function sendToSibs(services: Services, payment: Payment, id: string): Promise<Decided> {
  const { store, sibs, log } = services;
  const operation = payment.operations.find((one) => one.id === id);
  const attempt = payment.attempts.find((one) => one.id === operation?.attempt);
  if (operation === undefined || attempt === undefined || attempt.transactionId === null) {
    throw new TypeError(`operation ${id} has no transaction`);
  }
  const { call, description } = calls[operation.kind];
  let answer: OwnOperation;
  try {
    answer = await call(sibs, attempt.transactionId, {
      merchantTransactionId: operation.id,
      amount: operation.amount,
      description: `${description} ${payment.reference}`,
    });
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    log.warn({ operation: id, error: error.name, httpStatus: error.httpStatus }, "an operation had no answer");
    const code = error.returnStatus?.statusCode ?? null;
    const heard = await store.record(payment.id, (state, now) =>
      error.inDoubt
        ? doubtOperation(state, id, now)
        : refuseOperation(state, id, { code, unheard: isUnheard(error) }, now),
    );
    return askBeforeBelieving(services, heard, id);
  }
  const report = reportOf(answer, "answer");
  const heard = await store.record(payment.id, (state, now) => hearOperation(state, id, report, now));
  return askBeforeBelieving(services, heard, id);
}

/**
 * Sends an operation that was asked for and not sent so far, once SIBS has been asked again about every earlier one that counts as never sent. One
 * of them was done: this one is not sent. SIBS does not say: it waits. Whoever records it as sent sends it; whoever comes second does nothing.
 */
export async function sendOnceSure(services: Services, paymentId: string, id: string): Promise<Decided> {
  const { store } = services;
  const state = await store.load(paymentId);
  const operation = state?.operations.find((one) => one.id === id);
  const earlier = state == null || operation === undefined ? [] : toLookUpFirst(state, operation, given(services).now);
  for (const one of earlier) await askOperation(services, paymentId, one);
  const decided = await store.record(paymentId, (payment, now) => sendOrPutOff(payment, id, now));
  return isSentIn(decided) ? sendToSibs(services, decided.payment, id) : decided;
}

/** Sends an operation that was just asked for: at once where that was recorded with it, else once SIBS was asked about the earlier ones. */
export function sendRequested(services: Services, decided: Decided, id: string): Promise<Decided> {
  return isSentIn(decided) ? sendToSibs(services, decided.payment, id) : sendOnceSure(services, decided.payment.id, id);
}

function isSentIn({ facts }: Decided): boolean {
  return facts.some(({ kind }) => kind === "operation_sent");
}

/** SIBS's refusal is not believed as long as an earlier sending of ours may be its cause: SIBS is asked about that one, and about this one. */
async function askBeforeBelieving(services: Services, { payment, facts }: Decided, id: string): Promise<Decided> {
  const operation = payment.operations.find((one) => one.id === id);
  const isUnbelieved = facts.some((fact) => fact.kind === "operation_in_doubt" && fact.refusal !== undefined);
  if (operation === undefined || !isUnbelieved) return { payment, facts };
  for (const earlier of unprovedBefore(payment, operation)) await askOperation(services, payment.id, earlier.id);
  return askOperation(services, payment.id, id);
}

/** Whether SIBS certainly did not look at the call: it could not be reached, was too busy, or did not let us in. */
function isUnheard(error: SibsError): boolean {
  return UNHEARD.some((kind) => error instanceof kind);
}

const UNHEARD = [ConnectionError, RateLimitedError, UnavailableError, AuthenticationError, PermissionError];
