import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AskedAction } from "../domain/audit.ts";
import { ALWAYS } from "../domain/span.ts";
import { AuditLog } from "./log.ts";
import { type Expected, verifyAudit } from "./verify.ts";

let database: TestDatabase;
let pools: [Pool, Pool];
let now = Date.UTC(2026, 10, 28, 12);
const clock = { now: () => new Date(now) };
let logs: [AuditLog, AuditLog];
beforeAll(async () => {
  database = await testDatabase();
  const open = () => createPool({ url: database.url, schema: "caravela", max: 3 });
  pools = [open(), open()];
  logs = [new AuditLog(pools[0], clock), new AuditLog(pools[1], clock)];
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

const action = (operation: string, changes: Partial<AskedAction> = {}): AskedAction => ({
  by: { type: "operator", id: "op_0mx0xhsihce5xsb5ax8w" },
  terminal: null,
  from: "192.0.2.0/24",
  request: "req_1",
  operation,
  subject: null,
  fields: ["amount"],
  after: { amount: 500 },
  reason: null,
  ...changes,
});

async function done(log: AuditLog, operation: string, changes: Partial<AskedAction> = {}): Promise<void> {
  const asked = await log.asked(action(operation, changes));
  await log.answered(asked, { status: 201, before: null, after: { amount: 500 } });
}

async function verified(expected: Expected | null = null): Promise<{ misfits: number[]; head: Expected | null }> {
  const misfits: number[] = [];
  for await (const found of verifyAudit(pools[0], expected)) {
    if ("head" in found) return { misfits, head: found.head };
    misfits.push(found.number);
  }
  throw new Error("the walk has no end");
}

/** What somebody does who owns the database, past the triggers. */
async function outside(...statements: string[]): Promise<void> {
  const connection = await pools[0].connect();
  try {
    await connection.query("begin; set local session_replication_role = replica");
    for (const statement of statements) await connection.query(statement);
    await connection.query("commit");
  } finally {
    connection.release();
  }
}

beforeEach(async () => {
  await outside("truncate caravela.audit");
  for (const operation of ["one", "two", "three"]) await done(logs[0], operation);
});

describe("the audit", () => {
  it("numbers its entries without gaps, each by the hash of the one before, and fits", async () => {
    const { misfits, head } = await verified();
    expect([misfits, head?.number]).toEqual([[], 6]);
    const [last, before] = await logs[0].list({ at: ALWAYS, operator: null, subject: null, terminal: null }, null, 2);
    expect(last).toMatchObject({ hash: head?.hash, entry: { number: 6, kind: "answered", of: 5, status: 201 } });
    expect(before?.entry).toMatchObject({ number: 5, kind: "asked", of: null, status: null, operation: "three" });
    expect(await verified(head)).toEqual({ misfits, head });
  });

  it.each([
    "update caravela.audit set number = 9 where number = 6",
    "delete from caravela.audit",
    "truncate caravela.audit",
  ])("is added to and never changed: %s", async (statement) => {
    await expect(pools[0].query(statement)).rejects.toThrow("the audit is added to, and never changed");
  });

  const changed = "update caravela.audit set entry = replace(entry, '500', '900') where number = 3";
  const swapped = [
    "alter table caravela.audit drop constraint audit_number_check",
    "update caravela.audit set number = 0 where number = 3",
    "update caravela.audit set number = 3 where number = 4",
    "update caravela.audit set number = 4 where number = 0",
    "alter table caravela.audit add constraint audit_number_check check (number > 0)",
  ];
  const shifted = [
    "delete from caravela.audit where number = 3",
    "update caravela.audit set number = number - 1 where number > 3",
  ];
  const inserted = `insert into caravela.audit select 7, at, replace(entry, '"number":6', '"number":7'), hash from caravela.audit where number = 6`;
  it.each([
    ["a changed text", [changed], [3]],
    ["a changed hash", ["update caravela.audit set hash = sha256(hash) where number = 3"], [3, 4]],
    ["a changed moment", ["update caravela.audit set at = at + interval '1 hour' where number = 3"], [3, 4]],
    ["a text that is none", [`update caravela.audit set entry = '{}' where number = 3`], [3]],
    ["a removed entry", ["delete from caravela.audit where number = 3"], [4]],
    ["a removed beginning", ["delete from caravela.audit where number < 3"], [3]],
    ["a removed entry whose place was closed", shifted, [3, 4, 5]],
    ["two that were swapped", swapped, [3, 4, 5]],
    ["one that was put in", [inserted], [7]],
    ["one that was put in far off", [inserted.replaceAll("7", "99")], [99]],
  ])("names what was done outside: %s", async (_what, statements, misfits) => {
    await outside(...statements);
    expect((await verified()).misfits).toEqual(misfits);
  });

  it("finds that its end was cut off, or all of it made anew, by an entry that was kept elsewhere", async () => {
    const { head } = await verified();
    await outside("delete from caravela.audit where number > 4");
    expect(await verified()).toMatchObject({ misfits: [], head: { number: 4 } });
    expect((await verified(head)).misfits).toEqual([6]);
    now += 1000;
    await done(logs[1], "another");
    expect(await verified()).toMatchObject({ misfits: [], head: { number: 6 } });
    expect((await verified(head)).misfits).toEqual([6]);
  });

  it("is one chain, by however many servers it is added to at once, and never goes back in time", async () => {
    now -= 5000;
    await Promise.all(Array.from({ length: 60 }, (_, n) => done(logs[n % 2 === 0 ? 0 : 1], `both${n}`)));
    expect(await verified()).toMatchObject({ misfits: [], head: { number: 126 } });
    const { rows } = await pools[0].query("select count(distinct at) as moments from caravela.audit where number > 5");
    expect(rows[0]?.moments).toBe(1);
  });

  it("keeps what was asked for of an action that was cut off", async () => {
    await logs[0].asked(action("cutOff"));
    const [last] = await logs[1].list({ at: ALWAYS, operator: null, subject: null, terminal: null }, null, 1);
    expect(last?.entry).toMatchObject({ kind: "asked", operation: "cutOff" });
    expect(await verified()).toMatchObject({ misfits: [], head: { number: 7 } });
  });

  it("is listed by who asked, what it was about, whose it was and when", async () => {
    const [subject, terminal] = ["pay_0mx0xhsihce5xsb5ax8w", "52221"] as const;
    now += 60_000;
    await done(logs[0], "later", { by: { type: "shop", id: null }, subject, terminal });
    const all = { at: ALWAYS, operator: null, subject: null, terminal: null };
    const filters = [
      [{ operator: "op_0mx0xhsihce5xsb5ax8w" }, [6, 5, 4, 3, 2, 1]],
      [{ subject }, [8, 7]],
      [{ terminal }, [8, 7]],
      [{ at: { from: now, before: null } }, [8, 7]],
      [{ at: { from: null, before: now } }, [6, 5, 4, 3, 2, 1]],
      [{ at: { from: now + 1, before: null } }, []],
    ] as const;
    for (const [filter, numbers] of filters) {
      const found = await logs[0].list({ ...all, ...filter }, null, 20);
      expect(found.map(({ entry }) => entry.number)).toEqual(numbers);
    }
    expect((await logs[0].list(all, 3, 20)).map(({ entry }) => entry.number)).toEqual([2, 1]);
  });
});
