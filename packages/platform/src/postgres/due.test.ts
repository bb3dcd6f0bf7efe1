import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Clock, MovableClock } from "../clock.ts";
import { createLog } from "../log.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { DueRows } from "./due.ts";
import { createPool, type Pool } from "./pool.ts";

interface Job {
  id: number;
  note: string;
}

const START = new Date("2026-11-22T10:00:00Z");
const log = createLog({ name: "test", level: "silent" });
let database: TestDatabase;
let pool: Pool;
let clock: MovableClock;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "public" });
  await pool.query(
    "create table job (id bigint primary key, note text not null default '', due_at timestamptz, leased_until timestamptz)",
  );
  await pool.query("create index on job (due_at) where due_at is not null");
});

beforeEach(async () => {
  await pool.query("truncate job");
  clock = new MovableClock({ now: () => START });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Adds jobs numbered from `first`, due so many seconds after the start. */
async function addJobs(count: number, dueInSeconds = 0, first = 1): Promise<void> {
  await pool.query(
    `insert into job (id, due_at) select n, $3::timestamptz + make_interval(secs => $4) from generate_series($1::bigint, $2::bigint) n`,
    [first, first + count - 1, START, dueInSeconds],
  );
}

const done = (id: number) => pool.query("update job set due_at = null, leased_until = null where id = $1", [id]);

function jobs(
  handle: (job: Job) => Promise<unknown>,
  options: { leaseMs?: number; clock?: Clock; concurrency?: number; batch?: number } = {},
) {
  return new DueRows<Job>({
    pool,
    clock,
    log,
    name: "job",
    table: "job",
    key: "id",
    columns: "id, note",
    handle: async (job) => void (await handle(job)),
    ...options,
  });
}

/** A handler that notes what it handled. */
const noting = (handled: number[]) => (job: Job) => {
  handled.push(job.id);
  return done(job.id);
};

/** Something a test waits for and something else opens. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

it("handles what is due, in the order in which it was due, and leaves what is not", async () => {
  await addJobs(1, 0, 1);
  await addJobs(1, -60, 2);
  await addJobs(1, 60, 3);
  const handled: number[] = [];
  const due = jobs(noting(handled), { concurrency: 1 });
  expect(await due.drain()).toBe(2);
  expect(handled).toEqual([2, 1]);
  expect(await due.nextDue()).toEqual(new Date("2026-11-22T10:01:00Z"));
  await clock.moveTo(60_000);
  expect(await due.drain()).toBe(1);
  expect(await due.nextDue()).toBeNull();
});

it("gives the handler the columns asked for and nothing else", async () => {
  await addJobs(1);
  const seen: Job[] = [];
  await jobs((job) => {
    seen.push(job);
    return done(job.id);
  }).drain();
  expect(seen).toEqual([{ id: 1, note: "" }]);
});

it("handles every row once, although three workers look at the same time", async () => {
  await addJobs(300);
  const inHand = new Set<number>();
  const handled: number[] = [];
  const handle = async ({ id }: Job) => {
    expect(inHand.has(id)).toBe(false);
    inHand.add(id);
    await pool.query("select");
    handled.push(id);
    await done(id);
    inHand.delete(id);
  };
  const workers = [jobs(handle), jobs(handle), jobs(handle)];
  const counts = await Promise.all(workers.map((worker) => worker.drain()));
  expect(counts.reduce((sum, count) => sum + count)).toBe(300);
  expect(handled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
});

it("never has more rows in hand at once than its concurrency", async () => {
  await addJobs(40);
  let [running, most] = [0, 0];
  const due = jobs(
    async ({ id }) => {
      most = Math.max(most, ++running);
      await done(id);
      running--;
    },
    { concurrency: 3, batch: 10 },
  );
  expect(await due.drain()).toBe(40);
  expect(most).toBe(3);
});

it("drains what becomes due while draining", async () => {
  await addJobs(1);
  const due = jobs(async ({ id }) => {
    await done(id);
    if (id < 20) await addJobs(1, 0, id + 1);
  });
  expect(await due.drain()).toBe(20);
});

it("drains a row that another transaction holds locked for a moment", async () => {
  await addJobs(1);
  const other = await pool.connect();
  await other.query("begin");
  await other.query("update job set note = 'changed' where id = 1");
  const seen: string[] = [];
  const drained = jobs((job) => {
    seen.push(job.note);
    return done(job.id);
  }).drain();
  await vi.waitFor(async () => {
    const { rows } = await pool.query("select count(*) as looks from pg_stat_activity where query like '%exists%job%'");
    expect(rows[0].looks).toBeGreaterThan(0);
  });
  await other.query("commit");
  other.release();
  expect(await drained).toBe(1);
  expect(seen).toEqual(["changed"]);
});

it("drains while it is started, and counts what it handled by itself since the last drain", async () => {
  await addJobs(5);
  const due = jobs(({ id }) => done(id));
  due.start();
  await vi.waitFor(async () => expect(await due.nextDue()).toBeNull());
  await addJobs(5, 0, 6);
  expect(await due.drain()).toBe(10);
  expect(await due.drain()).toBe(0);
  await due.stop();
});

it("does not wait for a row that a dead process has leased, and takes it over when the lease has run out", async () => {
  await addJobs(2);
  await pool.query("update job set leased_until = now() + interval '400 milliseconds' where id = 1");
  const handled: number[] = [];
  const due = jobs(noting(handled));
  await due.drain();
  expect(handled).toEqual([2]);
  await vi.waitFor(async () => expect(await due.drain()).toBe(1), { timeout: 3_000 });
  expect(handled).toEqual([2, 1]);
});

it("keeps a row that takes long by renewing its lease", async () => {
  await addJobs(1);
  const [begun, finish] = [gate(), gate()];
  const slow = jobs(
    async ({ id }) => {
      begun.open();
      await finish.passed;
      await done(id);
    },
    { leaseMs: 150 },
  );
  const leasedUntil = async () => (await pool.query("select leased_until from job")).rows[0].leased_until as Date;
  const drained = slow.drain();
  await begun.passed;
  const first = await leasedUntil();
  await vi.waitFor(async () => expect((await leasedUntil()).getTime()).toBeGreaterThan(first.getTime() + 400), {
    timeout: 5_000,
  });
  expect(await jobs(({ id }) => done(id)).drain()).toBe(0);
  finish.open();
  expect(await drained).toBe(1);
});

it("does not renew a row whose handler failed: it comes again when its lease has run out", async () => {
  await addJobs(1);
  let tries = 0;
  const due = jobs(
    async ({ id }) => {
      if (++tries === 1) throw new Error("planted");
      await done(id);
    },
    { leaseMs: 200 },
  );
  expect(await due.drain()).toBe(1);
  expect(await due.drain()).toBe(0);
  await vi.waitFor(async () => expect(await due.drain()).toBe(1), { timeout: 3_000 });
  expect(tries).toBe(2);
});

it("does not renew a row that another has taken over meanwhile", async () => {
  await addJobs(1);
  const [begun, finish] = [gate(), gate()];
  const former = jobs(
    async () => {
      await pool.query("update job set leased_until = now() + interval '250 milliseconds'");
      begun.open();
      await finish.passed;
    },
    { leaseMs: 150 },
  );
  const drained = former.drain();
  await begun.passed;
  await vi.waitFor(async () => expect(await jobs(({ id }) => done(id)).drain()).toBe(1), { timeout: 3_000 });
  finish.open();
  await drained;
});

it("lets no slow row hold up the others", async () => {
  await addJobs(12);
  const finish = gate();
  const handled: number[] = [];
  const due = jobs(
    async ({ id }) => {
      if (id === 1) await finish.passed;
      handled.push(id);
      await done(id);
    },
    { batch: 4, concurrency: 4 },
  );
  const drained = due.drain();
  await vi.waitFor(() => expect(handled).toHaveLength(11));
  finish.open();
  expect(await drained).toBe(12);
});

it("finds at once what its own work has made due", async () => {
  await addJobs(1);
  const handled: number[] = [];
  const due = jobs(async ({ id }) => {
    handled.push(id);
    await done(id);
    if (id === 1) await addJobs(1, 0, 2);
  });
  due.start();
  await vi.waitFor(() => expect(handled).toEqual([1, 2]), { timeout: 500, interval: 5 });
  await due.stop();
});

it("looks by itself at the moment the next row is due, and at once when poked", async () => {
  const ticking = { now: () => new Date() };
  const handled: number[] = [];
  const due = jobs(noting(handled), { clock: ticking });
  await pool.query("insert into job (id, due_at) values (1, clock_timestamp() + interval '150 milliseconds')");
  due.start();
  await vi.waitFor(() => expect(handled).toEqual([1]), { timeout: 600, interval: 5 });
  await pool.query("insert into job (id, due_at) values (2, clock_timestamp())");
  due.poke();
  await vi.waitFor(() => expect(handled).toEqual([1, 2]), { timeout: 500, interval: 5 });
  await due.stop();
});

it("finishes on stop what it has begun, and gives back at once what it has not", async () => {
  await addJobs(10);
  const [begun, finish] = [gate(), gate()];
  const due = jobs(
    async ({ id }) => {
      begun.open();
      await finish.passed;
      await done(id);
    },
    { concurrency: 2 },
  );
  due.start();
  await begun.passed;
  const stopped = due.stop();
  finish.open();
  await stopped;
  const { rows } = await pool.query(
    "select count(*) filter (where due_at is null) as done, count(leased_until) as leased from job",
  );
  expect(rows[0]).toEqual({ done: 2, leased: 0 });
  expect(await jobs(({ id }) => done(id)).drain()).toBe(8);
});

it("does nothing before it is started or asked to drain", async () => {
  await addJobs(1);
  const due = jobs(({ id }) => done(id));
  due.poke();
  const { rows } = await pool.query("select leased_until from job");
  expect(rows[0].leased_until).toBeNull();
});

it("tells whoever drains that the database cannot be asked", async () => {
  const gone = createPool({ url: database.url, schema: "public" });
  await gone.end();
  const due = new DueRows<Job>({
    pool: gone,
    clock,
    log,
    name: "job",
    table: "job",
    key: "id",
    columns: "id",
    handle: async () => undefined,
  });
  await expect(due.drain()).rejects.toThrow();
});

it("leaves what the further condition excludes", async () => {
  await addJobs(2);
  await pool.query("update job set note = 'held back' where id = 2");
  const due = new DueRows<Job>({
    pool,
    clock,
    log,
    name: "some",
    table: "job",
    key: "id",
    columns: "id",
    claimable: "note = ''",
    handle: async ({ id }) => void (await done(id)),
  });
  expect(await due.drain()).toBe(1);
});
