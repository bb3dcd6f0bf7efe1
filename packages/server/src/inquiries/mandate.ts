import type { Log } from "@caravela/platform/log";
import { asOf } from "../domain/asked.ts";
import { CLOCK, SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { MandateId } from "../domain/identifiers.ts";
import { nameMandate } from "../domain/mandate/begin.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import {
  hearMandate,
  hearNotArrived,
  hearNothingOfMandate,
  isKnownStatus,
  leaveErased,
} from "../domain/mandate/hear.ts";
import type { Mandate, RequestedMandate } from "../domain/mandate/state.ts";
import type { Instant } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import type { Fault } from "../sibs/outcome.ts";
import type { MandateInquiries } from "../sibs/port.ts";
import type { DecidedMandate, MandateStore } from "../storage/mandates.ts";
import type { Deciding } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";
import { lookUp } from "./look-up.ts";

/** What asking about a mandate may touch. */
export interface AsksAboutMandates extends Pick<Timed, "clock"> {
  readonly mandates: Deciding<MandateStore, "load" | "record">;
  readonly sibs: ByTerminal<MandateInquiries>;
  readonly log: Log;
  /** Counts what SIBS said that no rule knows. */
  readonly countUnknown: (status: string) => void;
}

/**
 * Asks SIBS how a mandate stands, and records what follows. The inquiry is the judge; everything else is a hint. Null:
 * there is no such mandate.
 */
export async function askMandate(ports: AsksAboutMandates, id: MandateId): Promise<DecidedMandate | null> {
  const mandate = await ports.mandates.load(id);
  if (mandate === null) return null;
  const { phone, terminal } = mandate;
  if (phone === null) return ports.mandates.by(CLOCK).record(id, leaveErased);
  if (mandate.transactionId !== null) return inquire(ports, { id, phone, terminal }, mandate.transactionId);
  const askedAt = ports.clock.now().getTime();
  const found = await findRequest(ports, mandate);
  switch (found.kind) {
    case "found":
      await recordHeard(ports, id, askedAt, (state, given) => nameMandate(state, found, given));
      return inquire(ports, { id, phone, terminal }, found.transactionId);
    case "not_found":
      return recordHeard(ports, id, askedAt, hearNotArrived);
    case "silence":
      return recordSilence(ports, id, { ...found, askedAt });
    default:
      return found satisfies never;
  }
}

async function inquire(
  ports: AsksAboutMandates,
  mandate: Pick<RequestedMandate, "id" | "phone" | "terminal">,
  transactionId: string,
): Promise<DecidedMandate> {
  const { id, phone } = mandate;
  const askedAt = ports.clock.now().getTime();
  const outcome = await at(ports.sibs, mandate).inquireMandate(transactionId, phone);
  switch (outcome.kind) {
    case "answered": {
      const { report } = outcome;
      if (report.status !== null && !isKnownStatus(report.status)) ports.countUnknown(report.status);
      return recordHeard(ports, id, askedAt, (state, given) => hearMandate(state, report, given));
    }
    case "not_found":
    case "unheard":
      return recordSilence(ports, id, { ...outcome, askedAt });
    default:
      return outcome satisfies never;
  }
}

async function recordSilence(
  ports: AsksAboutMandates,
  id: MandateId,
  { fault, askedAt }: { readonly fault: Fault; readonly askedAt: Instant },
): Promise<DecidedMandate> {
  ports.log.warn({ mandate: id, ...fault }, "an inquiry brought no answer");
  return recordHeard(ports, id, askedAt, hearNothingOfMandate);
}

function recordHeard(
  { mandates }: AsksAboutMandates,
  id: MandateId,
  askedAt: Instant,
  heard: (mandate: Mandate, given: Given) => readonly MandateFact[],
): Promise<DecidedMandate> {
  return mandates.by(SIBS).record(id, (state, given) => asOf(askedAt, heard(state, given)));
}

/** A request whose answer was lost, as SIBS has it. */
type Found =
  | { readonly kind: "found"; readonly transactionId: string; readonly mandateId: string | null }
  | { readonly kind: "not_found" }
  | { readonly kind: "silence"; readonly fault: Fault };

/** The transaction of a request whose answer was lost, by the id it was sent under. */
async function findRequest(ports: AsksAboutMandates, mandate: Mandate): Promise<Found> {
  const found = await lookUp(at(ports.sibs, mandate), { own: mandate.id, transactionId: null, madeOn: null });
  switch (found.kind) {
    case "found":
      return { kind: "found", transactionId: found.status.transactionId, mandateId: null };
    case "not_found":
      return findListed(ports, mandate);
    case "silence":
      return found;
    default:
      return found satisfies never;
  }
}

/**
 * Among all of the merchant's, of this phone and type. The customer may have agreed to others before: it is ours only
 * if it was sent under our id.
 */
async function findListed(ports: AsksAboutMandates, wanted: Mandate): Promise<Found> {
  const sibs = at(ports.sibs, wanted);
  const listed = await sibs.listMandates();
  if (listed.kind !== "answered") return { kind: "silence", fault: listed.fault };
  for (const { transactionId, mandateId, phone, type } of listed.mandates) {
    if (transactionId === null || phone !== wanted.phone || type !== wanted.type) continue;
    const outcome = await sibs.status(transactionId);
    if (outcome.kind === "unheard") return { kind: "silence", fault: outcome.fault };
    const isOurs = outcome.kind === "answered" && outcome.status.merchantTransactionId === wanted.id;
    if (isOurs) return { kind: "found", transactionId, mandateId };
  }
  return { kind: "not_found" };
}
