import type { Queries } from "@caravela/platform/postgres/pool";
import type { By } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { AttemptId, OperationId, PaymentId, TerminalId } from "../domain/identifiers.ts";
import { apply } from "../domain/payment/apply.ts";
import { isAwaited } from "../domain/payment/awaited.ts";
import { timersOf } from "../domain/payment/due.ts";
import { bringUpFact } from "../domain/payment/earlier-facts.ts";
import type { Fact, Recorded } from "../domain/payment/facts.ts";
import { uncountedBy } from "../domain/payment/limit.ts";
import { momentsIn } from "../domain/payment/listed.ts";
import { look } from "../domain/payment/look.ts";
import type { Looks } from "../domain/payment/looks.ts";
import { isUnderWay, NO_ANSWER, type OperationKind, PREFIXES, UNKNOWN } from "../domain/payment/operation.ts";
import { recorded } from "../domain/payment/record.ts";
import { mandateOf, type NewPayment, type Payment, returnedOf, sumOf, takenAside } from "../domain/payment/state.ts";
import { asStored, bringUpPaymentRow } from "../domain/payment/stored.ts";
import type { StoredRow } from "../domain/stored.ts";
import type { Instant } from "../domain/time.ts";
import type { OfTerminal } from "../terminals.ts";
import type { SavedCard } from "./cards.ts";
import { JournaledStore } from "./journal.ts";
import type { IdempotencyRow } from "./keys.ts";
import type * as kinds from "./kinds.ts";
import { countFailures, type FailureCount, type ReferenceSum, sumReferences } from "./listed-attempts.ts";
import { everyOperation, listOperations, type OperationFilter, type OperationOf } from "./listed-operations.ts";
import { everyPayment, listPayments, type PaymentFilter } from "./listed-payments.ts";
import { listRowsOfPayment } from "./lists.ts";
import { type DaySum, type Days, sumDays } from "./movements.ts";
import type { Page, PageRequest } from "./paging.ts";
import { uncountedOf } from "./refund-days.ts";

/** What became of a decision about a payment. */
export type Decided = kinds.Decided<"payment", Payment, Fact>;

/** The columns that are searched or guarded. */
const changing = (payment: Payment) => ({
  status: payment.status,
  amount_authorized: payment.amountAuthorized,
  amount_captured: payment.amountCaptured,
  amount_released: payment.amountReleased,
  amount_refunded: payment.amountRefunded,
  amount_refunding: sumOf(payment, (one) => one.kind === "refund" && isUnderWay(one)),
  amount_settling: sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one)),
  amount_aside: payment.attempts.reduce((sum, one) => sum + takenAside(payment, one), 0),
  amount_returned: payment.attempts.reduce((sum, one) => sum + returnedOf(payment, one.id), 0),
  is_corrected: payment.isCorrected,
  mandate_id: mandateOf(payment),
  listed_in_full: payment.version,
});

const fixed = ({ terminal, reference, amount, plan }: Payment) => ({
  terminal,
  reference,
  amount,
  plan_id: plan?.id ?? null,
  plan_period: plan?.period ?? null,
});

const kind: kinds.Kind<"payment", Payment, Fact, Recorded> = {
  name: "payment",
  changing,
  fixed,
  stored: asStored,
  bringUp: (row) => bringUpPaymentRow(row as StoredRow<Looks>),
  look,
  recorded,
  bringUpFact,
  apply,
  timersOf,
  isAwaited,
  keysIn,
  uncountedBy: (payment, fact) => {
    const operation = uncountedBy(payment, fact);
    return operation === null ? [] : uncountedOf(operation);
  },
  listRows: (payment, lines = []) => listRowsOfPayment(payment, momentsIn(lines)),
};

/** Payments in PostgreSQL. */
export class PaymentStore extends JournaledStore<"payment", Payment, Fact, Recorded> {
  constructor(parts: kinds.StoreParts<Payment, Fact>) {
    super(kind, parts);
  }

  /** The same payments, for what somebody else has decided. */
  by(by: By): PaymentStore {
    return new PaymentStore({ ...this.parts, by });
  }

  /** The same payments in a transaction of somebody's; `later`: what is to be done once it is committed. */
  inside(connection: Queries, later: (() => void)[]): PaymentStore {
    return new PaymentStore(this.within(connection, later));
  }

  /** Records a new payment, together with the key of the request that asked for it. */
  async create(ask: (given: Given) => NewPayment, answer: (payment: Payment) => IdempotencyRow): Promise<Payment> {
    const payment = await this.recordFirst((given) => created(ask(given), given), answer);
    if (payment === null) throw new Error("a payment of this id is there already");
    return payment;
  }

  /**
   * The first call of a kind that was sent at a payment's terminal after a moment and that SIBS is known to have done,
   * by its own id; null: there is none. `charge`: of a saved card by the merchant.
   */
  async doneAfter(
    kind: OperationKind | "charge",
    sentAt: Instant,
    { terminal }: OfTerminal,
  ): Promise<AttemptId | OperationId | null> {
    const { before } = this.parts;
    const { rows } = await this.pool.query<{ id: AttemptId | OperationId }>({
      name: `payment-done-after-${kind}`,
      text: DONE_AFTER[kind],
      values: [new Date(sentAt), terminal ?? before, before],
    });
    return rows[0]?.id ?? null;
  }

