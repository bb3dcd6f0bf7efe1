import { markBefore, type PageMark, pageAfter } from "@caravela/platform/page-mark";
import type { Pool } from "@caravela/platform/postgres/pool";

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
  readonly table: "payment" | "mandate";
  readonly wanted: Readonly<Record<string, string | undefined>>;
}

/**
 * A page of states, newest first. It begins where the one before ended, whatever was made meanwhile. The order is that
 * of the moments: identifiers of earlier versions do not sort by time.
 */
export async function readPage<T>(
  pool: Pool,
  { table, wanted }: Listed,
  request: PageRequest,
  bringUp: (state: unknown) => T,
): Promise<Page<T>> {
  const columns = Object.keys(wanted);
  const isAsWanted = columns.map((column, place) => `($${place + 1}::text is null or ${column} = $${place + 1})`);
  const start = `$${columns.length + 1}`;
  const isAfter = `(created_at, id) < ((select created_at from caravela.${table} where id = ${start}), ${start})`;
  // not a named statement: planned for what is wanted, so that each list finds its index
  const { rows } = await pool.query<{ state: unknown; id: string }>(
    `select state, id from caravela.${table}
      where ${[...isAsWanted, `(${start}::text is null or ${isAfter})`].join(" and ")}
      order by created_at desc, id desc
      limit $${columns.length + 2}`,
    [...Object.values(wanted).map((value) => value ?? null), startOf(request), request.limit + 1],
  );
  return pageOf(rows, request.limit, ({ state }) => bringUp(state));
}
