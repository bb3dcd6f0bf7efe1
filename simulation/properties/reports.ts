import type { MoneyBooks } from "../../tests/books/books.ts";
import type { KeptEvent } from "../shop.ts";
import type { Row } from "../store/columns.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Wrong } from "./property.ts";

/**
 * What days are summed up from, and files are made of: of each payment, what moved on all days is what moved at SIBS,
 * and its lists show it, and each of its refunds, as they stand.
 */
export function reportsAgree(database: MemoryDatabase, { payments, entries }: MoneyBooks, wrong: Wrong): void {
  const moved = bySubject(database, "caravela.movement");
  const listed = bySubject(database, "caravela.listed_payment");
  const operations = bySubject(database, "caravela.listed_operation");
  for (const { id, status, attempts, operations: made } of payments) {
    const at = attempts.flatMap(({ transactionId }) => entries.get(transactionId ?? "") ?? []);
    const compare = (what: string, ours: number, theirs: number) => {
      if (ours !== theirs) wrong(id, `${what} on all days: ${ours} here, ${theirs} at SIBS`);
    };
    const rows = moved.get(id) ?? [];
    compare("taken", sum(rows, "taken"), total(at.map(({ captured }) => captured)));
    compare("given back", sum(rows, "refunded"), total(at.map(({ refunded }) => refunded)));
    compare("held", sum(rows, "held"), total(at.map((one) => one.authorized - one.captured - one.released)));
    const shown = (listed.get(id) ?? []).map((row) => row.status);
    if (shown.join() !== status) wrong(id, `is ${status}, and the list has it as ${shown.join(", ") || "nothing"}`);
    const ofRows = (operations.get(id) ?? []).map((row) => `${row.id} ${row.status} ${row.amount}`).sort();
    const ofState = made.map((one) => `${one.id} ${one.status} ${one.amount}`).sort();
    if (ofRows.join() !== ofState.join()) wrong(id, `did ${ofState.join()}, and the lists have ${ofRows.join()}`);
  }
}

/** What the shop was told last of a payment is how it stands. */
export function shopKnows({ payments }: MoneyBooks, events: readonly KeptEvent[], wrong: Wrong): void {
  const last = new Map<string, KeptEvent>();
  for (const event of events)
    if (event.payment !== null && event.sequence >= (last.get(event.payment.id)?.sequence ?? 0))
      last.set(event.payment.id, event);
  for (const { id, status, amountCaptured, amountRefunded } of payments) {
    const told = last.get(id)?.payment;
    const known = [told?.status, told?.amountCaptured, told?.amountRefunded].join();
    const so = [status, amountCaptured, amountRefunded].join();
    if (known !== so) wrong(id, `the shop holds it for ${known}, and it is ${so}`);
  }
}

function bySubject(database: MemoryDatabase, table: string): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(database.of(table).rows, ({ subject_id }) => String(subject_id));
}

function sum(rows: readonly Row[], column: string): number {
  return total(rows.map((row) => Number(row[column])));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
