import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { DAY } from "../domain/time.ts";

/** Housekeeping that comes round once a day. */
export interface Chores {
  /**
   * One that gives a moment comes round again then; the others do at their moment of the day. Null: a server of other
   * settings does it.
   */
  readonly [name: string]: (() => Promise<unknown>) | null;
}

/**
 * Makes sure that each chore has its row: all come round at the same moment of the day, but those of which it is said
 * when they first do.
 */
export async function enlist(
  pool: Pool,
  clock: Clock,
  chores: Chores,
  first: Readonly<Record<string, Date>> = {},
): Promise<void> {
  const names = Object.keys(chores).filter((name) => chores[name] !== null);
  const usual = new Date(clock.now().getTime() + DAY);
  await pool.query({
    name: "chores-enlist",
    text: "insert into caravela.chore (name, due_at) select * from unnest($1::text[], $2::timestamptz[]) on conflict (name) do nothing",
    values: [names, names.map((name) => first[name] ?? usual)],
  });
}

/**
 * Does a chore. It comes round again at its moment of the day, however late it was; one that no longer exists is taken
 * off the list, and an earlier version that is started again puts its own back.
 */
export async function doChore(pool: Pool, clock: Clock, chores: Chores, name: string): Promise<void> {
  const chore = chores[name];
  if (chore === undefined) {
    await pool.query({ name: "chore-remove", text: "delete from caravela.chore where name = $1", values: [name] });
    return;
  }
  let next: unknown;
  try {
    next = await chore?.();
  } catch (error) {
    // the server stops: it is due still, and whoever comes next goes on with it
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
  if (next instanceof Date) {
    const text = "update caravela.chore set due_at = $2 where name = $1";
    await pool.query({ name: "chore-at", text, values: [name, next] });
    return;
  }
  await pool.query({
    name: "chore-tomorrow",
    text: `update caravela.chore set due_at = due_at + (floor(extract(epoch from $2 - due_at) / 86400) + 1) * interval '24 hours'
            where name = $1`,
    values: [name, clock.now()],
  });
}

interface Forgetful {
  purge(): Promise<void>;
}

/** What the e-mail about what needs a person is called among chores. */
export const MAIL_TASKS = "mail_tasks";

/**
 * What is forgotten once a day, what is made up for, and what is told. `stores`: whichever of them has anything to
 * forget, forgets it. `mailTasks` null: nothing is told.
 */
export function choresOf(
  stores: readonly unknown[],
  makeUpForEarlier: () => Promise<void>,
  mailTasks: (() => Promise<Date>) | null,
): Chores {
  const forgetful = stores.filter(isForgetful);
  return {
    [MAIL_TASKS]: mailTasks,
    make_up_for_earlier: makeUpForEarlier,
    forget_old: () => forgetOld(forgetful),
  };
}

const isForgetful = (store: unknown): store is Forgetful =>
  typeof store === "object" && store !== null && "purge" in store;

/** One after the other; where one fails, the others forget all the same. @throws what was thrown, all of it */
async function forgetOld(forgetful: readonly Forgetful[]): Promise<void> {
  const failures: unknown[] = [];
  for (const one of forgetful) await one.purge().catch((error) => failures.push(error));
  if (failures.length > 1) throw new AggregateError(failures, "several parts of what is old could not be forgotten");
  if (failures.length > 0) throw failures[0];
}
