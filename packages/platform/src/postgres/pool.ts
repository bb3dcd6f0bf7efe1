import { Socket } from "node:net";
import pg from "pg";
import type { Log } from "../log.ts";
import { DatabaseAway, judged, onceMoreAfterConflict } from "./away.ts";
import { addressesIn } from "./hosts.ts";
import { Primary, refuseReadOnly } from "./primary.ts";
import { holdable } from "./text.ts";

/**
 * How long a statement may take before its connection counts as dead, in milliseconds, unless a program is set
 * otherwise.
 */
export const STATEMENT_LIMIT_MS = 6_000;

const IDLE_LIMIT_MS = 30_000;
const LIFETIME_SECONDS = 30 * 60;
/** From when a silent peer is asked whether it is still there; Node then asks ten times, a second apart. */
const KEEP_ALIVE_AFTER_MS = 5_000;

/** The rows of an answer, of whatever shape its reader says. */
type AnyRow = pg.QueryResult["rows"][number];

/** What can be asked of PostgreSQL: of the pool, each statement for itself; of one connection, one after the other. */
export interface Queries {
  /**
   * @throws DatabaseAway when PostgreSQL cannot be asked or does not answer in time; else what it says of the
   * statement.
   */
  query<R extends pg.QueryResultRow = AnyRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>>;
}

/**
 * What stands between us and PostgreSQL. `none`: each session is ours alone, and is set as we need it. `unnamed`: a
 * pooler such as PgBouncer in transaction mode, which lends another session for each transaction: nothing is set on
 * them, and no statement is kept there by its name. `named`: one that keeps named statements.
 */
export type Pooler = "none" | "unnamed" | "named";

/** Where a database is reached. */
export interface Address {
  /** Of several hosts in it, each connection is to the one that takes changes. */
  readonly url: string;
  readonly pooler?: Pooler;
}

/** Where a pool leads, and how patient it is. */
export interface PoolOptions extends Address {
  readonly schema: string;
  readonly max?: number;
  readonly log?: Log;
  /** How long a statement may take, in milliseconds; null: as long as it takes, for migrations and the like. */
  readonly statementLimitMs?: number | null;
  /**
   * What names without a schema mean, for whoever looks around by hand: that schema, unless it is `none`, as for a
   * program, whose statements name their schema.
   */
  readonly bareNames?: "none";
  /**
   * Whether its statements find their rows by an index from the first row on: what PostgreSQL believes of a table that
   * it knows little about is not asked. A plan that reads a small table whole is kept while the table grows. For
   * programs whose every statement has its index; where the sessions are our own.
   */
  readonly byIndex?: boolean;
}

/**
 * Makes a pool of connections to work on that schema, in UTC where the sessions are our own. `bigint` is read as a
 * number (ours are cents, sequences and milliseconds) and refused beyond 2^53. A connection that breaks, or has not
 * answered in time, is logged and replaced, and with it those that wait unused: they lead to the same place. Whoever
 * was using it is told by a {@link DatabaseAway}.
 */
export function createPool(options: PoolOptions): Pool {
  return new Pool(options);
}

/** Connections to one schema of a PostgreSQL. */
export class Pool implements Queries {
  readonly #pool: pg.Pool;
  readonly #unused = new Set<Line>();
  /** Null: there is one host, and it is that. */
  readonly #primary: Primary | null;
  readonly #listeners: (() => void)[] = [];
  readonly #namesStatements: boolean;
  /** Where its program's tables are, which its statements name. */
  readonly schema: string;

