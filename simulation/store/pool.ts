import { Connection, Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import type pg from "pg";
import type { MemoryDatabase, Session } from "./database.ts";

/** A statement on its way. */
export interface Carried {
  /** Its name, or what it begins or ends. */
  readonly name: string;
  /** Runs it, once: its rows. */
  readonly run: () => Promise<readonly object[]>;
}

/**
 * The line to the database, by which statements and their answers may be lost. Rejects as the driver does, or never
 * settles: a line that is silent.
 */
export type CarryStatement = (statement: Carried) => Promise<readonly object[]>;

export interface MemoryPoolOptions {
  readonly schema: string;
  readonly max?: number;
  /** How long a statement may take before its connection counts as dead, in milliseconds. */
  readonly statementLimitMs?: number;
}

/** A pool of connections to a database in memory. */
export class MemoryPool extends Pool {
  readonly #database: MemoryDatabase;
  readonly #carry: CarryStatement;
  readonly #limitMs: number;
  readonly #most: number;
  #inUse = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    database: MemoryDatabase,
    carry: CarryStatement,
    { schema, max = 10, statementLimitMs = STATEMENT_LIMIT_MS }: MemoryPoolOptions,
  ) {
    super({ url: "postgresql://memory/", schema });
    this.#database = database;
    this.#carry = carry;
    this.#limitMs = statementLimitMs;
    this.#most = max;
  }

  override async connect(): Promise<Connection> {
    while (this.#inUse >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inUse += 1;
    const session = this.#database.open();
    const release = () => {
      session.close();
      this.#inUse -= 1;
      this.#waiting.shift()?.();
    };
    const client = { query: (config: pg.QueryConfig) => this.#ask(session, config), release, on: () => undefined };
    return new Connection(client as unknown as pg.PoolClient, true);
  }

  override get waitingCount(): number {
    return this.#waiting.length;
  }

  override async end(): Promise<void> {}

  async #ask(session: Session, { name, text, values = [] }: pg.QueryConfig): Promise<pg.QueryResult> {
    const run = () => session.execute(name, text, values);
    const carried = this.#carry({ name: name ?? text, run });
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error("Query read timeout")), this.#limitMs);
    try {
      const rows = [...(await Promise.race([carried, late]))];
      return { rows, rowCount: rows.length, command: "", oid: 0, fields: [] };
    } finally {
      clearTimeout(timer);
    }
  }
}
