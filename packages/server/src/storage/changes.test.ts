import { createLog } from "@caravela/platform/log";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../../../../tests/support/until.ts";
import { Changes } from "./changes.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("where nobody can be listened to, what is shown is looked at: each change is noticed once, and nothing else", async () => {
  const log = createLog({ name: "test", level: "silent" });
  const changes = new Changes({ pool, ears: null, log });
  await pool.query(`
    insert into caravela.mandate (id, status, type, phone, description, state, version, created_at)
    select id, 'active', 'oneclick', '351#912000001', id, '{}', 1, now() from unnest('{man_shown,man_other}'::text[]) as id`);
  const looks = { shown: 0, other: 0 };
  changes.subscribe("man_shown", () => looks.shown++);
  const leave = changes.subscribe("man_other", () => looks.other++);
  await changes.start();
  await until(() => looks.shown === 1 && looks.other === 1);
  leave();
  await pool.query("update caravela.mandate set version = 2");
  await until(() => looks.shown === 2);
  changes.stop();
  expect(looks).toEqual({ shown: 2, other: 1 });
});
