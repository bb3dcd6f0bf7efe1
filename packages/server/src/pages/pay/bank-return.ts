import { type ActionDone, type ContinuesAttempts, continueAtSibs } from "../../attempts/continue.ts";
import type { Payment } from "../../domain/payment/state.ts";
import { waitingAction } from "./methods/card.ts";

/** Goes on after what the issuer wanted, if that still waits: told to SIBS once, however often it is said. */
export async function goOn(ports: ContinuesAttempts, payment: Payment, done: ActionDone): Promise<void> {
  const waiting = waitingAction(payment, done.action);
  if (waiting !== null) await continueAtSibs(ports, payment.id, waiting.attempt.id, done);
}
