import { markBefore, type PageMark, pageAfter } from "@caravela/platform/page-mark";
import type { Queries } from "@caravela/platform/postgres/pool";
import type { MandateStatus } from "../domain/mandate/state.ts";
import type { StoredRow } from "../domain/stored.ts";
import { STORED } from "./statements.ts";

/** What a list is asked for. */
export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

/** One page of a list, newest first. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly hasMore: boolean;
  /** What `after` is to be for the next page; null when this was the last. */
  readonly next: string | null;
}

/**
 * The row that a page begins after, by its id; null: the page is the first.
 * @throws TypeError when it is no `next`, which its route lets in no other.
 */
export function startOf(request: Pick<PageRequest, "after">): string | null {
  return markOf(request)?.id ?? null;
}

/** The same, with where that row stood: it may be gone. @throws TypeError as `startOf` does. */
export function markOf({ after }: Pick<PageRequest, "after">): PageMark | null {
  if (after === undefined) return null;
  const mark = markBefore(after);
  if (mark === null) throw new TypeError("a page begins after the `next` of another");
  return mark;
}

/** Makes a page of one row more than was asked for. `placeOf`: where a row stands, in a list that forgets rows. */
export function pageOf<R extends { readonly id: string }, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  placeOf: (row: R) => readonly number[] = () => [],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data: shown.map(present), hasMore, next: hasMore ? pageAfter(last.id, placeOf(last)) : null };
}

/** Which states of a table a list shows: those whose columns are as wanted, where something is. */
export interface Listed {
  readonly table: "mandate";
  readonly status: string | undefined;
  readonly wanted: Readonly<Record<string, string | undefined>>;
  /** Of which terminals, as `WHOSE` says them; undefined: of all. */
  readonly whose?: readonly string[] | undefined;
}

/** Whose a state is; empty: it does not say, since it was made before that was kept. */
const WHOSE = "coalesce(terminal, '')";

const STATUSES = {
  mandate: ["pending", "active", "suspended", "canceled", "expired", "refused"] satisfies MandateStatus[],
};

/**
 * By which columns, with the status, there is an index, and in it by the moment: the first that are all wanted are the
 * ones. What else is wanted is looked for among those rows.
 */
const INDEXED_BY: Readonly<Record<Listed["table"], readonly (readonly string[])[]>> = {
  mandate: [["customer_id", "reference"], ["customer_id"], ["reference"], [WHOSE]],
};

/**
 * A page of states, newest first. It begins where the one before ended, whatever was made meanwhile. The order is that
 * of the moments: identifiers of earlier versions do not sort by time.
 */
export async function readPage<T>(
  pool: Queries,
  listed: Listed,
  request: PageRequest,
  bringUp: (row: StoredRow) => T,
): Promise<Page<T>> {
  const { rows } = await pool.query<StoredRow & { readonly id: string }>(...listStatement(listed, request));
  return pageOf(rows, request.limit, bringUp);
}

/**
 * However many rows there are and whatever is wanted, no more is read than a page of each status: where any will do,
 * the newest of each are put together.
 */
function listStatement(
  { table, status, wanted, whose }: Listed,
  request: PageRequest,
): [text: string, values: unknown[]] {
  const values: unknown[] = [];
  const value = (one: unknown) => `$${values.push(one)}::text`;
  const columns = Object.keys(wanted).filter((column) => wanted[column] !== undefined);
  const isWanted = (column: string) => (column === WHOSE ? whose !== undefined : columns.includes(column));
  const indexed = INDEXED_BY[table].find((some) => some.every(isWanted)) ?? [];
  const given = Object.fromEntries(columns.map((column) => [column, value(wanted[column])]));
  const owners = whose?.map(value) ?? [];
  // partial indexes have no rows without; what is in none is looked at in the rows
  const conditions = [
    ...columns.map((column) => `${column} ${indexed.includes(column) ? "is not null" : `= ${given[column]}`}`),
    ...(owners.length === 0 || indexed.includes(WHOSE) ? [] : [`${WHOSE} in (${owners.join(", ")})`]),
  ];
  const start = startOf(request);
  const id = start === null ? null : value(start);
  const at = `(select created_at from caravela.${table} where id = ${id})`;
  // told at once, so that it is planned for
  const limit = request.limit + 1;
  const newest = (some: readonly string[], order: string) => {
    const where = some.length === 0 ? "" : `where ${some.join(" and ")}`;
    return `select ${STORED}, id, created_at from caravela.${table} ${where} order by ${order} limit ${limit}`;
  };
  // All that an index is by is one key, asked for as a range, and sorted by: no other index serves instead, however
  // rare or common PostgreSQL believes any of it to be.
  const keyOf = (last: string, some: readonly (string | undefined)[]) =>
    some.length === 0 ? last : `array[${[...some, last].join(", ")}]`;
  const key = keyOf("status", indexed);
  const ofStatus = (one: string, values: readonly (string | undefined)[]) => {
    const wantedKey = keyOf(one, values);
    const end = id === null ? `${key} <= ${wantedKey}` : `(${key}, created_at, id) < (${wantedKey}, ${at}, ${id})`;
    return newest([...conditions, `${key} >= ${wantedKey}`, end], `${key} desc, created_at desc, id desc`);
  };
  if (status === undefined && indexed.length === 0) {
    const isAfter = id === null ? [] : [`(created_at, id) < (${at}, ${id})`];
    return [newest(isAfter, "created_at desc, id desc"), values];
  }
  const statuses = status === undefined ? STATUSES[table].map((one) => `'${one}'`) : [value(status)];
  const keys = indexed.includes(WHOSE) ? owners.map((one) => [one]) : [indexed.map((column) => given[column])];
  const ways = keys.flatMap((some) => statuses.map((one) => ofStatus(one, some)));
  if (ways.length === 1) return [ways.join(), values];
  const all = `select ${STORED}, id from (${ways.map((way) => `(${way})`).join(" union all ")}) as every`;
  return [`${all} order by created_at desc, id desc limit ${limit}`, values];
}
