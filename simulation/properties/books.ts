import { isDeepStrictEqual } from "node:util";
import { withLooks } from "../../packages/server/src/domain/payment/apply-looks.ts";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { MoneyBooks, SibsEntry, Violation } from "../../tests/books/books.ts";
import { moneyOf } from "../../tests/books/money.ts";
import type { KeptEvent } from "../shop.ts";
import { microseconds } from "../store/columns.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Property, Wrong, WrongBy } from "./property.ts";
import { reportsAgree, shopKnows } from "./reports.ts";

/** Reads SIBS's books and ours. @param now in milliseconds since 1970 */
export function readBooks(database: MemoryDatabase, now: number): MoneyBooks {
  const entries = entriesOf(database, microseconds(new Date(now)));
  return {
    now,
    payments: paymentsOf(database),
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    byOurId: Map.groupBy(entries, ({ merchantTransactionId }) => merchantTransactionId),
  };
}

function paymentsOf(database: MemoryDatabase): Payment[] {
  const table = database.of("caravela.payment");
  return [...table.rows].map((row) => bringUpPaymentRow(table.read(row, ["state", "looks", "looked"]) as never));
}

function entriesOf(database: MemoryDatabase, now: number): SibsEntry[] {
  const table = database.of("sibs_gateway.transaction");
  return [...table.rows].map((row) => ({
    id: String(row.transaction_id),
    kind: row.kind as SibsEntry["kind"],
    merchantTransactionId: String(row.merchant_transaction_id),
    outcome: String(row.outcome),
    amount: Number(row.amount),
    authorized: Number(row.authorized),
    captured: Number(row.captured),
    released: Number(row.released),
    refunded: Number(row.refunded),
    isPayable: row.reference_status === "UNPAID" && row.outcome === "waiting" && Number(row.valid_to) > now,
  }));
}

/** What the shop was told, in the order in which it came. */
export interface TheShopHeard {
  readonly events: readonly KeptEvent[];
  /** What it asked for again, or for the first time, of what it was not told because it said that it is gone. */
  readonly askedAgain: ReadonlySet<string>;
}

/** How it stands when all is over, beside the books. */
interface Ending extends TheShopHeard {
  readonly now: number;
  /** Whether SIBS's notifications are heard: else it goes on trying in vain. */
  readonly isHeard: boolean;
}

/** When all is over: the books agree to the cent, everybody knows, and nothing is left to do. */
export function balance(database: MemoryDatabase, { events, askedAgain, now, isHeard }: Ending, wrong: WrongBy): void {
  const books = readBooks(database, now);
  for (const { subject, kind, says } of moneyOf(books)) wrong(OF_KIND[kind])(subject ?? "SIBS", says);
  for (const payment of books.payments) journalAgrees(database, payment, wrong("journal"));
  eventsAgree(database, books.payments, { events, askedAgain }, wrong("events"));
  shopKnows(books, events, wrong("events"));
  reportsAgree(database, books, wrong("reports"));
  nothingIsGivenUp(database, wrong("events"));
  whatWasAcknowledgedIsStored(database, wrong("acknowledged"));
  nothingIsLeft(database, ["caravela.notification", "caravela.delivery"], wrong("doubt"));
  if (isHeard) nothingIsLeft(database, ["sibs_gateway.notification"], wrong("doubt"));
  nothingIsOverdue(database, now, wrong("doubt"));
}

/** So long something may be due that somebody is at work on. */
const OVERDUE_AFTER_MS = 600_000;

/** What is broken by a rule of the books that is. */
export const OF_KIND: Readonly<Record<Violation["kind"], Property>> = { loss: "books", double: "once", other: "doubt" };

/** The journal, replayed from its first fact on, comes to the state that is stored. */
function journalAgrees(database: MemoryDatabase, payment: Payment, wrong: Wrong): void {
  const facts = database.of("caravela.fact");
  const rows = [...facts.inOrder("of_subject", payment.id)].map((row) => facts.read(row) as never);
  const { sequence, looks, looked } = payment;
  const told = { ...withLooks(replay(rows), looks), looked, sequence };
  if (!isDeepStrictEqual(told, payment)) wrong(payment.id, "its journal comes to another state");
}

/** The shop was told all of it, in order, unless it asked again: what came again came before the next. */
export function eventsAgree(
  database: MemoryDatabase,
  subjects: readonly { readonly id: string; readonly sequence: number }[],
  { events, askedAgain }: TheShopHeard,
  wrong: Wrong,
): void {
  const bySubject = Map.groupBy(events, ({ subject }) => subject);
  const counts = new Map<string, number>();
  for (const { subject_id: of } of database.of("caravela.event").rows)
    counts.set(String(of), (counts.get(String(of)) ?? 0) + 1);
  for (const { id, sequence } of subjects) {
    const received = (bySubject.get(id) ?? []).map((event) => event.sequence);
    if (!askedAgain.has(id) && received.some((one, place) => place > 0 && one < (received[place - 1] ?? 0)))
      wrong(id, `events came in the order ${received.join(", ")}`);
    const whole = new Set(received);
    for (let one = 1; one <= sequence; one += 1)
      if (!whole.has(one)) wrong(id, `event ${one} of ${sequence} never came`);
    const stored = counts.get(id) ?? 0;
    if (stored !== sequence) wrong(id, `${stored} events are stored of ${sequence}`);
  }
}

/** No receiver fails for three days on end: whoever gives an event up has not heard that it was taken. */
function nothingIsGivenUp(database: MemoryDatabase, wrong: Wrong): void {
  for (const { event_id: event, given_up_at: at, subject_id: of } of database.of("caravela.delivery").rows)
    if (at !== null) wrong(String(of), `event ${event} was given up`);
}

/** A notification that SIBS was told is taken is stored: SIBS does not send it again. */
function whatWasAcknowledgedIsStored(database: MemoryDatabase, wrong: Wrong): void {
  const stored = database.of("caravela.notification");
  for (const { notification_id: id, state, transaction_id: of } of database.of("sibs_gateway.notification").rows) {
    if (state === "Processed" && stored.get(id ?? null) === undefined)
      wrong(String(of), `notification ${id} was acknowledged, and is not stored`);
  }
}

/** Nothing waits any more, on either side, but what comes round each day. */
function nothingIsLeft(database: MemoryDatabase, tables: readonly string[], wrong: Wrong): void {
  for (const name of tables) {
    for (const row of database.of(name).rows)
      if (row.due_at !== null) wrong(String(row.subject_id ?? row.transaction_id), `something of ${name} is still due`);
  }
}

/** What is looked up days later, or comes round each day, has its turn. */
function nothingIsOverdue(database: MemoryDatabase, now: number, wrong: Wrong): void {
  const since = microseconds(new Date(now - OVERDUE_AFTER_MS));
  for (const name of ["caravela.payment", "caravela.mandate"]) {
    for (const { id, due_at: due } of database.of(name).rows)
      if (due != null && Number(due) <= since) wrong(String(id), "is due, and nobody sees to it");
  }
}
