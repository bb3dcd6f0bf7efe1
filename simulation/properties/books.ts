import { withLooks } from "../../packages/server/src/domain/payment/apply-looks.ts";
import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import { type Payment, refundsOf } from "../../packages/server/src/domain/payment/state.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { KeptEvent } from "../shop.ts";
import type { MemoryDatabase } from "../store/database.ts";

/** Told what must not be, and of which payment. */
export type Wrong = (subject: string, what: string) => void;

/** SIBS's side of the books: amounts in whole cents. */
export interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly merchantTransactionId: string;
  readonly outcome: string;
  readonly amount: number;
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  readonly refunded: number;
}

/** All books as they are at a moment. */
export interface Books {
  readonly payments: readonly Payment[];
  readonly entries: ReadonlyMap<string, Entry>;
  readonly byOurId: ReadonlyMap<string, readonly Entry[]>;
}

/** Reads SIBS's books and ours. */
export function readBooks(database: MemoryDatabase): Books {
  const entries = new Map(entriesOf(database).map((entry) => [entry.id, entry]));
  return {
    payments: paymentsOf(database),
    entries,
    byOurId: Map.groupBy(entries.values(), ({ merchantTransactionId }) => merchantTransactionId),
  };
}

/** All payments as they are stored. */
export function paymentsOf(database: MemoryDatabase): Payment[] {
  const table = database.of("caravela.payment");
  return [...table.rows].map((row) => bringUpPaymentRow(table.read(row, ["state", "looks", "looked"]) as never));
}

function entriesOf(database: MemoryDatabase): Entry[] {
  const table = database.of("sibs_gateway.transaction");
  return [...table.rows].map((row) => ({
    id: String(row.transaction_id),
    kind: String(row.kind),
    merchantTransactionId: String(row.merchant_transaction_id),
    outcome: String(row.outcome),
    amount: Number(row.amount),
    authorized: Number(row.authorized),
    captured: Number(row.captured),
    released: Number(row.released),
    refunded: Number(row.refunded),
  }));
}

/** Money that SIBS took by an attempt and has not given back, in cents. */
function keptOf(attempt: Attempt, { entries }: Books): number {
  const entry = attempt.transactionId === null ? undefined : entries.get(attempt.transactionId);
  return entry === undefined ? 0 : entry.captured - entry.refunded;
}

/** When all is over: the books agree to the cent, everybody knows, and nothing is left to do. */
export function balance(database: MemoryDatabase, events: readonly KeptEvent[], wrong: Wrong): void {
  const books = readBooks(database);
  for (const payment of books.payments) {
    isAtRest(payment, wrong);
    moneyAgrees(payment, books, wrong);
    refundsAgree(payment, books, wrong);
    journalAgrees(database, payment, wrong);
  }
  everyEuroIsKnown(books, wrong);
  eventsAgree(database, books, events, wrong);
  nothingIsLeft(database, wrong);
}

const ENDED = ["approved", "declined", "timed_out", "expired", "canceled", "failed"];

/** Nothing is in doubt, live or under way: each payment and all that belongs to it has come to an end. */
function isAtRest({ id, status, attempts, operations }: Payment, wrong: Wrong): void {
  if (status === "pending" || (status === "open" && attempts.length > 0)) wrong(id, `is ${status} when all is over`);
  for (const attempt of attempts) {
    if (attempt.inDoubt) wrong(id, `${attempt.id} is in doubt when all is over`);
    if (!ENDED.includes(attempt.status)) wrong(id, `${attempt.id} is ${attempt.status} when all is over`);
  }
  for (const { id: operation, status: stands } of operations) {
    if (!["succeeded", "failed"].includes(stands)) wrong(id, `${operation} is ${stands} when all is over`);
  }
}

/** The customer has paid once at most: what SIBS keeps of them is what the payment says. */
function moneyAgrees(payment: Payment, books: Books, wrong: Wrong): void {
  const { id, amountCaptured, amountRefunded, status, attention } = payment;
  for (const attempt of payment.attempts) {
    const entry = attempt.transactionId === null ? undefined : books.entries.get(attempt.transactionId);
    const authorized = entry?.authorized ?? 0;
    if ((attempt.status === "approved") !== authorized > 0)
      wrong(id, `${attempt.id} is ${attempt.status}, and SIBS has ${authorized} cents authorised by it`);
    const isFund = attempt.id === payment.fundedBy;
    if (isFund && entry !== undefined && entry.captured !== amountCaptured)
      wrong(id, `captured ${amountCaptured} here, ${entry.captured} at SIBS`);
    const givenBack = refundsOf(payment).some(
      ({ attempt: of, reason, failure }) => of === attempt.id && reason !== "requested" && failure !== null,
    );
    if (!isFund && keptOf(attempt, books) > 0 && !givenBack && attention === null)
      wrong(id, `${attempt.id} took ${keptOf(attempt, books)} cents that nobody gave back`);
  }
  const kept = payment.attempts.reduce((sum, attempt) => sum + keptOf(attempt, books), 0);
  if (status !== "paid" && kept > 0 && attention === null && !hasRefusedRefund(payment))
    wrong(id, `is ${status}, and SIBS keeps ${kept} cents of its customer`);
  if (amountRefunded > amountCaptured) wrong(id, `${amountRefunded} refunded of ${amountCaptured}`);
}

