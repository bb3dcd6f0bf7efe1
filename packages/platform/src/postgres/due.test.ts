import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openGate } from "../testing/gate.ts";
import { gate, type Job, JobTable } from "../testing/jobs.ts";
import { createPool } from "./pool.ts";

let table: JobTable;

/** Sooner than the second after which it looks in any case. */
const AT_ONCE = { timeout: 950, interval: 5 };

beforeAll(async () => {
  table = await JobTable.create();
});

beforeEach(() => table.empty());

afterAll(() => table.drop());

it("handles what is due, in the order in which it was due, and leaves what is not", async () => {
  await table.add(1, 0, 1);
  await table.add(1, -60, 2);
  await table.add(1, 60, 3);
  const handled: number[] = [];
  const due = table.worker(table.noting(handled), { concurrency: 1 });
  expect(await due.drain()).toBe(2);
  expect(handled).toEqual([2, 1]);
  expect(await due.nextDue()).toEqual(new Date("2026-11-22T10:01:00Z"));
  await table.clock.moveTo(60_000);
  expect(await due.drain()).toBe(1);
  expect(await due.nextDue()).toBeNull();
});

it("says of what has become due since it was drained that it was due then: a clock must not jump over it", async () => {
  await table.add(1, 60, 1);
  const due = table.worker(({ id }) => table.done(id));
  expect(await due.drain()).toBe(0);
  await table.clock.moveTo(61_000);
  expect(await due.nextDue()).toEqual(new Date("2026-11-22T10:01:00Z"));
  expect(due.isIdle).toBe(true);
  due.start();
  await expect.poll(() => due.isIdle).toBe(false);
  await due.drain();
  expect(due.isIdle).toBe(true);
  await due.stop();
});

it("gives the handler the columns asked for and nothing else", async () => {
  await table.add(1);
  const seen: Job[] = [];
  await table
    .worker((job) => {
      seen.push(job);
      return table.done(job.id);
    })
    .drain();
  expect(seen).toEqual([{ id: 1, note: "" }]);
});

