import { Connection, Pool } from "@caravela/platform/postgres/pool";
import type pg from "pg";
import type { MemoryDatabase, Session } from "./database.ts";

/** A statement on its way. */
export interface Carried {
  /** Its name, or what it begins or ends. */
  readonly name: string;
  /** Runs it, once: its rows. */
  readonly run: () => Promise<readonly object[]>;
  /** Whether it has changed anything. */
  readonly hasChanged: () => boolean;
}

/**
 * The line to the database, by which statements and their answers may be lost. Rejects as the driver does.
 */
export type CarryStatement = (statement: Carried) => Promise<readonly object[]>;

export interface MemoryPoolOptions {
  readonly schema: string;
  readonly max?: number;
}

/** A pool of connections to a database in memory. */
export class MemoryPool extends Pool {
  readonly #database: MemoryDatabase;
  readonly #carry: CarryStatement;
  readonly #most: number;
  readonly #open = new Set<Session>();
  readonly #waiting: (() => void)[] = [];

  constructor(database: MemoryDatabase, carry: CarryStatement, { schema, max = 10 }: MemoryPoolOptions) {
    super({ url: "postgresql://memory/", schema });
    this.#database = database;
    this.#carry = carry;
    this.#most = max;
  }

  override async connect(): Promise<Connection> {
    while (this.#open.size >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const session = this.#database.open(this.schema);
    this.#open.add(session);
    const release = () => {
      session.close();
      this.#open.delete(session);
      this.#waiting.shift()?.();
    };
    const client = { query: (config: pg.QueryConfig) => this.#ask(session, config), release, on: () => undefined };
    return new Connection(client as unknown as pg.PoolClient, true);
  }

  override get waitingCount(): number {
    return this.#waiting.length;
  }

  override async end(): Promise<void> {}

  /** Its program is gone, and its connections with it: what they had begun is undone. */
  cut(): void {
    for (const session of this.#open) session.close();
  }

  async #ask(session: Session, { name, text, values = [] }: pg.QueryConfig): Promise<pg.QueryResult> {
    const run = () => session.execute(name, text, values);
    const rows = [...(await this.#carry({ name: name ?? text, run, hasChanged: () => session.hasChanged }))];
    return { rows, rowCount: rows.length, command: "", oid: 0, fields: [] };
  }
}
