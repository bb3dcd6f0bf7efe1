import type { Pool } from "@caravela/platform/postgres/pool";
import type { EndpointId, EventId, SubjectId, TerminalId } from "../domain/identifiers.ts";
import type { ShopEvent } from "./contents.ts";
import { dueAgainSql } from "./resend.ts";

/** One try to deliver an event. `status` is null when there was no answer; `ms` is how long it took. */
export interface DeliveryTry {
  readonly endpoint: EndpointId;
  readonly at: string;
  readonly status: number | null;
  readonly ms: number;
}

/** What became of an event at one endpoint. */
export interface EventReceiver {
  readonly endpoint: EndpointId;
  /** To be sent still; taken; or not, and not tried any more. */
  readonly standing: "waiting" | "delivered" | "given_up";
  readonly tries: number;
  /** When it is tried next; null: not by itself. */
  readonly nextTryAt: string | null;
}

/** An event, where it was sent, and every try. */
export type ReadEvent = ShopEvent & {
  readonly endpoints: readonly EventReceiver[];
  readonly deliveries: readonly DeliveryTry[];
};

const readSql = `
select body, coalesce(
  (select jsonb_agg(jsonb_build_object(
            'endpoint', endpoint_id,
            'standing', case when due_at is not null then 'waiting' when tries @? '$[last].status ? (@ >= 200 && @ < 300)' then 'delivered' else 'given_up' end,
            'tries', jsonb_array_length(tries),
            'nextTryAt', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by endpoint_id)
     from caravela.delivery where delivery.event_id = event.id), '[]') as endpoints, coalesce(
  (select jsonb_agg(jsonb_build_object('endpoint', delivery.endpoint_id) || try order by try ->> 'at')
     from caravela.delivery, jsonb_array_elements(delivery.tries) as try
    where delivery.event_id = event.id), '[]') as deliveries
  from caravela.event where id = $1`;

/** One event with its deliveries, or null. */
export async function readEvent(pool: Pool, id: EventId): Promise<ReadEvent | null> {
  const { rows } = await pool.query<{ body: string; endpoints: EventReceiver[]; deliveries: DeliveryTry[] }>({
    name: "event-read",
    text: readSql,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { body, endpoints, deliveries } = row;
  return { ...(JSON.parse(body) as ShopEvent), endpoints, deliveries };
}

// An endpoint that is newer than the event gets it too: whoever asks for it again wants it delivered.
const resendSql = dueAgainSql({ events: "caravela.event", which: "event.id = $1", now: "$2", before: "$3" });

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
  const hold = { name: "event-hold", text: holdSql, values: [id] };
  const { rows } = await connection.query<{ subject_id: SubjectId }>(hold);
  const [event] = rows;
  if (event === undefined) return null;
  await connection.query({ name: "event-resend", text: resendSql, values: [id, now, before] });
  return event.subject_id;
}
