import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listed, type PageRequest, readPage } from "./paging.ts";

const COUNT = 20_000;
const LIMIT = 5;
/** A page of each of six statuses, and what leads there. */
const MOST_BLOCKS = 6 * (LIMIT + 1) + 60;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", bareNames: "none", byIndex: true, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What may be asked for: what everything has, what is rare and old, and what nothing has. */
const VALUES: Readonly<Record<Listed["table"], Record<string, readonly string[]>>> = {
  mandate: { customer_id: ["all", "one"], reference: ["common", "rare"] },
};
const STATUSES = { mandate: ["refused", "active"] };

/** Every combination of what a list may be asked for, of each a value or nothing. */
function combinations(table: Listed["table"]): Listed[] {
  const columns = Object.entries(VALUES[table]);
  const wanted = columns.reduce<Record<string, string>[]>(
    (some, [column, values]) => some.flatMap((one) => [one, ...values.map((value) => ({ ...one, [column]: value }))]),
    [{}],
  );
  return [undefined, ...STATUSES[table]].flatMap((status) => wanted.map((one) => ({ table, status, wanted: one })));
}

const LISTS = combinations("mandate");

interface Row {
  readonly id: string;
  readonly status: string;
  readonly [column: string]: string | null;
}

const read = (asked: Pick<Pool, "query">, listed: Listed, request: PageRequest) =>
  readPage(asked as Pool, listed, request, (row) => (row.state as { id: string }).id);

/** The blocks that a list reads, and the rows that it throws away. */
async function costOf(listed: Listed, request: PageRequest): Promise<{ blocks: number; thrownAway: number }> {
  let text = "";
  let values: readonly unknown[] = [];
  const asked = {
    query: async (statement: string, given: readonly unknown[]) => {
      [text, values] = [statement, given];
      return { rows: [] };
    },
  };
  await read(asked as unknown as Pool, listed, request);
  const { rows } = await pool.query(`explain (analyze, buffers, format json) ${text}`, values);
  const { Plan } = rows[0]["QUERY PLAN"][0];
  const thrownAway = [...JSON.stringify(Plan).matchAll(/"Rows Removed by Filter":(\d+)/g)];
  return {
    blocks: Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"],
    thrownAway: thrownAway.reduce((sum, [, count]) => sum + Number(count), 0),
  };
}

/** Those that read more than a page of each status, or more rows than they give. */
async function faults(after?: string): Promise<string[]> {
  const found: string[] = [];
  for (const listed of LISTS) {
    const { blocks, thrownAway } = await costOf(listed, { limit: LIMIT, after });
    if (blocks > MOST_BLOCKS || thrownAway > 0)
      found.push(`${JSON.stringify(listed)}: ${blocks} blocks, ${thrownAway} thrown away`);
  }
  return found;
}

describe("a list reads no more than a page of each status, whatever is asked for:", () => {
  // the oldest few are active, and rare in all; all that came after them were refused
  beforeAll(async () => {
    await pool.query(`
      insert into caravela.mandate (id, state, version, created_at, type, phone, description, reference, customer_id, status)
      select id, jsonb_build_object('id', id), 1, timestamptz '2026-01-01' + n / 2 * interval '1 minute', 'oneclick', '351#91', 'Tea',
             case when n <= 20 then 'rare' else 'common' end, case when n <= 20 then 'one' else 'all' end,
             case when n <= 20 then 'active' else 'refused' end
        from generate_series(1, ${COUNT}) as n, lateral (select 'man_' || lpad(n::text, 20, '0') as id) as own`);
  });

  it("from the first row on, on a database of which nothing is known", async () => {
    expect(await faults()).toEqual([]);
  });

  it("on one of which everything is known, and far down", async () => {
    await pool.query("analyze");
    expect(await faults()).toEqual([]);
    const { next } = await read(pool, { table: "mandate", status: undefined, wanted: {} }, { limit: 100 });
    expect(await faults(next ?? "")).toEqual([]);
  });

  it("and gives all that is as wanted, newest first, page by page", async () => {
    for (const table of ["mandate"] as const) {
      const { rows } = await pool.query<Row>(
        `select * from caravela.${table} where created_at < '2026-01-01 01:00' order by created_at desc, id desc`,
      );
      const start = `man_${"120".padStart(20, "0")}`;
      for (const { status, wanted } of combinations(table)) {
        const isWanted = (row: Row) =>
          (status === undefined || row.status === status) &&
          Object.entries(wanted).every(([column, value]) => row[column] === value);
        const expected = rows.filter((row) => row.id < start && isWanted(row)).map(({ id }) => id);
        const given: string[] = [];
        for (let after: string | null = Buffer.from(start).toString("base64url"); after !== null; ) {
          const page = await read(pool, { table, status, wanted }, { limit: 7, after });
          given.push(...page.data);
          after = page.next;
        }
        expect(given).toEqual(expected);
      }
    }
  });
});
