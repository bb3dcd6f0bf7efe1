import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { listUnlisted } from "./unlisted.ts";

/**
 * What is owed, and was asked for in vain, is looked at again: a server of the release before, running beside this one,
 * knows of no such moment, and takes it away when it writes. By `payment_owing_unseen`.
 */
const seenAgainSql = `
update caravela.payment set due_at = $1
 where due_at is null and state @? '$.operations[*] ? (@.againAt != null)'`;

/**
 * Makes up for what a server of the release before leaves undone; once a day is enough, for it runs beside this one for
 * a while only.
 */
export async function makeUpForEarlier({
  pool,
  clock,
  log,
}: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  await pool.query({ name: "payments-seen-again", text: seenAgainSql, values: [clock.now()] });
  await listUnlisted(pool, log);
}
