import { type DueStatements, dueStatements } from "@caravela/platform/postgres/due-statements";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { faultyPlans, planFaults } from "@caravela/platform/testing/plans";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELIVERING, keepTriesSql } from "./notifications/deliveries.ts";
import { firstPageSql, nextPageSql, resendSql } from "./notifications/notifications.ts";
import { SESSIONS } from "./sessions.ts";
import { PASSING } from "./transactions/passing.ts";
import * as statements from "./transactions/statements.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, ...SESSIONS, max: 1, statementLimitMs: null });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const { saveStatement, ...selects } = statements;
const none = { changes: [], notices: [], tokens: [], operations: [], drawings: [] };
const notices = [{}];
/** What changes can bring. */
const brought = [
  none,
  { ...none, notices },
  { ...none, notices, tokens: [{}], operations: [{}] },
  { ...none, notices, drawings: [{}] },
];

function ofDueRows(due: DueStatements): string[] {
  const now = new Date();
  const all = [due.claim(now, 64), due.renew([]), due.giveBack([]), due.anyDue(now), due.next(now)];
  return all.map(({ text }) => text);
}

/** Every statement that grows with what is stored, but for the reset, which empties all. */
const texts: readonly string[] = [
  ...Object.values(selects),
  ...brought.map((parts) => saveStatement(parts).text),
  keepTriesSql,
  firstPageSql,
  nextPageSql,
  resendSql,
  ...[PASSING, DELIVERING].flatMap((rows) => ofDueRows(dueStatements(rows))),
];

/** A terminal's own table stays small. */
const SMALL = ["terminal"];
const allFaults = () =>
  faultyPlans(
    pool,
    texts.map((text) => [text, text]),
    SMALL,
  );

describe("every statement finds its rows by an index, and sorts no more than a page:", () => {
  it("on a database of which nothing is known", async () => {
    expect(await allFaults()).toEqual([]);
  });

  it("on one that was looked at while it was all but empty", async () => {
    await pool.query("analyze");
    expect(await allFaults()).toEqual([]);
  });

  it("on a large one", async () => {
    await pool.query(`
      insert into sibs_gateway.transaction (transaction_id, kind, terminal_id, merchant_transaction_id, merchant_timestamp, description,
        recipient_id, amount, payment_type, methods, outcome, received_at, deadline, phone, asked_at, answerable_until, due_at, due_outcome)
      select 's2' || lpad(n::text, 18, '0'), 'payment', '52221', 'order-' || n, '2026-07-01T09:00:00Z', 'Two mugs', 'S' || n || 'S', 550, 'PURS',
             '{MBWAY}', 'waiting', now(), now(), '351#91' || lpad((n % 1000)::text, 7, '0'), now(), now(),
             case when n % 10 = 0 then now() end, case when n % 10 = 0 then 'not_answered' end
        from generate_series(1, 20000) as n`);
    await pool.query(`
      insert into sibs_gateway.notification (notification_id, transaction_id, terminal_id, plaintext, due_at)
      select gen_random_uuid(), 's2' || lpad(n::text, 18, '0'), '52221', '{}', case when n % 10 = 0 then now() end from generate_series(1, 20000) as n`);
    await pool.query(
      "insert into sibs_gateway.notification_try select notification_id, 1, now(), 200, '' from sibs_gateway.notification",
    );
    await pool.query("analyze");
    expect(await allFaults()).toEqual([]);
  });

  it("which is no matter of course", async () => {
    const text = "select 1 from sibs_gateway.notification where plaintext::text = $1";
    expect(await planFaults(pool, text, SMALL)).toEqual(["Seq Scan of notification"]);
  });
});
