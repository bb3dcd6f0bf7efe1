import type { Pool } from "@caravela/platform/postgres/pool";
import { apply, begin } from "../domain/apply.ts";
import { type Decision, type Given, isRefusal } from "../domain/decision.ts";
import type { Fact } from "../domain/facts.ts";
import { isUnderWay } from "../domain/operation.ts";
import { type NewPayment, nextDue, type Payment, sumOf } from "../domain/payment.ts";
import type { Refusal } from "../domain/refusal.ts";
import { type EventRow, eventsOf, type RenderEventData, type Step } from "../events/record.ts";
import type { News } from "../http/counters.ts";
import type { IdempotencyRow } from "../http/idempotency.ts";
import * as sql from "./store.sql.ts";

/** Told of every payment that changed, after the change is durable. */
export type Changed = (payment: Payment, news: News) => void;

/** What became of a decision: the payment as it stands, and the facts that were written (none: nothing changed). */
export interface Decided {
  readonly payment: Payment;
  readonly facts: readonly Fact[];
}

/** A decision is made again on the newest state this often before a bug is suspected. */
const MOST_CONFLICTS = 25;

/**
 * Payments in PostgreSQL. State, journal, outgoing events and what is due next of one decision are one statement: together or not
 * at all. A decision is written only on the version it was made on; when somebody was quicker it is made again.
 */
export class PaymentStore {
  readonly #pool: Pool;
  readonly #given: () => Given;
  readonly #render: RenderEventData;
  readonly #changed: Changed;

  constructor(parts: { pool: Pool; given: () => Given; render: RenderEventData; changed: Changed }) {
    this.#pool = parts.pool;
    this.#given = parts.given;
    this.#render = parts.render;
    this.#changed = parts.changed;
  }

  /** Records a new payment, together with the key of the request that asked for it. */
  async create(ask: (given: Given) => NewPayment, answer: (payment: Payment) => IdempotencyRow): Promise<Payment> {
    const given = this.#given();
    const wanted = ask(given);
    const fact: Fact = { kind: "payment_created", at: given.now, payment: wanted };
    const created = begin(wanted, given.now);
    const events = eventsOf([{ fact, before: null, after: created }], 0, this.#render, given);
    const payment = { ...created, sequence: events.length };
    await this.#pool.query({
      name: "payment-create",
      text: sql.create,
      values: [
        ...columnsOf(payment),
        ...followersOf([fact], 1, events, [wanted.payToken]),
        ...keyOf(answer(payment), given),
        payment.reference,
        payment.amount,
        timestamp(payment.createdAt),
      ],
    });
    this.#changed(payment, { facts: [fact], events: events.map(({ type }) => type) });
    return payment;
  }

  /** The payment, or null. */
  async load(id: string): Promise<Payment | null> {
    const { rows } = await this.#pool.query<{ state: Payment }>({
      name: "payment-load",
      text: "select state from payment where id = $1",
      values: [id],
    });
    return rows[0]?.state ?? null;
  }

  /** The payment that is known by another key: a page's token, SIBS's transaction, an attempt's or operation's own id. */
  async findBy(key: string): Promise<Payment | null> {
    const { rows } = await this.#pool.query<{ state: Payment }>({
      name: "payment-find-by",
      text: "select state from payment join found_by on payment.id = found_by.subject_id where found_by.key = $1",
      values: [key],
    });
    return rows[0]?.state ?? null;
  }

  /**
   * Decides on the newest state and writes what follows, with the key of the request when there is one.
   * @throws MissingPayment when there is no such payment.
   */
  async decide(
    id: string,
    choose: (payment: Payment, given: Given) => Decision,
    answer?: (payment: Payment) => IdempotencyRow,
  ): Promise<Decided | Refusal> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const before = await this.load(id);
      if (before === null) throw new MissingPayment(id);
      const given = this.#given();
      const decision = choose(before, given);
      if (isRefusal(decision)) return decision;
      if (decision.length === 0) return { payment: before, facts: [] };
      const payment = await this.#write(before, decision, given, answer);
      if (payment !== null) return { payment, facts: decision };
    }
    throw new Error(`payment ${id} changed ${MOST_CONFLICTS} times while one decision was made`);
  }

  /** Decides what cannot be refused. */
  async record(id: string, choose: (payment: Payment, given: Given) => readonly Fact[]): Promise<Decided> {
    const decided = await this.decide(id, choose);
    if ("refused" in decided) throw new TypeError("a decision that only records was refused");
    return decided;
  }

  /** Gives back a lease after the work is done; the payment is looked at again when its timers say, not before a moment. */
  async release(id: string, notBefore: number): Promise<void> {
    const payment = await this.load(id);
    if (payment === null) return;
    const due = nextDue(payment);
    await this.#pool.query({
      name: "payment-release",
      text: "update payment set due_at = $2, leased_until = null where id = $1 and version = $3",
      values: [id, due === null ? null : timestamp(Math.max(due, notBefore)), payment.version],
    });
  }

  async #write(
    before: Payment,
    facts: readonly Fact[],
    given: Given,
    answer: ((payment: Payment) => IdempotencyRow) | undefined,
  ): Promise<Payment | null> {
    const steps = stepsOf(before, facts);
    const last = steps.at(-1)?.after ?? before;
    const events = eventsOf(steps, before.sequence, this.#render, given);
    const payment = { ...last, sequence: before.sequence + events.length };
    const { rowCount } = await this.#pool.query({
      name: "payment-decide",
      text: sql.decide,
      values: [
        ...columnsOf(payment),
        ...followersOf(facts, before.version + 1, events, facts.flatMap(keysIn)),
        ...keyOf(answer?.(payment) ?? null, given),
        before.version,
      ],
    });
    if (rowCount === 0) return null;
    this.#changed(payment, { facts, events: events.map(({ type }) => type) });
    return payment;
  }
}

