import { SibsError, type TransactionStatus } from "@caravela/sibs";
import { hearNothingOfOperation, hearOperation } from "../domain/operations.ts";
import { type Asked, INQUIRY_LIMIT_MS } from "../payments/ask-attempt.ts";
import { reportOf } from "../payments/report.ts";
import type { Services } from "../payments/services.ts";

/** Asks SIBS what became of an operation whose answer was lost, by the id it was sent under. A 404 concludes nothing. */
export async function askOperation(services: Services, payment: string, id: string): Promise<Asked> {
  const { store, inquirer } = services;
  let status: TransactionStatus;
  try {
    status = await inquirer.statusByMerchantTransactionId(id, { timeoutMs: INQUIRY_LIMIT_MS });
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    const said = error.httpStatus === 404 ? "unknown" : "no answer";
    const decided = await store.record(payment, (state, given) => hearNothingOfOperation(state, id, said, given));
    return { ...decided, reached: error.httpStatus !== null && error.httpStatus < 500 };
  }
  const report = reportOf(status, "inquiry");
  const decided = await store.record(payment, (state, given) => hearOperation(state, id, report, given));
  return { ...decided, reached: true };
}
