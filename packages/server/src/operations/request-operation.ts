import type { Cents } from "@caravela/sibs/money";
import type { Caller } from "../domain/api-key.ts";
import { CLOCK } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, OperationId, PaymentId } from "../domain/identifiers.ts";
import type { Budget } from "../domain/limit.ts";
import type { Decision } from "../domain/payment/decision.ts";
import { askedIn, countedFor } from "../domain/payment/limit.ts";
import {
  type AskedRefund,
  doubtOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
} from "../domain/payment/operate.ts";
import { type Operation, type OperationKind, PREFIXES, type Stated } from "../domain/payment/operation.ts";
import { requestReturn } from "../domain/payment/settle.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { Decided, PaymentStore } from "../storage/payments.ts";
import type { CountsRefunds } from "../storage/ports.ts";
import { isOverspent, spentOf } from "../storage/refund-days.ts";
import { type KnowsTerminals, whyNotServed } from "../terminals.ts";
import { boundsOf, budgetsBy, type DayBounds, type KnowsAloneLimits } from "./second-person.ts";
import { type SendsOperations, sendRequested } from "./send-operation.ts";

/** What deciding about an operation may touch. */
export interface DecidesOperations extends CountsRefunds, KnowsTerminals {
  readonly payments: Pick<PaymentStore, "decide">;
}

/** What a request for an operation may touch. */
export type RequestsOperations = SendsOperations & WaitsForSibs & DecidesOperations & KnowsAloneLimits;

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

/** What is asked for: all that is left unless an amount is given. `stated`: why, as far as it is said. */
interface Wanted {
  readonly amount: Cents | null;
  readonly stated?: Partial<Stated>;
}

/** Captures, cancels or refunds. */
export function requestOperation(
  ports: RequestsOperations,
  paymentId: PaymentId,
  { kind, ...wanted }: { readonly kind: OperationKind } & Wanted,
  { caller, row }: Keys,
): Promise<Requested | Refusal> {
  const bounds = boundsOf(caller, kind === "capture" ? "capture" : "refund", ports.alone);
  const command = { id: ports.chance.id(PREFIXES[kind]), ...wanted, ...bounds };
  return request(ports, paymentId, (state, given) => requests[kind](state, command, given), { bounds, row });
}

/** Gives back what an attempt took and no sum of its payment holds; what it only holds is given up. */
export function returnMoney(
  ports: RequestsOperations,
  paymentId: PaymentId,
  asked: { readonly attempt: AttemptId } & Wanted,
  { caller, row }: Keys,
): Promise<Requested | Refusal> {
  const bounds = boundsOf(caller, "refund", ports.alone);
  const command = { ...asked, ...bounds };
  return request(ports, paymentId, (state, given) => requestReturn(state, command, given), { bounds, row });
}

/** Within what bounds something is decided, and the request's own key. */
interface Within {
  readonly bounds: DayBounds;
  readonly row: KeyRow;
}

/** Recorded as sent together with the request's key, then sent, once. */
async function request(
  ports: RequestsOperations,
  paymentId: PaymentId,
  choose: (payment: Payment, given: Given) => Decision,
  within: Within,
): Promise<Requested | Refusal> {
  const decided = await decideWithin(ports, paymentId, choose, within);
  return "refused" in decided ? decided : sendDecided(ports, decided);
}

/** Sends what was just decided, once. */
export async function sendDecided(ports: RequestsOperations, decided: Decided): Promise<Requested> {
  const id = lastOf(decided.payment);
  const sent = await ports.inFlight.waitFor(id, sendRequested(ports, decided, id));
  if (sent !== "timeout") return { payment: sent.payment, operation: operationOf(sent.payment, id) };
  const { payment } = await ports.payments
    .by(CLOCK)
    .record(decided.payment.id, (state, given) => doubtOperation(state, id, given));
  return { payment, operation: operationOf(payment, id) };
}

/**
 * Decided and counted in the days of whoever asks by one statement: of two that have room for one, only one is written.
 * What is more than somebody may give back on a day without another is for two to do, and without a touch wants one.
 */
export async function decideWithin(
  ports: DecidesOperations,
  id: PaymentId,
  choose: (payment: Payment, given: Given) => Decision,
  { bounds: { of, budgets }, row }: Within,
): Promise<Decided | Refusal> {
  let amount: Cents | null = null;
  const countsFor = budgets.map(({ key }) => key);
  try {
    return await ports.payments.decide(
      id,
      (state, given) => whyNotServed(ports, state) ?? countedFor(choose(state, given), of, countsFor),
      (state) => row(lastOf(state)),
      {
        spends: (facts, { now }) => {
          amount = askedIn(facts, of);
          return spentOf(budgets, amount, now);
        },
      },
    );
  } catch (error) {
    if (!isOverspent(error) || amount === null) throw error;
    return whyOverspent(ports, { of, budgets }, amount);
  }
}

/** Which of somebody's days has no room for so much: their own, else the one that a touch or another person ends. */
async function whyOverspent(
  { refundDays }: CountsRefunds,
  { of, budgets }: Pick<DayBounds, "of" | "budgets">,
  amount: Cents,
): Promise<Refusal> {
  const { own, untouched, alone } = budgetsBy(budgets);
  const leftOf = async (some: readonly Budget[]) => (some.length === 0 ? amount : refundDays.left(some));
  const [left, untouchedLeft] = [await leftOf(own), await leftOf(untouched)];
  const [touch] = untouched;
  const isForAnother = alone.length > 0 && amount <= untouchedLeft;
  if (amount > left || (touch === undefined && alone.length === 0)) return { refused: `${of}_limit`, of: "day", left };
  if (touch === undefined || isForAnother) return { refused: "second_person", amount };
  return { refused: "touch_required", of: "day", above: touch.most };
}

/** Of a payment of which an operation was just requested. */
export function lastOf({ id, operations }: Payment): OperationId {
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
