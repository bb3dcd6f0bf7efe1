import { CLOCK } from "../domain/by.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import { continueAttempt, doubtAttempt } from "../domain/payment/begin.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { AsksAboutAttempts } from "../inquiries/attempt.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { Charges } from "../sibs/port.ts";
import type { KeepsContinuations } from "../storage/ports.ts";
import { at, type ByTerminal } from "../terminals.ts";
import { callsOf } from "./methods/index.ts";
import { takeOutcome } from "./take.ts";

/** What going on with an attempt may touch. */
export type ContinuesAttempts = AsksAboutAttempts &
  KeepsContinuations &
  WaitsForSibs & { readonly sibs: ByTerminal<Charges> };

export interface ActionDone {
  readonly action: string;
  /** Whether the browser did it; false says that it could not. */
  readonly executed: boolean;
}

/**
 * Goes on after the browser did what the issuer wanted. The return, the message and the time limit may all say so: SIBS
 * is asked to go on once. Null: nothing waits for that action any more.
 */
export async function continueAtSibs(
  ports: ContinuesAttempts,
  paymentId: PaymentId,
  attemptId: AttemptId,
  { action, executed }: ActionDone,
): Promise<Payment | null> {
  const { payments, continuations, inFlight, sibs } = ports;
  const payment = await payments.load(paymentId);
  const attempt = payment?.attempts.find((one) => one.id === attemptId);
  const type = attempt?.action?.type;
  const goOn = attempt === undefined ? undefined : callsOf(attempt.method).goOn;
  const continuation = payment === null ? null : await continuations.find(payment, attemptId);
  const { facts } = await payments.record(paymentId, (state, given) =>
    continueAttempt(state, attemptId, { action, executed }, given),
  );
  const doubt = () => payments.by(CLOCK).record(paymentId, (state, given) => doubtAttempt(state, attemptId, given));
  if (payment === null || facts.length === 0 || type === undefined || goOn === undefined) return null;
  if (continuation === null) {
    return (await doubt()).payment;
  }
  const taken = takeOutcome(
    ports,
    { payment: paymentId, attempt: attemptId, transactionId: continuation.transactionId },
    goOn(at(sibs, payment), continuation, { id: action, type, executed }),
  );
  const outcome = await inFlight.waitFor(attemptId, taken);
  if (outcome === "timeout") await doubt();
  return payments.load(paymentId);
}
