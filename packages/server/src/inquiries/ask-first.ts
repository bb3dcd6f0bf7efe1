import { SibsError, type TransactionStatus } from "@caravela/sibs";
import type { Report } from "../domain/payment/report.ts";
import { problem } from "../http/problems.ts";
import type { Services } from "../services.ts";
import { reportOf } from "../sibs/report.ts";
import { type Called, INQUIRY_LIMIT_MS, lookUp, saysNothing } from "./look-up.ts";

/** Whom SIBS is asked about before a person's word is taken. */
export interface Subject extends Called {
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
  subject: Subject,
): Promise<Said | null> {
  const found = await lookUp(inquirer, subject);
  if (found.kind === "found") return saidIn(found.status);
  const { own, transactionId, said } = subject;
  let error = found.kind === "silence" ? found.error : null;
  if (found.kind === "nothing") {
    if (said === null || said === transactionId) return null;
    try {
      return saidIn(await inquirer.status(said, { timeoutMs: INQUIRY_LIMIT_MS }));
    } catch (thrown) {
      if (!(thrown instanceof SibsError)) throw thrown;
      if (saysNothing(thrown)) return null;
      error = thrown;
    }
  }
  const { name = "another's status", httpStatus = null } = error ?? {};
  log.warn({ subject: own, error: name, httpStatus }, "SIBS could not be asked first");
  throw problem("sibs_unavailable", "SIBS is asked before a person's word is taken, and did not answer.");
}

function saidIn(status: TransactionStatus): Said {
  return { status, report: reportOf(status, "inquiry") };
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
