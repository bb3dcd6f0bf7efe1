import { asOf } from "../domain/asked.ts";
import { SIBS } from "../domain/by.ts";
import { asOperationId } from "../domain/identifiers.ts";
import { hearOperation } from "../domain/payment/operate.ts";
import { settleOperation as decide } from "../domain/payment/settle.ts";
import type { OperationResult } from "../domain/payment/settlement.ts";
import type { Refusal } from "../domain/refusal.ts";
import { given, type Timed } from "../given.ts";
import { problem } from "../http/problems.ts";
import { type AsksFirst, askFirst } from "../inquiries/ask-first.ts";
import { madeOn } from "../inquiries/operation.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { DecidesPayments, ReadsPayments } from "../storage/ports.ts";
import { operationOf, type Requested } from "./request-operation.ts";

/** What settling an operation may touch. */
export type SettlesOperations = DecidesPayments & AsksFirst & Timed;

/** What a person says became of an operation. */
export interface SaidOfOperation {
  readonly outcome: OperationResult;
  readonly note: string;
  readonly transactionId: string | null;
}

/**
 * Settles, by a person's word, a capture, a cancellation or a refund of which nobody knows what became of it. SIBS is
 * asked once more first: a final word of its own is recorded in any case, and not contradicted.
 * @throws Problem 404.
 */
export async function settleOperation(
  ports: SettlesOperations,
  text: string,
  said: SaidOfOperation,
  key: KeyRow,
): Promise<Requested | Refusal> {
  const { payment, operation } = await findByOperation(ports, text);
  const { id } = operation;
  const command = { ...said, operation: id };
  const early = decide(payment, command, null, given(ports));
  const isKnown = operation.settled === null && operation.unprovedSince === null;
  if ("refused" in early && !(isKnown && ENDED.includes(operation.status))) return early;
  const { transactionId } = operation;
  const subject = { own: id, transactionId, madeOn: madeOn(payment, id), said: said.transactionId, payment };
  const asked = await askFirst(ports, subject);
  if ("refused" in asked) return asked;
  const report = asked.said?.report ?? null;
  const decided = await ports.payments.decide(
    payment.id,
    (state, given) => asOf(asked.askedAt, decide(state, command, report, given)),
    () => key(id),
  );
  if (!("refused" in decided)) return { payment: decided.payment, operation: operationOf(decided.payment, id) };
  if (report !== null && decided.refused === "contradicted_by_sibs") {
    await ports.payments
      .by(SIBS)
      .record(payment.id, (state, given) => asOf(asked.askedAt, hearOperation(state, id, report, given)));
  }
  return decided;
}

/** SIBS may have been quicker than the person: it is asked all the same, so that they are told what it says. */
const ENDED: readonly string[] = ["succeeded", "failed"];

/**
 * The capture, cancellation or refund of this id, and its payment. @throws Problem 404.
 */
export async function findByOperation({ payments }: ReadsPayments, id: string): Promise<Requested> {
  const known = asOperationId(id);
  const payment = known === null ? null : await payments.findBy(known);
  const operation = payment?.operations.find((one) => one.id === known);
  if (payment != null && operation !== undefined) return { payment, operation };
  throw problem("not_found", "There is no capture, cancellation or refund of this id.");
}
