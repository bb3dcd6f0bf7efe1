import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { pause } from "@caravela/platform/timer";
import type { EventId } from "../domain/identifiers.ts";

/** So many events are forgotten at once, with their deliveries: a matter of milliseconds. */
const PART = 500;

// By `event_by_age`, from the oldest on. One that is being asked for again is left to whoever asks.
const partSql = `
select id, at, sequence from caravela.event
 where at < $1 and (at, sequence, id) > ($2, $3, $4)
 order by at, sequence, id
 limit ${PART}
   for update skip locked`;

// What is due is asked once the events are held: what was asked for again by then is seen to be due, and what is asked
// for after that finds no event. It is looked up by the events: PostgreSQL does not know how much is due, and would go
// through all of it for each of them.
const forgetSql = `
with done as (
  select part.id from unnest($1::text[]) as part (id)
   where not (part.id = any(array(
     select distinct event_id from (select event_id, due_at from caravela.delivery where event_id = any($1) offset 0) as sent
      where due_at is not null)))
), forgotten as (
  delete from caravela.delivery where event_id = any (array(select id from done))
)
delete from caravela.event where id = any (array(select id from done))`;

/** Where an event stands among all, by age. */
interface Place {
  readonly id: EventId | "";
  readonly at: Date | "-infinity";
  readonly sequence: number;
}

const BEFORE_ALL: Place = { id: "", at: "-infinity", sequence: 0 };

/**
 * Forgets the events of before a moment, with their deliveries, but those that are still being delivered. However many
 * there are, no lock is held for longer than a few milliseconds, and as long as each part took nothing is done after
 * it, so that whoever else works on the database has most of it.
 * @throws what the signal was aborted with: what is left is forgotten the next time.
 */
export async function forgetEvents(pool: Pool, before: Date, signal: AbortSignal): Promise<void> {
  let last: Place | undefined = BEFORE_ALL;
  while (last !== undefined) {
    signal.throwIfAborted();
    const begun = performance.now();
    last = await forgetPart(pool, before, last);
    if (last !== undefined) await pause(performance.now() - begun);
  }
}

/** The last event that was looked at; undefined: there was none any more. */
function forgetPart(pool: Pool, before: Date, last: Place): Promise<Place | undefined> {
  return inTransaction(pool, async (connection) => {
    const values = [before, last.at, last.sequence, last.id];
    const { rows } = await connection.query<Place>({ name: "events-old", text: partSql, values });
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await connection.query({ name: "events-forget", text: forgetSql, values: [ids] });
    return rows.at(-1);
  });
}
