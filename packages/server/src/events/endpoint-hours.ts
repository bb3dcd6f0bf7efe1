import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { type Old, purge } from "@caravela/platform/postgres/purge";
import type { EndpointId } from "../domain/identifiers.ts";
import { DAY, HOUR } from "../domain/time.ts";
import type { SendFailure } from "./send.ts";

/** How an endpoint has taken its events in the last 24 hours: in this one, and the 23 before. */
export interface Deliveries {
  /** Tries that were taken. */
  readonly delivered: number;
  /** Tries that were not. */
  readonly failed: number;
  /** Events that are to be sent still. */
  readonly waiting: number;
  readonly lastError: {
    readonly at: string;
    /** Null: there was no answer. */
    readonly status: number | null;
    readonly failure: SendFailure | null;
  } | null;
  readonly lastDeliveredAt: string | null;
}

/** Of an endpoint that was sent nothing. */
export const NO_DELIVERIES: Deliveries = {
  delivered: 0,
  failed: 0,
  waiting: 0,
  lastError: null,
  lastDeliveredAt: null,
};

/** So many that wait are counted at most. */
export const MOST_WAITING = 1_000;

/**
 * What `tried` counts in each endpoint's hour. A part of the statement that writes tries down, done when all else of it
 * is: whoever holds an hour waits for nothing more. `behind`: the part that is done before.
 */
export const countedSql = (tried: string, behind: string) => `
  insert into caravela.endpoint_hour as known (endpoint_id, hour, delivered, failed, last_delivered_at, last_failed_at, last_status, last_failure)
  select endpoint_id, date_trunc('hour', now, 'UTC'), count(*) filter (where failure is null), count(*) filter (where failure is not null),
         max(now) filter (where failure is null), max(now) filter (where failure is not null),
         (array_agg(status order by now desc) filter (where failure is not null))[1],
         (array_agg(failure order by now desc) filter (where failure is not null))[1]
    from ${tried}
   where (select count(*) from ${behind}) >= 0
   group by 1, 2
   order by 1, 2
  on conflict (endpoint_id, hour) do update
     set delivered = known.delivered + excluded.delivered,
         failed = known.failed + excluded.failed,
         last_delivered_at = greatest(known.last_delivered_at, excluded.last_delivered_at),
         last_failed_at = greatest(known.last_failed_at, excluded.last_failed_at),
         last_status = case when excluded.failed > 0 then excluded.last_status else known.last_status end,
         last_failure = case when excluded.failed > 0 then excluded.last_failure else known.last_failure end`;

const countsSql = `
select asked.id, coalesce(sum(hours.delivered), 0)::integer as delivered, coalesce(sum(hours.failed), 0)::integer as failed,
       max(hours.last_delivered_at) as last_delivered_at, max(hours.last_failed_at) as last_failed_at,
       (array_agg(hours.last_status order by hours.last_failed_at desc nulls last))[1] as last_status,
       (array_agg(hours.last_failure order by hours.last_failed_at desc nulls last))[1] as last_failure,
       (select count(*)::integer from (
          select from caravela.delivery where endpoint_id = asked.id and due_at is not null limit ${MOST_WAITING}) as counted) as waiting
  from unnest($1::text[]) as asked (id)
  left join caravela.endpoint_hour as hours on hours.endpoint_id = asked.id and hours.hour > $2
 group by asked.id`;

interface CountsRow {
  readonly id: EndpointId;
  readonly delivered: number;
  readonly failed: number;
  readonly waiting: number;
  readonly last_delivered_at: Date | null;
  readonly last_failed_at: Date | null;
  readonly last_status: number | null;
  readonly last_failure: SendFailure | null;
}

/** How some endpoints have taken their events, by their ids: by their hours, however many tries there were. */
export async function deliveriesOf(
  queries: Queries,
  ids: readonly EndpointId[],
  now: Date,
): Promise<ReadonlyMap<EndpointId, Deliveries>> {
  const { rows } = await queries.query<CountsRow>({
    name: "endpoint-deliveries",
    text: countsSql,
    values: [ids, new Date(now.getTime() - DAY)],
  });
  return new Map(rows.map((row) => [row.id, shown(row)]));
}

function shown(row: CountsRow): Deliveries {
  const { delivered, failed, waiting, last_delivered_at, last_failed_at, last_status, last_failure } = row;
  return {
    delivered,
    failed,
    waiting,
    lastError:
      last_failed_at === null ? null : { at: last_failed_at.toISOString(), status: last_status, failure: last_failure },
    lastDeliveredAt: last_delivered_at?.toISOString() ?? null,
  };
}

/** Forgets the hours that nobody is told of any more. */
export async function forgetHours(pool: Pool, now: Date): Promise<void> {
  const old: Old = { table: "caravela.endpoint_hour", column: "hour", before: new Date(now.getTime() - DAY - HOUR) };
  await purge(pool, old);
}