function hasRefusedRefund(payment: Payment): boolean {
  return refundsOf(payment).some(({ reason, status }) => reason !== "requested" && status === "failed");
}

/** Each refund is one at SIBS, of the same amount, or none where it failed. */
function refundsAgree(payment: Payment, { byOurId, entries }: Books, wrong: Wrong): void {
  for (const operation of payment.operations) {
    const sent = byOurId.get(operation.id) ?? [];
    if (sent.length > 1) wrong(payment.id, `${operation.id} was done ${sent.length} times`);
    const done = sent.some(({ outcome }) => outcome === "approved");
    if (done !== (operation.status === "succeeded"))
      wrong(
        payment.id,
        `${operation.id} is ${operation.status}, and at SIBS ${sent.map(({ outcome }) => outcome).join(", ") || "nowhere"}`,
      );
  }
  for (const attempt of payment.attempts) {
    const entry = attempt.transactionId === null ? undefined : entries.get(attempt.transactionId);
    const ours = refundsOf(payment)
      .filter((refund) => refund.attempt === attempt.id && refund.status === "succeeded")
      .reduce((sum, { amount }) => sum + amount, 0);
    if ((entry?.refunded ?? 0) !== ours)
      wrong(payment.id, `${ours} cents of ${attempt.id} refunded here, ${entry?.refunded ?? 0} at SIBS`);
  }
}

/** The journal, replayed from its first fact on, comes to the state that is stored. */
function journalAgrees(database: MemoryDatabase, payment: Payment, wrong: Wrong): void {
  const facts = database.of("caravela.fact");
  const rows = [...facts.inOrder("of_subject", payment.id)].map((row) => facts.read(row) as never);
  const { sequence, looks, looked } = payment;
  const told = { ...withLooks(replay(rows), looks), looked, sequence };
  if (JSON.stringify(canonical(told)) !== JSON.stringify(canonical(payment)))
    wrong(payment.id, "its journal comes to another state");
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  );
}

/** SIBS took nothing by what no attempt knows. */
function everyEuroIsKnown({ payments, entries }: Books, wrong: Wrong): void {
  const known = new Set(payments.flatMap(({ attempts }) => attempts.map(({ transactionId }) => transactionId)));
  for (const { id, kind, captured, merchantTransactionId } of entries.values()) {
    if (captured > 0 && ["payment", "charge"].includes(kind) && !known.has(id))
      wrong(merchantTransactionId, `SIBS took ${captured} cents by ${id}, which nobody here knows`);
  }
}

/** The shop was told all of it, in order: what came again came before the next. */
function eventsAgree(database: MemoryDatabase, { payments }: Books, events: readonly KeptEvent[], wrong: Wrong): void {
  const bySubject = Map.groupBy(events, ({ subject }) => subject);
  const counts = new Map<string, number>();
  for (const { subject_id: of } of database.of("caravela.event").rows)
    counts.set(String(of), (counts.get(String(of)) ?? 0) + 1);
  for (const { id, sequence } of payments) {
    const received = (bySubject.get(id) ?? []).map((event) => event.sequence);
    if (received.some((one, place) => place > 0 && one < (received[place - 1] ?? 0)))
      wrong(id, `events came in the order ${received.join(", ")}`);
    const whole = new Set(received);
    for (let one = 1; one <= sequence; one += 1)
      if (!whole.has(one)) wrong(id, `event ${one} of ${sequence} never came`);
    const stored = counts.get(id) ?? 0;
    if (stored !== sequence) wrong(id, `${stored} events are stored of ${sequence}`);
  }
}

/** Nothing waits any more, on either side, but what comes round each day. */
function nothingIsLeft(database: MemoryDatabase, wrong: Wrong): void {
  for (const name of ["caravela.notification", "caravela.delivery", "sibs_gateway.notification"]) {
    for (const row of database.of(name).rows)
      if (row.due_at !== null) wrong(String(row.subject_id ?? row.transaction_id), `something of ${name} is still due`);
  }
}
