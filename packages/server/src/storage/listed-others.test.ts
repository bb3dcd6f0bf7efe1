import { readBy } from "@caravela/platform/testing/plans";
import { beforeAll, describe, expect, it } from "vitest";
import { readSearch } from "../domain/search.ts";
import { testPool } from "../testing/pool.ts";
import { type ListQuery, listStatement } from "./list-query.ts";
import { ALL_MANDATES, type MandateFilter, mandateQuery } from "./listed-mandates.ts";
import { ALL_OPERATIONS, type OperationFilter, operationQuery } from "./listed-operations.ts";
import { ALL_PLANS, type PlanFilter, planQuery } from "./listed-plans.ts";
import { tasksStatement } from "./tasks.ts";

const MANY = 30_000;
const MOST = 1_500;

const pool = await testPool({ bareNames: "none", max: 1 });
beforeAll(async () => {
  // nearly all are alike, as those of payments are in the test of their list
  await pool.query(`
    insert into caravela.listed_operation
    select 'rfd_' || n, 'pay_' || n, '52221', 'refund', now() - n * interval '1 minute', now() - n * interval '1 minute', 'succeeded',
           'requested', case when n = ${MANY} then 'card' else 'mbway' end, 100, 'donation', null, n = ${MANY}
      from generate_series(1, ${MANY}) as n`);
  await pool.query(`
    insert into caravela.search_term
    select kind, 'last4:9999', terminal, created_at, id, subject_id from caravela.listed_operation`);
  await pool.query(`
    insert into caravela.mandate (id, state, version, created_at, type, phone, description, reference, customer_id, status, terminal)
    select 'man_' || n, '{"limit":5000}', 1, now() - n * interval '1 minute', 'oneclick',
           case when n % 300 = 0 then '351#919990000' else '351#919999999' end, 'Tea', 'common', 'everybody', 'refused', '52221'
      from generate_series(1, ${MANY}) as n`);
  await pool.query(`
    insert into caravela.listed_plan
    select 'plan_' || n, 'man_' || n, '52221', now() - n * interval '1 minute', 'ended', 500, 'order-' || n, 'customer-' || n
      from generate_series(1, ${MANY}) as n`);
  // one plan in three has charged, all of it but one today; the one is what somebody must look at
  await pool.query(`
    insert into caravela.listed_payment
    select 'pay_' || n, 'pay_' || n, '52221', now() - n * interval '1 minute', now() - n * interval '1 minute', 'paid', 'mandate', 500,
           'order-' || n, 'customer-' || n, 'man_' || n, 'plan_' || n, n = ${MANY}, n = ${MANY}
      from generate_series(3, ${MANY}, 3) as n`);
  await pool.query(`
    insert into caravela.task (id, subject_id, terminal, since, about)
    select 'task_' || n, 'pay_' || n, '52221', now() - n * interval '1 minute', '{}' from generate_series(1, ${MANY}) as n`);
  await pool.query(
    "analyze caravela.listed_operation, caravela.search_term, caravela.mandate, caravela.listed_plan, caravela.listed_payment, caravela.task",
  );
});

async function expectPage(query: ListQuery): Promise<void> {
  const { whole, rows, blocks } = await readBy(pool, listStatement(query, { limit: 20 }));
  expect(whole).toEqual([]);
  expect(rows).toBeLessThan(MOST);
  expect(blocks).toBeLessThan(MOST);
}

/** The hours after the oldest was paid. */
const LONG_AGO = { from: null, before: Date.now() - (MANY - 300) * 60_000 };

const TERMINALS = ["52221", "52222"];

it.each([
  ["all", null],
  ["of the payment whose task is the oldest", `pay_${MANY}`],
  ["of a payment that has none", "pay_none"],
])("tasks %s read no more than they are", async (_name, subject) => {
  const statement = tasksStatement(new Date(), { terminals: TERMINALS, subject }, { limit: 20 });
  const { whole, rows, blocks } = await readBy(pool, statement);
  expect(whole).toEqual([]);
  // a page and the one that tells whether there is more, each with the payment whose order it names
  expect(rows).toBeLessThanOrEqual(2 * 21);
  expect(blocks).toBeLessThan(MOST);
});

