import { columns } from "../../../packages/gateway/src/transactions/row.ts";
import type { Row } from "../columns.ts";
import { microseconds } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";
import type { Ordered } from "../ordered.ts";
import type { Table } from "../table.ts";
import { newestFirst, page } from "./newest.ts";

/** Where they are. */
export const TRANSACTION = "sibs_gateway.transaction";

const SELECTED = [...columns, "version"];
const MOST_CHALLENGED = 100;

/** Rows of JSON, as `json_populate_recordset` makes them of a table: what a row does not say is null. */
export function inserted(table: Table, row: Readonly<Record<string, unknown>>, named: readonly string[]): Row {
  return table.insert(Object.fromEntries(named.map((column) => [column, row[column] ?? null])));
}

const transactions = (tables: Tables) => tables.of(TRANSACTION);

/** The statements that record transactions, and find them. */
export const transactionStatements: Readonly<Record<string, Statement>> = {
  "transaction-insert": (tables, [json]) => {
    for (const row of JSON.parse(String(json))) inserted(transactions(tables), row, [...columns, "journal"]);
    return [];
  },
  "transaction-by-id": (tables, [ids]) =>
    [...new Set(ids as string[])].flatMap((id) => one(tables, transactions(tables).get(id))),
  "transaction-by-merchant-id": (tables, [terminals, merchantId]) => {
    const ofTerminal = new Set(terminals as string[]);
    const all = transactions(tables).having("merchant_transaction_id", String(merchantId));
    return found(tables, newestFirst(all.filter((row) => ofTerminal.has(String(row.terminal_id)))).slice(0, 1));
  },
  "transaction-by-reference": (tables, [entity, reference]) =>
    one(tables, transactions(tables).by("transaction_by_reference", String(entity), String(reference))),
  "transaction-waiting": (tables, [phone, now]) => {
    const waiting = transactions(tables).inOrder("waiting", String(phone));
    return found(tables, [...waiting].filter((row) => isAfter(row.answerable_until, now)).toSorted(by("asked_at")));
  },
  "transaction-by-mandate": (tables, [mandateId]) =>
    one(tables, transactions(tables).by("transaction_by_mandate", String(mandateId))),
  "transaction-mandates-on-phone": (tables, [phone]) =>
    found(tables, consented(transactions(tables).inOrder("mandates_on_phone", String(phone)))),
  "transaction-mandates-of": (tables, [terminals, limit]) => {
    const most = Number(limit);
    const each = (terminals as string[]).flatMap((id) =>
      consented(transactions(tables).inOrder("mandates_of_terminal", id)).slice(0, most),
    );
    return found(tables, newestFirst(each).slice(0, most));
  },
  "transaction-by-action": (tables, [id]) => one(tables, transactions(tables).by("transaction_by_action", String(id))),
  "transaction-challenged": (tables, [now]) => {
    const wanted = transactions(tables).inOrder("challenged");
    const open = [...wanted].filter((row) => row.action_ending === null && isAfter(row.deadline, now));
    return found(tables, open.toSorted(by("action_asked_at")).slice(0, MOST_CHALLENGED));
  },
  "transaction-list": (tables, [limit]) => found(tables, page(transactions(tables), Number(limit))),
  "transaction-list-after": (tables, [limit, after]) =>
    found(tables, page(transactions(tables), Number(limit), String(after))),
  "transaction-journal": (tables, [id]) => {
    const row = transactions(tables).get(String(id));
    return row === undefined ? [] : [transactions(tables).read(row, ["journal"])];
  },
};

function found(tables: Tables, rows: readonly Row[]): object[] {
  return rows.map((row) => transactions(tables).read(row, SELECTED));
}

function one(tables: Tables, row: Row | undefined): object[] {
  return found(tables, row === undefined ? [] : [row]);
}

/** Those that were consented to, newest first. */
function consented(mandates: Ordered): Row[] {
  return [...mandates.fromLast()].filter(({ mandate_status }) => mandate_status !== null && mandate_status !== "PEND");
}

const isAfter = (moment: Row[string] | undefined, now: unknown) => moment != null && Number(moment) > microseconds(now);

/** The oldest by that moment first; of those of one moment the one that was recorded first. */
function by(column: string) {
  const moments = (row: Row) => [Number(row[column]), Number(row.recorded_at)] as const;
  return (one: Row, other: Row) => {
    const [[first, firstRecorded], [second, secondRecorded]] = [moments(one), moments(other)];
    return first - second || firstRecorded - secondRecorded;
  };
}