/** There is no payment of this id. */
export class MissingPayment extends Error {
  constructor(id: string) {
    super(`no payment ${id.slice(0, 32)}`);
  }
}

function stepsOf(before: Payment, facts: readonly Fact[]): Step[] {
  const steps: Step[] = [];
  let state = before;
  for (const fact of facts) {
    const next = apply(state, fact);
    steps.push({ fact, before: state, after: next });
    state = next;
  }
  return steps;
}

const timestamp = (at: number): string => new Date(at).toISOString();

function columnsOf(payment: Payment): unknown[] {
  const due = nextDue(payment);
  const settling = sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one));
  const refunding = sumOf(payment, (one) => one.kind === "refund" && isUnderWay(one));
  return [
    payment.id,
    payment.status,
    payment.amountAuthorized,
    payment.amountCaptured,
    payment.amountReleased,
    payment.amountRefunded,
    refunding,
    settling,
    JSON.stringify(payment),
    payment.version,
    due === null ? null : timestamp(due),
  ];
}

function followersOf(facts: readonly Fact[], first: number, events: readonly EventRow[], keys: string[]): unknown[] {
  const rows = facts.map(({ kind, at, ...data }, place) => ({ number: first + place, at: timestamp(at), kind, data }));
  return [JSON.stringify(rows), JSON.stringify(events), keys];
}

function keyOf(row: IdempotencyRow | null, given: Given): unknown[] {
  if (row === null) return [null, null, null, null, null, null, null];
  return [row.scope, row.key, row.fingerprint, row.resource, row.status, row.body, timestamp(given.now)];
}

/** The keys by which a payment can be found from this fact on: what SIBS will name in its notifications. */
function keysIn(fact: Fact): string[] {
  switch (fact.kind) {
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
      return fact.transactionId === null ? [] : [fact.transactionId];
    case "cancellation_wanted":
    case "cancellation_sent":
      return [fact.operation];
    default:
      return [];
  }
}
