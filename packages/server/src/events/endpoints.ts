import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { EndpointId, TerminalId } from "../domain/identifiers.ts";
import { isThere } from "../storage/events.ts";
import { is, readList } from "../storage/list-query.ts";
import type { Page, PageRequest } from "../storage/paging.ts";
import { spelling } from "./destination.ts";
import { type Deliveries, deliveriesOf, NO_DELIVERIES } from "./endpoint-hours.ts";

/** Where events are sent. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly url: string;
  readonly types: readonly string[];
  /** Whose events are sent there; null: all. */
  readonly terminal: TerminalId | null;
  readonly createdAt: string;
  /** When it was ended, and why; null while it is sent events. */
  readonly endedAt: string | null;
  readonly endReason: "gone" | null;
  readonly deliveries: Deliveries;
}

type EndpointWithout = Omit<Endpoint, "deliveries">;

interface EndpointRow {
  readonly id: EndpointId;
  readonly url: string;
  readonly types: string[];
  readonly terminal: TerminalId | null;
  readonly secret: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  /** `removed` only of what is shown nowhere. */
  readonly end_reason: "gone" | null;
}

export interface SaveEndpoint {
  readonly terminal: TerminalId | null;
  readonly url: string;
  readonly secret: string | null;
  readonly types: readonly string[] | null;
}

/** An endpoint that was made or changed. */
export interface SavedEndpoint {
  readonly endpoint: Endpoint;
  /** Null when the url was known and its secret was not given anew. */
  readonly secret: string | null;
  readonly isNew: boolean;
}

/** An endpoint that is there already. */
export interface KnownEndpoint {
  readonly terminal: TerminalId | null;
  readonly id: EndpointId;
  readonly url: string;
  /** It was there before addresses inside were refused. */
  readonly mayBeInside: boolean;
}

const knownSql = `select id, url, terminal, may_be_inside as "mayBeInside" from caravela.event_endpoint
 where ${isThere("event_endpoint")} order by created_at, id`;

/** All endpoints, oldest first: there is one for each program of the shop. */
export async function knownEndpoints(connection: Pick<Pool, "query">): Promise<KnownEndpoint[]> {
  return (await connection.query<KnownEndpoint>({ name: "endpoints-known", text: knownSql })).rows;
}

/** The endpoint of a terminal, or of all, that an address means, however it is spelt. */
export function endpointAt(
  { url, terminal }: Pick<SaveEndpoint, "url" | "terminal">,
  all: readonly KnownEndpoint[],
): KnownEndpoint | undefined {
  const known = all.filter((one) => one.terminal === terminal);
  return known.find((one) => one.url === url) ?? known.find((one) => spelling(one.url) === spelling(url));
}

const columns = "id, url, types, terminal, secret, created_at, ended_at, end_reason";
const insertSql = `
insert into caravela.event_endpoint (id, url, types, secret, created_at, terminal)
values ($1, $2, coalesce($3::text[], array['*']), coalesce($4::text, $5), $6, $7)
returning ${columns}`;
const changeSql = `
update caravela.event_endpoint
   set url = $2, types = coalesce($3::text[], types), secret = coalesce($4::text, secret),
       version = version + 1, held_until = null, ended_at = null, end_reason = null
 where id = $1
returning ${columns}`;

// Two that register the same address at once, each spelt in its own way, take turns.
const takeTurnsSql = "lock table caravela.event_endpoint in share row exclusive mode";

/**
 * Makes an endpoint, with a secret of our own unless one is given; a known one is changed, and taken up again where it
 * had ended. In a transaction.
 */
export async function saveEndpoint(
  { connection, chance, clock }: { connection: Queries; chance: Chance; clock: Clock },
  { url, types, secret, terminal }: SaveEndpoint,
): Promise<SavedEndpoint> {
  await connection.query({ name: "endpoints-in-turn", text: takeTurnsSql });
  const known = endpointAt({ url, terminal }, await knownEndpoints(connection));
  const { rows } = await connection.query<EndpointRow>(
    known === undefined
      ? {
          name: "endpoint-create",
          text: insertSql,
          values: [chance.id("ep"), url, types, secret, newSecret(chance), clock.now(), terminal],
        }
      : { name: "endpoint-change", text: changeSql, values: [known.id, url, types, secret] },
  );
  const [row] = rows;
  const [endpoint] = await withDeliveries(connection, rows.map(present), clock.now());
  if (row === undefined || endpoint === undefined) throw new TypeError("an endpoint that was saved is not there");
  const isNew = known === undefined;
  return { endpoint, secret: isNew || secret !== null ? row.secret : null, isNew };
}

const shown = {
  columns: "event_endpoint.*",
  table: "caravela.event_endpoint",
  on: "event_endpoint.id = page.id",
};

const sentToSql = `
select exists (select from caravela.event_endpoint
                where id = $1 and ended_at is null and ($2::text is null or terminal is null or terminal = $2)) as sent`;

/** Whether anything is sent to an endpoint, as far as somebody of a terminal may know; null: of all. */
export async function isSentTo(pool: Pool, id: string, terminal: TerminalId | null): Promise<boolean> {
  const values = [id, terminal];
  const { rows } = await pool.query<{ sent: boolean }>({ name: "endpoint-sent-to", text: sentToSql, values });
  return rows[0]?.sent === true;
}

