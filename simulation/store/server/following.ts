import { type ListTableName, listTable } from "../../../packages/server/src/storage/lists.ts";
import { kept, type Row, rowsIn } from "../columns.ts";
import type { Tables } from "../database.ts";
import { newDelivery, receiversOf } from "./deliveries.ts";
import { lineOf } from "./event-shapes.ts";

// What is written together with a decision.

/** Takes the statement's values, one after the other. */
export type Next = () => unknown;

/** What a part of the statement does for the subjects that were written. */
export type Part = (tables: Tables, next: Next, written: ReadonlySet<unknown>) => void;

const rowsOf = (json: unknown, written: ReadonlySet<unknown>) =>
  rowsIn(json).filter(({ subject_id }) => written.has(subject_id));

export const writeFacts: Part = (tables, next, written) => {
  for (const fact of rowsOf(next(), written)) tables.of("caravela.fact").insert(fact);
};

/** What comes behind one that is to be tried again later is due with it. */
export const writeEvents: Part = (tables, next, written) => {
  const told = rowsOf(next(), written).map((event) => tables.of("caravela.event").insert(event));
  const deliveries = told.flatMap((event) =>
    receiversOf(tables, event, event.terminal ?? null).map((endpoint) => {
      const due_at = Math.max(Number(event.at), lastDue(tables, endpoint, event));
      return { ...newDelivery(event, endpoint), first_due_at: event.at, due_at };
    }),
  );
  for (const delivery of deliveries) tables.of("caravela.delivery").insert(delivery);
};

/** When the last of what is due at an endpoint about the same subject is. */
function lastDue(tables: Tables, endpoint: Row, { subject_id }: Row): number {
  const earlier = tables.of("caravela.delivery").inOrder("line", lineOf(endpoint.id, subject_id));
  return Math.max(...[...earlier].map(({ due_at }) => Number(due_at)));
}

/** The keys that a subject is found by, and the notifications that waited for such a key. */
export const writeKeys: Part = (tables, next, written) => {
  const found = rowsOf(next(), written);
  const notifications = tables.of("caravela.notification");
  const waiting = found
    .flatMap(({ key }) => notifications.having("transaction_id", String(key)))
    .filter(({ subject_id }) => subject_id === null);
  for (const one of found) tables.of("caravela.found_by").insertNew(one);
  for (const one of waiting) notifications.update(one, { due_at: one.received_at });
};

/** The keys of requests, each with the subject that it is committed with. */
export const writeRequests: Part = (tables, next, written) => {
  const subjects = next() as readonly string[];
  const rows = next() as readonly string[];
  for (const [place, row] of rows.entries()) {
    if (!written.has(subjects[place])) continue;
    tables.of("caravela.idempotency").insert(JSON.parse(row));
  }
};

/** What counts in a key's day: one that comes to more than it may undoes the whole statement. */
export const writeSpends: Part = (tables, next, written) => {
  const spent = rowsIn(next());
  if (written.size === 0) return;
  for (const one of spent) {
    tables.of("caravela.refund_day").upsert(one, "refund_day_pkey", (known, { amount, most }) => ({
      amount: Number(known.amount) + Number(amount),
      most,
    }));
  }
};

/** What counts in a key's day no more. */
export const writeUncounts: Part = (tables, next, written) => {
  const uncounted = rowsIn(next());
  if (written.size === 0) return;
  const table = tables.of("caravela.refund_day");
  for (const { key_id, day, amount } of uncounted) {
    const row = table.get(String(key_id), String(day));
    if (row !== undefined) table.update(row, { amount: Math.max(0, Number(row.amount) - Number(amount)) });
  }
};

/** A customer's card: of a transaction there is one. */
export const writeCards: Part = (tables, next, written) => {
  const cards = rowsIn(next()).filter(({ payment_id }) => written.has(payment_id));
  const changes = (_known: Row, { id, value }: Row) => ({ id, value });
  for (const card of cards) tables.of("caravela.saved_card").upsert(card, "saved_card_transaction_id_key", changes);
};

/** The rows of a list, written where there are none of their keys, else changed. */
export function writeList(name: ListTableName): Part {
  const { key, columns } = listTable(name);
  const changing = columns.filter((column) => !key.includes(column) && column !== "subject_id");
  const changes = (known: Row, given: Row) =>
    changing.length === 0
      ? null
      : Object.fromEntries(changing.map((column) => [column, becomes(name, column, known, given)]));
  return (tables, next, written) => {
    const table = tables.of(`caravela.${name}`);
    for (const row of rowsOf(next(), written)) {
      const given = Object.fromEntries(columns.map((column) => [column, row[column]]));
      table.upsert(given, `${name}_pkey`, changes);
    }
  };
}

/** Whoever changes an operation later does not know when it was done: that stands here, and in the journal. */
function becomes(name: ListTableName, column: string, known: Row, given: Row) {
  if (name !== "listed_operation" || column !== "done_at") return given[column];
  return given.status === "succeeded" ? (given.done_at ?? known.done_at) : null;
}

export function removeFromList(name: ListTableName): Part {
  const { key } = listTable(name);
  return (tables, next, written) => {
    const table = tables.of(`caravela.${name}`);
    const { columns } = table.shape;
    for (const gone of rowsOf(next(), written)) {
      const row = table.get(...key.map((column) => kept(columns[column] ?? "text", gone[column])));
      if (row !== undefined) table.remove(row);
    }
  };
}
