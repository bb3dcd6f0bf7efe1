import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, describe, expect, it } from "vitest";
import { readSearch } from "../domain/search.ts";
import { ALWAYS, daySpan } from "../domain/span.ts";
import { testPool } from "../testing/pool.ts";
import { listStatement } from "./list-query.ts";
import { ALL_PAYMENTS, type PaymentFilter, paymentQuery } from "./listed-payments.ts";

const MANY = 30_000;
/** What a page may read: its rows by each combination of terminal, status and method, and the way down to them. */
const MOST_ROWS = 2_000;
const MOST_BLOCKS = 2_000;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  // nearly all are alike, so that whatever walks along them until it finds something finds nothing for long
  await pool.query(`
    insert into caravela.listed_payment
    select id, id, '52221', now() - n * interval '1 minute', case when n % 10 > 0 then now() - n * interval '1 minute' end,
           case when n % 10 > 0 then 'paid' else 'expired' end, case when n = ${MANY} then 'card' else 'mbway' end, 550,
           'donation', 'guest', case when n % 2 = 0 then 'man_' || lpad(n::text, 20, '0') end,
           case when n % 2 = 0 then 'plan_' || lpad(n::text, 20, '0') end, n = ${MANY}, n = ${MANY}
      from generate_series(1, ${MANY}) as n, concat('pay_', lpad(n::text, 20, '0')) as id`);
  await pool.query(`
    insert into caravela.search_term
    select 'payment', term, terminal, created_at, id, id from caravela.listed_payment, unnest(array['last4:9999', 'email:guest@example.pt']) as term`);
  await pool.query(`
    insert into caravela.found_by select 's2' || id, id from caravela.listed_payment`);
  await pool.query(`
    insert into caravela.listed_attempt
    select 'att_' || n, 'pay_' || lpad(n::text, 20, '0'), '52221', 'failed', '2026-01-01'::date + n / 100, 'mbway', 'not_answered', 550
      from generate_series(1, ${MANY}) as n
    union all
    select 'att_w' || n, 'pay_' || lpad(n::text, 20, '0'), '52221', 'to_be_paid', '2026-12-01'::date + n / 10, 'multibanco', null, 550
      from generate_series(1, 1000) as n`);
  await pool.query(`
    insert into caravela.movement (id, subject_id, terminal, at, day, method, taken, refunded, held)
    select 'mov_' || n, 'pay_' || lpad(n::text, 20, '0'), '52221', now(), '2026-01-01'::date + n / 100, 'mbway', 0, 550, 0
      from generate_series(1, ${MANY}) as n`);
  await pool.query(
    "analyze caravela.listed_payment, caravela.search_term, caravela.found_by, caravela.listed_attempt, caravela.movement",
  );
});

const TERMINALS = ["52221", "52222", ""];
const costOf = (filter: Partial<PaymentFilter>, after?: string) =>
  readBy(pool, listStatement(paymentQuery({ ...ALL_PAYMENTS, ...filter }, TERMINALS), { limit: 20, after }));

const yesterday = daySpan(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
const DAY = { from: "2026-03-01", to: "2026-03-01" };
const idOf = (n: number) => `pay_${String(n).padStart(20, "0")}`;
const mark = Buffer.from(`${idOf(MANY / 2)} ${Date.now() - (MANY / 2) * 60_000}`).toString("base64url");

describe(`a page of ${MANY} payments reads no more than a page, however rare what it finds:`, () => {
  it.each<[string, Partial<PaymentFilter>]>([
    ["all", {}],
    ["a status that there is not", { status: ["canceled"] }],
    ["several statuses", { status: ["open", "expired"] }],
    ["a method that few have", { method: ["card"] }],
    ["a status and a method that never meet", { status: ["expired"], method: ["card"] }],
    ["an amount that nearly all have, of a status that none has", { amount: 550, status: ["canceled"] }],
    ["a customer who is nearly everybody, and a method", { customer: "guest", method: ["card"] }],
    ["a reference that all have, and a status", { reference: "donation", status: ["open"] }],
    ["what a person must look at", { attention: true }],
    ["what is in doubt, of a status", { inDoubt: true, status: ["open"] }],
    ["by when it was paid", { sort: "paid" }],
    ["by when it was paid, of a method", { sort: "paid", method: ["card"] }],
    ["by when it was paid, of an amount that none has", { sort: "paid", amount: 551 }],
    ["by when it was paid, of an amount that nearly all have", { sort: "paid", amount: 550, method: ["card"] }],
    ["by when it was paid, of a customer who is nearly everybody", { sort: "paid", customer: "guest" }],
    ["by when it was paid, of an order that there is not", { sort: "paid", reference: "nobody's" }],
    ["by when it was paid, that a person must look at", { sort: "paid", attention: true }],
    ["paid on a day, by when it was created", { paid: yesterday, customer: "nobody" }],
    ["paid on a day", { paid: yesterday, sort: "paid" }],
    ["created on a day, of a status", { created: yesterday, status: ["open"] }],
    ["a mandate's", { mandate: "man_1" }],
    ["a plan's, that are open", { plan: "plan_1", status: ["open"] }],
    ["four digits that all have", { search: readSearch("9999") }],
    ["an address that all have", { search: readSearch("guest@example.pt") }],
    ["a transaction of SIBS's", { search: readSearch(`s2${idOf(77)}`) }],
    ["an identifier, of another status", { search: readSearch(idOf(77)), status: ["open"] }],
    ["an order that all are", { search: readSearch("donation") }],
    ["an amount", { search: readSearch("5,50 €") }],
    [
      "those of which an attempt failed on a day",
      { failed: { ...DAY, reasons: ["not_answered"], methods: ["mbway"] } },
    ],
    ["those of which money went back on a day", { refunded: DAY }],
    ["those, and an amount", { failed: { ...DAY, reasons: null, methods: null }, amount: 551 }],
    ["those whose reference ends on a day", { referenceEnds: "2026-12-05" as const }],
    ["an authorised payment", { search: readSearch(`man_${"78".padStart(20, "0")}`) }],
    ["a plan", { search: readSearch(`plan_${"78".padStart(20, "0")}`) }],
    ["what there is not", { search: readSearch("nobody") }],
  ])("%s", async (_what, filter) => {
    for (const after of [undefined, mark]) {
      const { whole, rows, blocks } = await costOf(filter, after);
      expect(whole).toEqual([]);
      expect(rows).toBeLessThan(MOST_ROWS);
      expect(blocks).toBeLessThan(MOST_BLOCKS);
    }
  });

  it("which is no matter of course: what is sorted otherwise than it was paid is read for the time that it was paid in", async () => {
    const { rows } = await costOf({ paid: { ...ALWAYS, before: Date.now() } });
    expect(rows).toBeGreaterThan(MOST_ROWS);
  });
});