  constructor(options: PoolOptions) {
    const { url, schema, max = 10, log, statementLimitMs = STATEMENT_LIMIT_MS, pooler = "none" } = options;
    if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new TypeError(`not a schema's name: ${schema}`);
    const [address = url, ...others] = addressesIn(url);
    const primary = others.length === 0 ? null : new Primary([address, ...others]);
    const lines: LineConfig = {
      connectionString: address,
      primary,
      application_name: schema,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      query_timeout: statementLimitMs ?? undefined,
      types: { getTypeParser: parserOf },
      beginning: pooler === "none" ? sessionSettings(options) : null,
    };
    const pool = new pg.Pool({
      ...lines,
      max,
      Client: Line,
      connectionTimeoutMillis: statementLimitMs ?? STATEMENT_LIMIT_MS,
      idleTimeoutMillis: IDLE_LIMIT_MS,
      maxLifetimeSeconds: LIFETIME_SECONDS,
    });
    const tell = (error: Error) => {
      this.#lost();
      log?.warn({ err: error }, "a database connection broke");
    };
    // both: the pool listens to idle connections only, and one that breaks in use would end the process
    pool.on("error", tell);
    pool.on("connect", (connection) => connection.on("error", tell));
    pool.on("acquire", (connection) => void this.#unused.delete(connection as unknown as Line));
    pool.on("remove", (connection) => void this.#unused.delete(connection as unknown as Line));
    pool.on("release", (error, connection) => this.#released(error, connection as unknown as Line));
    this.#pool = pool;
    this.#primary = primary;
    this.schema = schema;
    this.#namesStatements = pooler !== "unnamed";
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
      return new Connection(await this.#pool.connect(), this.#namesStatements);
    } catch (error) {
      throw new DatabaseAway(error as Error, true);
    }
  }

  /** How many wait for a connection. */
  get waitingCount(): number {
    return this.#pool.waitingCount;
  }

  /** Calls back whenever a connection was lost: what is reached afterwards may be another database. */
  onLost(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Closes all connections, when they are given back. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  #lost(): void {
    this.#primary?.forget();
    for (const listener of this.#listeners) listener();
  }

  #released(error: unknown, line: Line): void {
    const away = judged(error);
    if (away instanceof DatabaseAway && away.isConnectionLost) {
      this.#lost();
      for (const one of this.#unused) one.cut();
    }
    if (!error) this.#unused.add(line);
  }
}

/** One connection, held for a transaction or to listen. */
export class Connection implements Queries {
  readonly #client: pg.PoolClient;
  readonly #namesStatements: boolean;

  constructor(client: pg.PoolClient, namesStatements: boolean) {
    this.#client = client;
    this.#namesStatements = namesStatements;
  }

  async query<R extends pg.QueryResultRow = AnyRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>> {
    const { name, ...bare }: pg.QueryConfig = typeof statement === "string" ? { text: statement } : statement;
    const config: pg.QueryConfig = name === undefined || !this.#namesStatements ? bare : { ...bare, name };
    const given: readonly unknown[] | undefined = values ?? bare.values;
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

/** How the pool is told. */
type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

interface LineConfig extends pg.ClientConfig {
  /** What the session is set to before it is used; null: it is not ours. */
  readonly beginning?: string | null;
  /** Which of several hosts it is to; null: there is one. */
  readonly primary?: Primary | null;
}

/**
 * A connection of the driver that begins by setting its session, and whose line can be cut: in order, a dead one would
 * be waited for.
 */
class Line extends pg.Client {
  readonly #socket: Socket;
  readonly #beginning: string | null;
  readonly #primary: Primary | null;
  #broken: Error | null = null;

  constructor(config: LineConfig = {}) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.#socket = socket;
    this.#beginning = config.beginning ?? null;
    this.#primary = config.primary ?? null;
    // PostgreSQL may end a session in the very moment in which it begins: what nobody hears would end the process
    this.on("error", (error) => {
      this.#broken ??= error;
    });
  }

  /**
   * Within the time that the pool gives to connecting. What is set here would be refused by a pooler among the
   * parameters of the connection.
   */
  override connect(): Promise<pg.Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.Client> | undefined {
    const begun = this.#begin();
    if (callback === undefined) return begun;
    const tell = callback as (error: Error | null, client?: pg.Client) => void;
    begun.then(() => tell(null, this), tell);
    return undefined;
  }

  async #begin(): Promise<pg.Client> {
    try {
      await this.#toPrimary();
      if (this.#beginning !== null) await this.query(this.#beginning);
      if (this.#broken !== null) throw this.#broken;
      return this;
    } catch (error) {
      this.#primary?.forget();
      this.#socket.destroy();
      throw error;
    }
  }

  /** Of several hosts it is to the one that was last found to take changes, and asks whether it still does. */
  async #toPrimary(): Promise<void> {
    if (this.#primary === null) return void (await super.connect());
    const { host, port } = await this.#primary.find();
    Object.assign(this, { host, port });
    await super.connect();
    await refuseReadOnly(this);
  }

  /** The pool, which listens, forgets it at once. */
  cut(): void {
    this.emit("error", new Error("given up beside one that was lost"));
    this.#socket.destroy();
  }
}

// A bitmap reads again and again what is in an index of rows that are not there any more: it takes no note of them.
// To PostgreSQL a plan without what is switched off costs so much that it would compile each of our small statements
// first, for seconds (`jit`, which it does by itself where it comes with LLVM, as Debian's and most others do).
const BY_INDEX = {
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_material: "off",
  jit: "off",
};

/**
 * What a session of ours is set to: its own time limits end before ours, so that PostgreSQL undoes what we no longer
 * wait for.
 */
function sessionSettings({ schema, statementLimitMs = STATEMENT_LIMIT_MS, bareNames, byIndex }: PoolOptions): string {
  const all = {
    ...(byIndex === true ? BY_INDEX : {}),
    search_path: bareNames === "none" ? "" : schema,
    timezone: "UTC",
    statement_timeout: Math.ceil((statementLimitMs ?? 0) * 0.8),
    idle_in_transaction_session_timeout: 2 * (statementLimitMs ?? 0),
    // a session whose program is gone ends, and lets go of its locks
    tcp_keepalives_idle: 10,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 3,
  };
  return Object.entries(all)
    .map(([name, value]) => `set ${name} = '${value}'`)
    .join("; ");
}

const { builtins, getTypeParser } = pg.types;

const parserOf: typeof getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === builtins.INT8 && format !== "binary" ? safeInteger : getTypeParser(oid, format as "text");

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a bigint beyond 2^53 was read: ${text}`);
  return value;
}
