import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createPool, type Pool, type Queries } from "./pool.ts";
import { purge } from "./purge.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "public", max: 1 });
  await pool.query("create table old (id int, at timestamptz)");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("deletes what is old and nothing else, in parts", async () => {
  await pool.query(
    "insert into old select n, timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, 30) n",
  );
  const deleted: (number | null)[] = [];
  const counting: Queries = {
    query: async (statement, values) => {
      const result = await pool.query<never>(statement, values);
      deleted.push(result.rowCount);
      return result;
    },
  };
  await purge(counting, { table: "old", column: "at", before: new Date("2026-01-01T00:26:00Z") }, 10);
  expect(deleted).toEqual([10, 10, 5]);
  const { rows } = await pool.query("select id from old order by id");
  expect(rows.map(({ id }) => id)).toEqual([26, 27, 28, 29, 30]);
});
