import type { Pool } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import type { Search } from "../domain/search.ts";
import type { Span } from "../domain/span.ts";
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
   * Columns of few values that stand in an index before the moment: each combination of values is looked through by
   * itself, in the list's order.
   */
  readonly each?: Readonly<Record<string, readonly string[]>>;
  /** Few are found, or they are not found in the list's order: they are sorted. */
  readonly isSorted?: boolean;
}

/** A list: newest first by one of its moments. */
export interface ListQuery {
  readonly table: string;
  /** The column of the moment. */
  readonly by: string;
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
  const { rows } = await pool.query<R & { id: string; sorted_at: Date }>(text, values);
  return pageOf(rows, request.limit, present, ({ sorted_at }) => [sorted_at.getTime()]);
}

/** The statement that reads a page, and one row more. */
export function listStatement(query: ListQuery, request: PageRequest): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const value: Value = (one) => `$${values.push(one)}`;
  const most = value(request.limit + 1);
  const start = startOf(query, request, value);
  const ways = query.ways.map((way) => `(${rowsOf(query, way, { start, most, value })})`);
  const { columns, table, on } = query.shown;
  const text = `
select ${columns}, page.id, page.sorted_at
  from (select id, sorted_at from (${ways.join(" union ")}) as found order by sorted_at desc, id desc limit ${most}) as page
  join ${table} on ${on}
 order by page.sorted_at desc, page.id desc`;
  return { text, values };
}

interface Ends {
  /** After which moment and identifier the page begins; null: the page is the first. */
  readonly start: string | null;
  readonly most: string;
  readonly value: Value;
}

/**
 * Where the row still stands where it stood, its own moment is exact; else the mark's is good enough. Marks of earlier
 * versions name no moment.
 */
function startOf({ table, by }: ListQuery, request: PageRequest, value: Value): string | null {
  const mark = markOf(request);
  if (mark === null) return null;
  const id = value(mark.id);
  const [at] = mark.place;
  if (at === undefined) return `((select ${by} from caravela.${table} where id = ${id}), ${id})`;
  const place = `${value(new Date(at))}::timestamptz`;
  const exact = `(select ${by} from caravela.${table} where id = ${id} and date_trunc('milliseconds', ${by}) = ${place})`;
  return `(coalesce(${exact}, ${place}), ${id})`;
}

function rowsOf({ table, by }: ListQuery, way: Way, { start, most, value }: Ends): string {
  const { from = `caravela.${table} as listed`, where, orderedBy = "listed", each = {}, isSorted = false } = way;
  const [at, id] = [`${orderedBy}.${by}`, `${orderedBy}.id`];
  const columns = Object.entries(each);
  const conditions = [
    ...where.map((condition) => condition(value)),
    ...columns.map(([column]) => `${column === "terminal" ? orderedBy : "listed"}.${column} = each_${column}`),
    ...(start === null ? [] : [`(${at}, ${id}) < ${start}`]),
  ];
  const select = `select ${id}, ${at} as sorted_at from ${from}${conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`}`;
  // found first, whatever is the quickest way to them, and then sorted
  if (isSorted)
    return `select id, sorted_at from (${select} offset 0) as few order by sorted_at desc, id desc limit ${most}`;
  const page = `${select} order by ${at} desc, ${id} desc limit ${most}`;
  if (columns.length === 0) return page;
  const combinations = columns.map(([column, all]) => `unnest(${value(all)}::text[]) as each_${column}`);
  return `select one.id, one.sorted_at from ${combinations.join(" cross join ")} cross join lateral (${page}) as one`;
}

/** A column that is a value; nothing where none is wanted. */
export function is(column: string, wanted: string | number | boolean | null | undefined): Condition[] {
  return wanted == null ? [] : [(value) => `listed.${column} = ${value(wanted)}`];
}

/** A flag, so spelt that the index of those that have it is found. */
export function isFlagged(column: string, wanted: boolean | null): Condition[] {
  return wanted === null ? [] : [() => (wanted ? `listed.${column}` : `not listed.${column}`)];
}

/** A column that is one of some values; nothing where none are wanted. */
export function isAnyOf(column: string, wanted: readonly string[] | null): Condition[] {
  return wanted === null ? [] : [(value) => `listed.${column} = any(${value(wanted)}::text[])`];
}

/** A text as it is spelt, found by the index of how it is read out. */
export function isSpelt(column: string, wanted: string | null): Condition[] {
  return wanted === null ? [] : [...isRead(column, wanted), ...is(column, wanted)];
}

/** A text as it is read out: nobody says what is a capital letter. */
export function isRead(column: string, wanted: string): Condition[] {
  return [(value) => `lower(listed.${column}) = lower(${value(wanted)})`];
}

/** A moment within a span. */
export function isWithin(column: string, { from, before }: Span): Condition[] {
  return [
    ...(from === null
      ? []
      : [(value: Value) => `listed.${column} >= ${value(momentText(new Date(from)))}::timestamptz`]),
    ...(before === null
      ? []
      : [(value: Value) => `listed.${column} < ${value(momentText(new Date(before)))}::timestamptz`]),
  ];
}

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
