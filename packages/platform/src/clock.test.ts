import { afterAll, beforeAll, expect, it } from "vitest";
import { MovableClock, storedClock } from "./clock.ts";
import { createPool, type Pool } from "./postgres/pool.ts";
import { type TestDatabase, testDatabase } from "./testing/database.ts";

const system = { now: () => new Date("2026-11-22T10:00:00Z") };
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "public" });
  await pool.query(
    "create table clock (only_one boolean primary key default true check (only_one), offset_ms bigint not null)",
  );
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("is ahead of the system's time by its offset, and never goes back", async () => {
  const clock = new MovableClock(system, 1_000);
  expect(clock.now()).toEqual(new Date("2026-11-22T10:00:01Z"));
  await clock.moveTo(60_000);
  await clock.moveTo(2_000);
  expect(clock.offsetMs).toBe(60_000);
  expect(clock.now()).toEqual(new Date("2026-11-22T10:01:00Z"));
});

it("is found after a restart where it was left, and shared offsets only grow", async () => {
  const clock = await storedClock(pool, system);
  expect(clock.offsetMs).toBe(0);
  await clock.moveTo(240_000);
  const restarted = await storedClock(pool, system);
  expect(restarted.offsetMs).toBe(240_000);
  await restarted.moveTo(300_000);
  await clock.moveTo(250_000);
  expect(clock.offsetMs).toBe(300_000);
  expect((await storedClock(pool, system)).offsetMs).toBe(300_000);
});
