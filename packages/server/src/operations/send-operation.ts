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
import type { OperationKind } from "../domain/operation.ts";
import { doubtOperation, hearOperation, refuseOperation } from "../domain/operations.ts";
import type { Payment } from "../domain/payment.ts";
import { reportOf } from "../payments/report.ts";
import type { Services } from "../payments/services.ts";
import type { Decided } from "../payments/store.ts";

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
    return store.record(payment.id, (state, given) =>
      error.inDoubt
        ? doubtOperation(state, id, given)
        : refuseOperation(state, id, { code, unheard: isUnheard(error) }, given),
    );
  }
  const report = reportOf(answer, "answer");
  return store.record(payment.id, (state, given) => hearOperation(state, id, report, given));
}

/** Whether SIBS certainly did not look at the call: it could not be reached, was too busy, or did not let us in. */
function isUnheard(error: SibsError): boolean {
  return UNHEARD.some((kind) => error instanceof kind);
}

const UNHEARD = [ConnectionError, RateLimitedError, UnavailableError, AuthenticationError, PermissionError];
