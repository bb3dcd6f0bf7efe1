import { type Clock, MovableClock } from "../clock.ts";
import { createLog } from "../log.ts";
import { DueRows, type LetGo } from "../postgres/due.ts";
import type { Lanes } from "../postgres/due-statements.ts";
import { createPool, type Pool } from "../postgres/pool.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

/** A row of the table `job`. */
export interface Job {
  readonly id: number;
  readonly note: string;
}

type JobOptions = {
  leaseMs?: number;
  clock?: Clock;
  concurrency?: number;
  batch?: number;
  claimable?: string;
  lanes?: Lanes;
  name?: string;
  pool?: Pool;
};

const START = new Date("2026-11-22T10:00:00Z");

/** A table of jobs that are due, for tests of due rows, with a clock that stands still until it is moved. */
export class JobTable {
  readonly pool: Pool;
  readonly #database: TestDatabase;
  #clock = new MovableClock({ now: () => START });

  private constructor(database: TestDatabase) {
    this.#database = database;
    this.pool = createPool({ url: database.url, schema: "public" });
  }

  static async create(): Promise<JobTable> {
    const table = new JobTable(await testDatabase());
    await table.pool.query(
      "create table job (id bigint primary key, note text not null default '', lane text not null default 'a', due_at timestamptz, leased_until timestamptz)",
    );
    await table.pool.query("create index on job (due_at) where due_at is not null");
    return table;
  }

  /** Where the table's database is. */
  get url(): string {
    return this.#database.url;
  }

  get clock(): MovableClock {
    return this.#clock;
  }

  async empty(): Promise<void> {
    await this.pool.query("truncate job");
    this.#clock = new MovableClock({ now: () => START });
  }

  async drop(): Promise<void> {
    await this.pool.end();
    await this.#database.drop();
  }

  /** Adds jobs numbered from `first`, due so many seconds after the start. */
  async add(count: number, dueInSeconds = 0, first = 1, lane = "a"): Promise<void> {
    await this.pool.query(
      `insert into job (id, due_at, lane) select n, $3::timestamptz + make_interval(secs => $4), $5 from generate_series($1::bigint, $2::bigint) n`,
      [first, first + count - 1, START, dueInSeconds, lane],
    );
  }

  /** What a handler does at its end: nothing more is due. */
  async done(id: number): Promise<void> {
    await this.pool.query("update job set due_at = null where id = $1", [id]);
  }

  /** A worker on this table. */
  worker(handle: (job: Job, letGo: LetGo) => Promise<unknown>, options: JobOptions = {}): DueRows<Job> {
    return new DueRows<Job>({
      pool: this.pool,
      clock: this.#clock,
      log: createLog({ name: "test", level: "silent" }),
      name: options.claimable === undefined ? "job" : "some-jobs",
      table: "job",
      key: "id",
      columns: "id, note",
      handle: async (job, letGo) => void (await handle(job, letGo)),
      ...options,
    });
  }

  /** A handler that notes what it handled. */
  noting(handled: number[]): (job: Job) => Promise<void> {
    return (job) => {
      handled.push(job.id);
      return this.done(job.id);
    };
  }
}

/** Something a test waits for and something else opens. */
export function gate(): { passed: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
