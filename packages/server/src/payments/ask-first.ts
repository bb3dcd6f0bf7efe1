import { NotFoundError, SibsError, type TransactionStatus } from "@caravela/sibs";
import type { Report } from "../domain/report.ts";
import { problem } from "../http/problems.ts";
import { INQUIRY_LIMIT_MS } from "./look-up.ts";
import { reportOf } from "./report.ts";
import type { Services } from "./services.ts";

/** Whom SIBS is asked about before a person's word is taken. */
export interface Subject {
  /** The id that SIBS was sent. */
  readonly own: string;
  /** SIBS's transaction, where it is known. */
  readonly transactionId: string | null;
  /** SIBS's transaction as the person names it. */
  readonly said: string | null;
}

/** What SIBS said; null: it knows nothing of it. */
export interface Said {
  readonly report: Report;
  readonly status: TransactionStatus;
}

/**
 * Asks SIBS once more before a person's word is taken: by its transaction, else by our own id, else by the transaction that the person names.
 * @throws Problem 503 when SIBS cannot be asked.
 */
export async function askFirst(
  { inquirer, log }: Pick<Services, "inquirer" | "log">,
  { own, transactionId, said }: Subject,
): Promise<Said | null> {
  const options = { timeoutMs: INQUIRY_LIMIT_MS };
  try {
    const known =
      transactionId === null
        ? await unlessUnknown(inquirer.statusByMerchantTransactionId(own, options))
        : await unlessUnknown(inquirer.status(transactionId, options));
    const named = known === null && said !== null && said !== transactionId;
    const status = named ? await unlessUnknown(inquirer.status(said, options)) : known;
    return status === null ? null : { status, report: reportOf(status, "inquiry") };
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    log.warn({ subject: own, error: error.name, httpStatus: error.httpStatus }, "SIBS could not be asked first");
    throw problem("sibs_unavailable", "SIBS is asked before a person's word is taken, and did not answer.");
  }
}

async function unlessUnknown(asked: Promise<TransactionStatus>): Promise<TransactionStatus | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/**
 * Refuses a transaction that a person names and that is another's: money would go back to somebody else.
 * @throws Problem 422 naming `transactionId`.
 */
export async function refuseOthers(
  { store }: Pick<Services, "store">,
  { said, transactionId }: Subject,
): Promise<void> {
  if (said === null || said === transactionId || (await store.findBy(said)) === null) return;
  throw problem("not_possible", "This transaction of SIBS's is of another attempt or operation.", {
    field: "/transactionId",
  });
}
