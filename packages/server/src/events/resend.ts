import { momentText } from "@caravela/platform/postgres/text";
import type { SubjectId } from "../domain/identifiers.ts";
import type { Value } from "../storage/list-query.ts";
import type { Lists } from "../storage/unlisted.ts";
import { conditionsOf, everyEvent } from "./list.ts";
import type { EventFilter } from "./list-filter.ts";
import { type Sought, seek } from "./sought.ts";

interface DueAgain {
  /** What the events are read from, called `event`. */
  readonly events: string;
  /** Which of them, and of the endpoints. */
  readonly which: string;
  readonly now: string;
  /** Whose those events are that do not say. */
  readonly before: string;
}

/**
 * Makes events due at every endpoint of their terminal, and of all, that wants their type, as if they had just been
 * recorded.
 */
export function dueAgainSql({ events, which, now, before }: DueAgain): string {
  return `
insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at, recorded_at)
select event.id || '.' || event_endpoint.id, event.id, event_endpoint.id, event.subject_id, event.sequence, ${now}::timestamptz, ${now}::timestamptz, event.at
  from ${events} as event join caravela.event_endpoint on event_endpoint.types && array['*', event.type] and event_endpoint.ended_at is null
 where ${which} and coalesce(event_endpoint.terminal, event.terminal, ${before}) = coalesce(event.terminal, ${before})
   for key share of event_endpoint
on conflict (id) do update
  set due_at = excluded.due_at, first_due_at = excluded.first_due_at, recorded_at = excluded.recorded_at, round = delivery.round + 1, try_count = 0, given_up_at = null`;
}

/** What is sent again, and since when: sent again already is what has been due since then. */
export interface Resending {
  readonly filter: EventFilter;
  readonly at: Date;
  /** Called as soon as something is due. */
  readonly poke: () => void;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/**
 * Makes all events of a filter due again, and gives how many. The events of one payment, or of one mandate, become due
 * together, so that an endpoint is sent them in their order; those of some of them at a time, so that nobody waits for
 * the rest. Done again from the same moment on, it goes on with what is left.
 * @throws what the signal was aborted with.
 */
export async function resendEvents(lists: Lists, { filter, at, poke, signal }: Resending): Promise<number> {
  let count = 0;
  const sought = await seek(lists, filter);
  for await (const part of everyEvent<{ subject_id: SubjectId }>(lists, filter, "event.subject_id", sought)) {
    signal.throwIfAborted();
    const subjects = [...new Set(part.map(({ subject_id }) => subject_id))];
    const { text, values } = statementFor(lists, { filter, at, subjects, sought });
    const { rows } = await lists.pool.query<{ count: number }>(text, values);
    const made = rows[0]?.count ?? 0;
    if (made > 0) poke();
    count += made;
  }
  return count;
}

interface OfSubjects extends Pick<Resending, "filter" | "at"> {
  readonly subjects: readonly SubjectId[];
  readonly sought: Sought;
}

/** Held until they are due: whoever forgets old events passes them over, or was quicker. */
function statementFor(
  { before }: Lists,
  { filter, at, subjects, sought }: OfSubjects,
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const value: Value = (one) => `$${values.push(one)}`;
  const ids = value(subjects);
  const conditions = conditionsOf(filter, { ...sought, before }).map((condition) => ` and ${condition(value)}`);
  const now = value(momentText(at));
  const which = filter.endpoint === null ? "true" : `event_endpoint.id = ${value(filter.endpoint)}`;
  const text = `
with held as materialized (
  select listed.id, listed.subject_id, listed.sequence, listed.type, listed.terminal, listed.at from caravela.event as listed
   where listed.subject_id = any(${ids}::text[])${conditions.join("")}
     for key share
), again as (${dueAgainSql({ events: "held", which, now, before: value(before) })}
   where delivery.first_due_at < excluded.first_due_at
  returning delivery.event_id
)
select count(distinct event_id)::integer as count from again`;
  return { text, values };
}
