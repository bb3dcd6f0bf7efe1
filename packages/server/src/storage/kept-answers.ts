import type { Pool } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import type { IdempotencyRow, Identity } from "./keys.ts";

/** What is known of a request; of one of an earlier version, its `operation` is null. */
export type FoundRow = Pick<IdempotencyRow, "key" | "scope" | "fingerprint" | "resource" | "status" | "body"> & {
  readonly operation: string | null;
  readonly created_at: Date;
  /** Whether somebody is carrying it out. */
  readonly held: boolean;
};

/** What a request was answered with. */
export interface Answered extends Identity {
  /** What it made; null: nothing that has a row of its own. */
  readonly made: string | null;
  readonly status: number;
  readonly body: string | null;
  readonly at: Date;
}

/** What tells a request from every other. */
export function nameOf({ operation, key }: Pick<Identity, "operation" | "key">): string {
  return `${operation} ${key}`;
}

/** The answers to requests, each kept under the key that its request came with. */
export class KeptAnswers {
  readonly #pool: Pool;
  readonly #found: Together<Identity, readonly FoundRow[]>;
  readonly #kept: Together<Answered, boolean>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#found = new Together((all) => findAll(pool, all));
    this.#kept = new Together((all: readonly Answered[]) => keepAll(pool, all), nameOf);
  }

  /** The rows of a request's key: of this operation, and of earlier versions, which told requests apart otherwise. */
  find(identity: Identity): Promise<readonly FoundRow[]> {
    return this.#found.do(identity);
  }

  /**
   * Keeps an answer: in the row that was committed with what the request made, or, where it made nothing, in a row of
   * its own. False: the key is another process's, or the customer was erased meanwhile: then it is answered with what
   * the request made as it is now.
   */
  keep(answered: Answered): Promise<boolean> {
    return this.#kept.do(answered);
  }

  /** Says for three seconds that a request is being carried out, by whoever made this of it. */
  async hold({ operation, key }: Pick<Identity, "operation" | "key">, made: string | null): Promise<void> {
    await this.#pool.query({
      name: "idempotency-hold",
      text: `update caravela.idempotency set held_until = now() + interval '3 seconds'
              where operation = $1 and key = $2 and resource = $3 and status is null and held_until > '-infinity'`,
      values: [operation, key, made],
    });
  }
}

async function findAll(pool: Pool, all: readonly Identity[]): Promise<(readonly FoundRow[])[]> {
  const { rows } = await pool.query<FoundRow>({
    name: "idempotency-find",
    text: `select key, operation, scope, fingerprint, resource, status, body, created_at, held_until > now() as held
             from caravela.idempotency
            where key = any($1::text[]) and (operation = any($2::text[]) or operation is null)`,
    values: [all.map(({ key }) => key), all.map(({ operation }) => operation)],
  });
  const isOf = (row: FoundRow, { key, operation }: Identity) =>
    row.key === key && (row.operation === operation || row.operation === null);
  return all.map((identity) => rows.filter((row) => isOf(row, identity)));
}

async function keepAll(pool: Pool, all: readonly Answered[]): Promise<boolean[]> {
  const { rows } = await pool.query<{ operation: string; key: string }>({
    name: "idempotency-keep",
    text: `insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
           select scope, key, fingerprint, made, status, body, at, operation
             from json_to_recordset($1::json) as kept
                    (scope text, key text, fingerprint text, made text, status integer, body text, at timestamptz,
                     operation text)
           on conflict (key, operation) do update
             set status = excluded.status, body = excluded.body
           where idempotency.status is null and idempotency.resource = excluded.resource and idempotency.held_until > '-infinity'
           returning operation, key`,
    values: [JSON.stringify(all.map((one) => ({ ...one, at: momentText(one.at) })))],
  });
  const kept = new Set(rows.map(nameOf));
  return all.map((one) => kept.has(nameOf(one)));
}

/**
 * Stores a key's row beside what its request made, where that is not a payment's. What its transaction makes of it
 * after that is the caller's to throw.
 */
export async function storeKey(connection: Pick<Pool, "query">, row: IdempotencyRow, at: Date): Promise<void> {
  await connection.query({
    name: "idempotency-store",
    text: `insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [row.scope, row.key, row.fingerprint, row.resource, row.status, row.body, at, row.operation],
  });
  row.committed?.();
}
