import { type Operation, SibsError } from "@caravela/sibs";
import type { Payment } from "../domain/payment.ts";
import { doubtRefund, hearRefund, refuseRefund } from "../domain/refunds.ts";
import { reportOf } from "../payments/report.ts";
import type { Services } from "../payments/services.ts";
import type { Decided } from "../payments/store.ts";

/**
 * Sends a refund that is recorded as sent, once, and records what SIBS answers. Its merchantTransactionId is its own id, by which it is
 * found when the answer is lost.
 */
export async function sendToSibs(services: Services, payment: Payment, id: string): Promise<Decided> {
  const { store, sibs, log } = services;
  const refund = payment.refunds.find((one) => one.id === id);
  const attempt = payment.attempts.find((one) => one.id === refund?.attempt);
  if (refund === undefined || attempt === undefined || attempt.transactionId === null) {
    throw new TypeError(`refund ${id} has no transaction to refund`);
  }
  let answer: Operation;
  try {
    answer = await sibs.refund(attempt.transactionId, {
      merchantTransactionId: refund.id,
      amount: refund.amount,
      description: `Refund of ${payment.reference}`.slice(0, 70),
    });
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    log.warn({ refund: id, error: error.name, httpStatus: error.httpStatus }, "a refund had no answer");
    const code = error.returnStatus?.statusCode ?? null;
    return store.record(payment.id, (state, given) =>
      error.inDoubt ? doubtRefund(state, id, given) : refuseRefund(state, id, code, given),
    );
  }
  const report = { ...reportOf(answer, "answer"), transactionId: answer.transactionId };
  return store.record(payment.id, (state, given) => hearRefund(state, id, report, given));
}
