import { beforeAll, expect, it } from "vitest";
import { daySpan } from "../domain/span.ts";
import { testPool } from "../testing/pool.ts";
import { ALL_PAYMENTS, type PaymentFilter, paymentQuery } from "./listed-payments.ts";
import { readWhole } from "./whole-list.ts";

const MANY = 25_000;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  await list(MANY);
  await pool.query("analyze caravela.listed_payment");
});

/** Lists payments that were made a second after each other, and paid in another order. */
async function list(many: number, prefix = "pay_") {
  await pool.query(
    `insert into caravela.listed_payment
     select id, id, '52221', timestamptz '2026-11-27T12:00:00Z' + n * interval '1 second', timestamptz '2026-11-28T00:00:00Z' - n * interval '1 second',
            'paid', case when n % 3 = 0 then 'card' else 'mbway' end, 550, 'donation', null, null, null, false, false
       from generate_series(1, $1::integer) as n, concat($2::text, lpad(n::text, 20, '0')) as id`,
    [many, prefix],
  );
}

const reading = (filter: Partial<PaymentFilter>) =>
  readWhole<{ id: string }, string>(
    pool,
    {
      ...paymentQuery({ ...ALL_PAYMENTS, ...filter }, ["52221"]),
      shown: { columns: "true as shown", table: "(select) as nothing", on: "true" },
    },
    ({ id }) => id,
  );

const day = daySpan("2026-11-27");

it.each<[string, Partial<PaymentFilter>, string]>([
  ["all", {}, "created_at"],
  ["those of a method", { method: ["card"] }, "created_at"],
  ["by when they were paid", { sort: "paid", paid: day }, "paid_at"],
  ["paid on a day, by when they were created", { paid: day }, "created_at"],
])("a list is read from its beginning to its end, each row once: %s", async (_what, filter, by) => {
  const found: string[] = [];
  for await (const part of reading(filter)) {
    expect(part.length).toBeLessThanOrEqual(100);
    found.push(...part);
  }
  const where = filter.method === undefined ? "" : "where method = 'card'";
  const { rows } = await pool.query<{ id: string }>(
    `select id from caravela.listed_payment ${where} order by ${by} desc, id desc`,
  );
  expect(found).toEqual(rows.map(({ id }) => id));
});

it("what is made meanwhile moves nothing, and what is no more as it was asked for is left out", async () => {
  const idOf = (n: number) => `pay_${String(n).padStart(20, "0")}`;
  const gone = MANY - 550;
  const found: string[] = [];
  for await (const part of reading({ status: ["paid"] })) {
    found.push(...part);
    if (found.length !== 500) continue;
    await list(300, "pay_new");
    await pool.query("update caravela.listed_payment set status = 'canceled' where id = $1", [idOf(gone)]);
  }
  const all = Array.from({ length: MANY }, (_, n) => idOf(MANY - n)).filter((id) => id !== idOf(gone));
  expect(found.filter((id) => !id.startsWith("pay_new"))).toEqual(all);
});

it("holds no connection between its parts, and whoever stops asking has ended it", async () => {
  const parts = reading({});
  await parts.next();
  // there is one connection
  expect((await pool.query("select 1")).rows).toHaveLength(1);
  await parts.return(undefined);
  expect(await parts.next()).toEqual({ done: true, value: undefined });
});
