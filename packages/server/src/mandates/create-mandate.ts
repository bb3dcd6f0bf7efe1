import type { Log } from "@caravela/platform/log";
import { asOf } from "../domain/asked.ts";
import { CLOCK, SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import { doubtMandate, nameMandate, refuseMandate } from "../domain/mandate/begin.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { type Mandate, type RequestedMandate, secondsLeft } from "../domain/mandate/state.ts";
import type { Instant } from "../domain/time.ts";
import type { Timed } from "../given.ts";
import { newPageToken } from "../http/page-token.ts";
import { problem, problemOf } from "../http/problems.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { MandateRequestOutcome } from "../sibs/outcome.ts";
import type { MandateCalls } from "../sibs/port.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { CountsTries, CreatesMandates, DecidesMandates, ReadsMandates } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";

/** What a request for a mandate may touch. */
export type RequestsMandates = CreatesMandates &
  ReadsMandates &
  DecidesMandates &
  Timed &
  WaitsForSibs &
  Pick<CountsTries, "phoneRequests"> & { readonly sibs: ByTerminal<MandateCalls>; readonly log: Log };

/** What the shop asks for. */
export type CreateMandate = Omit<RequestedMandate, "id" | "authorizeToken" | "manageToken">;

/**
 * Asks a customer's phone for a mandate: recorded as sent together with the request's key, then sent, once. A refusal
 * by SIBS is a mandate that is `refused`.
 * @throws Problem 409 when this phone is being asked for the same thing already.
 */
export async function createMandate(ports: RequestsMandates, wanted: CreateMandate, key: KeyRow): Promise<Mandate> {
  const mandate = newMandate(ports, wanted);
  await recordRequest(ports, mandate, key);
  const asked = await ports.inFlight.waitFor(mandate.id, askPhone(ports, mandate));
  if (asked !== "timeout") return asked;
  return (await ports.mandates.by(CLOCK).record(mandate.id, doubtMandate)).mandate;
}

function newMandate({ chance }: RequestsMandates, wanted: CreateMandate): RequestedMandate {
  return { ...wanted, id: chance.id("man"), authorizeToken: newPageToken(chance), manageToken: newPageToken(chance) };
}

async function recordRequest(ports: RequestsMandates, wanted: RequestedMandate, key: KeyRow): Promise<void> {
  const { mandates, clock, phoneRequests } = ports;
  for (let isCounted = false; ; ) {
    const waiting = await mandates.findPending(wanted);
    if (waiting !== null) throw inProgress(waiting, clock.now().getTime());
    if (!isCounted) {
      const tooOften = await phoneRequests.count(wanted.phone, { id: wanted.id, of: wanted.id });
      if (tooOften !== null) throw problemOf(tooOften);
      isCounted = true;
    }
    const created = await mandates.create(
      () => wanted,
      ({ id }) => key(id),
    );
    // Null: another was quicker. If it has ended since, nothing stands in the way any more.
    if (created !== null) return;
  }
}

function inProgress(pending: Mandate, now: Instant) {
  return problem("mandate_in_progress", "The customer is being asked for it already: have them look at their phone.", {
    members: { mandate: pending.id, secondsLeft: secondsLeft(pending, now) },
  });
}

/**
 * The request itself, and what its answer, or the lack of one, means. Its merchantTransactionId is the mandate's id, by
 * which it is found.
 */
async function askPhone({ mandates, sibs, log }: RequestsMandates, mandate: RequestedMandate): Promise<Mandate> {
  const { id, type, phone, customer, description } = mandate;
  const request = { merchantTransactionId: id, type, phone, customerName: customer.name, description };
  const outcome = await at(sibs, mandate).requestMandate(request);
  if (outcome.kind !== "answered") log.warn({ mandate: id, ...outcome.fault }, "a request for a mandate had no answer");
  const heard = mandates
    .by(SIBS)
    .record(id, (state, given) => asOf(state.submittedAt, factsFrom(outcome, state, given)));
  return (await heard).mandate;
}

/** What follows from what became of the request. */
function factsFrom(outcome: MandateRequestOutcome, mandate: Mandate, given: Given): readonly MandateFact[] {
  switch (outcome.kind) {
    case "answered":
      return nameMandate(mandate, outcome, given);
    case "in_doubt":
      return doubtMandate(mandate, given);
    case "refused":
    case "unheard":
      return refuseMandate(mandate, outcome.code, given);
    default:
      return outcome satisfies never;
  }
}
