import { deadline } from "@caravela/platform/timer";
import { continueAttempt, doubtAttempt } from "../domain/payment/begin.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Services } from "../services.ts";
import { callsOf } from "./methods/index.ts";
import { takeOutcome } from "./take.ts";

/** How long a caller waits for SIBS, in milliseconds. */
const PATIENCE_MS = 10_000;

export interface ActionDone {
  readonly action: string;
  /** Whether the browser did it; false says that it could not. */
  readonly executed: boolean;
}

/**
 * Goes on after the browser did what the issuer wanted. The return, the message and the time limit may all say so: it is told to SIBS
 * once. Null: nothing waits for that action any more.
 */
export async function continueAtSibs(
  services: Services,
  paymentId: string,
  attemptId: string,
  { action, executed }: ActionDone,
): Promise<Payment | null> {
  const { store, continuations, inFlight, sibs } = services;
  const attempt = (await store.load(paymentId))?.attempts.find((one) => one.id === attemptId);
  const type = attempt?.action?.type;
  const goOn = attempt === undefined ? undefined : callsOf(attempt.method).goOn;
  const continuation = await continuations.find(attemptId);
  const { facts, payment } = await store.record(paymentId, (state, given) =>
    continueAttempt(state, attemptId, { action, executed }, given),
  );
  if (facts.length === 0 || type === undefined || goOn === undefined) return null;
  if (continuation === null) {
    return (await store.record(payment.id, (state, given) => doubtAttempt(state, attemptId, given))).payment;
  }
  const taken = takeOutcome(
    services,
    { payment: paymentId, attempt: attemptId, transactionId: continuation.transactionId },
    goOn(sibs, continuation, { id: action, type, executed }),
  );
  const outcome = await deadline(inFlight.track(attemptId, taken), PATIENCE_MS);
  if (outcome === "timeout") await store.record(paymentId, (state, given) => doubtAttempt(state, attemptId, given));
  return store.load(paymentId);
}
