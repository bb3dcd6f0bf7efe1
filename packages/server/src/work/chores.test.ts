import { MovableClock } from "@caravela/platform/clock";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { choresOf, doChore, enlist } from "./chores.ts";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const BEGIN = Date.parse("2026-11-22T10:00:00Z");

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela" });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("come round at the same moment each day, all of them, however long each took and however late it was", async () => {
  const clock = new MovableClock({ now: () => new Date(BEGIN) });
  const done: string[] = [];
  const chores = {
    sweep: async () => void done.push("sweep"),
    mop: async () => {
      await clock.moveTo(DAY + 90 * SECOND);
      done.push("mop");
    },
  };
  const due = async () =>
    (await pool.query<{ due_at: Date }>("select distinct due_at from chore")).rows.map(({ due_at }) =>
      due_at.getTime(),
    );
  await enlist(pool, clock, chores);
  expect(await due()).toEqual([BEGIN + DAY]);
  await clock.moveTo(DAY + 5 * SECOND);
  for (const name of ["sweep", "mop"]) await doChore(pool, clock, chores, name);
  expect(done).toEqual(["sweep", "mop"]);
  expect(await due()).toEqual([BEGIN + 2 * DAY]);
  // away for three days
  await clock.moveTo(5 * DAY);
  for (const name of ["sweep", "mop"]) await doChore(pool, clock, chores, name);
  expect(await due()).toEqual([BEGIN + 6 * DAY]);
});

it("one that no longer exists is taken off the list", async () => {
  await enlist(pool, { now: () => new Date(BEGIN) }, { dust: async () => undefined });
  await doChore(pool, { now: () => new Date(BEGIN + DAY) }, {}, "dust");
  expect((await pool.query("select from chore where name = 'dust'")).rowCount).toBe(0);
});

it("one that a server of other settings does comes round for that one, and is not put on the list by this", async () => {
  const now = { now: () => new Date(BEGIN) };
  await enlist(pool, now, { post: null });
  expect((await pool.query("select from chore where name = 'post'")).rowCount).toBe(0);
  await enlist(pool, now, { post: async () => undefined });
  await doChore(pool, { now: () => new Date(BEGIN + DAY) }, { post: null }, "post");
  const { rows } = await pool.query<{ due_at: Date }>("select due_at from chore where name = 'post'");
  expect(rows.map(({ due_at }) => due_at.getTime())).toEqual([BEGIN + 2 * DAY]);
});

it("forgets all that is old, of all that has any, also where parts of it fail, and says so", async () => {
  const forgotten: string[] = [];
  const part = (name: string) => ({ purge: async () => void forgotten.push(name) });
  const broken = (why: string) => ({ purge: () => Promise.reject(new Error(why)) });
  const forget = async (...stores: object[]) =>
    doChore(
      pool,
      { now: () => new Date(BEGIN) },
      choresOf(stores, async () => undefined, null),
      "forget_old",
    );
  await expect(forget(part("keys"), broken("locked"), { list: [] }, part("events"))).rejects.toThrow("locked");
  expect(forgotten).toEqual(["keys", "events"]);
  await expect(forget(broken("locked"), broken("full"))).rejects.toMatchObject({
    errors: [{ message: "locked" }, { message: "full" }],
  });
});
