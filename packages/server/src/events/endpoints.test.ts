import { migrate } from "@caravela/platform/postgres/migrate";
import { createPool } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { expect, it } from "vitest";
import { MIGRATIONS, SCHEMA } from "../main.ts";
import { deleteEndpoint, deletePartSql } from "./endpoints.ts";

it("an endpoint with very many deliveries is removed part by part, each found by an index, and no other's are", async () => {
  const database = await testDatabase();
  await migrate({ url: database.url, schema: SCHEMA, folder: MIGRATIONS });
  const pool = createPool({ url: database.url, schema: SCHEMA });
  try {
    await pool.query(`
      insert into caravela.event_endpoint (id, url, types, secret, created_at)
      select id, 'https://shop.example/' || id, '{*}', 'x', now() from unnest(array['ep_busy', 'ep_other']) as id`);
    await pool.query(`
      insert into caravela.delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at)
      select n || endpoint, n, endpoint, 'pay_1', n, now()
        from generate_series(1, 12_000) as n, unnest(array['ep_busy', 'ep_other']) as endpoint`);
    await pool.query("analyze caravela.delivery");
    const connection = await pool.connect();
    await connection.query("set enable_seqscan = off"); // half of so small a table is read as quickly without
    const { rows } = await connection.query(`explain (costs off) ${deletePartSql.replace("$1", "'ep_busy'")}`);
    connection.release(true);
    expect(JSON.stringify(rows)).toContain("delivery_at_endpoint");

    expect(await deleteEndpoint(pool, "ep_busy")).toBe(true);
    expect(await deleteEndpoint(pool, "ep_busy")).toBe(false);
    const left = await pool.query(
      "select endpoint_id, count(*)::integer as deliveries from caravela.delivery group by 1",
    );
    expect(left.rows).toEqual([{ endpoint_id: "ep_other", deliveries: 12_000 }]);
  } finally {
    await pool.end();
    await database.drop();
  }
});
