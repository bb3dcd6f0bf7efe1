import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { DAY } from "../domain/time.ts";

/** Housekeeping that comes round once a day. */
export interface Chores {
  readonly [name: string]: () => Promise<void>;
}

/** Makes sure that each chore has its row. */
export async function enlist(pool: Pool, clock: Clock, chores: Chores): Promise<void> {
  await pool.query(
    "insert into caravela.chore (name, due_at) select unnest($1::text[]), $2 on conflict (name) do nothing",
    [Object.keys(chores), tomorrow(clock)],
  );
}

/** Does a chore and sets when it comes round again; one that no longer exists is forgotten. */
export async function doChore(pool: Pool, clock: Clock, chores: Chores, name: string): Promise<void> {
  await chores[name]?.();
  await pool.query("update caravela.chore set due_at = $2 where name = $1", [name, tomorrow(clock)]);
}

function tomorrow(clock: Clock): Date {
  return new Date(clock.now().getTime() + DAY);
}
