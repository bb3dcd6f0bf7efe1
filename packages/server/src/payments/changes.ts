import type { Log } from "@caravela/platform/log";
import type { Connection, Pool } from "@caravela/platform/postgres/pool";
import { after } from "@caravela/platform/timer";

const CHANNEL = "changed";
/** How long news wait for company, in milliseconds, and how many fit into one message (PostgreSQL takes 8,000 bytes). */
const WAIT_MS = 5;
const MOST_TOGETHER = 200;
const RECONNECT_MS = 1_000;

/**
 * Tells whoever shows a payment or a mandate that it changed: a hint, on every process of this database. Sent after the commit and on its own,
 * because a NOTIFY inside the transaction would make all commits wait for one another.
 */
export class Changes {
  readonly #pool: Pool;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<() => void>>();
  #news = new Set<string>();
  #connection: Connection | null = null;
  #stopped = false;

  constructor(pool: Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Begins to listen to other processes. Lost, the connection is made anew; meanwhile pages poll. */
  async start(): Promise<void> {
    try {
      const connection = await this.#pool.connect();
      this.#connection = connection;
      connection.on("notification", ({ payload }) => this.#tell((payload ?? "").split(",")));
      connection.on("error", () => this.#lost());
      await connection.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.#log.warn({ err: error }, "changes made by other processes are not heard");
      this.#lost();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#connection?.release(true);
    this.#connection = null;
  }

  /** Calls back at each change of a payment or a mandate, by its id, until the returned function is called. */
  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  /** A payment or a mandate has changed, and that is durable. */
  announce(id: string): void {
    this.#tell([id]);
    this.#news.add(id);
    if (this.#news.size === 1) after(WAIT_MS, () => void this.#send());
  }

  /** Calls back everybody who shows anything here: time has moved, and with it what is left of it. */
  tellAll(): void {
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener();
  }

  async #send(): Promise<void> {
    const news = [...this.#news];
    this.#news = new Set();
    try {
      for (let from = 0; from < news.length; from += MOST_TOGETHER) {
        const payload = news.slice(from, from + MOST_TOGETHER).join(",");
        await this.#pool.query({ name: "changes", text: "select pg_notify($1, $2)", values: [CHANNEL, payload] });
      }
    } catch (error) {
      if (!this.#stopped) this.#log.warn({ err: error }, "other processes could not be told of changes");
    }
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) for (const listener of this.#listeners.get(id) ?? []) listener();
  }

  #lost(): void {
    this.#connection?.release(true);
    this.#connection = null;
    if (!this.#stopped) after(RECONNECT_MS, () => void this.start());
  }
}
