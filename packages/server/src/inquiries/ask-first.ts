import type { Log } from "@caravela/platform/log";
import { problem } from "../http/problems.ts";
import type { SaidStatus } from "../sibs/outcome.ts";
import type { Inquiries } from "../sibs/port.ts";
import type { ReadsPayments } from "../storage/ports.ts";
import { type Called, countOnly, type LookedUp, lookUp } from "./look-up.ts";

/** Whom SIBS is asked about before a person's word is taken. */
export interface Subject extends Called {
  /** SIBS's transaction as the person names it. */
  readonly said: string | null;
}

/** What asking SIBS first may touch. */
export interface AsksFirst {
  readonly sibs: Inquiries;
  readonly log: Log;
}

/**
 * Asks SIBS once more before a person's word is taken: by its transaction, else by our own id, else by the transaction that the person names.
 * Null: SIBS knows nothing of it.
 * @throws Problem 503 when SIBS cannot be asked.
 */
export async function askFirst(ports: AsksFirst, subject: Subject): Promise<SaidStatus | null> {
  const found = await lookUp(ports.sibs, subject);
  const { own, transactionId, said } = subject;
  const isNamedAnew = found.kind === "not_found" && said !== null && said !== transactionId;
  // Whose it is that the person names is for the caller to judge.
  const last = isNamedAnew ? countOnly(await ports.sibs.status(said), () => true) : found;
  return saidIn(ports, own, last);
}

function saidIn({ log }: AsksFirst, own: string, found: LookedUp): SaidStatus | null {
  switch (found.kind) {
    case "found":
      return found.status;
    case "not_found":
      return null;
    case "silence":
      log.warn({ subject: own, ...found.fault }, "SIBS could not be asked first");
      throw problem("sibs_unavailable", "SIBS is asked before a person's word is taken, and did not answer.");
    default:
      return found satisfies never;
  }
}

/**
 * Refuses a transaction that a person names and that is another's: money would go back to somebody else.
 * @throws Problem 422 naming `transactionId`.
 */
export async function refuseOthers({ payments }: ReadsPayments, { said, transactionId }: Subject): Promise<void> {
  if (said === null || said === transactionId || (await payments.findBy(said)) === null) return;
  throw problem("not_possible", "This transaction of SIBS's is of another attempt or operation.", {
    field: "/transactionId",
  });
}
