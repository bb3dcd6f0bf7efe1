import type { Log } from "@caravela/platform/log";
import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import type { Attempt } from "../domain/payment/attempt.ts";
import { hear, hearNothing } from "../domain/payment/hear.ts";
import { chargeMayCount, hearChargeNotFound } from "../domain/payment/not-found.ts";
import { meaningOf, type Report } from "../domain/payment/report.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Instant } from "../domain/time.ts";
import { given, type Timed } from "../given.ts";
import type { Fault, SaidStatus } from "../sibs/outcome.ts";
import type { Decided } from "../storage/payments.ts";
import type { AsksMandatesSoon, DecidesPayments, KeepsSavedCards, ReadsSavedCards } from "../storage/ports.ts";
import { at } from "../terminals.ts";
import { askMandatesFirst } from "./ask-mandate-soon.ts";
import { keepToken } from "./keep-card.ts";
import { type LooksBeside, lookBeside, lookUp } from "./look-up.ts";

/** What recording a report may touch. */
export interface RecordsReports extends DecidesPayments, AsksMandatesSoon {
  /** Counts what SIBS said that no rule knows. */
  readonly countUnknown: (paymentStatus: string) => void;
}

/** What asking about an attempt may touch. */
export type AsksAboutAttempts = RecordsReports &
  KeepsSavedCards &
  ReadsSavedCards &
  LooksBeside &
  Timed & {
    readonly log: Log;
    readonly settings: {
      /**
       * Whether an attempt whose time is over is ended also while SIBS cannot be asked how it ended: speed above
       * certainty.
       */
      readonly timeOutUnasked: boolean;
    };
  };

/**
 * Asks SIBS how an attempt's transaction stands, and records what follows. The inquiry is the judge; everything else is
 * a hint.
 */
export async function askAttempt(
  ports: AsksAboutAttempts,
  payment: PaymentId,
  attempt: AttemptId,
  transactionId: string | null,
): Promise<Decided> {
  if (transactionId === null) return askCharge(ports, payment, attempt);
  const askedAt = given(ports).now;
  const sibs = at(ports.sibs, await known(ports, payment));
  const found = await lookUp(sibs, { own: attempt, transactionId, madeOn: null });
  switch (found.kind) {
    case "found":
      return answered(ports, payment, attempt, { ...found, askedAt });
    // A 404 concludes nothing, and neither does a SIBS that cannot be reached.
    case "not_found":
    case "silence":
      return notAnswered(ports, payment, attempt, { ...found, askedAt });
    default:
      return found satisfies never;
  }
}

/** A charge by the merchant whose answer was lost is asked about by the id it was sent under, as an operation is. */
async function askCharge(ports: AsksAboutAttempts, payment: PaymentId, attempt: AttemptId): Promise<Decided> {
  const askedAt = given(ports).now;
  const state = await known(ports, payment);
  const charge = state.attempts.find((one) => one.id === attempt);
  const madeOn = charge === undefined ? null : await chargedOn(ports, charge);
  const found = await lookUp(at(ports.sibs, state), { own: attempt, transactionId: null, madeOn });
  switch (found.kind) {
    case "found":
      return answered(ports, payment, attempt, { ...found, askedAt });
    case "silence":
      return notAnswered(ports, payment, attempt, { ...found, askedAt });
    case "not_found": {
      const beside = await besideCharge(ports, payment, attempt, { askedAt, original: madeOn });
      return ports.payments
        .by(SIBS)
        .record(payment, (state, given) => asOf(askedAt, hearChargeNotFound(state, attempt, beside, given)));
    }
    default:
      return found satisfies never;
  }
}

/**
 * SIBS's transaction on which a charge of a saved card is made. Earlier versions did not keep it: theirs is known while
 * the card is.
 */
export async function chargedOn(
  { savedCards }: ReadsSavedCards,
  { madeOn, token }: Pick<Attempt, "madeOn" | "token">,
): Promise<string | null> {
  if (madeOn !== null || token === null) return madeOn;
  return (await savedCards.find(token))?.transactionId ?? null;
}

/** The payment as it was last known: what its terminal is never changes. */
async function known({ payments }: DecidesPayments, id: PaymentId): Promise<Payment> {
  const payment = await payments.lately(id);
  if (payment === null) throw new TypeError(`payment ${id} is gone`);
  return payment;
}

async function besideCharge(
  ports: AsksAboutAttempts,
  paymentId: PaymentId,
  id: AttemptId,
  { askedAt, original }: { readonly askedAt: Instant; readonly original: string | null },
) {
  const payment = await ports.payments.load(paymentId);
  const attempt = payment?.attempts.find((one) => one.id === id);
  if (payment === null || attempt === undefined || attempt.submittedAt === null || original === null) return null;
  if (!chargeMayCount(attempt, askedAt)) return null;
  return lookBeside(ports, { payment, kind: "charge", sentAt: attempt.submittedAt, original, askedAt });
}

async function answered(
  ports: AsksAboutAttempts,
  payment: PaymentId,
  attempt: AttemptId,
  { status, askedAt }: { readonly status: SaidStatus; readonly askedAt: Instant },
): Promise<Decided> {
  const { report, token } = status;
  if (report.paymentStatus === "Success") await keepToken(ports, payment, attempt, token);
  return recordReport(ports, payment, attempt, report, askedAt);
}

async function notAnswered(
  { payments, log, settings }: AsksAboutAttempts,
  payment: PaymentId,
  attempt: AttemptId,
  { fault, askedAt }: { readonly fault: Fault; readonly askedAt: Instant },
): Promise<Decided> {
  log.warn({ payment, attempt, ...fault }, "an inquiry brought no answer");
  return payments
    .by(SIBS)
    .record(payment, (state, given) => asOf(askedAt, hearNothing(state, attempt, given, settings)));
}

/** Records what SIBS said about an attempt. `askedAt`: when it was asked; absent: it answers a call that was sent. */
export async function recordReport(
  ports: RecordsReports,
  payment: PaymentId,
  attempt: AttemptId,
  report: Report,
  askedAt?: Instant,
): Promise<Decided> {
  const choose = (state: Payment, given: Given) => {
    const subject = state.attempts.find((one) => one.id === attempt);
    const meaning = subject === undefined ? null : meaningOf(report, subject, given.now);
    if (meaning?.kind === "pending" && !meaning.known) ports.countUnknown(report.paymentStatus);
    return asOf(askedAt ?? subject?.sentAt ?? given.now, hear(state, attempt, report, given, askedAt));
  };
  return ports.payments.by(SIBS).record(payment, choose, askMandatesFirst(ports));
}
