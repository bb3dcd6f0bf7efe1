import type { Clock } from "@caravela/platform/clock";
import { untilNextTry } from "@caravela/platform/event-tries";
import type { Log } from "@caravela/platform/log";
import type { LetGo } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import type { EndpointId, EventId } from "../domain/identifiers.ts";
import { countedSql } from "./endpoint-hours.ts";
import { endEndpoint } from "./endpoints.ts";
import { shareAfter } from "./lanes.ts";
import { type SendFailure, type Sends, type Sent, type SentTo, sendSigned } from "./send.ts";

/** An event that is due at an endpoint, with what is sent. */
export interface DueDelivery {
  readonly id: string;
  readonly event_id: EventId;
  readonly due_at: Date;
  readonly first_due_at: Date;
  /** Which round of tries it is: asked for again, it begins another. */
  readonly round: number;
  /** How often it was tried in this round. */
  readonly try_count: number;
  /** Null when the event is not there any more. */
  readonly body: string | null;
  /** Null when the endpoint was removed meanwhile. */
  readonly endpoint: Receiver | null;
}

interface Receiver extends SentTo {
  readonly id: EndpointId;
  readonly version: number;
  readonly share: number;
}

/** The select list of what `deliver` needs. */
export const deliveryColumns = `id, event_id, due_at, first_due_at, round, try_count,
  (select body from caravela.event where event.id = event_id) as body,
  (select jsonb_build_object('id', id, 'url', url, 'secret', secret, 'version', version, 'share', share, 'mayBeInside', may_be_inside)
     from caravela.event_endpoint where event_endpoint.id = endpoint_id) as endpoint`;

interface Delivering extends Sends {
  readonly pool: Pool;
  /** Where tries are written down. */
  readonly tries: Together<Tried, boolean>;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: (outcome: "delivered" | "refused" | "given_up") => void;
  /** Something is due at this endpoint. */
  readonly poke: () => void;
}

/**
 * Sends one event to one endpoint and writes down how it went: delivered on any 2xx, else due again later, for three
 * days.
 */
export async function deliver(delivering: Delivering, due: DueDelivery, letGo: LetGo): Promise<void> {
  const { endpoint, body } = due;
  if (endpoint === null || body === null) return;
  const tried = await sendSigned(delivering, endpoint, { id: due.event_id, body });
  if (tried.status === null)
    delivering.log.info({ event: due.event_id, error: tried.failure }, "an event could not be delivered");
  await writeDown(delivering, due, { ...tried, endpoint: await learn(delivering, endpoint, tried) }, letGo);
}

// What one version of an endpoint said is not held against the next.
const learnSql = `
update caravela.event_endpoint
   set share = case $3::text when 'grown' then least(share + 1, 32) when 'halved' then greatest(share / 2, 1) else share end,
       held_until = greatest(held_until, $4)
 where id = $1 and version = $2`;

/**
 * Writes down what a try says of the endpoint itself: how much it can take, whether it wants to be spared, or that it
 * is gone for good. `ended`: it has ended by this; `registered_anew`: it had, but for whoever registered it anew
 * meanwhile.
 */
async function learn(
  { pool, clock }: Delivering,
  { id, version, share }: Receiver,
  tried: Sent,
): Promise<"ended" | "registered_anew" | "goes_on"> {
  if (tried.status === 410)
    return (await endEndpoint(pool, { id, version, at: clock.now() })) ? "ended" : "registered_anew";
  const change = shareAfter(share, tried);
  if (change === null && tried.sparedFor === 0) return "goes_on";
  const heldUntil = tried.sparedFor === 0 ? null : new Date(clock.now().getTime() + tried.sparedFor);
  await pool.query({ name: "endpoint-learnt", text: learnSql, values: [id, version, change, heldUntil] });
  return "goes_on";
}

/** A try as the statement takes it. */
interface Tried {
  readonly id: string;
  /** By which the delivery was held meanwhile. */
  readonly lease: string;
  readonly tries: readonly [{ readonly at: string; readonly status: number | null; readonly ms: number }];
  readonly status: number | null;
  readonly failure: SendFailure | null;
  readonly now: string;
  /** When it is tried again; null: not by itself. */
  readonly next: string | null;
  readonly since: string;
  readonly round: number;
  readonly count: number;
  /** Whether it is tried no more without having been taken. */
  readonly is_given_up: boolean;
  /** When it was due. */
  readonly due: string;
}

