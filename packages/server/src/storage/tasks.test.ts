import { pageAfter } from "@caravela/platform/page-mark";
import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, expect, it } from "vitest";
import { testPool } from "../testing/pool.ts";
import { tasksStatement } from "./tasks.ts";

const MANY = 20_000;
const MOST = 200;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  // the other terminal's one is older than all of the first's
  await pool.query(`
    insert into caravela.task (id, subject_id, terminal, since, about)
    select 'refund_failed.rfd_' || n, 'pay_' || n, case when n = ${MANY} then '52222' else '52221' end, now() - n * interval '1 minute', '{}'
      from generate_series(1, ${MANY}) as n`);
  await pool.query(`
    insert into caravela.listed_payment
    select 'pay_' || n, 'pay_' || n, '52221', now(), null, 'open', 'none', 500, 'order-' || n, null, null, null, false, false
      from generate_series(1, ${MANY}) as n`);
  await pool.query("analyze caravela.task, caravela.listed_payment");
});

it.each([
  ["all", null, MANY],
  ["those of a terminal that has nearly all", ["52221", ""], MANY - 1],
  ["those of a terminal that has one", ["52222"], 1],
])("a page of tasks reads no more than a page: %s", async (_what, terminals, count) => {
  const after = pageAfter("refund_failed.rfd_00000000000000000000", [Date.now() - 60_000 * 60]);
  for (const request of [{ limit: 20 }, { limit: 20, after }]) {
    const statement = tasksStatement(new Date(), { terminals, subject: null }, request);
    const { whole, rows, blocks } = await readBy(pool, statement);
    expect(whole).toEqual([]);
    expect(rows).toBeLessThan(MOST);
    expect(blocks).toBeLessThan(MOST);
    const { rows: page } = await pool.query<{ subject_id: string; reference: string }>(statement);
    expect(page).toHaveLength(Math.min(count, 21));
    for (const { subject_id, reference } of page) expect(reference).toBe(subject_id.replace("pay_", "order-"));
  }
});
