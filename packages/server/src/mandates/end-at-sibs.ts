import type { Log } from "@caravela/platform/log";
import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import type { MandateCancellationId } from "../domain/identifiers.ts";
import { finishCancellation } from "../domain/mandate/end.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { MandateCalls } from "../sibs/port.ts";
import type { DecidedMandate, MandateStore } from "../storage/mandates.ts";
import type { Deciding } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";

/** What the end of a mandate at SIBS may touch. */
export interface EndsMandates {
  readonly mandates: Deciding<MandateStore, "record">;
  readonly sibs: ByTerminal<MandateCalls>;
  readonly log: Log;
}

/**
 * Ends a mandate at SIBS where what was decided says that this is sent: whoever records it does it. Whatever becomes of
 * the call, SIBS is asked afterwards, and it is sent again while SIBS says that the mandate may be charged.
 */
export async function endAtSibs(ports: EndsMandates, { mandate, facts }: DecidedMandate): Promise<Mandate> {
  const { mandates, sibs, log } = ports;
  const { id, transactionId, cancellation, phone } = mandate;
  const isSent = facts.some(({ kind }) => kind === "cancellation_sent");
  if (!isSent || transactionId === null || cancellation === null || phone === null) return mandate;
  const { operation, tries } = cancellation;
  const merchantTransactionId: MandateCancellationId = tries === 1 ? operation : `${operation}.${tries}`;
  const outcome = await at(sibs, mandate).endMandate(transactionId, { phone, merchantTransactionId });
  const ended = async () => {
    const { sentAt } = cancellation;
    return (await mandates.by(SIBS).record(id, (state, given) => asOf(sentAt, finishCancellation(state, given))))
      .mandate;
  };
  switch (outcome.kind) {
    case "answered":
      return ended();
    case "refused":
    case "unheard":
    case "in_doubt":
      log.warn({ mandate: id, ...outcome.fault }, "SIBS did not say that a mandate has ended");
      return mandate;
    default:
      return outcome satisfies never;
  }
}