describe("a page reads no more than a page, however rare what it finds:", () => {
  it.each<[string, Partial<OperationFilter>]>([
    ["all", {}],
    ["of a status that none has", { status: ["failed"] }],
    ["of a method that one has", { method: ["card"] }],
    ["in doubt", { inDoubt: true }],
    ["of a payment", { payment: "pay_7" }],
    ["by when they were done, of a method that one has", { sort: "paid", method: ["card"] }],
    ["that a person must look at", { attention: true }],
    ["of an amount", { amount: 100 }],
    ["of four digits that all have", { search: readSearch("9999") }],
    ["of an identifier", { search: readSearch("rfd_77") }],
    ["of what a mandate charged", { mandate: "man_300" }],
    ["of what a plan charged, by when they were done", { plan: "plan_300", sort: "paid" }],
    ["of a mandate that is searched for", { search: readSearch(`man_${"3".padStart(20, "0")}`) }],
    ["of what names nothing", { search: readSearch("nobody") }],
    ["of a plan that is searched for", { search: readSearch(`plan_${"3".padStart(20, "0")}`) }],
  ])("refunds, %s", async (_what, filter) =>
    expectPage(operationQuery("refund", { ...ALL_OPERATIONS, ...filter }, TERMINALS)),
  );

  it.each<[string, Partial<MandateFilter>]>([
    ["all", {}],
    ["of a status that none has", { status: ["active"] }],
    ["of a customer who is everybody, of a status that none has", { customer: "everybody", status: ["active"] }],
    ["of a reference that all have, of a status that none has", { reference: "common", status: ["pending"] }],
    ["of a terminal that has none", { terminal: "52222" }],
    ["of a terminal, of a status that none has", { terminal: "52221", status: ["active"] }],
    ["in doubt", { inDoubt: true }],
    ["of four digits that all have", { search: readSearch("9999") }],
    ["of an identifier", { search: readSearch("man_77") }],
    ["of what it charged", { search: readSearch("pay_300") }],
    ["of a limit that all have, of a status that none has", { amount: 5_000, status: ["active"] }],
    ["of a limit that none has", { amount: 5_001 }],
    ["of a limit that all have, of a terminal that has none", { amount: 5_000, terminal: "52222" }],
    ["of a limit that is searched for", { search: readSearch("50,00") }],
    ["charged long ago", { paid: LONG_AGO }],
    ["of which a person must look at a charge", { attention: true }],
    ["of which nobody must look at a charge", { attention: false }],
  ])("mandates, %s", async (_what, { terminal, ...filter }) =>
    expectPage(mandateQuery({ ...ALL_MANDATES, ...filter }, terminal === undefined ? null : [String(terminal)])),
  );

  it.each<[string, Partial<PlanFilter>]>([
    ["all", {}],
    ["of a status that none has", { status: ["active"] }],
    ["of a mandate", { mandate: "man_7" }],
    ["of a reference", { reference: "order-77" }],
    ["of a customer", { customer: "customer-7", status: ["active"] }],
    ["of an identifier", { search: readSearch("plan_77") }],
    ["of what it charged", { search: readSearch("pay_300") }],
    ["of four digits that one in three hundred has", { search: readSearch("0000") }],
    ["of an amount that all have, of a status that none has", { amount: 500, status: ["active"] }],
    ["of an amount that none has", { amount: 501 }],
    ["of an amount that all have, of a terminal that has none", { amount: 500, terminal: "52222" }],
    ["of an amount that is searched for", { search: readSearch("5,00") }],
    ["charged long ago", { paid: LONG_AGO }],
    ["of which a person must look at a charge", { attention: true }],
    ["of which nobody knows what became of a charge", { inDoubt: true }],
    ["of which everybody knows what became of each charge", { inDoubt: false }],
  ])("plans, %s", async (_what, { terminal, ...filter }) =>
    expectPage(planQuery({ ...ALL_PLANS, ...filter }, terminal === undefined ? null : [String(terminal)])),
  );
});
