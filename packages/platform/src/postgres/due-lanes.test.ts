import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { gate, type Job, JobTable } from "../testing/jobs.ts";

let table: JobTable;

beforeAll(async () => {
  table = await JobTable.create();
  await table.pool.query("create table lane (lane text primary key, room integer not null, opens timestamptz)");
  await table.pool.query("insert into lane values ('a', 2, null), ('b', 2, null)");
});

beforeEach(async () => {
  await table.empty();
  await table.pool.query("update lane set opens = null");
});

afterAll(() => table.drop());

/** Each lane has room for two, whoever holds them. */
const lanes = {
  column: "lane",
  select: `select lane, opens, room - (select count(*) from job where job.lane = lane.lane and leased_until >= now()) as room from lane`,
};

const worker = (handle: (job: Job) => Promise<unknown>) => table.worker(handle, { lanes, name: "lanes" });

it("a lane whose rows hang keeps no other waiting, and has no more in hand than its room, over all workers", async () => {
  await table.add(10, 0, 1, "a");
  await table.add(30, 60, 101, "b");
  const { passed, open } = gate();
  const begun: number[] = [];
  const handle = async ({ id }: Job) => {
    begun.push(id);
    if (id < 100) await passed;
    await table.done(id);
  };
  const workers = [worker(handle), worker(handle)];
  await table.clock.moveTo(60_000);
  const drained = Promise.all(workers.map((one) => one.drain()));
  await expect.poll(() => begun.filter((id) => id > 100).length).toBe(30);
  expect(begun.filter((id) => id < 100).length).toBeLessThanOrEqual(4); // two for each that looked at the same moment
  open();
  expect((await drained).reduce((sum, count) => sum + count)).toBe(40);
  expect(new Set(begun).size).toBe(40);
});

it("a lane of which another has more in hand than its room is looked at again with each row that is done", async () => {
  await table.add(1, 0, 1, "a");
  await table.add(10, 60, 101, "b");
  const gates = new Map([1, 101, 102].map((id) => [id, gate()]));
  const begun: number[] = [];
  const due = worker(async ({ id }) => {
    begun.push(id);
    await gates.get(id)?.passed;
    await table.done(id);
  });
  await table.clock.moveTo(60_000);
  const drained = due.drain();
  await expect.poll(() => begun.toSorted()).toEqual([1, 101, 102]);
  const lease = (until: string) =>
    table.pool.query(`update job set leased_until = ${until} where id in (103, 104) returning id`);
  await lease("now() + interval '1 hour'");
  gates.get(101)?.open();
  const left = async () => (await table.pool.query("select from job where id = 101 and leased_until is null")).rows;
  await expect.poll(left).toHaveLength(1);
  await lease("null");
  gates.get(102)?.open();
  await expect.poll(() => begun.length).toBe(11);
  gates.get(1)?.open();
  expect(await drained).toBe(11);
});

it("a lane that is shut has nothing due until it opens, and then all that waited", async () => {
  await table.add(3, 0, 1, "a");
  await table.add(1, 300, 11, "b");
  await table.pool.query("update lane set opens = $1 where lane = 'a'", [new Date("2026-11-22T10:02:00Z")]);
  const handled: number[] = [];
  const due = worker(table.noting(handled));
  expect(await due.drain()).toBe(0);
  expect(await due.nextDue()).toEqual(new Date("2026-11-22T10:02:00Z"));
  await table.clock.moveTo(120_000);
  expect(await due.drain()).toBe(3);
  expect(handled.toSorted()).toEqual([1, 2, 3]);
  expect(await due.nextDue()).toEqual(new Date("2026-11-22T10:05:00Z"));
});

it("a lane that nobody knows has nothing due", async () => {
  await table.add(1, 0, 1, "c");
  const due = worker(() => Promise.reject(new Error("not due")));
  expect(await due.drain()).toBe(0);
  expect(await due.nextDue()).toBeNull();
});
