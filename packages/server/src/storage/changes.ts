import type { Log } from "@caravela/platform/log";
import type { Connection, Pool } from "@caravela/platform/postgres/pool";
import { after } from "@caravela/platform/timer";
import type { SubjectId } from "../domain/identifiers.ts";

const CHANNEL = "changed";
/**
 * How long changes wait for others, in milliseconds, and how many fit into one message (PostgreSQL takes 8,000 bytes).
 */
const WAIT_MS = 5;
const MOST_TOGETHER = 200;
const RECONNECT_MS = 1_000;
/** How often the connection is asked whether it still hears: nothing else is ever sent on it. */
const HEARTBEAT_MS = 5_000;
/** How often we look at what is shown here, where nobody can be listened to. */
const LOOK_MS = 1_000;

/**
 * Tells whoever shows a payment or a mandate that it changed: a hint, on every process of this database. Sent after the
 * commit and on its own, because a NOTIFY inside the transaction would make all commits wait for one another.
 */
export class Changes {
  readonly #pool: Pool;
  readonly #ears: Pool | null;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<() => void>>();
  /** Those who show lists: whatever changes may be in them. */
  readonly #listenersToAll = new Set<() => void>();
  #changed = new Set<string>();
  /** The versions of what is shown here, as we last saw them. */
  #seen: ReadonlyMap<string, number> = new Map();
  #connection: Connection | null = null;
  #cancelNext = (): void => undefined;
  #stopped = false;

  /**
   * @param ears where a session can be kept to listen; null: there is no such place, as behind a pooler. Then we look
   * each second.
   */
  constructor({ pool, ears, log }: { pool: Pool; ears: Pool | null; log: Log }) {
    this.#pool = pool;
    this.#ears = ears;
    this.#log = log;
  }

  /**
   * Begins to listen to other processes. Lost, the connection is made anew, and everybody looks again for what was
   * missed; meanwhile pages poll.
   */
  async start(): Promise<void> {
    if (this.#ears === null) return this.#lookLater();
    try {
      const connection = await this.#ears.connect();
      if (this.#stopped) return connection.release();
      this.#connection = connection;
      connection.onNotification((payload) => this.#tell(payload.split(",")));
      connection.onBreak(() => this.#lost(connection));
      await connection.query(`listen ${CHANNEL}`);
      this.#beatLater(connection);
    } catch (error) {
      this.#log.warn({ err: error }, "changes made by other processes are not heard");
      this.#lost(this.#connection);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
    this.#connection?.release(true);
    this.#connection = null;
  }

  /** Calls back at each change of a payment or a mandate, by its id, until the returned function is called. */
  subscribe(id: SubjectId, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  /**
   * Calls back at each change of any payment or mandate, until the returned function is called. Where nobody can be
   * listened to, each second: what others change is not known then.
   */
  subscribeToAll(listener: () => void): () => void {
    // of its own, so that one function may be called back for several
    const own = () => listener();
    this.#listenersToAll.add(own);
    return () => void this.#listenersToAll.delete(own);
  }

  /** A payment or a mandate has changed, and that is durable. */
  announce(id: SubjectId): void {
    this.#tell([id]);
    this.#changed.add(id);
    if (this.#changed.size === 1) after(WAIT_MS, () => void this.#send());
  }

  /** Calls back everybody who shows anything here: time has moved, and with it what is left of it. */
  tellAll(): void {
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener();
    for (const listener of this.#listenersToAll) listener();
  }

  async #send(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed = new Set();
    try {
      for (let from = 0; from < changed.length; from += MOST_TOGETHER) {
        const payload = changed.slice(from, from + MOST_TOGETHER).join(",");
        await this.#pool.query({ name: "changes", text: "select pg_notify($1, $2)", values: [CHANNEL, payload] });
      }
    } catch (error) {
      if (!this.#stopped) this.#log.warn({ err: error }, "other processes could not be told of changes");
    }
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) for (const listener of this.#listeners.get(id) ?? []) listener();
    if (ids.length > 0) for (const listener of this.#listenersToAll) listener();
  }

  #lookLater(): void {
    this.#cancelNext = after(LOOK_MS, () => void this.#look().then(() => this.#stopped || this.#lookLater()));
  }

  /** What is seen for the first time counts as changed: it may have been, since it was shown. */
  async #look(): Promise<void> {
    for (const listener of this.#listenersToAll) listener();
    const ids = [...this.#listeners.keys()];
    if (ids.length === 0) return;
    try {
      const { rows } = await this.#pool.query<{ id: SubjectId; version: number }>({
        name: "changes-look",
        text: `select id, version from caravela.payment where id = any($1)
               union all select id, version from caravela.mandate where id = any($1)`,
        values: [ids],
      });
      const before = this.#seen;
      this.#seen = new Map(rows.map(({ id, version }) => [id, version]));
      this.#tell([...this.#seen].flatMap(([id, version]) => (before.get(id) === version ? [] : [id])));
    } catch (error) {
      this.#log.warn({ err: error }, "changes made by other processes could not be looked for");
    }
  }

  /** A connection that died silently looks like one on which nothing changes. */
  #beatLater(connection: Connection): void {
    this.#cancelNext = after(HEARTBEAT_MS, () => {
      connection.query("select").then(
        () => this.#connection === connection && this.#beatLater(connection),
        () => this.#lost(connection),
      );
    });
  }

  /** Told of it twice, by the break and by what was asked at that moment, it is made anew once. */
  #lost(connection: Connection | null): void {
    if (connection !== this.#connection || this.#stopped) return;
    this.#cancelNext();
    this.#connection?.release(true);
    this.#connection = null;
    after(RECONNECT_MS, () => void this.start().then(() => this.tellAll()));
  }
}
