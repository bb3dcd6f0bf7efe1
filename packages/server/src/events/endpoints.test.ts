import { beforeEach, expect, it, vi } from "vitest";
import { testPool } from "../testing/pool.ts";
import { deleteEndpoint, deletePartSql, dropPartSql, endEndpoint } from "./endpoints.ts";

const pool = await testPool();

beforeEach(async () => {
  await pool.query("truncate event_endpoint, delivery");
  await pool.query(`
    insert into event_endpoint (id, url, types, secret, created_at)
    select id, 'https://shop.example/' || id, '{*}', 'x', now() from unnest(array['ep_busy', 'ep_other']) as id`);
  await pool.query(`
    insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at)
    select n || endpoint, n, endpoint, 'pay_1', n, now(), now()
      from generate_series(1, 12_000) as n, unnest(array['ep_busy', 'ep_other']) as endpoint`);
  await pool.query("analyze delivery");
});

/** By which indexes a statement finds what it works on. */
async function plan(text: string): Promise<string> {
  const { rows } = await pool.query(`explain (generic_plan, costs off) ${text}`);
  return JSON.stringify(rows);
}

const dueAt = async (endpoint: string) =>
  (await pool.query("select from delivery where endpoint_id = $1 and due_at is not null", [endpoint])).rowCount;

it("an endpoint with very many deliveries is removed part by part, each found by an index, and no other's are", async () => {
  expect(await plan(deletePartSql)).toContain("delivery_at_endpoint");
  expect(await deleteEndpoint(pool, "ep_busy")).toBe(true);
  expect(await deleteEndpoint(pool, "ep_busy")).toBe(false);
  const left = await pool.query("select endpoint_id, count(*)::integer as deliveries from delivery group by 1");
  expect(left.rows).toEqual([{ endpoint_id: "ep_other", deliveries: 12_000 }]);
});

it("of one that is gone, what was due is dropped part by part, and no other's is", async () => {
  expect(await plan(dropPartSql)).toContain("delivery_at_endpoint");
  const query = vi.spyOn(pool, "query");
  await endEndpoint(pool, { id: "ep_busy", version: 1, at: new Date() });
  expect(query).toHaveBeenCalledTimes(4);
  vi.restoreAllMocks();
  expect([await dueAt("ep_busy"), await dueAt("ep_other")]).toEqual([0, 12_000]);
  const { rows } = await pool.query("select id from event_endpoint where ended_at is not null");
  expect(rows).toEqual([{ id: "ep_busy" }]);
});

it("of one that was registered anew since it said that it is gone, nothing is", async () => {
  await pool.query("update event_endpoint set version = 2 where id = 'ep_busy'");
  await endEndpoint(pool, { id: "ep_busy", version: 1, at: new Date() });
  expect(await dueAt("ep_busy")).toBe(12_000);
  const { rows } = await pool.query("select id from event_endpoint where ended_at is not null");
  expect(rows).toEqual([]);
});
