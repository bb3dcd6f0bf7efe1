import { Socket } from "node:net";
import pg from "pg";
import type { Log } from "../log.ts";
import { DatabaseAway, judged, onceMoreAfterConflict } from "./away.ts";
import { holdable } from "./text.ts";

/** How long a statement may take before its connection counts as dead, in milliseconds, unless a program is set otherwise. */
export const STATEMENT_LIMIT_MS = 6_000;

const IDLE_LIMIT_MS = 30_000;
const LIFETIME_SECONDS = 30 * 60;
/** From when a silent peer is asked whether it is still there; Node then asks ten times, a second apart. */
const KEEP_ALIVE_AFTER_MS = 5_000;

/** The rows of an answer, of whatever shape its reader says. */
type AnyRow = pg.QueryResult["rows"][number];

/** What can be asked of PostgreSQL: of the pool, each statement for itself; of one connection, one after the other. */
export interface Queries {
  /** @throws DatabaseAway when PostgreSQL cannot be asked or does not answer in time; else what it says of the statement. */
  query<R extends pg.QueryResultRow = AnyRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>>;
}

/** Where a pool leads, and how patient it is. */
export interface PoolOptions {
  readonly url: string;
  readonly schema: string;
  readonly max?: number;
  readonly log?: Log;
  /** How long a statement may take, in milliseconds; null: as long as it takes, for migrations and the like. */
  readonly statementLimitMs?: number | null;
}

/**
 * Makes a pool whose connections see that schema alone, in UTC. `bigint` is read as a number (ours are cents, sequences and milliseconds) and refused beyond 2^53.
 * A connection that breaks, or has not answered in time, is logged and replaced, and with it those that wait unused: they lead to the same place. Whoever was using it
 * is told by a {@link DatabaseAway}.
 */
export function createPool(options: PoolOptions): Pool {
  return new Pool(options);
}

/** Connections to one schema of a PostgreSQL. */
export class Pool implements Queries {
  readonly #pool: pg.Pool;
  readonly #unused = new Set<Line>();

  constructor({ url, schema, max = 10, log, statementLimitMs = STATEMENT_LIMIT_MS }: PoolOptions) {
    if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new TypeError(`not a schema's name: ${schema}`);
    const pool = new pg.Pool({
      connectionString: url,
      application_name: schema,
      options: startOptions(schema, statementLimitMs),
      max,
      Client: Line,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      connectionTimeoutMillis: statementLimitMs ?? STATEMENT_LIMIT_MS,
      query_timeout: statementLimitMs ?? undefined,
      idleTimeoutMillis: IDLE_LIMIT_MS,
      maxLifetimeSeconds: LIFETIME_SECONDS,
      types: { getTypeParser: parserOf },
    });
    const tell = (error: Error) => log?.warn({ err: error }, "a database connection broke");
    // both: the pool listens to idle connections only, and one that breaks in use would end the process
    pool.on("error", tell);
    pool.on("connect", (connection) => connection.on("error", tell));
    pool.on("acquire", (connection) => void this.#unused.delete(connection as unknown as Line));
    pool.on("remove", (connection) => void this.#unused.delete(connection as unknown as Line));
    pool.on("release", (error, connection) => this.#released(error, connection as unknown as Line));
    this.#pool = pool;
  }

  /** Runs one statement by itself, and once again when PostgreSQL undid it for another's sake. */
  query<R extends pg.QueryResultRow = AnyRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>> {
    return onceMoreAfterConflict(async () => {
      const connection = await this.connect();
      let broken: Error | undefined;
      try {
        return await connection.query<R>(statement, values);
      } catch (error) {
        if (error instanceof DatabaseAway) broken = error;
        throw error;
      } finally {
        connection.release(broken);
      }
    });
  }

  /** Takes a connection for itself, until it is released. @throws DatabaseAway whatever keeps us out */
  async connect(): Promise<Connection> {
    try {
      return new Connection(await this.#pool.connect());
    } catch (error) {
      throw new DatabaseAway(error as Error, true);
    }
  }

  /** How many wait for a connection. */
  get waitingCount(): number {
    return this.#pool.waitingCount;
  }

  /** Closes all connections, when they are given back. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  #released(error: unknown, line: Line): void {
    const away = judged(error);
    if (away instanceof DatabaseAway && away.isConnectionLost) for (const one of this.#unused) one.cut();
    if (!error) this.#unused.add(line);
  }
}

/** One connection, held for a transaction or to listen. */
export class Connection implements Queries {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<R extends pg.QueryResultRow = AnyRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>> {
    const config = typeof statement === "string" ? { text: statement } : statement;
    const given: readonly unknown[] | undefined = values ?? config.values;
    try {
      return await this.#client.query<R>(given === undefined ? config : { ...config, values: given.map(holdable) });
    } catch (error) {
      throw judged(error);
    }
  }

  /** Calls back with what another session notifies of, on the channels that are listened to. */
  onNotification(listener: (payload: string) => void): void {
    this.#client.on("notification", ({ payload }) => listener(payload ?? ""));
  }

  /** Calls back when the connection breaks. */
  onBreak(listener: () => void): void {
    this.#client.on("error", listener);
  }

  /** Gives it back to its pool; a broken one is closed. */
  release(broken: Error | boolean = false): void {
    this.#client.release(broken);
  }
}

/** A connection of the driver whose line can be cut: in order, a dead one would be waited for. */
class Line extends pg.Client {
  readonly #socket: Socket;

  constructor(config?: pg.ClientConfig) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.#socket = socket;
  }

  /** The pool, which listens, forgets it at once. */
  cut(): void {
    this.emit("error", new Error("given up beside one that was lost"));
    this.#socket.destroy();
  }
}

/** What a session is set to: its own time limits end before ours, so that PostgreSQL undoes what we no longer wait for. */
function startOptions(schema: string, statementLimitMs: number | null): string {
  const limits =
    statementLimitMs === null
      ? {}
      : {
          statement_timeout: Math.ceil(statementLimitMs * 0.8),
          idle_in_transaction_session_timeout: 2 * statementLimitMs,
        };
  // a session whose program is gone ends, and lets go of its locks
  const keepAlive = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 };
  const all = { search_path: schema, timezone: "UTC", ...limits, ...keepAlive };
  return Object.entries(all)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

const { builtins, getTypeParser } = pg.types;

const parserOf: typeof getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === builtins.INT8 && format !== "binary" ? safeInteger : getTypeParser(oid, format as "text");

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a bigint beyond 2^53 was read: ${text}`);
  return value;
}
