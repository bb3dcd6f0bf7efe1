import { apply, begin } from "../domain/apply.ts";
import type { Given } from "../domain/decision.ts";
import type { Fact } from "../domain/facts.ts";
import { isUnderWay } from "../domain/operation.ts";
import { mandateOf, type NewPayment, nextDue, type Payment, returnedOf, sumOf, takenAside } from "../domain/payment.ts";
import { bringUpPayment } from "../domain/stored-payment.ts";
import { tidingsOf } from "../domain/tidings.ts";
import type { IdempotencyRow } from "../http/idempotency.ts";
import * as journal from "../journal/store.ts";

/** What became of a decision about a payment. */
export type Decided = journal.Decided<"payment", Payment, Fact>;

const kind: journal.Kind<"payment", Payment, Fact> = {
  name: "payment",
  table: {
    name: "payment",
    changing: [
      "status",
      "amount_authorized",
      "amount_captured",
      "amount_released",
      "amount_refunded",
      "amount_refunding",
      "amount_settling",
      "amount_aside",
      "amount_returned",
      "is_corrected",
      "mandate_id",
    ],
    fixed: ["reference", "amount", "plan_id", "plan_period"],
  },
  changing: (payment) => [
    payment.status,
    payment.amountAuthorized,
    payment.amountCaptured,
    payment.amountReleased,
    payment.amountRefunded,
    sumOf(payment, (one) => one.kind === "refund" && isUnderWay(one)),
    sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one)),
    payment.attempts.reduce((sum, one) => sum + takenAside(payment, one), 0),
    payment.attempts.reduce((sum, one) => sum + returnedOf(payment, one.id), 0),
    payment.isCorrected,
    mandateOf(payment),
  ],
  fixed: ({ reference, amount, plan }) => [reference, amount, plan?.id ?? null, plan?.period ?? null],
  ...{ bringUp: bringUpPayment, apply, nextDue, tidingsOf, keysIn },
};

/** Payments in PostgreSQL. */
export class PaymentStore extends journal.JournaledStore<"payment", Payment, Fact> {
  constructor(parts: journal.StoreParts<Payment, Fact>) {
    super(kind, parts);
  }

  /** Records a new payment, together with the key of the request that asked for it. */
  async create(ask: (given: Given) => NewPayment, answer: (payment: Payment) => IdempotencyRow): Promise<Payment> {
    const created = await this.begin((given) => beginning(ask(given), given), answer);
    if (created === null) throw new Error("a payment of this id is there already");
    return created;
  }

  /** Records a payment that nobody asked for by a request. Null: it is there already, of this id or for this period of its plan. */
  createOnce(ask: (given: Given) => NewPayment): Promise<Payment | null> {
    return this.begin((given) => beginning(ask(given), given));
  }
}

function beginning(payment: NewPayment, { now: at }: Given): journal.Beginning<Payment, Fact> {
  return { fact: { kind: "payment_created", at, payment }, state: begin(payment, at) };
}

/** The keys by which a payment can be found from this fact on: what SIBS will name in its notifications. */
function keysIn(fact: Fact): string[] {
  switch (fact.kind) {
    case "payment_created":
      return [fact.payment.payToken];
    case "attempt_prepared":
      return [fact.attempt];
    case "attempt_submitted":
      return fact.transactionId === null ? [] : [fact.transactionId];
    case "attempt_named":
      return [fact.transactionId];
    case "operation_requested":
      return [fact.operation];
    case "operation_succeeded":
    case "operation_failed":
    case "operation_proved":
      return fact.transactionId === null ? [] : [fact.transactionId];
    case "cancellation_wanted":
    case "cancellation_sent":
      return [fact.operation];
    default:
      return [];
  }
}
