import { createHttp, type Http } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { createMetrics } from "@caravela/platform/metrics";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { healthRoutes, showOldestDue } from "./health.ts";
import { unsettledSql } from "./unsettled.ts";

const NOW = new Date("2026-11-28T10:00:00Z");

let database: TestDatabase;
let pool: Pool;
let http: Http;
const workers = { stalled: [] as string[] };
const schema = { misfit: async (): Promise<string | null> => null };
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 1 });
  const log = createLog({ name: "test", level: "silent" });
  const metrics = createMetrics();
  http = createHttp({ log });
  showOldestDue(metrics, { pool, clock: { now: () => NOW }, log });
  healthRoutes(http, { pool, schema, workers, metrics, metricsToken: null });
});
afterAll(async () => {
  await http.close();
  await pool.end();
  await database.drop();
});

it("is not ready while due work stands still, and names it", async () => {
  workers.stalled = ["payments", "deliveries"];
  const answer = await http.inject("/readyz");
  expect(answer.statusCode).toBe(503);
  expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
  expect(answer.json()).toMatchObject({
    type: "/problems/unavailable",
    detail: "Due work stands still: payments, deliveries.",
  });
  workers.stalled = [];
  expect((await http.inject("/readyz")).statusCode).toBe(200);
});

it("is not ready on a schema that it cannot work on, and says why", async () => {
  schema.misfit = async () => "The schema caravela is newer than this program.";
  const answer = await http.inject("/readyz");
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ detail: "The schema caravela is newer than this program." });
  schema.misfit = async () => null;
});

it("shows for how long what is due has waited, by kind", async () => {
  await pool.query("insert into caravela.chore (name, due_at) values ('late', $1), ('later', $2)", [
    new Date(NOW.getTime() - 90_000),
    new Date(NOW.getTime() + 90_000),
  ]);
  await pool.query(
    `insert into caravela.event_endpoint (id, url, types, secret, created_at, ended_at, end_reason)
     values ('ep_1', 'https://shop.example/', '{*}', 'x', $1, null, null), ('ep_2', 'https://gone.example/', '{*}', 'x', $1, $1, 'gone')`,
    [NOW],
  );
  await pool.query(
    `insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
     values ('late', '1', 'ep_1', 'pay_1', 1, $1, $1), ('of one that has ended', '1', 'ep_2', 'pay_1', 1, $2, $2)`,
    [new Date(NOW.getTime() - 30_000), new Date(NOW.getTime() - 90_000)],
  );
  const { body } = await http.inject("/metrics");
  expect(body).toContain('caravela_oldest_due_seconds{what="chore"} 90\n');
  expect(body).toContain('caravela_oldest_due_seconds{what="delivery"} 30\n');
  expect(body).toContain('caravela_oldest_due_seconds{what="payment"} 0\n');
});

it("counts what is not settled without reading a payment's or a mandate's state", async () => {
  const connection = await pool.connect();
  await connection.query("set enable_seqscan = off");
  await connection.query("set enable_bitmapscan = off");
  const { rows } = await connection.query<{ "QUERY PLAN": string }>(`explain ${unsettledSql}`);
  connection.release(true);
  const plan = rows.map((row) => row["QUERY PLAN"]);
  expect(plan.filter((line) => line.includes("Filter:"))).toEqual([]);
  for (const index of ["payment_attempt_in_doubt", "payment_operation_in_doubt", "mandate_in_doubt"])
    expect(plan.some((line) => line.includes(`Index Only Scan using ${index}`))).toBe(true);
});
