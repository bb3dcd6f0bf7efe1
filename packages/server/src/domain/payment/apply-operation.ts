import { type Cents, cents } from "@caravela/sibs/money";
import { askedOnceMore } from "../asked.ts";
import type { AttemptId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import { countedOnce } from "./absence.ts";
import type { OperationFact, Recorded } from "./facts.ts";
import { isInSums, NO_ANSWER, type Operation, UNKNOWN } from "./operation.ts";
import { settlementOf, unprovedBy } from "./settlement.ts";
import type { Payment } from "./state.ts";

/** A fact about one operation. */
type Of = Extract<Recorded, { kind: OperationFact["kind"] }>;

const ZERO: Cents = cents(0);

/** The payment after a fact of one of its operations, with what that does to its sums. */
export function withOperation(payment: Payment, fact: Of): Payment {
  const before = payment.operations.find((one) => one.id === fact.operation);
  if (before === undefined) return payment;
  const said = fact.kind === "operation_not_found" ? UNKNOWN : fact.said;
  const asked = said === undefined ? before.asked : askedOnceMore(before.asked, said, fact.at);
  const operation = { ...operationStep(before, fact), asked, askAt: fact.next };
  const operations = payment.operations.map((one) => (one === before ? operation : one));
  return withSums({ ...payment, operations }, before, operation, fact.at);
}

function operationStep(operation: Operation, fact: Of): Operation {
  switch (fact.kind) {
    case "operation_requested":
      return operation;
    case "operation_notified":
      return { ...operation, isHeardOf: true, transactionId: operation.transactionId ?? fact.transactionId ?? null };
    case "operation_asked":
      return fact.said === NO_ANSWER
        ? operation
        : {
            ...operation,
            lookedUpAt: fact.freesAnother ? fact.at : null,
            isHeardOf: operation.isHeardOf || fact.said !== UNKNOWN,
          };
    case "operation_not_found":
      return { ...operation, lookedUpAt: fact.at, absence: countedOnce(operation.absence, fact.at) };
    case "operation_sent":
      return { ...operation, sentAt: fact.at };
    case "operation_postponed":
      return {
        ...operation,
        status: "pending",
        failure: null,
        doubtSince: null,
        sentAt: null,
        absence: null,
        notBefore: fact.until,
      };
    case "operation_in_doubt":
      return { ...operation, status: "in_doubt", failure: null, doubtSince: fact.at, refusal: fact.refusal ?? null };
    case "operation_succeeded":
      return {
        ...operation,
        status: "succeeded",
        failure: null,
        againAt: null,
        unprovedSince: unprovedBy(fact),
        transactionId: fact.transactionId ?? operation.transactionId,
      };
    case "operation_failed":
      return {
        ...operation,
        status: "failed",
        failure: fact.failure,
        againAt: fact.again ?? null,
        unprovedSince: unprovedBy(fact),
        transactionId: fact.transactionId ?? operation.transactionId,
      };
    case "operation_settled":
      return { ...operation, settled: settlementOf(fact) };
    case "operation_proved":
      return { ...operation, unprovedSince: null, transactionId: fact.transactionId ?? operation.transactionId };
    case "operation_needs_person":
      return { ...operation, personAskedAt: fact.at };
  }
}

const SUMS = { capture: "amountCaptured", cancellation: "amountReleased", refund: "amountRefunded" } as const;

/**
 * What an operation's change does to the sums, and to the status where it settles the payment: an end that is undone is
 * taken out again.
 */
function withSums(payment: Payment, before: Operation, now: Operation, at: Instant): Payment {
  const change = amountDone(now) - amountDone(before);
  if (change === 0 || !isInSums(now)) return payment;
  const sum = SUMS[now.kind];
  const changed = { ...payment, [sum]: cents(payment[sum] + change) };
  return now.kind === "refund" ? changed : withStatusOfMoney(changed, now.attempt, at);
}

function amountDone({ status, amount }: Operation): number {
  return status === "succeeded" ? amount : 0;
}

/** A payment of which something was captured is paid; one whose whole hold is given up is canceled; else it is held. */
function withStatusOfMoney(payment: Payment, attempt: AttemptId, at: Instant): Payment {
  const funded = { ...payment, fundedBy: payment.fundedBy ?? attempt };
  if (payment.amountCaptured > 0) return { ...funded, status: "paid", paidAt: payment.paidAt ?? at };
  const isOver = payment.amountReleased >= payment.amountAuthorized;
  return { ...funded, status: isOver ? "canceled" : "authorized", paidAt: null };
}

/**
 * What counted as approved was not paid: what it funded is not funded any more, and the payment may be paid anew while
 * it lasts.
 */
export function withoutMoney(payment: Payment, { attempt }: { readonly attempt: AttemptId }): Payment {
  if (payment.fundedBy !== attempt) return payment;
  const sums = { amountAuthorized: ZERO, amountCaptured: ZERO, amountReleased: ZERO, amountRefunded: ZERO };
  return { ...payment, ...sums, fundedBy: null, status: "open", paidAt: null };
}
