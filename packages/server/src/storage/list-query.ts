import type { Pool } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import type { Search } from "../domain/search.ts";
import type { Span } from "../domain/span.ts";
import type { Instant } from "../domain/time.ts";
import { markOf, type Page, type PageRequest, pageOf } from "./paging.ts";

/** Gives the place of a value in a statement: `$1`, `$2` … */
export type Value = (value: unknown) => string;

/** What a row, called `listed`, must be. */
export type Condition = (value: Value) => string;

/** One way to rows of a list; what any of a list's ways leads to is shown. */
export interface Way {
  /** What the rows are read from, where that is not the list's table alone. */
  readonly from?: string;
  readonly where: readonly Condition[];
  /** What moment, identifier and terminal are read from, where another table has them in the list's order. */
  readonly orderedBy?: string;
  /**
   * Columns of few values that stand in the only index of the list's order: each combination of values is looked
   * through by itself.
   */
  readonly each?: Readonly<Record<string, readonly string[]>>;
  /**
   * The one key of an index, of several columns or expressions, before the moment: each combination of their values is
   * looked through by itself, as a range that is sorted by, so that no other index serves.
   */
  readonly key?: Readonly<Record<string, readonly string[]>>;
  /** What is the same in all of them, and stands first in the index: no other index is in that order. */
  readonly sameFirst?: readonly string[];
  /** Few are found, or they are not found in the list's order: they are sorted. */
  readonly isSorted?: boolean;
  /** It leads to the same row more than once. */
  readonly repeats?: boolean;
}

/** A list: newest first by one of its moments. */
export interface ListQuery {
  readonly table: string;
  /** The column of the moment. */
  readonly by: string;
  /** That of a number, by which what is of the same moment is sorted. */
  readonly andBy?: string;
  readonly ways: readonly Way[];
  /** What is read of each, and where: `select … from … join page on …`. */
  readonly shown: { readonly columns: string; readonly table: string; readonly on: string };
}

/**
 * A page of a list. It begins where the one before ended, whatever was made or changed meanwhile: what is not in it any
 * more leaves no gap, and what came is newer, or was not there.
 */
export async function readList<R extends object, T>(
  pool: Pool,
  query: ListQuery,
  request: PageRequest,
  present: (row: R) => T,
): Promise<Page<T>> {
  const { text, values } = listStatement(query, request);
  // not a named statement: planned for what is wanted, so that each list finds its index
  const { rows } = await pool.query<R & { id: string; sorted_at: Date; then_by: number }>(text, values);
  return pageOf(rows, request.limit, present, ({ sorted_at, then_by }) => [sorted_at.getTime(), then_by]);
}

/** The statement that reads a page, and one row more. */
export function listStatement(query: ListQuery, request: PageRequest): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const value: Value = (one) => `$${values.push(one)}`;
  // told at once, so that it is planned for
  const most = String(request.limit + 1);
  const start = startOf(query, request, value);
  const ways = query.ways.map((way) => `(${rowsOf(query, way, { start, most, value })})`);
  const isOnce = ways.length === 1 && query.ways[0]?.repeats !== true;
  const { columns, table, on } = query.shown;
  const text = `
select ${columns}, page.id, page.sorted_at, page.then_by
  from (select ${isOnce ? "" : "distinct "}* from (${ways.join(" union all ")}) as found ${NEWEST} limit ${most}) as page
  join ${table} on ${on}
 order by page.sorted_at desc, page.then_by desc, page.id desc`;
  return { text, values };
}

const NEWEST = "order by sorted_at desc, then_by desc, id desc";

interface Ends {
  /** After which moment and identifier the page begins; null: the page is the first. */
  readonly start: readonly string[] | null;
  readonly most: string;
  readonly value: Value;
}

/**
 * Where the row still stands where it stood, its own moment is exact; else the mark's is good enough. Marks of earlier
 * versions name no moment.
 */
function startOf({ table, by, andBy }: ListQuery, request: PageRequest, value: Value): readonly string[] | null {
  const mark = markOf(request);
  if (mark === null) return null;
  const id = value(mark.id);
  const [at, number] = mark.place;
  const own = (column: string) => `(select ${column} from caravela.${table} where id = ${id})`;
  const after = andBy === undefined ? [] : [number === undefined ? own(andBy) : `${value(number)}::bigint`];
  if (at === undefined) return [own(by), ...after, id];
  const place = `${value(momentText(new Date(at)))}::timestamptz`;
  const exact = `(select ${by} from caravela.${table} where id = ${id} and date_trunc('milliseconds', ${by}) = ${place})`;
  return [`coalesce(${exact}, ${place})`, ...after, id];
}

