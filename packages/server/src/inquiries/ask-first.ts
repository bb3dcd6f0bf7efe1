import type { Log } from "@caravela/platform/log";
import type { MerchantTransactionId } from "../domain/identifiers.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import type { SaidStatus } from "../sibs/outcome.ts";
import type { Inquiries } from "../sibs/port.ts";
import type { ReadsPayments } from "../storage/ports.ts";
import { at, type ByTerminal, type OfTerminal } from "../terminals.ts";
import { type Called, countOnly, type LookedUp, lookUp } from "./look-up.ts";

/** Whom SIBS is asked about before a person's word is taken. */
export interface AskedAbout extends Called {
  /** SIBS's transaction as the person names it. */
  readonly said: string | null;
  /** The payment that it is of. */
  readonly payment: OfTerminal;
}

/** What asking SIBS first may touch. */
export interface AsksFirst extends ReadsPayments, Pick<Timed, "clock"> {
  readonly sibs: ByTerminal<Inquiries>;
  readonly log: Log;
}

/** What SIBS says, having been asked once more. */
export interface AskedFirst {
  /** Null: it knows nothing of it. */
  readonly said: SaidStatus | null;
  /** Null: it was not asked. */
  readonly askedAt: Instant | null;
}

/**
 * Asks SIBS once more before a person's word is taken: by its transaction, else by our own id, else by the transaction
 * that the person names. Refused where that transaction is another's (money would go back to somebody else), and where
 * SIBS cannot be asked.
 */
export async function askFirst(ports: AsksFirst, subject: AskedAbout): Promise<AskedFirst | Refusal> {
  const { own, transactionId, said, payment } = subject;
  const sibs = at(ports.sibs, payment);
  const named = said === transactionId ? null : said;
  if (named !== null && (await ports.payments.findBy(named)) !== null) {
    return { refused: "anothers_transaction", says: "we" };
  }
  const askedAt = ports.clock.now().getTime();
  const found = await lookUp(sibs, subject);
  const isNamedAnew = found.kind === "not_found" && named !== null;
  // Whose it is that the person names is for the caller to judge.
  const last = isNamedAnew ? countOnly(await sibs.status(named), () => true) : found;
  return saidIn(ports, own, { ...last, askedAt });
}

function saidIn(
  { log }: AsksFirst,
  own: MerchantTransactionId,
  found: LookedUp & { readonly askedAt: Instant },
): AskedFirst | Refusal {
  const { askedAt } = found;
  switch (found.kind) {
    case "found":
      return { said: found.status, askedAt };
    case "not_found":
      return { said: null, askedAt };
    case "silence":
      log.warn({ subject: own, ...found.fault }, "SIBS could not be asked first");
      return { refused: "sibs_not_asked" };
    default:
      return found satisfies never;
  }
}
