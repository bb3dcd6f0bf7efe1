import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Webhook } from "standardwebhooks";
import { DAY, HOUR, MINUTE, SECOND } from "../domain/time.ts";

/** An event that is due at an endpoint. */
export interface DueDelivery {
  readonly id: string;
  readonly event_id: string;
  readonly endpoint_id: string;
  /** How often it was tried since it was first due, or since it was asked for again. */
  readonly try_count: number;
  readonly first_due_at: Date;
}

/** The select list of what `deliver` needs. */
export const deliveryColumns = `id, event_id, endpoint_id, first_due_at,
  (select count(*)::int from jsonb_array_elements(tries) as try
    where (try ->> 'at')::timestamptz >= first_due_at) as try_count`;

/** So many events may be under way to one endpoint at most, give or take a batch: one that hangs must not keep the others waiting. */
const MOST_TO_ONE_ENDPOINT = 32;
export const DELIVERIES_AT_ONCE = 8 * MOST_TO_ONE_ENDPOINT;

/** An endpoint gets one payment's events in their order: none is due while an earlier one is. */
export const claimable = `not exists (
    select 1 from delivery earlier
     where earlier.endpoint_id = delivery.endpoint_id and earlier.subject_id = delivery.subject_id
       and earlier.sequence < delivery.sequence and earlier.due_at is not null)
  and endpoint_id not in (
    select endpoint_id from delivery where leased_until >= now()
     group by endpoint_id having count(*) >= ${MOST_TO_ONE_ENDPOINT})`;

/** How long an endpoint may take to answer, in milliseconds of system time. */
const ANSWER_LIMIT_MS = 15_000;
const GIVE_UP_AFTER = 3 * DAY;
const BACKOFF = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

interface Delivering {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof globalThis.fetch;
  /** System time: what a receiver compares the signature's timestamp with. */
  readonly systemClock: Clock;
  readonly count: (outcome: "delivered" | "refused" | "given_up") => void;
  /** The payment's next event is due at this endpoint. */
  readonly poke: () => void;
}

/** Sends one event to one endpoint and writes down how it went: delivered on any 2xx, else due again later, for three days. */
export async function deliver(delivering: Delivering, due: DueDelivery): Promise<void> {
  const subject = await load(delivering.pool, due);
  if (subject === null) return;
  const begun = delivering.systemClock.now().getTime();
  const status = await send(delivering, due.event_id, subject);
  const ms = delivering.systemClock.now().getTime() - begun;
  await writeDown(delivering, due, { status, ms });
}

interface Subject {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
}

async function load(pool: Pool, due: DueDelivery): Promise<Subject | null> {
  const { rows } = await pool.query<Subject>({
    name: "delivery-load",
    text: `select url, secret, body from event, event_endpoint where event.id = $1 and event_endpoint.id = $2`,
    values: [due.event_id, due.endpoint_id],
  });
  return rows[0] ?? null;
}

/** The HTTP status of the answer; null when there was none in time. */
async function send({ fetch, systemClock, log }: Delivering, id: string, { url, secret, body }: Subject) {
  const at = systemClock.now();
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, at, body),
      },
      body,
    });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    log.info({ event: id, error: error instanceof Error ? error.name : "unknown" }, "an event could not be delivered");
    return null;
  }
}

// What was held up by a failed try is looked at again with it, not before; its own three days begin when it is first tried.
const writeDownSql = `
with tried as (
  update delivery
     set tries = tries || $2::jsonb, first_due_at = $5, due_at = $4, leased_until = null
   where id = $1
  returning endpoint_id, subject_id, sequence
), held_up as (
  update delivery set due_at = greatest(due_at, $4)
    from tried
   where $4 is not null and delivery.due_at is not null and delivery.endpoint_id = tried.endpoint_id
     and delivery.subject_id = tried.subject_id and delivery.sequence > tried.sequence
)
select exists (
  select 1 from delivery join tried using (endpoint_id, subject_id)
   where delivery.sequence > tried.sequence and delivery.due_at <= $3
) as more`;

async function writeDown(
  { pool, clock, count, poke }: Delivering,
  due: DueDelivery,
  { status, ms }: { status: number | null; ms: number },
): Promise<void> {
  const now = clock.now();
  const isDelivered = status !== null && status >= 200 && status < 300;
  const since = due.try_count === 0 ? now : due.first_due_at;
  const next = isDelivered ? null : nextTry(now.getTime(), since.getTime(), due.try_count);
  count(isDelivered ? "delivered" : next === null ? "given_up" : "refused");
  const { rows } = await pool.query<{ more: boolean }>({
    name: "delivery-tried",
    text: writeDownSql,
    values: [due.id, JSON.stringify([{ at: now.toISOString(), status, ms }]), now, next, since],
  });
  if (next === null && rows[0]?.more === true) poke();
}

/** The last try is made three days after the first; null: it is given up. */
function nextTry(now: number, since: number, tries: number): Date | null {
  const last = since + GIVE_UP_AFTER;
  const wait = BACKOFF[tries] ?? BACKOFF.at(-1) ?? HOUR;
  return now >= last ? null : new Date(Math.min(now + wait, last));
}
