import { Connection, createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CLOCK } from "../domain/by.ts";
import { at, newPayment, TEN } from "../domain/payment/testing/builders.ts";
import { PaymentStore } from "./payments.ts";
import { listUnlisted } from "./unlisted.ts";

const MANY = 2_000;

let database: TestDatabase;
let pool: Pool;
let payments: PaymentStore;
beforeAll(async () => {
  database = await testDatabase();
  // one session, so that what it has read is counted at once
  pool = createPool({ url: database.url, schema: "caravela", byIndex: true, max: 1, statementLimitMs: null });
  const parts = { by: CLOCK, before: "52221" as const, eventsOf: () => [], changed: () => undefined };
  payments = new PaymentStore({ ...parts, pool, given: () => at(TEN) });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** How many entries of the index of what is not listed have been read. */
async function entriesRead(): Promise<number> {
  await pool.query("select pg_stat_force_next_flush()");
  const { rows } = await pool.query<{ read: number }>(
    "select idx_tup_read as read from pg_stat_user_indexes where indexrelname = 'payment_not_in_full'",
  );
  return rows[0]?.read ?? 0;
}

it("lists a database of before by reading each payment once, whatever is looked at meanwhile for long", async () => {
  await payments.createOnce(() => newPayment({ id: "pay_0", payToken: "p0" }));
  await pool.query(`
    insert into payment (id, state, version, created_at, reference, amount, status, amount_authorized, amount_captured, amount_released,
      amount_refunded, amount_refunding, amount_settling, amount_aside, amount_returned, is_corrected)
    select 'pay_' || n, state || jsonb_build_object('id', 'pay_' || n), version, created_at, reference, amount, status, 0, 0, 0, 0, 0, 0, 0, 0, false
      from payment, generate_series(1, ${MANY}) as n`);
  // a backup, for instance: what it may still see is not cleaned away
  const others = createPool({ url: database.url, schema: "caravela", max: 1 });
  const backup = await others.connect();
  await backup.query("begin isolation level repeatable read; select count(*) from payment");
  const before = await entriesRead();
  await listUnlisted(pool);
  const read = (await entriesRead()) - before;
  await backup.query("rollback");
  backup.release();
  await others.end();
  expect(read).toBeLessThan(2 * MANY);
  const { rows } = await pool.query("select count(*)::integer as count from listed_payment");
  expect(rows).toEqual([{ count: MANY + 1 }]);
  expect((await payments.list({}, { limit: 10 })).data).toHaveLength(10);
});

it("waits for one that somebody holds, looking now and then, and lists it as soon as it may", async () => {
  await pool.query("update payment set listed_in_full = null where id = 'pay_1'");
  const others = createPool({ url: database.url, schema: "caravela", max: 2 });
  const holder = await others.connect();
  await holder.query("begin; select from payment where id = 'pay_1' for update");
  const looks: number[] = [];
  const query = Connection.prototype.query;
  vi.spyOn(Connection.prototype, "query").mockImplementation(function (this: Connection, asked, ...values) {
    if (typeof asked === "object" && asked.name === "lists-standing") looks.push(performance.now());
    return query.call(this, asked, ...values);
  });
  const listing = payments.list({}, { limit: 100 });
  await vi.waitFor(() => expect(looks.length).toBeGreaterThan(6), { timeout: 10_000, interval: 5 });
  await holder.query("commit");
  holder.release();
  await others.end();
  expect((await listing).data).toHaveLength(100);
  vi.restoreAllMocks();
  // five of them, after the first two
  expect((looks[6] ?? 0) - (looks[1] ?? 0)).toBeGreaterThan(90);
});

it("answers as the list stands where one is held for long, and whoever reads the next one finds it", async () => {
  await pool.query("update payment set listed_in_full = null where id = 'pay_3'");
  await pool.query("update listed_payment set amount = 1 where id = 'pay_3'");
  const others = createPool({ url: database.url, schema: "caravela", max: 1 });
  const holder = await others.connect();
  await holder.query("begin; select from payment where id = 'pay_3' for update");
  const listed = async () => (await payments.list({ amount: 1 }, { limit: 10 })).data.map(({ id }) => id);
  const begun = performance.now();
  expect(await listed()).toEqual(["pay_3"]);
  expect(performance.now() - begun).toBeGreaterThan(500);
  await holder.query("commit");
  holder.release();
  await others.end();
  expect(await listed()).toEqual([]);
});

it("tells whoever waits how far it has come, once it takes long", async () => {
  await pool.query("update payment set listed_in_full = null where id like 'pay_1___'");
  const log = { error: vi.fn(), info: vi.fn() };
  await listUnlisted(pool, log);
  expect(log.info).not.toHaveBeenCalled();
  await pool.query("update payment set listed_in_full = null where id like 'pay_1___'");
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 3_000;
    return now;
  });
  await listUnlisted(pool, log);
  vi.restoreAllMocks();
  // every other part, and the last one
  expect(log.info.mock.calls.map(([{ count }]) => count)).toEqual([400, 800, 1_000]);
  expect(log.info.mock.calls[0]?.[1]).toContain("400 payments listed so far");
});

it("leaves out one whose state cannot be read, looks at it again at each start alone, and lists it once it can", async () => {
  await payments.createOnce(() => newPayment({ id: "pay_newer", payToken: "newer" }));
  const { rows } = await pool.query<{ state: object }>("select state from payment where id = 'pay_newer'");
  await pool.query("delete from listed_payment where id = 'pay_newer'");
  await pool.query("update payment set state = state - 'attempts', listed_in_full = null where id = 'pay_newer'");
  await pool.query("update payment set listed_in_full = null where id = 'pay_2'");
  await pool.query(`
    insert into mandate (id, state, version, created_at, type, phone, description, status)
    values ('man_newer', '{}', 1, now(), 'subscription', '', '', 'active')`);
  await pool.query("delete from listed_payment where id = 'pay_2'");
  const log = { error: vi.fn(), info: vi.fn() };
  const isListed = async (id: string) =>
    (await pool.query("select from listed_payment where id = $1", [id])).rowCount === 1;

  expect((await payments.list({}, { limit: 10 })).data).toHaveLength(10);
  expect([await isListed("pay_newer"), await isListed("pay_2")]).toEqual([false, true]);

  // how lists stand, and the list
  const asked = vi.spyOn(Connection.prototype, "query");
  await payments.list({}, { limit: 10 });
  expect(asked.mock.calls.map(([query]) => query)).toHaveLength(2);
  vi.restoreAllMocks();

  await listUnlisted(pool, log);
  await listUnlisted(pool, log);
  const named = log.error.mock.calls.map(([{ payment, mandate }]) => payment ?? mandate);
  expect(named).toEqual(["pay_newer", "man_newer", "pay_newer", "man_newer"]);
  await pool.query("update payment set state = $1 where id = 'pay_newer'", [rows[0]?.state]);
  await listUnlisted(pool, log);
  expect(await isListed("pay_newer")).toBe(true);
});

it("looks at one that could not be read as soon as somebody has written it since", async () => {
  await pool.query("delete from listed_payment where id = 'pay_newer'");
  const { rows } = await pool.query<{ state: object }>("select state from payment where id = 'pay_newer'");
  await pool.query("update payment set state = state - 'attempts', listed_in_full = null where id = 'pay_newer'");
  await listUnlisted(pool);
  await pool.query("update payment set state = $1, version = version + 1 where id = 'pay_newer'", [rows[0]?.state]);
  await payments.list({}, { limit: 10 });
  const { rowCount } = await pool.query("select from listed_payment where id = 'pay_newer'");
  expect(rowCount).toBe(1);
});
