import type { Log } from "@caravela/platform/log";
import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { OperationId, PaymentId } from "../domain/identifiers.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { hearNotFound, operationMayCount } from "../domain/payment/not-found.ts";
import { hearNothingOfOperation, hearOperation } from "../domain/payment/operate.ts";
import { NO_ANSWER } from "../domain/payment/operation.ts";
import { causesOfRefusal } from "../domain/payment/resend.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Instant } from "../domain/time.ts";
import { given, type Timed } from "../given.ts";
import type { Decided } from "../storage/payments.ts";
import type { DecidesPayments, KnowsWhatWasHeardOf } from "../storage/ports.ts";
import { at } from "../terminals.ts";
import { type LooksBeside, lookBeside, lookUp } from "./look-up.ts";

/** What asking about an operation may touch. */
export type AsksAboutOperations = DecidesPayments & KnowsWhatWasHeardOf & LooksBeside & Timed & { readonly log: Log };

/**
 * Asks SIBS what became of an operation whose answer was lost, by the id it was sent under; first about the earlier
 * sendings that a refusal of it may come from.
 */
export async function askOperation(ports: AsksAboutOperations, payment: PaymentId, id: OperationId): Promise<Decided> {
  const { payments, sibs, log } = ports;
  const state = await payments.load(payment);
  if (state === null) throw new TypeError(`payment ${payment} is gone`);
  for (const earlier of causesOfRefusal(state, id)) await askOperation(ports, payment, earlier.id);
  const askedAt = given(ports).now;
  const transactionId = state.operations.find((one) => one.id === id)?.transactionId ?? null;
  const found = await lookUp(at(sibs, state), { own: id, transactionId, madeOn: madeOn(state, id) });
  const record = (said: (state: Payment, given: Given) => readonly Fact[]) =>
    payments.by(SIBS).record(payment, (state, given) => asOf(askedAt, said(state, given)));
  switch (found.kind) {
    case "found":
      return record((state, given) => hearOperation(state, id, found.status.report, given));
    case "silence":
      log.warn({ payment, operation: id, ...found.fault }, "an inquiry brought no answer");
      return record((state, given) => hearNothingOfOperation(state, id, NO_ANSWER, given));
    case "not_found": {
      const beside = await besideOperation(ports, await payments.load(payment), id, askedAt);
      return record((state, given) => hearNotFound(state, id, beside, given));
    }
    default:
      return found satisfies never;
  }
}

async function besideOperation(ports: AsksAboutOperations, payment: Payment | null, id: OperationId, askedAt: Instant) {
  const operation = payment?.operations.find((one) => one.id === id);
  const original = madeOn(payment, id);
  if (payment === null || operation === undefined || original === null || operation.sentAt === null) return null;
  if (!operationMayCount(operation, askedAt) || (await ports.payments.wasHeardOf(payment.id, id))) return null;
  return lookBeside(ports, { payment, kind: operation.kind, sentAt: operation.sentAt, original, askedAt });
}

/** SIBS's transaction on which an operation is made. */
export function madeOn(payment: Payment | null, id: OperationId): string | null {
  const operation = payment?.operations.find((one) => one.id === id);
  return payment?.attempts.find((one) => one.id === operation?.attempt)?.transactionId ?? null;
}
