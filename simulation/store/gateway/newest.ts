import type { Row } from "../columns.ts";
import type { Table } from "../table.ts";

/** Rows by when they were recorded, the last one first. */
export function newestFirst(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => Number(other.recorded_at) - Number(one.recorded_at));
}

/** A page of a table, newest first, behind the row of that key. */
export function page(table: Table, limit: number, after?: string): Row[] {
  const all = newestFirst([...table.rows]);
  if (after === undefined) return all.slice(0, limit);
  const last = table.get(after);
  return last === undefined ? [] : all.slice(all.indexOf(last) + 1).slice(0, limit);
}
