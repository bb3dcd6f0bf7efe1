import type { Cents } from "@caravela/sibs/money";
import type { Caller } from "../domain/api-key.ts";
import { CLOCK } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, OperationId, PaymentId } from "../domain/identifiers.ts";
import type { Decision } from "../domain/payment/decision.ts";
import type { Fact } from "../domain/payment/facts.ts";
import {
  type AskedRefund,
  doubtOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
} from "../domain/payment/operate.ts";
import { type Operation, type OperationKind, PREFIXES } from "../domain/payment/operation.ts";
import { givenBackIn } from "../domain/payment/refund-limit.ts";
import { requestReturn } from "../domain/payment/settle.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Instant } from "../domain/time.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { Decided } from "../storage/payments.ts";
import type { CountsRefunds } from "../storage/ports.ts";
import { isOverspent, spentOf } from "../storage/refund-days.ts";
import { type KnowsTerminals, whyNotServed } from "../terminals.ts";
import { type SendsOperations, sendRequested } from "./send-operation.ts";

/** What a request for an operation may touch. */
export type RequestsOperations = SendsOperations & WaitsForSibs & CountsRefunds & KnowsTerminals;

type Request = (payment: Payment, command: AskedRefund, given: Given) => Decision;

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

/** By which key something is asked for, and its own. */
interface Keys {
  readonly caller: Caller;
  readonly row: KeyRow;
}

/** Captures, cancels or refunds, all that is left unless an amount is given. */
export function requestOperation(
  ports: RequestsOperations,
  paymentId: PaymentId,
  { kind, amount }: { readonly kind: OperationKind; readonly amount: Cents | null },
  keys: Keys,
): Promise<Requested | Refusal> {
  const command = { id: ports.chance.id(PREFIXES[kind]), amount, ...boundsOf(keys) };
  return request(ports, paymentId, (state, given) => requests[kind](state, command, given), keys);
}

/**
 * Gives back what an attempt took and no sum of its payment holds; what it only holds is given up. All that is left
 * unless an amount is given.
 */
export function returnMoney(
  ports: RequestsOperations,
  paymentId: PaymentId,
  asked: { readonly attempt: AttemptId; readonly amount: Cents | null },
  keys: Keys,
): Promise<Requested | Refusal> {
  const command = { ...asked, ...boundsOf(keys) };
  return request(ports, paymentId, (state, given) => requestReturn(state, command, given), keys);
}

const boundsOf = ({ caller: { refundLimit, touchAbove } }: Keys) => ({ limit: refundLimit, touchAbove });

/** Recorded as sent together with the request's key, then sent, once. */
async function request(
  ports: RequestsOperations,
  paymentId: PaymentId,
  choose: (payment: Payment, given: Given) => Decision,
  keys: Keys,
): Promise<Requested | Refusal> {
  const served = (state: Payment, given: Given) => whyNotServed(ports, state) ?? choose(state, given);
  const decided = await decideWithin(ports, paymentId, served, keys);
  if ("refused" in decided) return decided;
  const id = lastOf(decided.payment);
  const sent = await ports.inFlight.waitFor(id, sendRequested(ports, decided, id));
  if (sent !== "timeout") {
    const operation = operationOf(sent.payment, id);
    if (operation.status === "failed")
      await ports.refundDays.giveBack(spentBy(keys, decided.facts, operation.createdAt));
    return { payment: sent.payment, operation };
  }
  const { payment } = await ports.payments
    .by(CLOCK)
    .record(paymentId, (state, given) => doubtOperation(state, id, given));
  return { payment, operation: operationOf(payment, id) };
}

/** Decided and counted in the key's day by one statement: of two that have room for one, only one is written. */
async function decideWithin(
  { payments, refundDays }: RequestsOperations,
  id: PaymentId,
  choose: (payment: Payment, given: Given) => Decision,
  keys: Keys,
): Promise<Decided | Refusal> {
  try {
    return await payments.decide(
      id,
      choose,
      (state) => keys.row(lastOf(state)),
      (facts, { now }) => spentBy(keys, facts, now),
    );
  } catch (error) {
    if (!isOverspent(error)) throw error;
    return { refused: "refund_limit", of: "day", left: await refundDays.left(keys.caller.budgets) };
  }
}

const spentBy = ({ caller }: Keys, facts: readonly Fact[], at: Instant) =>
  spentOf(caller.budgets, givenBackIn(facts), at);

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
