import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { type Page, type PageRequest, pageOf, rowBefore } from "../http/paging.ts";

/** Where events are sent. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly createdAt: string;
}

interface EndpointRow {
  readonly id: string;
  readonly url: string;
  readonly types: string[];
  readonly secret: string;
  readonly created_at: Date;
  readonly is_new: boolean;
}

export interface SaveEndpoint {
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

// xmax is 0 for a row that was inserted, and names the updating transaction for one that was there
const saveSql = `
insert into event_endpoint (id, url, types, secret, created_at)
values ($1, $2, coalesce($3::text[], array['*']), coalesce($4::text, $5), $6)
on conflict (url) do update
  set types = coalesce($3::text[], event_endpoint.types), secret = coalesce($4::text, event_endpoint.secret)
returning id, url, types, secret, created_at, xmax = 0 as is_new`;

/** Makes an endpoint, with a secret of our own unless one is given; a known url is changed. */
export async function saveEndpoint(
  { connection, chance, clock }: { connection: Pick<Pool, "query">; chance: Chance; clock: Clock },
  wanted: SaveEndpoint,
): Promise<SavedEndpoint> {
  const { rows } = await connection.query<EndpointRow>(saveSql, [
    chance.id("ep"),
    wanted.url,
    wanted.types,
    wanted.secret,
    newSecret(chance),
    clock.now(),
  ]);
  const [row] = rows;
  if (row === undefined) throw new TypeError("an endpoint that was saved is not there");
  const isSecretNews = row.is_new || wanted.secret !== null;
  return { endpoint: present(row), secret: isSecretNews ? row.secret : null, isNew: row.is_new };
}

const listSql = `
select id, url, types, created_at from event_endpoint
 where $1::text is null or (created_at, id) < ((select created_at from event_endpoint where id = $1), $1)
 order by created_at desc, id desc
 limit $2`;

/** Endpoints, newest first. */
export async function listEndpoints(pool: Pool, { limit, after }: PageRequest): Promise<Page<Endpoint>> {
  const { rows } = await pool.query<EndpointRow>(listSql, [rowBefore(after), limit + 1]);
  return pageOf(rows, limit, present);
}

/** Removes an endpoint and what was still due at it; whether there was one. */
export async function deleteEndpoint(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query("delete from event_endpoint where id = $1", [id]);
  return rowCount === 1;
}

function present(row: Pick<EndpointRow, "id" | "url" | "types" | "created_at">): Endpoint {
  return { id: row.id, url: row.url, types: row.types, createdAt: row.created_at.toISOString() };
}

/** As Standard Webhooks writes secrets: `whsec_` and Base64 of 32 bytes. */
function newSecret(chance: Chance): string {
  return `whsec_${Buffer.from(chance.bytes(32)).toString("base64")}`;
}
