import { beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../../platform/src/log.ts";
import { showOldestDue } from "../http/health.ts";
import { testPool } from "../testing/pool.ts";
import { dueRows } from "./rows.ts";

// However many rows wait, whoever looks for what is due reads those that it takes, and little else: on a database of
// which nothing is known, and on one of which it is known how large it is.

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

const NOW = new Date("2026-11-28T12:00:00Z");
const clock = { now: () => NOW };
const log = createLog({ name: "claims", level: "silent" });

/** The statements by which the server looks for what is due. */
async function statements(): Promise<Statement[]> {
  const made = new Map<string, Statement>();
  const ask = async (statement: Statement) => {
    const isNew = !made.has(statement.name);
    made.set(statement.name, statement);
    return { rows: [{ due: isNew }].filter(() => statement.name.startsWith("due-any")) };
  };
  const rows = dueRows({ pool: { query: ask }, clock, log, ports: {}, counters: {} } as never);
  for (const one of Object.values(rows)) {
    await one.drain();
    await one.nextDue();
  }
  let look = async (_: { set(): void; reset(): void }) => {};
  const gauge = (...[, , , collect]: [string, string, string[], typeof look]) => {
    look = collect;
  };
  showOldestDue({ gauge } as never, { pool: { query: ask } as never, clock, log });
  await look({ set() {}, reset() {} });
  return [...made.values()];
}

const pool = await testPool({ max: 1 });
let all: Statement[];
beforeAll(async () => {
  all = await statements();
  for (const table of ["payment", "mandate", "notification", "delivery"])
    await pool.query(`alter table ${table} set (autovacuum_enabled = off)`);
  await pool.query("set session_replication_role = replica"); // that each delivery has its endpoint is not looked up
  await pool.query(WAITING);
});

/**
 * An endpoint that hangs has all in hand that it may have, 100,000 events behind that, and has had 20,000; one that
 * fails is tried again in an hour; one asked to be spared; and one is well. Of payments and mandates few are awaited
 * now; of the others some are due and may wait, and most are due later.
 */
const WAITING = `
insert into event_endpoint (id, url, types, secret, created_at, share, held_until)
values ('hangs', 'a', '{*}', '', now(), 1, null), ('fails', 'b', '{*}', '', now(), 8, null),
       ('spared', 'c', '{*}', '', now(), 8, '${NOW.toISOString()}'::timestamptz + interval '1 hour'), ('well', 'd', '{*}', '', now(), 8, null);
insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at, due_at, leased_until)
select 'evt_' || n || '.' || endpoint, 'evt_' || n, endpoint, 'pay_' || n / 3, n % 3, now(),
       '${NOW.toISOString()}'::timestamptz + case when endpoint = 'fails' then interval '1 hour' else n * interval '-1 second' end,
       case when endpoint = 'hangs' and n = 100000 then now() + interval '1 hour' end
  from unnest(array['hangs', 'fails', 'spared', 'well'], array[100000, 10000, 10000, 30]) as waiting (endpoint, many),
       generate_series(1, many) as n;
insert into delivery (id, event_id, endpoint_id, subject_id, sequence, first_due_at)
select 'evt_had' || n || '.hangs', 'evt_had' || n, 'hangs', 'pay_had' || n, 1, now() from generate_series(1, 20000) as n;
insert into payment (id, state, version, due_at, unawaited_at, created_at, reference, amount, status, amount_authorized, amount_captured,
  amount_released, amount_refunded, amount_refunding)
select 'pay_' || n, '{}', 1, at, case when n > 5 and n % 10 > 0 then at end, now(), 'order', 550, 'pending', 0, 0, 0, 0, 0
  from generate_series(1, 100000) as n,
       lateral (select '${NOW.toISOString()}'::timestamptz + case when n <= 5 or n % 10 > 7 then interval '0' else interval '3 days' end as at) as due;
insert into mandate (id, status, type, phone, description, state, version, created_at, due_at, unawaited_at)
select 'man_' || n, 'active', 'subscription', '', '', '{}', 1, now(), at, case when n > 5 and n % 10 > 0 then at end
  from generate_series(1, 20000) as n,
       lateral (select '${NOW.toISOString()}'::timestamptz + case when n <= 5 or n % 10 > 7 then interval '0' else interval '3 days' end as at) as due;
insert into notification (id, plaintext, received_at, due_at)
select 'note' || n, '{}', now(), '${NOW.toISOString()}'::timestamptz + case when n > 5 then interval '1 hour' else interval '0' end
  from generate_series(1, 100000) as n`;

interface Plan {
  readonly "Actual Rows": number;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
}

/** What a statement reads, and how long it takes; nothing of it stays. */
async function cost({ text, values }: Statement): Promise<{ rows: number; blocks: number; ms: number }> {
  const connection = await pool.connect();
  try {
    await connection.query(`prepare looked as ${text}`);
    await connection.query("begin");
    const given = values.map((one) => (one instanceof Date ? `'${one.toISOString()}'` : one)).join(", ");
    const { rows } = await connection.query<{ "QUERY PLAN": [{ Plan: Plan; "Execution Time": number }] }>(
      `explain (analyze, buffers, timing off, format json) execute looked(${given})`,
    );
    const explained = rows[0]?.["QUERY PLAN"][0];
    if (explained === undefined) throw new TypeError("nothing was explained");
    const { Plan: plan, "Execution Time": ms } = explained;
    return { rows: plan["Actual Rows"], blocks: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], ms };
  } finally {
    await connection.query("rollback");
    await connection.query("deallocate looked");
    connection.release();
  }
}

describe("with 100,000 rows waiting, a look at what is due reads little, and takes less than 20 ms:", () => {
  const looksCostLittle = async () => {
    for (const planned of ["force_generic_plan", "force_custom_plan"]) {
      await pool.query(`set plan_cache_mode = ${planned}`);
      for (const statement of all) {
        const { name } = statement;
        const { rows, blocks, ms: first } = await cost(statement);
        expect({ name, planned, blocks, fits: blocks <= 60 + 40 * rows }).toMatchObject({ fits: true });
        const ms = Math.min(first, (await cost(statement)).ms, (await cost(statement)).ms);
        expect({ name, planned, ms, fits: ms < 20 }).toMatchObject({ fits: true });
      }
    }
  };

  it("all looks are tried, and there is something for them", async () => {
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["due-claim-deliveries", "due-any-deliveries", "due-next-deliveries", "oldest-due"]),
    );
    const claim = all.find(({ name }) => name === "due-claim-deliveries");
    expect((await cost(claim as Statement)).rows).toBe(8);
  });

  it("on a database of which nothing is known", looksCostLittle);

  it("on one that is known to be large", async () => {
    await pool.query("analyze");
    await looksCostLittle();
  });
});
