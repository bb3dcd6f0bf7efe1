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
  readonly try_count: number;
  readonly first_due_at: Date;
}

/** The select list of what `deliver` needs. */
export const deliveryColumns = "id, event_id, endpoint_id, first_due_at, jsonb_array_length(tries) as try_count";

/** An endpoint gets one payment's events in their order: none is due while an earlier one is. */
export const inOrder = `not exists (
  select 1 from delivery earlier
   where earlier.endpoint_id = delivery.endpoint_id and earlier.payment_id = delivery.payment_id
     and earlier.sequence < delivery.sequence and earlier.due_at is not null)`;

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

async function writeDown(
  { pool, clock, count }: Delivering,
  due: DueDelivery,
  { status, ms }: { status: number | null; ms: number },
): Promise<void> {
  const now = clock.now();
  const isDelivered = status !== null && status >= 200 && status < 300;
  const next = isDelivered ? null : nextTry(due, now.getTime());
  count(isDelivered ? "delivered" : next === null ? "given_up" : "refused");
  await pool.query({
    name: "delivery-tried",
    text: `update delivery set tries = tries || $2::jsonb, due_at = $3, leased_until = null where id = $1`,
    values: [due.id, JSON.stringify([{ at: now.toISOString(), status, ms }]), next],
  });
}

function nextTry(due: DueDelivery, now: number): Date | null {
  const wait = BACKOFF[due.try_count] ?? BACKOFF.at(-1) ?? HOUR;
  const at = now + wait;
  return at > due.first_due_at.getTime() + GIVE_UP_AFTER ? null : new Date(at);
}
