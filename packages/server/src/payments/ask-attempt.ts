import { type Sibs, SibsError, type TransactionStatus } from "@caravela/sibs";
import { meaningOf, type Report } from "../domain/report.ts";
import { hear, hearNothing } from "../domain/reports.ts";
import type { Instant } from "../domain/time.ts";
import { askMandateAfter } from "./ask-mandate.ts";
import { reportOf } from "./report.ts";
import { keepToken } from "./save-card.ts";
import type { Services } from "./services.ts";
import type { Decided } from "./store.ts";

/** How long one try of an inquiry may take, in milliseconds: it is asked again by its schedule. */
export const INQUIRY_LIMIT_MS = 5_000;

/** How an inquiry went: whether SIBS could be reached at all. */
export interface Asked extends Decided {
  readonly reached: boolean;
}

/** Asks SIBS how an attempt's transaction stands, and records what follows. The inquiry is the judge; everything else is a hint. */
export async function askAttempt(
  services: Services,
  payment: string,
  attempt: string,
  transactionId: string | null,
): Promise<Asked> {
  const { store, inquirer, log, clock, settings } = services;
  const askedAt = clock.now().getTime();
  let status: TransactionStatus;
  try {
    status = await ask(inquirer, attempt, transactionId);
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    // A 404 concludes nothing, and neither does a SIBS that cannot be reached.
    log.warn({ payment, attempt, error: error.name, httpStatus: error.httpStatus }, "an inquiry brought no answer");
    const decided = await store.record(payment, (state, given) => hearNothing(state, attempt, given, settings));
    return { ...decided, reached: error.httpStatus !== null && error.httpStatus < 500 };
  }
  const report = reportOf(status, "inquiry");
  if (report.paymentStatus === "Success") await keepToken(services, payment, attempt, status.token);
  const decided = await recordReport(services, payment, attempt, report, askedAt);
  return { ...decided, reached: true };
}

/** By SIBS's transaction; a charge by the merchant whose answer was lost by the id it was sent under, as an operation is. */
function ask(inquirer: Sibs, attempt: string, transactionId: string | null): Promise<TransactionStatus> {
  const options = { timeoutMs: INQUIRY_LIMIT_MS };
  return transactionId === null
    ? inquirer.statusByMerchantTransactionId(attempt, options)
    : inquirer.status(transactionId, options);
}

/** Records what SIBS said about an attempt. `askedAt`: when it was asked, where it was. */
export async function recordReport(
  services: Services,
  payment: string,
  attempt: string,
  report: Report,
  askedAt?: Instant,
): Promise<Decided> {
  const decided = await services.store.record(payment, (state, given) => {
    const subject = state.attempts.find((one) => one.id === attempt);
    const meaning = subject === undefined ? null : meaningOf(report, subject, given.now);
    if (meaning?.kind === "pending" && !meaning.known) services.countUnknown(report.paymentStatus);
    return hear(state, attempt, report, given, askedAt);
  });
  await askMandateAfter(services, decided);
  return decided;
}
