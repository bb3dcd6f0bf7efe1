import type { Queries } from "@caravela/platform/postgres/pool";
import { BEGINNING, type Link, misfits, type Row } from "./chain.ts";

/** An entry that is expected, as somebody has kept it elsewhere: its number, and its hash in hexadecimal. */
export interface Expected {
  readonly number: number;
  readonly hash: string;
}

/** What does not fit in the audit, or, at its end, how far it goes. */
export type Found =
  | { readonly number: number; readonly faults: readonly string[] }
  | { readonly head: Expected | null };

/** How many are read at once: as much is in memory, however many there are. */
const AT_ONCE = 1000;

/**
 * Walks the whole chain. Names each entry that does not fit, and at last the head, to be kept where whoever may write
 * here may not: only by such a one is it found that the end of the chain, or all of it, was made anew. `expected`: one
 * that was kept.
 */
export async function* verifyAudit(queries: Queries, expected: Expected | null): AsyncGenerator<Found> {
  let last: Link = BEGINNING;
  let seen: string | null = null;
  for (let isMore = true; isMore; ) {
    const { rows } = await queries.query<Omit<Row, "at"> & { readonly at: Date }>(
      `select number, at, entry, hash from caravela.audit where number > $1 order by number limit ${AT_ONCE}`,
      [last.number],
    );
    for (const { at, ...rest } of rows) {
      const row: Row = { ...rest, number: Number(rest.number), at: at.getTime() };
      const faults = misfits(last, row);
      if (faults.length > 0) yield { number: row.number, faults };
      if (row.number === expected?.number) seen = row.hash.toString("hex");
      last = row;
    }
    isMore = rows.length === AT_ONCE;
  }
  if (expected !== null && seen !== expected.hash.toLowerCase()) {
    yield { number: expected.number, faults: [seen === null ? "it is not there" : `its hash is ${seen}`] };
  }
  yield { head: last === BEGINNING ? null : { number: last.number, hash: last.hash.toString("hex") } };
}
