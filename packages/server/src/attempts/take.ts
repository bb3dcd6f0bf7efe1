import { SIBS } from "../domain/by.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import { doubtAttempt, endRefused } from "../domain/payment/begin.ts";
import { askMandatesFirst } from "../inquiries/ask-mandate-soon.ts";
import { type AsksAboutAttempts, askAttempt, recordReport } from "../inquiries/attempt.ts";
import { keepToken } from "../inquiries/keep-card.ts";
import type { ChargeOutcome, Refused, Unheard } from "../sibs/outcome.ts";

/** Whose answer is awaited. `transactionId` is null for a charge by the merchant, whose call makes its transaction. */
export interface Awaited {
  readonly payment: PaymentId;
  readonly attempt: AttemptId;
  readonly transactionId: string | null;
}

/** Records what became of a call that may have moved money, and was recorded as sent before. */
export async function takeOutcome(
  ports: AsksAboutAttempts,
  awaited: Awaited,
  call: Promise<ChargeOutcome>,
): Promise<void> {
  const outcome = await call;
  switch (outcome.kind) {
    case "answered":
      return takeAnswer(ports, awaited, outcome);
    case "in_doubt":
      return takeDoubt(ports, awaited, outcome);
    case "refused":
    case "unheard":
      return takeRefusal(ports, awaited, outcome);
    default:
      outcome satisfies never;
  }
}

type Outcome<Kind> = Extract<ChargeOutcome, { readonly kind: Kind }>;

async function takeAnswer(
  ports: AsksAboutAttempts,
  { payment, attempt, transactionId }: Awaited,
  { report, token }: Outcome<"answered">,
): Promise<void> {
  const isDone = report.paymentStatus === "Success";
  if (isDone) await keepToken(ports, payment, attempt, token);
  await recordReport(ports, payment, attempt, report);
  // SIBS's answer to a purchase does not say of what kind its success is: the status does.
  if (isDone) await askAttempt(ports, payment, attempt, transactionId ?? report.transactionId);
}

async function takeDoubt(
  ports: AsksAboutAttempts,
  { payment, attempt, transactionId }: Awaited,
  { hasMovedOn, fault }: Outcome<"in_doubt">,
): Promise<void> {
  warn(ports, attempt, fault);
  await ports.payments.by(SIBS).record(payment, (state, given) => doubtAttempt(state, attempt, given));
  if (hasMovedOn) await askAttempt(ports, payment, attempt, transactionId);
}

async function takeRefusal(
  ports: AsksAboutAttempts,
  { payment, attempt }: Awaited,
  { code, fault }: Refused | Unheard,
): Promise<void> {
  warn(ports, attempt, fault);
  await ports.payments
    .by(SIBS)
    .record(payment, (state, given) => endRefused(state, attempt, code, given), askMandatesFirst(ports));
}

function warn({ log }: AsksAboutAttempts, attempt: AttemptId, fault: Refused["fault"]): void {
  log.warn({ attempt, ...fault }, "a call had no answer");
}