function rowsOf({ table, by, andBy }: ListQuery, way: Way, { start, most, value }: Ends): string {
  const {
    from = `caravela.${table} as listed`,
    where,
    orderedBy = "listed",
    each = {},
    key = {},
    isSorted = false,
  } = way;
  const order = [by, ...(andBy === undefined ? [] : [andBy]), "id"].map((column) => `${orderedBy}.${column}`);
  const combined = [...Object.entries(each), ...Object.entries(key)];
  const own = Object.keys(each).map((column, place) => `${expressionOf(column, orderedBy)} = each_${place}`);
  const keyOf = keyFrom(Object.keys(key), orderedBy);
  const wanted = keyFrom(Object.keys(key).map((column, place) => wantedOf(column, `each_${own.length + place}`)));
  const after = start === null ? [] : [`(${order.join(", ")}) < (${start.join(", ")})`];
  const range = keyOf === null ? after : inRange(keyOf, String(wanted), { order, start: isSorted ? null : start });
  const conditions = [
    ...where.map((condition) => condition(value)),
    ...own,
    ...range,
    ...(keyOf !== null && isSorted ? after : []),
  ];
  const number = andBy === undefined ? "0" : `${orderedBy}.${andBy}`;
  const given = `${orderedBy}.id, ${orderedBy}.${by} as sorted_at, ${number} as then_by`;
  const select = `select ${given} from ${from}${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
  const ordered = [...(keyOf === null ? [] : [keyOf]), ...order].map((column) => `${column} desc`);
  const newest = [...(way.sameFirst ?? []), ...ordered];
  const page = isSorted ? select : `${select} order by ${newest.join(", ")} limit ${most}`;
  const rows =
    combined.length === 0 ? page : `select one.* from ${ofEach(combined, value)} cross join lateral (${page}) as one`;
  // found first, whatever is the quickest way to them, and then sorted
  return isSorted ? `select * from (${rows} offset 0) as few ${NEWEST} limit ${most}` : rows;
}

/** Every combination of some values, a row for each. */
function ofEach(columns: readonly (readonly [string, readonly string[]])[], value: Value): string {
  const combinations = columns.reduce<readonly (readonly string[])[]>(
    (some, [, values]) => some.flatMap((one) => values.map((last) => [...one, last])),
    [[]],
  );
  const lists = columns.map((_column, place) => `${value(combinations.map((one) => one[place]))}::text[]`);
  return `unnest(${lists.join(", ")}) as of_each (${columns.map((_column, place) => `each_${place}`).join(", ")})`;
}

function keyFrom(columns: readonly string[], prefix?: string): string | null {
  if (columns.length === 0) return null;
  return `array[${columns.map((column) => (prefix === undefined ? column : expressionOf(column, prefix))).join(", ")}]`;
}

/** What PostgreSQL takes for capital letters it alone knows. */
function wantedOf(column: string, value: string): string {
  return column.startsWith("lower(") ? `lower(${value})` : value;
}

function inRange(
  key: string,
  wanted: string,
  { order, start }: { readonly order: readonly string[]; readonly start: readonly string[] | null },
): string[] {
  const end =
    start === null ? `${key} <= ${wanted}` : `(${[key, ...order].join(", ")}) < (${[wanted, ...start].join(", ")})`;
  return [`${key} >= ${wanted}`, end];
}

function expressionOf(column: string, orderedBy: string): string {
  if (!/^\w+$/.test(column)) return column;
  return `${column === "terminal" ? orderedBy : "listed"}.${column}`;
}

/** A column that is a value; nothing where none is wanted. */
export function is(column: string, wanted: string | number | boolean | null | undefined): Condition[] {
  return wanted == null ? [] : [(value) => `listed.${column} = ${value(wanted)}`];
}

/** An identifier: the row's own, by this column, that of something of it, or of an event that tells of it. */
export function isNamed(column: string, words: string): Condition {
  return (value) => `listed.${column} in (${subjectsNamed(value(words))})`;
}

/** What has a journal and is known by a word: by its own identifier, by that of something of it, or by an event's. */
export function subjectsNamed(word: string): string {
  return `select ${word} union all select subject_id from caravela.found_by where key = ${word}
      union all select subject_id from caravela.event where id = ${word}`;
}

/** A flag, so spelt that the index of those that have it is found. */
export function isFlagged(column: string, wanted: boolean | null): Condition[] {
  return wanted === null ? [] : [() => (wanted ? `listed.${column}` : `not listed.${column}`)];
}

/** A column that is one of some values; nothing where none are wanted. */
export function isAnyOf(column: string, wanted: readonly string[] | null): Condition[] {
  return wanted === null ? [] : [(value) => `listed.${column} = any(${value(wanted)}::text[])`];
}

/**
 * What the columns of few values say of whose it is, how it stands and how it was paid, which indexes have in front.
 */
export function isOf({
  terminal,
  status,
  method,
}: {
  readonly terminal: readonly string[];
  readonly status: readonly string[] | null;
  readonly method: readonly string[] | null;
}): Condition[] {
  return [...isAnyOf("terminal", terminal), ...isAnyOf("status", status), ...isAnyOf("method", method)];
}

/** A text as it is spelt, found by the index of how it is read out. */
export function isSpelt(column: string, wanted: string | null): Condition[] {
  return wanted === null ? [] : [...isRead(column, wanted), ...is(column, wanted)];
}

/** A text as it is read out: nobody says what is a capital letter. */
export function isRead(column: string, wanted: string): Condition[] {
  return [(value) => `lower(listed.${column}) = lower(${value(wanted)})`];
}

/** A moment within a span; `of`: what the row is called that has it. */
export function isWithin(column: string, { from, before }: Span, of = "listed"): Condition[] {
  const bound = (sign: string, at: Instant | null): Condition[] =>
    at === null ? [] : [(value) => `${of}.${column} ${sign} ${value(momentText(new Date(at)))}::timestamptz`];
  return [...bound(">=", from), ...bound("<", before)];
}

/** A text that is kept, as the indexes of those that have one say it. */
export const isPresent = (column: string): Condition[] => [() => `listed.${column} is not null`];

/** The ways to what is kept by some terms, in their own order where the list is by creation. */
export function byTerms(
  { terms }: Search,
  {
    list,
    table,
    by,
    terminal,
  }: Pick<ListQuery, "table" | "by"> & { readonly list: string; readonly terminal: readonly string[] },
  where: readonly Condition[],
): Way[] {
  return terms.map((term) => ({
    from: `caravela.search_term as term join caravela.${table} as listed on listed.id = term.id`,
    where: [(value) => `term.list = ${value(list)} and term.term = ${value(term)}`, ...where],
    ...(by === "created_at" ? { orderedBy: "term", each: { terminal } } : { isSorted: true }),
  }));
}
