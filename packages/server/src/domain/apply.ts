import { type Cents, cents } from "@caravela/sibs/money";
import { withAttempt } from "./apply-attempt.ts";
import { prepared, requested } from "./beginnings.ts";
import type { Fact, OperationFact } from "./facts.ts";
import { isInSums, nextOperationAsk, type Operation } from "./operation.ts";
import { liveAttempt, type NewPayment, type Payment } from "./payment.ts";
import type { Instant } from "./time.ts";

const ZERO: Cents = cents(0);

/** The state after one more fact. Pure; the only way a payment's state ever changes. */
export function apply(payment: Payment, fact: Fact): Payment {
  return { ...step(payment, fact), version: payment.version + 1 };
}

/** The state after the first fact of a journal. */
export function begin(payment: NewPayment, at: Instant): Payment {
  return {
    ...payment,
    status: "open",
    createdAt: at,
    paidAt: null,
    amountAuthorized: ZERO,
    amountCaptured: ZERO,
    amountReleased: ZERO,
    amountRefunded: ZERO,
    attempts: [],
    operations: [],
    fundedBy: null,
    savedCard: null,
    attention: null,
    again: null,
    charging: { putOffUntil: null, isStopped: false },
    version: 1,
    sequence: 0,
  };
}

/** The state after a whole journal, from its first fact on. @throws TypeError when it does not begin with the creation. */
export function replay(journal: readonly Fact[]): Payment {
  const [first, ...rest] = journal;
  if (first?.kind !== "payment_created") throw new TypeError("a journal begins with payment_created");
  return rest.reduce(apply, begin(first.payment, first.at));
}

function step(payment: Payment, fact: Fact): Payment {
  switch (fact.kind) {
    case "payment_created":
      return payment;
    case "payment_canceled":
      return { ...payment, status: "canceled", again: null };
    case "payment_expired":
      return { ...payment, status: "expired", again: null };
    case "attention_raised":
      return { ...payment, attention: { reason: fact.reason, attempt: fact.attempt, at: fact.at }, again: null };
    case "card_saved":
      return { ...payment, savedCard: fact.card };
    case "again_wanted":
      return { ...payment, again: { phone: fact.phone, at: fact.at } };
    case "again_dropped":
      return { ...payment, again: null };
    case "charge_put_off":
      return { ...payment, charging: { ...payment.charging, putOffUntil: fact.until } };
    case "charges_stopped":
      return { ...payment, charging: { ...payment.charging, isStopped: true } };
    case "attempt_prepared":
      return { ...payment, again: null, attempts: [...payment.attempts, prepared(payment, fact, fact.at)] };
    case "attempt_approved":
      return withMoney(withAttempt(payment, fact), fact);
    case "operation_requested":
      return { ...payment, operations: [...payment.operations, requested(fact, fact.at)] };
    case "operation_succeeded":
      return withOperationDone(withOperation(payment, fact), fact);
    case "operation_sent":
    case "operation_postponed":
    case "operation_in_doubt":
    case "operation_noticed":
    case "operation_asked":
    case "operation_failed":
    case "operation_needs_person":
      return withOperation(payment, fact);
    default:
      return withStatus(withAttempt(payment, fact));
  }
}

/** open ⇄ pending follows from whether an attempt is live; every other status stays until a fact of its own. */
function withStatus(payment: Payment): Payment {
  if (payment.status !== "open" && payment.status !== "pending") return payment;
  return { ...payment, status: liveAttempt(payment) === null ? "open" : "pending" };
}

/** Money that is neither late without leave, nor a second success, nor of another amount is the payment's: held, or taken. */
function withMoney(
  payment: Payment,
  { attempt, amount, hold, at }: { attempt: string; amount: Cents | null; hold: boolean; at: Instant },
): Payment {
  if (amount === null || !takesMoney(payment, amount)) return withStatus(payment);
  const held: Payment = { ...payment, status: "authorized", fundedBy: attempt, amountAuthorized: amount, again: null };
  return hold ? held : { ...held, status: "paid", paidAt: at, amountCaptured: amount };
}

/** Whether a success of this amount would be the payment's. */
export function takesMoney(payment: Payment, amount: Cents): boolean {
  if (amount !== payment.amount || payment.amountAuthorized > 0) return false;
  if (payment.status === "canceled" || payment.status === "expired") return payment.latePayments === "accept";
  return true;
}

function withOperation(payment: Payment, fact: { readonly at: Instant } & OperationFact): Payment {
  const operations = payment.operations.map((operation) => {
    if (operation.id !== fact.operation) return operation;
    const next = operationStep(operation, fact);
    return { ...next, askAt: fact.kind === "operation_noticed" ? fact.at : nextOperationAsk(next, fact.at) };
  });
  return { ...payment, operations };
}

function operationStep(operation: Operation, fact: { readonly at: Instant } & OperationFact): Operation {
  switch (fact.kind) {
    case "operation_requested":
    case "operation_noticed":
    case "operation_asked":
      return operation;
    case "operation_sent":
      return { ...operation, sentAt: fact.at };
    case "operation_postponed":
      return { ...operation, status: "pending", sentAt: null, doubtSince: null, notBefore: fact.until };
    case "operation_in_doubt":
      return { ...operation, status: "in_doubt", doubtSince: fact.at };
    case "operation_succeeded":
      return { ...operation, status: "succeeded", transactionId: fact.transactionId ?? operation.transactionId };
    case "operation_failed":
      return {
        ...operation,
        status: "failed",
        failure: fact.failure,
        transactionId: fact.transactionId ?? operation.transactionId,
      };
    case "operation_needs_person":
      return { ...operation, personAskedAt: fact.at };
  }
}

/** What an operation that succeeded does to the sums, and to the status where it settles the payment. */
function withOperationDone(payment: Payment, fact: { readonly operation: string; readonly at: Instant }): Payment {
  const done = payment.operations.find((one) => one.id === fact.operation);
  if (done === undefined || !isInSums(done)) return payment;
  switch (done.kind) {
    case "capture":
      return {
        ...payment,
        status: "paid",
        paidAt: payment.paidAt ?? fact.at,
        amountCaptured: cents(payment.amountCaptured + done.amount),
      };
    case "cancellation":
      return withReleased(payment, cents(payment.amountReleased + done.amount));
    case "refund":
      return { ...payment, amountRefunded: cents(payment.amountRefunded + done.amount) };
  }
}

/** A payment whose whole hold is given up is canceled; one of which something was captured stays paid. */
function withReleased(payment: Payment, amountReleased: Cents): Payment {
  const isOver = amountReleased === payment.amountAuthorized && payment.status === "authorized";
  return { ...payment, amountReleased, status: isOver ? "canceled" : payment.status };
}
