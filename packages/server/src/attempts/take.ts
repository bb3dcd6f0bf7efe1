import { keepToken } from "../cards/keep.ts";
import { doubtAttempt, endRefused } from "../domain/payment/begin.ts";
import { askAttempt, recordReport } from "../inquiries/attempt.ts";
import { askMandateAfter } from "../inquiries/charged-mandate.ts";
import type { Services } from "../services.ts";
import type { ChargeOutcome, Refused, Unheard } from "../sibs/outcome.ts";

/** Whose answer is awaited. `transactionId` is null for a charge by the merchant, whose call makes its transaction. */
export interface Awaited {
  readonly payment: string;
  readonly attempt: string;
  readonly transactionId: string | null;
}

/** Records what became of a call that may have moved money, and was recorded as sent before. */
export async function takeOutcome(services: Services, awaited: Awaited, call: Promise<ChargeOutcome>): Promise<void> {
  const outcome = await call;
  switch (outcome.kind) {
    case "answered":
      return takeAnswer(services, awaited, outcome);
    case "in_doubt":
      return takeDoubt(services, awaited, outcome);
    case "refused":
    case "unheard":
      return takeRefusal(services, awaited, outcome);
    default:
      outcome satisfies never;
  }
}

type Outcome<Kind> = Extract<ChargeOutcome, { readonly kind: Kind }>;

async function takeAnswer(
  services: Services,
  { payment, attempt, transactionId }: Awaited,
  { report, token }: Outcome<"answered">,
): Promise<void> {
  const isDone = report.paymentStatus === "Success";
  if (isDone) await keepToken(services, payment, attempt, token);
  await recordReport(services, payment, attempt, report);
  // SIBS's answer to a purchase does not say of what kind its success is: the status does.
  if (isDone) await askAttempt(services, payment, attempt, transactionId ?? report.transactionId);
}

async function takeDoubt(
  services: Services,
  { payment, attempt, transactionId }: Awaited,
  { hasMovedOn, fault }: Outcome<"in_doubt">,
): Promise<void> {
  warn(services, attempt, fault);
  const decided = await services.store.record(payment, (state, given) => doubtAttempt(state, attempt, given));
  await askMandateAfter(services, decided);
  if (hasMovedOn) await askAttempt(services, payment, attempt, transactionId);
}

async function takeRefusal(
  services: Services,
  { payment, attempt }: Awaited,
  { code, fault }: Refused | Unheard,
): Promise<void> {
  warn(services, attempt, fault);
  const decided = await services.store.record(payment, (state, given) => endRefused(state, attempt, code, given));
  await askMandateAfter(services, decided);
}

function warn({ log }: Services, attempt: string, fault: Refused["fault"]): void {
  log.warn({ attempt, ...fault }, "a call had no answer");
}
