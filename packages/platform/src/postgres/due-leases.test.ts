import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { gate, JobTable } from "../testing/jobs.ts";

let table: JobTable;

/** Sooner than the second after which it looks in any case. */
const AT_ONCE = { timeout: 950, interval: 5 };

beforeAll(async () => {
  table = await JobTable.create();
});

beforeEach(() => table.empty());

afterAll(() => table.drop());

it("does not wait for a row that a dead process has leased, and takes it over when the lease has run out", async () => {
  await table.add(2);
  await table.pool.query("update job set leased_until = now() + interval '1 second' where id = 1");
  const handled: number[] = [];
  const due = table.worker(table.noting(handled));
  await due.drain();
  expect(handled).toEqual([2]);
  await expect.poll(() => due.drain()).toBe(1);
  expect(handled).toEqual([2, 1]);
});

it("keeps a row that takes long by renewing its lease", async () => {
  await table.add(1);
  const [begun, finish] = [gate(), gate()];
  const slow = table.worker(
    async ({ id }) => {
      begun.open();
      await finish.passed;
      await table.done(id);
    },
    { leaseMs: 600 },
  );
  const leasedUntil = async () => (await table.pool.query("select leased_until from job")).rows[0].leased_until as Date;
  const drained = slow.drain();
  await begun.passed;
  const first = await leasedUntil();
  await expect.poll(async () => (await leasedUntil()).getTime()).toBeGreaterThan(first.getTime() + 900);
  expect(await table.worker(({ id }) => table.done(id)).drain()).toBe(0);
  finish.open();
  expect(await drained).toBe(1);
});

it("does not renew a row whose handler failed: it comes again when its lease has run out", async () => {
  await table.add(1);
  let tries = 0;
  const due = table.worker(
    async ({ id }) => {
      if (++tries === 1) throw new Error("planted");
      await table.done(id);
    },
    { leaseMs: 600 },
  );
  expect(await due.drain()).toBe(1);
  expect(await due.drain()).toBe(0);
  await expect.poll(() => due.drain()).toBe(1);
  expect(tries).toBe(2);
});

it("does not renew a row that another has taken over meanwhile", async () => {
  await table.add(1);
  const [begun, finish] = [gate(), gate()];
  const former = table.worker(
    async () => {
      await table.pool.query("update job set leased_until = now() + interval '250 milliseconds'");
      begun.open();
      await finish.passed;
    },
    { leaseMs: 150 },
  );
  const drained = former.drain();
  await begun.passed;
  await expect.poll(() => table.worker(({ id }) => table.done(id)).drain()).toBe(1);
  finish.open();
  await drained;
});

it("gives back what it has done with, and no lease that another has taken meanwhile", async () => {
  await table.add(2);
  const others = "2026-11-22T12:00:00Z";
  const due = table.worker(async ({ id }) => {
    await table.done(id);
    if (id === 2) await table.pool.query("update job set leased_until = $1 where id = 2", [others]);
  });
  expect(await due.drain()).toBe(2);
  const { rows } = await table.pool.query("select leased_until from job order by id");
  expect(rows).toEqual([{ leased_until: null }, { leased_until: new Date(others) }]);
});

it("gives back by the lease as it was renewed last", async () => {
  await table.add(1);
  const due = table.worker(
    async ({ id }) => {
      const { leased_until: first } = (await table.pool.query("select leased_until from job")).rows[0];
      const renewed = "select leased_until > $1 as renewed from job";
      await expect.poll(async () => (await table.pool.query(renewed, [first])).rows[0].renewed).toBe(true);
      await table.done(id);
    },
    { leaseMs: 150 },
  );
  expect(await due.drain()).toBe(1);
  expect((await table.pool.query("select leased_until from job")).rows).toEqual([{ leased_until: null }]);
});

it("handles again at once what was due again when it was done with", async () => {
  await table.add(1);
  const handled: number[] = [];
  const due = table.worker(async ({ id }) => {
    handled.push(id);
    if (handled.length === 3) await table.done(id);
  });
  due.start();
  await expect.poll(() => handled, AT_ONCE).toHaveLength(3);
  await due.stop();
});

it("leaves the lease of a row to a handler that lets go of it, and tells it as it was renewed last", async () => {
  await table.add(1);
  const leases = async () =>
    (await table.pool.query("select leased_until::text as lease from job")).rows.map(({ lease }) => lease);
  const known: unknown[] = [];
  const due = table.worker(
    async ({ id }, letGo) => {
      const [first] = await leases();
      await expect.poll(leases).not.toEqual([first]);
      known.push(await letGo(), ...(await leases()));
      await table.done(id);
    },
    { leaseMs: 600 },
  );
  expect(await due.drain()).toBe(1);
  expect(known[0]).toBe(known[1]);
  expect(await leases()).toEqual([known[0]]);
});
