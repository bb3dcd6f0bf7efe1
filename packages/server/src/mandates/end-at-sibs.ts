import { SibsError } from "@caravela/sibs";
import { finishCancellation } from "../domain/mandate/decisions.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { MandateServices } from "./services.ts";

/**
 * Ends at SIBS a mandate whose cancellation is recorded as sent. Whatever becomes of the call, SIBS is asked afterwards, and it is sent again
 * while SIBS says that the mandate may be charged.
 */
export async function endAtSibs(services: MandateServices, mandate: Mandate): Promise<Mandate> {
  const { mandates, sibs, log } = services;
  const { id, transactionId, cancellation, phone } = mandate;
  if (transactionId === null || cancellation === null) return mandate;
  const { operation, tries } = cancellation;
  const merchantTransactionId = tries === 1 ? operation : `${operation}.${tries}`;
  try {
    const { returnStatus } = await sibs.cancelMandate(transactionId, { phone, merchantTransactionId });
    if (returnStatus.statusCode === "000") return (await mandates.record(id, finishCancellation)).mandate;
    log.warn({ mandate: id, code: returnStatus.statusCode }, "SIBS did not end a mandate");
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    log.warn({ mandate: id, error: error.name, httpStatus: error.httpStatus }, "the end of a mandate had no answer");
  }
  return mandate;
}
