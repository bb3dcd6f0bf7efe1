import type { Clock } from "@caravela/platform/clock";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { OperatorId, PasskeyId } from "../domain/identifiers.ts";

/** What an authenticator tells of a passkey that it made. */
export interface Credential {
  readonly credential: Buffer;
  readonly publicKey: Buffer;
  /** How often it was used, as far as its authenticator counts; 0: it does not. */
  readonly counter: number;
  /** How browsers reach it: `internal`, `usb`, `hybrid`. */
  readonly transports: readonly string[];
}

/** A passkey as it is stored: what is secret of it never leaves its authenticator. */
export interface Passkey extends Credential {
  readonly id: PasskeyId;
  readonly operator: OperatorId;
  /** What its person knows it by. */
  readonly name: string;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
}

/** How many passkeys one person may have. */
export const MOST_PASSKEYS = 20;

interface PasskeyRow {
  readonly id: PasskeyId;
  readonly operator_id: OperatorId;
  readonly credential: Buffer;
  readonly public_key: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly created_at: Date;
  readonly used_at: Date | null;
}

const columns = "id, operator_id, credential, public_key, counter, transports, name, created_at, used_at";

/** The passkeys of the people at work. */
export class Passkeys {
  readonly #pool: Pool;
  readonly #clock: Clock;

  constructor({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }) {
    this.#pool = pool;
    this.#clock = clock;
  }

  /** How many passkeys each of these people has. */
  async countsOf(connection: Queries, operators: readonly OperatorId[]): Promise<ReadonlyMap<OperatorId, number>> {
    const { rows } = await connection.query<{ operator_id: OperatorId; count: number }>({
      name: "passkey-counts",
      text: `select operator_id, count(*)::integer as count from caravela.passkey
              where operator_id = any($1) group by operator_id`,
      values: [operators],
    });
    return new Map(rows.map(({ operator_id, count }) => [operator_id, count]));
  }

  /** The passkey that its authenticator calls so; null: there is none. */
  async find(credential: Buffer): Promise<Passkey | null> {
    const { rows } = await this.#pool.query<PasskeyRow>({
      name: "passkey-find",
      text: `select ${columns} from caravela.passkey where credential = $1`,
      values: [credential],
    });
    return rows[0] === undefined ? null : passkeyOf(rows[0]);
  }

  /** All that somebody has, the oldest first. */
  async listOf(operator: OperatorId, queries: Queries = this.#pool): Promise<readonly Passkey[]> {
    const { rows } = await queries.query<PasskeyRow>({
      name: "passkey-list",
      text: `select ${columns} from caravela.passkey where operator_id = $1 order by created_at, id limit ${MOST_PASSKEYS}`,
      values: [operator],
    });
    return rows.map(passkeyOf);
  }

  /** Keeps a new passkey of somebody's; null: it is known already, as theirs or as another's. */
  async add(connection: Queries, passkey: Omit<Passkey, "createdAt" | "usedAt">): Promise<Passkey | null> {
    const { id, operator, name, credential, publicKey, counter, transports } = passkey;
    const createdAt = this.#clock.now();
    const { rowCount } = await connection.query({
      name: "passkey-add",
      text: `insert into caravela.passkey (id, operator_id, credential, public_key, counter, transports, name, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential) do nothing`,
      values: [id, operator, credential, publicKey, counter, transports, name, createdAt],
    });
    return rowCount === 1 ? { ...passkey, createdAt, usedAt: null } : null;
  }

  /**
   * That a passkey was used, so often by now; false: it is gone, or it was used as often meanwhile, so that one of the
   * two is a copy.
   */
  async use(connection: Queries, id: PasskeyId, counter: number): Promise<boolean> {
    const { rowCount } = await connection.query({
      name: "passkey-use",
      text: `update caravela.passkey set counter = $2, used_at = $3
              where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))`,
      values: [id, counter, this.#clock.now()],
    });
    return rowCount === 1;
  }

  /** Takes a passkey from whose it is; whether they had it. */
  async remove(connection: Queries, operator: OperatorId, id: PasskeyId): Promise<boolean> {
    const { rowCount } = await connection.query({
      name: "passkey-remove",
      text: "delete from caravela.passkey where id = $2 and operator_id = $1",
      values: [operator, id],
    });
    return rowCount === 1;
  }

  /** Takes all passkeys from somebody. */
  async removeAllOf(connection: Queries, operator: OperatorId): Promise<void> {
    await connection.query({
      name: "passkey-remove-all",
      text: "delete from caravela.passkey where operator_id = $1",
      values: [operator],
    });
  }
}

function passkeyOf(row: PasskeyRow): Passkey {
  const { id, operator_id: operator, credential, public_key: publicKey, transports, name } = row;
  return {
    id,
    operator,
    credential,
    publicKey,
    counter: Number(row.counter),
    transports,
    name,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}
