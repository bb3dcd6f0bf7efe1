import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createPool, type Pool } from "./pool.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "shelf" });
  await pool.query("create schema shelf");
  await pool.query("create table note (id bigint primary key)");
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const notes = async () =>
  (await pool.query<{ id: number }>("select id from note order by id")).rows.map(({ id }) => id);

it("sees its schema alone", async () => {
  const other = createPool({ url: database.url, schema: "public" });
  await expect(other.query("select from note")).rejects.toThrow(/does not exist/);
  await other.end();
});

it("reads whole numbers as numbers, and refuses those that a number cannot hold", async () => {
  expect((await pool.query("select 9007199254740991::bigint as n")).rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
  await expect(pool.query("select 9007199254740993::bigint as n")).rejects.toThrow(RangeError);
});

it("refuses a schema's name that would have to be quoted", () => {
  expect(() => createPool({ url: database.url, schema: "a; drop table note" })).toThrow(TypeError);
});

it("keeps all of a transaction, or nothing of it", async () => {
  expect(await inTransaction(pool, (one) => one.query("insert into note values (1)").then(() => "done"))).toBe("done");
  const failing = inTransaction(pool, async (one) => {
    await one.query("insert into note values (2)");
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await notes()).toEqual([1]);
});

it("lets go of a connection that broke inside of a transaction", async () => {
  const broken = inTransaction(pool, (one) => one.query("select pg_terminate_backend(pg_backend_pid())"));
  await expect(broken).rejects.toThrow();
  expect(await notes()).toEqual([1]);
  expect(pool.waitingCount).toBe(0);
});