/**
 * Writes tries down, many together. Values: a list of them, as JSON, and their ids. Asked for again meanwhile, or done
 * by another process, a delivery stays as that left it: the try alone is added. What is behind a failed try is looked
 * at again with it, not before, unless it was tried itself, and at once when that is over, be it sooner than was
 * thought; its own three days begin when it is first tried. `more`: something is due at that endpoint.
 *
 * What is behind is looked up by the subject of what was tried, and then by its id, in words that no index of what is
 * due has: PostgreSQL does not know how much is due, and would go through all of it.
 */
const writeDownSql = `
with tried as (
  update caravela.delivery
     set tries = delivery.tries || try.tries,
         try_count = case when delivery.round = try.round then try.count else delivery.try_count end,
         first_due_at = case when delivery.round = try.round then try.since else delivery.first_due_at end,
         due_at = case when delivery.round = try.round and (try.next is null or delivery.due_at = try.due) then try.next
                       else delivery.due_at end,
         given_up_at = case when try.is_given_up and delivery.round = try.round then try.now when try.failure is not null then delivery.given_up_at end,
         leased_until = nullif(delivery.leased_until, try.lease)
    from json_to_recordset($1::json) as try
           (id text, lease timestamptz, tries jsonb, now timestamptz, next timestamptz, since timestamptz, round integer,
            is_given_up boolean, count integer, due timestamptz, status integer, failure text)
   where delivery.id = try.id and delivery.id = any($2::text[])
  returning delivery.id, delivery.endpoint_id, delivery.subject_id, delivery.sequence, delivery.due_at, try.now, try.status, try.failure
), behind as (
  update caravela.delivery
     set due_at = case when tried.due_at is null then tried.now else greatest(delivery.due_at, tried.due_at) end
    from tried cross join lateral (
      select id from caravela.delivery as later
       where later.endpoint_id = tried.endpoint_id and later.subject_id = tried.subject_id
         and later.sequence > tried.sequence and later.due_at is not null and later.id <> all($2::text[])
      offset 0) as later
   where delivery.id = later.id
     and (coalesce(delivery.due_at, 'infinity') < tried.due_at
       or tried.due_at is null and coalesce(delivery.due_at, '-infinity') > tried.now and delivery.try_count = 0)
  returning delivery.id
), counted as (${countedSql("tried", "behind")}
)
select tried.id, coalesce(tried.due_at <= tried.now, exists (
    select 1 from caravela.delivery
     where delivery.endpoint_id = tried.endpoint_id and delivery.subject_id = tried.subject_id
       and delivery.sequence > tried.sequence and delivery.due_at is not null
       and (delivery.due_at <= tried.now or delivery.try_count = 0)
  )) as more
  from tried`;

/** Tries are written down together where many are made; each is told whether something more is due at its endpoint. */
export function triesOf(pool: Pool): Together<Tried, boolean> {
  return new Together(
    async (all: readonly Tried[]) => {
      const { rows } = await pool.query<{ id: string; more: boolean }>({
        name: "delivery-tried",
        text: writeDownSql,
        values: [JSON.stringify(all), all.map(({ id }) => id)],
      });
      const more = new Map(rows.map((row) => [row.id, row.more]));
      return all.map(({ id }) => more.get(id) === true);
    },
    ({ id }) => id,
  );
}

async function writeDown(
  { tries, clock, count, poke }: Delivering,
  due: DueDelivery,
  { status, failure, sparedFor, ms, endpoint }: Sent & { readonly endpoint: Awaited<ReturnType<typeof learn>> },
  letGo: LetGo,
): Promise<void> {
  const now = clock.now();
  const isDelivered = failure === null;
  const since = due.try_count === 0 ? now : due.first_due_at;
  const sinceFirst = now.getTime() - since.getTime();
  // what is registered by now is sent it at once: it has not been tried there
  const isOfBefore = endpoint === "registered_anew";
  const wait = isOfBefore ? 0 : untilNextTry({ triesBefore: due.try_count, sinceFirst, sparedFor });
  const next = wait === null || isDelivered || endpoint === "ended" ? null : new Date(now.getTime() + wait);
  count(isDelivered ? "delivered" : next === null ? "given_up" : "refused");
  const isMore = await tries.do({
    id: due.id,
    lease: await letGo(),
    tries: [{ at: now.toISOString(), status, ms }],
    status,
    failure,
    now: momentText(now),
    next: next && momentText(next),
    since: momentText(since),
    round: due.round,
    count: due.try_count + (isOfBefore ? 0 : 1),
    is_given_up: !isDelivered && next === null,
    due: momentText(due.due_at),
  });
  if (isMore) poke();
}
