import type { Queries } from "./pool.ts";

/** So many rows are forgotten by one statement: far fewer than can be within its time limit. */
const PART = 5_000;

/** Which rows are old: those whose moment in that column, which has an index, is before. */
export interface Old {
  readonly table: string;
  readonly column: string;
  readonly before: Date;
}

/**
 * Deletes old rows, however many there are, part by part: no statement takes long, or holds up whoever works on the
 * table.
 */
export async function purge(pool: Queries, { table, column, before }: Old, part = PART): Promise<void> {
  const old = `select ctid from ${table} where ${column} < $1 order by ${column} limit ${part}`;
  for (;;) {
    const { rowCount } = await pool.query(`delete from ${table} where ctid = any (array(${old}))`, [before]);
    if ((rowCount ?? 0) < part) return;
  }
}
