import type { Cents } from "@caravela/sibs/money";
import { CLOCK } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, OperationId, PaymentId } from "../domain/identifiers.ts";
import type { Decision } from "../domain/payment/decision.ts";
import {
  type AskedOperation,
  doubtOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
} from "../domain/payment/operate.ts";
import { type Operation, type OperationKind, PREFIXES } from "../domain/payment/operation.ts";
import { requestReturn } from "../domain/payment/settle.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { KeyRow } from "../storage/keys.ts";
import { type SendsOperations, sendRequested } from "./send-operation.ts";

/** What a request for an operation may touch. */
export type RequestsOperations = SendsOperations & WaitsForSibs;

type Request = (payment: Payment, command: AskedOperation, given: Given) => Decision;

const requests: Readonly<Record<OperationKind, Request>> = {
  capture: requestCapture,
  cancellation: requestCancellation,
  refund: requestRefund,
};

/** An operation as far as it is known when the caller is answered. */
export interface Requested {
  readonly payment: Payment;
  readonly operation: Operation;
}

/** Captures, cancels or refunds, all that is left unless an amount is given. */
export function requestOperation(
  ports: RequestsOperations,
  paymentId: PaymentId,
  { kind, amount }: { readonly kind: OperationKind; readonly amount: Cents | null },
  key: KeyRow,
): Promise<Requested | Refusal> {
  const id = ports.chance.id(PREFIXES[kind]);
  return request(ports, paymentId, (state, given) => requests[kind](state, { id, amount }, given), key);
}

/**
 * Gives back what an attempt took and no sum of its payment holds; what it only holds is given up. All that is left
 * unless an amount is given.
 */
export function returnMoney(
  ports: RequestsOperations,
  paymentId: PaymentId,
  asked: { readonly attempt: AttemptId; readonly amount: Cents | null },
  key: KeyRow,
): Promise<Requested | Refusal> {
  return request(ports, paymentId, (state, given) => requestReturn(state, asked, given), key);
}

/** Recorded as sent together with the request's key, then sent, once. */
async function request(
  ports: RequestsOperations,
  paymentId: PaymentId,
  choose: (payment: Payment, given: Given) => Decision,
  key: KeyRow,
): Promise<Requested | Refusal> {
  const decided = await ports.payments.decide(paymentId, choose, (state) => key(lastOf(state)));
  if ("refused" in decided) return decided;
  const id = lastOf(decided.payment);
  const sent = await ports.inFlight.waitFor(id, sendRequested(ports, decided, id));
  if (sent !== "timeout") return { payment: sent.payment, operation: operationOf(sent.payment, id) };
  const { payment } = await ports.payments
    .by(CLOCK)
    .record(paymentId, (state, given) => doubtOperation(state, id, given));
  return { payment, operation: operationOf(payment, id) };
}

/** Of a payment of which an operation was just requested. */
function lastOf({ id, operations }: Payment): OperationId {
  const last = operations.at(-1);
  if (last === undefined) throw new TypeError(`payment ${id} has no operation`);
  return last.id;
}

/** The operation of this id. @throws TypeError when it is not the payment's. */
export function operationOf(payment: Payment, id: OperationId): Operation {
  const operation = payment.operations.find((one) => one.id === id);
  if (operation === undefined) throw new TypeError(`operation ${id} is not of payment ${payment.id}`);
  return operation;
}
