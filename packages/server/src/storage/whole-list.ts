import type { Pool } from "@caravela/platform/postgres/pool";
import { type Condition, type ListQuery, readList, type Value } from "./list-query.ts";

/** A list that can be read from its beginning to its end. */
export interface WholeQuery extends ListQuery {
  /** What each of its rows must be, whichever way leads to it: looked at once more as it is read. */
  readonly all: readonly Condition[];
}

/** So many are found at a time: what is not found in the list's order is sorted once for all of them. */
const FOUND_AT_ONCE = 10_000;
/** So many are read at a time, which are then in memory. */
const READ_AT_ONCE = 100;

/** A place that nothing is joined to: the page itself is all that is read. */
export const NOTHING = { columns: "true as found", table: "(select) as nothing", on: "true" };

/**
 * A list from its newest row to its oldest, some rows at a time: what is in it all the while is there once. Each part
 * is a statement of its own, made when it is asked for: in between nothing is held, and who stops asking has ended it.
 */
export async function* readWhole<R extends object, T>(
  pool: Pool,
  query: WholeQuery,
  present: (row: R) => T,
): AsyncGenerator<readonly T[]> {
  const found = { ...query, shown: NOTHING };
  for (let after: string | undefined; ; ) {
    const page = await readList<{ id: string }, string>(pool, found, { limit: FOUND_AT_ONCE, after }, ({ id }) => id);
    for (let start = 0; start < page.data.length; start += READ_AT_ONCE) {
      const { text, values } = shownStatement(query, page.data.slice(start, start + READ_AT_ONCE));
      const { rows } = await pool.query<R>(text, values);
      yield rows.map(present);
    }
    if (page.next === null) return;
    after = page.next;
  }
}

/** Reads what was found, in its order, as far as it still is what was asked for. */
function shownStatement(
  { table, shown, all }: WholeQuery,
  ids: readonly string[],
): { text: string; values: unknown[] } {
  const values: unknown[] = [ids];
  const value: Value = (one) => `$${values.push(one)}`;
  const conditions = all.map((condition) => condition(value));
  const where = conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`;
  const text = `
select ${shown.columns}, page.id
  from unnest($1::text[]) with ordinality as page (id, place)
  join caravela.${table} as listed on listed.id = page.id
  join ${shown.table} on ${shown.on}${where}
 order by page.place`;
  return { text, values };
}