it("handles every row once, although three workers look at the same time", async () => {
  await table.add(300);
  const inHand = new Set<number>();
  const handled: number[] = [];
  const handle = async ({ id }: Job) => {
    expect(inHand.has(id)).toBe(false);
    inHand.add(id);
    await table.pool.query("select");
    handled.push(id);
    await table.done(id);
    inHand.delete(id);
  };
  const workers = [table.worker(handle), table.worker(handle), table.worker(handle)];
  const counts = await Promise.all(workers.map((worker) => worker.drain()));
  expect(counts.reduce((sum, count) => sum + count)).toBe(300);
  expect(handled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
});

it("never has more rows in hand at once than its concurrency", async () => {
  await table.add(40);
  let [running, most] = [0, 0];
  const due = table.worker(
    async ({ id }) => {
      most = Math.max(most, ++running);
      await table.done(id);
      running--;
    },
    { concurrency: 3, batch: 10 },
  );
  expect(await due.drain()).toBe(40);
  expect(most).toBe(3);
});

it("drains what becomes due while draining", async () => {
  await table.add(1);
  const due = table.worker(async ({ id }) => {
    await table.done(id);
    if (id < 20) await table.add(1, 0, id + 1);
  });
  expect(await due.drain()).toBe(20);
});

it("drains a row that another transaction holds locked for a moment", async () => {
  await table.add(1);
  const other = await table.pool.connect();
  await other.query("begin");
  await other.query("update job set note = 'changed' where id = 1");
  const seen: string[] = [];
  const drained = table
    .worker((job) => {
      seen.push(job.note);
      return table.done(job.id);
    })
    .drain();
  const looks = "select count(*) as looks from pg_stat_activity where query like '%exists%job%'";
  await expect.poll(async () => (await table.pool.query(looks)).rows[0].looks).toBeGreaterThan(0);
  await other.query("commit");
  other.release();
  expect(await drained).toBe(1);
  expect(seen).toEqual(["changed"]);
});

it("drains while it is started, and counts what it handled by itself since the last drain", async () => {
  await table.add(5);
  const due = table.worker(({ id }) => table.done(id));
  due.start();
  await expect.poll(() => due.nextDue()).toBeNull();
  await table.add(5, 0, 6);
  expect(await due.drain()).toBe(10);
  expect(await due.drain()).toBe(0);
  await due.stop();
});

it("lets no slow row hold up the others", async () => {
  await table.add(12);
  const finish = gate();
  const handled: number[] = [];
  const due = table.worker(
    async ({ id }) => {
      if (id === 1) await finish.passed;
      handled.push(id);
      await table.done(id);
    },
    { batch: 4, concurrency: 4 },
  );
  const drained = due.drain();
  await expect.poll(() => handled).toHaveLength(11);
  finish.open();
  expect(await drained).toBe(12);
});

it("finds at once what its own work has made due", async () => {
  await table.add(1);
  const handled: number[] = [];
  const due = table.worker(async ({ id }) => {
    handled.push(id);
    await table.done(id);
    if (id === 1) await table.add(1, 0, 2);
  });
  due.start();
  await expect.poll(() => handled, AT_ONCE).toEqual([1, 2]);
  await due.stop();
});

it("looks by itself at the moment the next row is due, and at once when poked", async () => {
  const ticking = { now: () => new Date() };
  const handled: number[] = [];
  const due = table.worker(table.noting(handled), { clock: ticking });
  await table.pool.query("insert into job (id, due_at) values (1, clock_timestamp() + interval '150 milliseconds')");
  due.start();
  await expect.poll(() => handled, AT_ONCE).toEqual([1]);
  await table.pool.query("insert into job (id, due_at) values (2, clock_timestamp())");
  due.poke();
  await expect.poll(() => handled, AT_ONCE).toEqual([1, 2]);
  await due.stop();
});

it("finishes on stop what it has begun, and gives back at once what it has not", async () => {
  await table.add(10);
  const [begun, finish] = [gate(), gate()];
  const due = table.worker(
    async ({ id }) => {
      begun.open();
      await finish.passed;
      await table.done(id);
    },
    { concurrency: 2 },
  );
  due.start();
  await begun.passed;
  const stopped = due.stop();
  finish.open();
  await stopped;
  const { rows } = await table.pool.query(
    "select count(*) filter (where due_at is null) as done, count(leased_until) as leased from job",
  );
  expect(rows[0]).toEqual({ done: 2, leased: 0 });
  expect(await table.worker(({ id }) => table.done(id)).drain()).toBe(8);
});

it("does nothing before it is started or asked to drain", async () => {
  await table.add(1);
  const due = table.worker(({ id }) => table.done(id));
  due.poke();
  const { rows } = await table.pool.query("select leased_until from job");
  expect(rows[0].leased_until).toBeNull();
});

it("tells whoever drains that the database cannot be asked", async () => {
  const gone = createPool({ url: "postgres://127.0.0.1:1/none", schema: "public" });
  await gone.end();
  const due = table.worker(async () => undefined, { pool: gone });
  await expect(due.drain()).rejects.toThrow();
});

it("leaves what the further condition excludes", async () => {
  await table.add(2);
  await table.pool.query("update job set note = 'held back' where id = 2");
  const due = table.worker(({ id }) => table.done(id), { claimable: "note = ''" });
  expect(await due.drain()).toBe(1);
});

it("says for how long it has not got on, and gets on as soon as the database can be asked again", async () => {
  const between = await openGate(table.url);
  const pool = createPool({ url: between.url, schema: "public", statementLimitMs: 200 });
  const due = table.worker(({ id }) => table.done(id), { pool });
  due.start();
  await expect.poll(() => due.stalledForMs).toBeLessThan(500);
  between.silence();
  due.poke();
  await expect.poll(() => due.stalledForMs).toBeGreaterThan(1_300);
  between.speak();
  await expect.poll(() => due.stalledForMs).toBeLessThan(1_100);
  await due.stop();
  expect(due.stalledForMs).toBe(0);
  await pool.end();
  await between.shut();
});
