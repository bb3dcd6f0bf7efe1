import type { PageMark } from "@caravela/platform/page-mark";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { EndpointId, EventId, SubjectId, TerminalId } from "../domain/identifiers.ts";
import { markOf, type Page, type PageRequest, pageOf } from "../storage/paging.ts";
import type { ShopEvent } from "./contents.ts";

/** One try to deliver an event. `status` is null when there was no answer; `ms` is how long it took. */
export interface DeliveryTry {
  readonly endpoint: EndpointId;
  readonly at: string;
  readonly status: number | null;
  readonly ms: number;
}

interface ListedRow {
  readonly body: string;
  readonly id: EventId;
  readonly at: Date;
  readonly sequence: number;
}

/** Whose events are listed: one terminal's, null: all; and whose those are that do not say. */
export interface WhoseEvents {
  readonly terminal: TerminalId | null;
  readonly before: TerminalId;
}

/** Events, newest first. */
export async function listEvents(
  pool: Pool,
  whose: WhoseEvents,
  { limit, after }: PageRequest,
): Promise<Page<ShopEvent>> {
  const values: unknown[] = [];
  const value = (one: unknown) => `$${values.push(one)}`;
  // told at once, so that it is planned for
  const most = limit + 1;
  const start = startedAfter(markOf({ after }), value);
  const newest = (way: readonly string[]) => {
    const conditions = [...way, ...start];
    const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
    // sorted by the terminal too, no index serves but that of terminals
    const order = way.length === 0 ? NEWEST_FIRST : `order by terminal, ${NEWEST}`;
    return `select body, id, at, sequence from caravela.event ${where} ${order} limit ${most}`;
  };
  const ways = waysTo(whose, value).map(newest);
  const all = ways.map((way) => `(${way})`).join(" union all ");
  const text =
    ways.length === 1 ? all : `select body, id, at, sequence from (${all}) as one ${NEWEST_FIRST} limit ${most}`;
  const { rows } = await pool.query<ListedRow>(text, values);
  const placeOf = (row: ListedRow) => [row.at.getTime(), row.sequence];
  return pageOf(rows, limit, ({ body }) => JSON.parse(body) as ShopEvent, placeOf);
}

const NEWEST = "at desc, sequence desc, id desc";
const NEWEST_FIRST = `order by ${NEWEST}`;

type Value = (value: unknown) => string;

/**
 * The event that a page begins after may be forgotten by then: its mark says where it stood. Those of before do not.
 */
function startedAfter(mark: PageMark | null, value: Value): string[] {
  if (mark === null) return [];
  const [at, sequence] = mark.place;
  const id = value(mark.id);
  const placeOf = (column: string, known: unknown) =>
    `coalesce(${value(known ?? null)}, (select ${column} from caravela.event where id = ${id}))`;
  const place = [placeOf("at", at === undefined ? null : new Date(at)), placeOf("sequence", sequence), id];
  return [`(at, sequence, id) < (${place.join(", ")})`];
}

/** Each way to whose events are wanted. */
function waysTo({ terminal, before }: WhoseEvents, value: Value): readonly (readonly string[])[] {
  if (terminal === null) return [[]];
  const number = `${value(terminal)}::text`;
  // a range: of one value PostgreSQL would not sort by it
  const own = [`terminal >= ${number} and terminal <= ${number}`];
  return terminal === before ? [own, ["terminal is null"]] : [own];
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
  where event.id = $1 and coalesce(event_endpoint.terminal, event.terminal, $3) = coalesce(event.terminal, $3)
   for key share of event_endpoint
on conflict (id) do update
  set due_at = excluded.due_at, first_due_at = excluded.first_due_at, round = delivery.round + 1, try_count = 0, given_up_at = null`;

// Kept until it is due again: whoever forgets old events passes it over, or was quicker.
const holdSql = "select subject_id from caravela.event where id = $1 for key share";

/**
 * Makes an event due again at every endpoint of its terminal, and of all, that wants its type; gives what it tells of.
 * Null: there is no such event any more.
 */
export async function resendEvent(
  connection: Pick<Pool, "query">,
  id: EventId,
  now: Date,
  before: TerminalId,
): Promise<SubjectId | null> {
  const { rows } = await connection.query<{ subject_id: SubjectId }>(holdSql, [id]);
  const [event] = rows;
  if (event === undefined) return null;
  await connection.query(resendSql, [id, now, before]);
  return event.subject_id;
}
