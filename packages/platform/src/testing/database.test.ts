import pg from "pg";
import { expect, it } from "vitest";
import { testDatabase } from "./database.ts";

it("gives each caller a database of its own that can be dropped while in use", async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  const client = new pg.Client({ connectionString: one.url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("create table only_here ()");
  const { rows } = await client.query("select current_database() as name");
  expect(one.url).toContain(rows[0].name);
  expect(one.url).not.toBe(other.url);
  await Promise.all([one.drop(), other.drop()]);
  await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
});