/** Endpoints, newest first: of one terminal, or all. */
export async function listEndpoints(
  { pool, now }: { readonly pool: Pool; readonly now: Date },
  request: PageRequest,
  terminal: TerminalId | null,
): Promise<Page<Endpoint>> {
  const ways = [{ where: [...is("terminal", terminal), () => isThere("listed")] }];
  const page = await readList(pool, { table: "event_endpoint", by: "created_at", ways, shown }, request, present);
  return { ...page, data: await withDeliveries(pool, page.data, now) };
}

/** Endpoints with how they have taken what they were sent. */
async function withDeliveries(queries: Queries, endpoints: readonly EndpointWithout[], now: Date): Promise<Endpoint[]> {
  const deliveries = await deliveriesOf(
    queries,
    endpoints.map(({ id }) => id),
    now,
  );
  return endpoints.map((one) => ({ ...one, deliveries: deliveries.get(one.id) ?? NO_DELIVERIES }));
}

/** So many deliveries are removed or given up by one statement: far fewer than can be within its time limit. */
const PART = 5_000;

/**
 * Value: the endpoint's id. A server of the version before, which knows it as one that has ended, may register it anew
 * meanwhile: it waits, and nothing of what comes then is removed.
 */
export const deletePartSql = `
with removed as materialized (
  select id from caravela.event_endpoint where id = $1 and end_reason = 'removed' for share
)
delete from caravela.delivery where ctid = any (array(
  select ctid from caravela.delivery where endpoint_id = (select id from removed) limit ${PART}))`;

/**
 * It has ended from then on, and none of its versions is heard any more; its address may be registered as a new one.
 * One that is being removed already is being removed still.
 */
const removeSql = `
update caravela.event_endpoint
   set ended_at = coalesce(ended_at, $2), end_reason = 'removed', version = version + 1,
       url = case when end_reason = 'removed' then url else url || '#' || id end
 where id = $1`;

/**
 * Removes an endpoint, and then its deliveries, part by part, however many there are; whether there was one. Broken
 * off, it is removed all the same: the rest goes when somebody begins it again, or by a chore.
 */
export async function deleteEndpoint(pool: Pool, id: EndpointId, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query({ name: "endpoint-remove", text: removeSql, values: [id, at] });
  // whoever else removes the rest may be quicker
  if (rowCount === 1) await removeRest(pool, id);
  return rowCount === 1;
}

async function removeRest(pool: Pool, id: EndpointId): Promise<void> {
  const part = { name: "endpoint-delete-part", text: deletePartSql, values: [id] };
  for (let removed = PART; removed === PART; ) removed = (await pool.query(part)).rowCount ?? 0;
  const text = "delete from caravela.event_endpoint where id = $1 and end_reason = 'removed'";
  await pool.query({ name: "endpoint-delete", text, values: [id] });
}

/** It has ended already where it said so more than once: of the first time is when. */
const endSql = `
update caravela.event_endpoint set ended_at = coalesce(ended_at, $3), end_reason = 'gone'
 where id = $1 and version = $2`;

/**
 * Values: the endpoint's id and version, and when what is due there is given up. Whoever registers it anew waits, and
 * nothing of what comes then is given up.
 */
export const giveUpPartSql = `
with gone as materialized (
  select id from caravela.event_endpoint where id = $1 and version = $2 and ended_at is not null for share
)
update caravela.delivery set due_at = null, given_up_at = $3
 where due_at is not null and id = any (array(
   select delivery.id from caravela.delivery where endpoint_id = (select id from gone) and due_at is not null order by due_at limit ${PART}))`;

/**
 * Ends an endpoint that is gone, in the version that said so, and gives up what was due there, part by part, however
 * much there is. It ends first, so that it is known whatever comes between: what is left then is sent where the
 * endpoint is registered anew, and else given up by a chore. False: it is of another version by now, which may be
 * there.
 */
export async function endEndpoint(pool: Pool, { id, version, at }: Ended): Promise<boolean> {
  const { rowCount } = await pool.query({ name: "endpoint-gone", text: endSql, values: [id, version, at] });
  if (rowCount === 0) return false;
  await giveUp(pool, { id, version, at });
  return true;
}

/**
 * Gives up what is due at endpoints that have ended: what their end was broken off at, or what was decided beside it.
 * Of those that were removed, nothing stays.
 */
export async function giveUpAtEnded(pool: Pool, at: Date): Promise<void> {
  const { rows } = await pool.query<{ id: EndpointId; version: number; removed: boolean }>({
    name: "endpoints-ended",
    text: `select id, version, end_reason = 'removed' as removed from caravela.event_endpoint where ended_at is not null order by id`,
  });
  for (const { removed, ...one } of rows) await (removed ? removeRest(pool, one.id) : giveUp(pool, { ...one, at }));
}

/** An endpoint in one of its versions, and now. */
interface Ended {
  readonly id: EndpointId;
  readonly version: number;
  readonly at: Date;
}

async function giveUp(pool: Pool, { id, version, at }: Ended): Promise<void> {
  const part = { name: "endpoint-gone-part", text: giveUpPartSql, values: [id, version, at] };
  // of a part, what was being taken is not given up: fewer than a part are not the last
  for (let givenUp = PART; givenUp > 0; ) givenUp = (await pool.query(part)).rowCount ?? 0;
}

function present(row: Omit<EndpointRow, "secret">): EndpointWithout {
  return {
    id: row.id,
    url: row.url,
    types: row.types,
    terminal: row.terminal,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
  };
}

/** As Standard Webhooks writes secrets: `whsec_` and Base64 of 32 bytes. */
function newSecret(chance: Chance): string {
  return `whsec_${Buffer.from(chance.bytes(32)).toString("base64")}`;
}
