import type { PageMark } from "@caravela/platform/page-mark";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { EndpointId, EventId, SubjectId } from "../domain/identifiers.ts";
import { markOf, type Page, type PageRequest, pageOf } from "../storage/paging.ts";
import type { ShopEvent } from "./contents.ts";

/** One try to deliver an event. `status` is null when there was no answer; `ms` is how long it took. */
export interface DeliveryTry {
  readonly endpoint: EndpointId;
  readonly at: string;
  readonly status: number | null;
  readonly ms: number;
}

const listSql = (where: string, limit: string) => `
select body, id, at, sequence from caravela.event ${where}
 order by at desc, sequence desc, id desc
 limit ${limit}`;

const firstPageSql = listSql("", "$1");

// The event that the page begins after may be forgotten by then: its mark says where it stood. Marks of earlier
// versions do not.
const nextPageSql = listSql(
  `where (at, sequence, id) < (coalesce($2, (select at from caravela.event where id = $1)),
                             coalesce($3, (select sequence from caravela.event where id = $1)), $1)`,
  "$4",
);

interface ListedRow {
  readonly body: string;
  readonly id: EventId;
  readonly at: Date;
  readonly sequence: number;
}

/** Events, newest first. */
export async function listEvents(pool: Pool, { limit, after }: PageRequest): Promise<Page<ShopEvent>> {
  const mark = markOf({ after });
  const rows = mark === null ? await firstPage(pool, limit) : await nextPage(pool, mark, limit);
  const placeOf = (row: ListedRow) => [row.at.getTime(), row.sequence];
  return pageOf(rows, limit, ({ body }) => JSON.parse(body) as ShopEvent, placeOf);
}

async function firstPage(pool: Pool, limit: number): Promise<readonly ListedRow[]> {
  return (await pool.query<ListedRow>(firstPageSql, [limit + 1])).rows;
}

async function nextPage(pool: Pool, { id, place }: PageMark, limit: number): Promise<readonly ListedRow[]> {
  const [at, sequence] = place;
  const start = [id, at === undefined ? null : new Date(at), sequence ?? null];
  return (await pool.query<ListedRow>(nextPageSql, [...start, limit + 1])).rows;
}

const readSql = `
select body, coalesce(
  (select jsonb_agg(jsonb_build_object('endpoint', delivery.endpoint_id) || try order by try ->> 'at')
     from caravela.delivery, jsonb_array_elements(delivery.tries) as try
    where delivery.event_id = event.id), '[]') as deliveries
  from caravela.event where id = $1`;

/** One event with its deliveries, or null. */
export async function readEvent(
  pool: Pool,
  id: EventId,
): Promise<(ShopEvent & { readonly deliveries: readonly DeliveryTry[] }) | null> {
  const { rows } = await pool.query<{ body: string; deliveries: DeliveryTry[] }>({
    name: "event-read",
    text: readSql,
    values: [id],
  });
  const [row] = rows;
  return row === undefined ? null : { ...(JSON.parse(row.body) as ShopEvent), deliveries: row.deliveries };
}

// An endpoint that is newer than the event gets it too: whoever asks for it again wants it delivered.
const resendSql = `
insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
select event.id || '.' || event_endpoint.id, event.id, event_endpoint.id, event.subject_id, event.sequence, $2, $2
  from caravela.event join caravela.event_endpoint on event_endpoint.types && array['*', event.type] and event_endpoint.ended_at is null
 where event.id = $1
   for key share of event_endpoint
on conflict (id) do update
  set due_at = excluded.due_at, first_due_at = excluded.first_due_at, round = delivery.round + 1, try_count = 0, given_up_at = null`;

// Kept until it is due again: whoever forgets old events passes it over, or was quicker.
const holdSql = "select subject_id from caravela.event where id = $1 for key share";

/**
 * Makes an event due again at every endpoint that wants its type; gives what it tells of. Null: there is no such event
 * any more.
 */
export async function resendEvent(connection: Pick<Pool, "query">, id: EventId, now: Date): Promise<SubjectId | null> {
  const { rows } = await connection.query<{ subject_id: SubjectId }>(holdSql, [id]);
  const [event] = rows;
  if (event === undefined) return null;
  await connection.query(resendSql, [id, now]);
  return event.subject_id;
}
