import { SibsError, type TransactionStatus } from "@caravela/sibs";
import type { Given } from "../domain/decision.ts";
import { nameMandate } from "../domain/mandate/decisions.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { hearMandate, hearNotArrived, hearNothingOfMandate, isKnownStatus } from "../domain/mandate/hear.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { endAtSibs } from "../mandates/end-at-sibs.ts";
import type { MandateServices } from "../mandates/services.ts";
import { mandateReportOf, WIRE_TYPES } from "../sibs/mandate.ts";

/** How long one try of an inquiry may take, in milliseconds: it is asked again by its schedule. */
const INQUIRY_LIMIT_MS = 5_000;

/** Asks SIBS how a mandate stands, and records what follows. The inquiry is the judge; everything else is a hint. */
export async function askMandate(services: MandateServices, id: string): Promise<void> {
  const { mandates, log } = services;
  const mandate = await mandates.load(id);
  if (mandate === null) return;
  try {
    const transactionId = mandate.transactionId ?? (await findRequest(services, mandate));
    if (transactionId === null) await record(services, id, hearNotArrived);
    else await inquire(services, mandate, transactionId);
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    log.warn({ mandate: id, error: error.name, httpStatus: error.httpStatus }, "an inquiry brought no answer");
    await record(services, id, hearNothingOfMandate);
  }
}

async function inquire(services: MandateServices, { id, phone }: Mandate, transactionId: string): Promise<void> {
  const said = await services.inquirer.inquireMandate(transactionId, { phone }, { timeoutMs: INQUIRY_LIMIT_MS });
  const report = mandateReportOf(said.mandate);
  if (report.status !== null && !isKnownStatus(report.status)) services.countUnknown(report.status);
  await record(services, id, (state, given) => hearMandate(state, report, given));
}

interface Found {
  readonly transactionId: string;
  readonly mandateId: string | null;
}

/** The transaction of a request whose answer was lost, by the id it was sent under; null: SIBS knows no such request. */
async function findRequest(services: MandateServices, mandate: Mandate): Promise<string | null> {
  const { inquirer } = services;
  const known = await unlessUnknown(
    inquirer.statusByMerchantTransactionId(mandate.id, { timeoutMs: INQUIRY_LIMIT_MS }),
  );
  const found = known === null ? await findListed(services, mandate) : { ...known, mandateId: null };
  if (found === null) return null;
  await record(services, mandate.id, (state, given) => nameMandate(state, found, given));
  return found.transactionId;
}

/** Among all of the merchant's, of this phone and type. The customer may have agreed to others before: it is ours only if it was sent under our id. */
async function findListed({ inquirer }: MandateServices, wanted: Mandate): Promise<Found | null> {
  const { mandates } = await inquirer.listMandates({ timeoutMs: INQUIRY_LIMIT_MS });
  for (const { transactionId, mandateId, phone, type } of mandates) {
    if (transactionId === null || phone !== wanted.phone || type !== WIRE_TYPES[wanted.type]) continue;
    const status = await unlessUnknown(inquirer.status(transactionId, { timeoutMs: INQUIRY_LIMIT_MS }));
    if (status?.merchantTransactionId === wanted.id) return { transactionId, mandateId };
  }
  return null;
}

/** What SIBS says of a transaction; null: it knows no such one. */
async function unlessUnknown(asked: Promise<TransactionStatus>): Promise<TransactionStatus | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SibsError && error.httpStatus === 404) return null;
    throw error;
  }
}

/** Records what was heard. Whoever records that the end of a mandate is sent sends it. */
async function record(
  services: MandateServices,
  id: string,
  choose: (mandate: Mandate, given: Given) => readonly MandateFact[],
): Promise<void> {
  const { mandate, facts } = await services.mandates.record(id, choose);
  if (facts.some(({ kind }) => kind === "cancellation_sent")) await endAtSibs(services, mandate);
}
