import { createPool } from "@caravela/platform/postgres/pool";
import { databaseOf, type TestDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import type { RunningServer } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateAll } from "../../packages/cli/src/migrate.ts";
import { type Programs, startPrograms } from "../../scripts/databases/programs.ts";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { isInHistory, layOut, payAt, playOn, RELEASES, startBeside } from "../support/release.ts";
import type { Play } from "../support/stage.ts";
import { until } from "../support/until.ts";

const BEFORE = RELEASES[RELEASES.length - 1] ?? "";

describe.skipIf(!isInHistory(BEFORE))("servers of the release before and of this one, on one database", () => {
  let database: TestDatabase;
  let before: Programs;
  let server: RunningServer | undefined;
  let old: Play;

  beforeAll(async () => {
    const folder = await testFolder();
    layOut(BEFORE, folder);
    database = await databaseOf("select 1");
    before = await startPrograms(folder, database.url);
    old = playOn(before);
  });
  afterAll(async () => {
    await server?.close();
    await before?.stop();
    await database?.drop();
  });

  it("the one before goes on without a fault while the schema is expanded under it, and beside the new one", async () => {
    const waiting = await createPayment(old);
    await askPhone(old, waiting, "912000001");
    const faults: unknown[] = [];
    const made: string[] = [];
    let goesOn = true;
    let fresh = old;
    const load = Promise.all(
      ["912000010", "912000011"].map(async (phone) => {
        while (goesOn) await payAt(old, phone, made).catch((error) => faults.push(error));
      }),
    );
    try {
      await until(() => made.length > 2);
      await migrateAll({ DATABASE_URL: database.url });
      server = await startBeside(before, database.url);
      fresh = playOn(before, server.url);
      await Promise.all(["912000020", "912000021"].map((phone) => payAt(fresh, phone, made)));
      await approve(old, "912000001");
      for (const one of [old, fresh]) await until(async () => (await read(one, waiting)).status === "paid", 20_000);
      const crossed = await createPayment(fresh);
      await askPhone(old, crossed, "912000003");
      await approve(fresh, "912000003");
      await until(async () => (await read(old, crossed)).status === "paid", 20_000);
      const soFar = made.length;
      await until(() => made.length > soFar + 2, 20_000);
    } finally {
      goesOn = false;
      await load;
    }
    expect(faults).toEqual([]);
    for (const id of made) await until(async () => (await read(fresh, id)).status === "paid", 20_000);
    const refund = await fresh.api("POST", `/v1/payments/${waiting}/refunds`, { amount: 100 });
    expect([refund.status, refund.body.status]).toEqual([201, "succeeded"]);
    const pool = createPool({ url: database.url, schema: "caravela", max: 1 });
    const { rows } = await pool.query("select indexrelid::regclass from pg_index where not indisvalid");
    await pool.end();
    expect(rows).toEqual([]);
  });
});