  /**
   * Whether SIBS has spoken of an operation, as its journal says: a server of the release before, beside this one,
   * writes it nowhere else.
   */
  async wasHeardOf(payment: PaymentId, operation: OperationId): Promise<boolean> {
    const { rows } = await this.pool.query<{ heard: boolean }>({
      name: "payment-was-heard-of",
      text: HEARD_OF,
      values: [payment, operation],
    });
    return rows[0]?.heard === true;
  }

  /**
   * Records a payment that nobody asked for by a request. Null: it is there already, of this id or for this period of
   * its plan.
   */
  createOnce(ask: (given: Given) => NewPayment): Promise<Payment | null> {
    return this.recordFirst((given) => created(ask(given), given));
  }

  /**
   * Keeps the card of a payment with the fact that says so: both are there, or neither is. `choose`: the card; null:
   * none is to be kept.
   */
  async saveCard(id: PaymentId, choose: (payment: Payment, given: Given) => SavedCard | null): Promise<void> {
    let kept: readonly SavedCard[] = [];
    const decide = (payment: Payment, given: Given): readonly Fact[] => {
      const card = choose(payment, given);
      kept = card === null ? [] : [card];
      return kept.map(({ id, brand, lastFour, expiry }) => ({
        kind: "card_saved",
        at: given.now,
        card: { id, brand, lastFour, expiry },
      }));
    };
    await this.decide(id, decide, undefined, { cards: () => kept });
  }

  /** Payments, newest first. */
  list(filter: Partial<PaymentFilter>, page: PageRequest): Promise<Page<Payment>> {
    return listPayments(this.lists(), filter, page);
  }

  /** Captures, cancellations or refunds, newest first. */
  listOperations(kind: OperationKind, filter: Partial<OperationFilter>, page: PageRequest): Promise<Page<OperationOf>> {
    return listOperations(this.lists(), kind, filter, page);
  }

  /** All payments that a filter leaves, some at a time, newest first. */
  every(filter: Partial<PaymentFilter>): AsyncGenerator<readonly Payment[]> {
    return everyPayment(this.lists(), filter);
  }

  /** All captures, cancellations or refunds that a filter leaves, some at a time, newest first. */
  everyOperation(kind: OperationKind, filter: Partial<OperationFilter>): AsyncGenerator<readonly OperationOf[]> {
    return everyOperation(this.lists(), kind, filter);
  }

  /** What moved on each of some days. */
  sumDays(days: Days): Promise<DaySum[]> {
    return sumDays(this.lists(), days);
  }

  /** Why attempts failed on some days. */
  countFailures(days: Days): Promise<FailureCount[]> {
    return countFailures(this.lists(), days);
  }

  /** What is still to be paid by references at a terminal; null: at all of them. */
  sumReferences(terminal: TerminalId | null): Promise<ReferenceSum[]> {
    return sumReferences(this.lists(), terminal);
  }
}

const HEARD_OF = `
select exists (select from caravela.fact
                where subject_id = $1 and data ->> 'operation' = $2
                  and (kind in ('operation_notified', 'operation_noticed') or kind = 'operation_asked' and data ->> 'said' not in ('${UNKNOWN}', '${NO_ANSWER}'))) as heard`;

/** Those are found in the journal by what is in it anyway: an operation's success, a charge's own transaction. */
const DONE_AFTER: Readonly<Record<OperationKind | "charge", string>> = {
  capture: operationDoneAfter("capture"),
  cancellation: operationDoneAfter("cancellation"),
  refund: operationDoneAfter("refund"),
  charge: `
select named.data ->> 'attempt' as id from caravela.fact named
 where named.kind = 'attempt_named' and named.at > $1
   and exists (select from caravela.fact sent where sent.subject_id = named.subject_id and sent.kind = 'attempt_submitted'
                  and sent.data ->> 'attempt' = named.data ->> 'attempt' and sent.data ->> 'transactionId' is null and sent.at > $1)
   and exists (select from caravela.payment where id = named.subject_id and coalesce(terminal, $3) = $2)
   and exists (select from caravela.fact done where done.subject_id = named.subject_id and done.kind = 'attempt_approved'
                  and done.data ->> 'attempt' = named.data ->> 'attempt' and done.data ->> 'saidBy' is null)
 order by named.at limit 1`,
};

function operationDoneAfter(kind: OperationKind): string {
  return `
select done.data ->> 'operation' as id from caravela.fact done
 where done.kind = 'operation_succeeded' and left(done.data ->> 'operation', 3) = '${PREFIXES[kind]}' and done.at > $1
   and done.data ->> 'saidBy' is null
   and exists (select from caravela.payment where id = done.subject_id and coalesce(terminal, $3) = $2)
   and exists (select from caravela.fact sent where sent.subject_id = done.subject_id and sent.kind = 'operation_sent'
                  and sent.data ->> 'operation' = done.data ->> 'operation' and sent.at > $1)
 order by done.at limit 1`;
}

function created(payment: NewPayment, { now: at }: Given): Fact {
  return { kind: "payment_created", at, payment };
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
    case "operation_notified":
      return fact.transactionId == null ? [] : [fact.transactionId];
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
