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
  const { rows } = await connection.query<{ subject_id: SubjectId }>(holdSql, [id]);
  const [event] = rows;
  if (event === undefined) return null;
  await connection.query(resendSql, [id, now, before]);
  return event.subject_id;
}
