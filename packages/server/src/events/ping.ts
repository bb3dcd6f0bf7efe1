import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { EndpointId, EventId } from "../domain/identifiers.ts";
import { isThere } from "../storage/events.ts";
import { type SendFailure, type Sends, type SentTo, sendSigned } from "./send.ts";

/** What an endpoint is sent to try it: never by itself, and in no list. */
export const PING = "endpoint.ping";

/** What a ping is made with. */
export interface Pings extends Sends {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** How an endpoint took a ping. */
export interface Pinged {
  readonly endpoint: EndpointId;
  readonly event: EventId;
  readonly delivered: boolean;
  readonly status: number | null;
  readonly failure: SendFailure | null;
  readonly ms: number;
}

const toSql = `select url, secret, may_be_inside as "mayBeInside" from caravela.event_endpoint where id = $1 and ${isThere("event_endpoint")}`;

/**
 * Sends an endpoint an event that tells of nothing, once, and says how it was taken. Null: there is no such endpoint.
 */
export async function ping({ pool, clock, chance, ...sends }: Pings, endpoint: EndpointId): Promise<Pinged | null> {
  const { rows } = await pool.query<SentTo>({ name: "endpoint-to-ping", text: toSql, values: [endpoint] });
  const [to] = rows;
  if (to === undefined) return null;
  const id = chance.id("evt");
  const event = { id, type: PING, timestamp: clock.now().toISOString(), sequence: 1, data: {} };
  const { status, failure, ms } = await sendSigned(sends, to, { id, body: JSON.stringify(event) });
  return { endpoint, event: id, delivered: failure === null, status, failure, ms };
}
