import { lisbonDate } from "@caravela/platform/lisbon";
import { planFaults, readBy } from "@caravela/platform/testing/plans";
import { beforeAll, expect, it } from "vitest";
import { testPool } from "../testing/pool.ts";
import { failuresSql, referencesSql } from "./listed-attempts.ts";

const DAYS = 300;
const A_DAY = 100;
const WAITING = 50;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  await pool.query(`
    insert into caravela.listed_attempt
    select 'att_' || n, 'pay_' || n, '52221', 'failed', '2026-01-01'::date + n / ${A_DAY}, 'mbway', 'not_answered', 550
      from generate_series(0, ${DAYS * A_DAY - 1}) as n
    union all
    select 'att_w' || n, 'pay_w' || n, '52221', 'to_be_paid', '2026-12-01'::date + n % 5, 'multibanco', null, 550
      from generate_series(1, ${WAITING}) as n`);
  await pool.query("vacuum analyze caravela.listed_attempt");
});

const TERMINALS = ["52221", "52222", ""];

it(`of ${DAYS * A_DAY} attempts that failed, those of the days that are asked for are read, by an index alone`, async () => {
  expect(await planFaults(pool, failuresSql, [])).toEqual([]);
  const day = lisbonDate(new Date("2026-03-01T12:00:00Z"));
  const { whole, rows, blocks } = await readBy(pool, { text: failuresSql, values: [TERMINALS, day, day, "52221"] });
  expect([whole, rows]).toEqual([[], A_DAY]);
  expect(blocks).toBeLessThan(20);
});

it("of references, those that are still to be paid", async () => {
  expect(await planFaults(pool, referencesSql, [])).toEqual([]);
  const { whole, rows, blocks } = await readBy(pool, { text: referencesSql, values: [TERMINALS, "52221"] });
  expect([whole, rows]).toEqual([[], WAITING]);
  expect(blocks).toBeLessThan(20);
});
