import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import type { Secret } from "@caravela/platform/secret";
import type { Caller, Powers, Scope } from "../domain/api-key.ts";
import type { ApiKeyId, TerminalId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { bearerSecrets, hashOf } from "./bearer-secret.ts";
import { LIMIT_COLUMNS, type LimitColumns, limitsIn, limitValues } from "./limits.ts";
import { is, readList } from "./list-query.ts";
import { Marks } from "./marks.ts";
import type { Page, PageRequest } from "./paging.ts";

/** A key as it is stored. Its secrets are not: only what they hash to. */
export interface ApiKey extends Powers {
  readonly id: ApiKeyId;
  readonly name: string;
  readonly createdAt: Date;
  /** To the minute; null: never. */
  readonly usedAt: Date | null;
  /** Until when a secret that was replaced still opens it; null: none does. */
  readonly overlapEndsAt: Date | null;
}

/** A new key, before it is stored. */
export type NewApiKey = Omit<ApiKey, "createdAt" | "usedAt" | "overlapEndsAt">;

interface KeyRow extends LimitColumns {
  readonly id: ApiKeyId;
  readonly name: string;
  readonly terminal: TerminalId | null;
  readonly scopes: readonly Scope[];
  readonly expires_at: Date | null;
  readonly created_at: Date;
  readonly used_at: Date | null;
  readonly overlap_ends_at: Date | null;
}

const columns = `
api_key.id, name, api_key.terminal, scopes, ${LIMIT_COLUMNS}, expires_at, api_key.created_at, used_at`;
const overlap = (moment: string) => `
(select max(ends_at) from caravela.api_key_secret where key_id = api_key.id and ends_at > ${moment}) as overlap_ends_at`;

const createSql = `
with made as (
  insert into caravela.api_key (id, name, terminal, scopes, ${LIMIT_COLUMNS}, expires_at, created_at)
  values ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  returning id
)
insert into caravela.api_key_secret (hash, key_id) select $1, id from made`;

const findSql = `
select secret.hash, api_key.id, name, terminal, scopes, ${LIMIT_COLUMNS}, expires_at, used_at
  from caravela.api_key_secret as secret join caravela.api_key on api_key.id = secret.key_id
 where secret.hash = any($1::bytea[]) and (secret.ends_at is null or secret.ends_at > $2)
   and (api_key.expires_at is null or api_key.expires_at > $2)`;

type FoundKey = Omit<KeyRow, "created_at" | "overlap_ends_at"> & { readonly hash: Buffer };

const SECRETS = bearerSecrets("sk_");

/**
 * The keys of the API beside the one of the settings. Each is looked up whenever it is used, those of one moment
 * together: one that is revoked opens nothing any more, on no process.
 */
export class ApiKeys {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #found: Together<Buffer, FoundKey | null>;
  readonly #used: Marks;

  constructor({ pool, clock, chance, log }: { pool: Pool; clock: Clock; chance: Chance; log: Log }) {
    this.#pool = pool;
    this.#clock = clock;
    this.#chance = chance;
    this.#used = new Marks(
      { pool, clock, log },
      {
        name: "api-key-used",
        text: "update caravela.api_key set used_at = $2 where id = $1 and (used_at is null or used_at < $2)",
      },
    );
    this.#found = new Together((hashes) => this.#findAll(hashes));
  }

  /** Whoever has this secret; null: nobody, or not any more. */
  async callerBy(secret: string): Promise<Caller | null> {
    if (!SECRETS.mayBe(secret)) return null;
    const row = await this.#found.do(hashOf(secret));
    if (row === null) return null;
    this.#used.mark(row.id, row.used_at);
    return { by: { type: "shop", id: row.id, name: row.name }, person: null, touchAbove: null, ...powersOf(row) };
  }

  /** A page of keys, newest first: of one terminal; null: of all. */
  async list(page: PageRequest, terminal: TerminalId | null): Promise<Page<ApiKey>> {
    const shown = {
      columns: `${columns}, ${overlap(`'${momentText(this.#clock.now())}'::timestamptz`)}`,
      table: "caravela.api_key",
      on: "api_key.id = page.id",
    };
    const ways = [{ where: is("terminal", terminal) }];
    return readList(this.#pool, { table: "api_key", by: "created_at", ways, shown }, page, keyOf);
  }

  /** Stores a new key. @returns its secret, which is told once and kept nowhere. */
  async create(connection: Queries, key: NewApiKey): Promise<{ readonly key: ApiKey; readonly secret: Secret }> {
    const secret = SECRETS.make(this.#chance);
    const createdAt = this.#clock.now();
    const expiresAt = key.expiresAt === null ? null : new Date(key.expiresAt);
    const { id, name, terminal, scopes, limits } = key;
    const hash = hashOf(secret.reveal());
    const values = [hash, id, name, terminal, scopes, ...limitValues(limits), expiresAt, createdAt];
    await connection.query({ name: "api-key-create", text: createSql, values });
    return { key: { ...key, createdAt, usedAt: null, overlapEndsAt: null }, secret };
  }

  /** The key, kept as it is until the transaction ends; null: there is none. */
  async hold(connection: Queries, id: ApiKeyId): Promise<ApiKey | null> {
    const { rows } = await connection.query<KeyRow>({
      name: "api-key-hold",
      text: `select ${columns}, ${overlap("$2")} from caravela.api_key where id = $1 for update`,
      values: [id, this.#clock.now()],
    });
    return rows[0] === undefined ? null : keyOf(rows[0]);
  }

  /**
   * Gives a key that is held another secret. Those it had go on until the moment, or until they ended anyway.
   * @returns the secret, which is told once and kept nowhere
   */
  async roll(connection: Queries, key: ApiKey, until: Instant): Promise<{ key: ApiKey; secret: Secret }> {
    const now = this.#clock.now();
    const secret = SECRETS.make(this.#chance);
    await connection.query({
      name: "api-key-overlap",
      text: "update caravela.api_key_secret set ends_at = least(ends_at, $2) where key_id = $1",
      values: [key.id, new Date(until)],
    });
    // those without an overlap as well: no server's clock, be it behind, takes them any more
    await connection.query({
      name: "api-key-ended",
      text: "delete from caravela.api_key_secret where key_id = $1 and ends_at <= $2",
      values: [key.id, now],
    });
    await connection.query({
      name: "api-key-roll",
      text: "insert into caravela.api_key_secret (hash, key_id) values ($1, $2)",
      values: [hashOf(secret.reveal()), key.id],
    });
    return { key: { ...key, overlapEndsAt: until > now.getTime() ? new Date(until) : null }, secret };
  }

  /** Ends a key for good, with all its secrets; whether there was one. */
  async revoke(id: ApiKeyId): Promise<boolean> {
    const { rowCount } = await this.#pool.query({
      name: "api-key-revoke",
      text: "delete from caravela.api_key where id = $1",
      values: [id],
    });
    return rowCount === 1;
  }

  async #findAll(hashes: readonly Buffer[]): Promise<(FoundKey | null)[]> {
    const values = [hashes, this.#clock.now()];
    const { rows } = await this.#pool.query<FoundKey>({ name: "api-key-find", text: findSql, values });
    return hashes.map((hash) => rows.find((row) => row.hash.equals(hash)) ?? null);
  }
}

function powersOf(row: Omit<FoundKey, "hash">): Powers {
  const { terminal, scopes, expires_at } = row;
  return { terminal, scopes, limits: limitsIn(row), expiresAt: expires_at?.getTime() ?? null };
}

function keyOf(row: KeyRow): ApiKey {
  const { id, name, created_at: createdAt, used_at: usedAt, overlap_ends_at: overlapEndsAt } = row;
  return { id, name, ...powersOf(row), createdAt, usedAt, overlapEndsAt };
}
