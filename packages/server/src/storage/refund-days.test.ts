import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import { failure } from "../domain/failure.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import type { Budget, Spender } from "../domain/limit.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { approved, mbwayWaiting, newPayment } from "../domain/payment/testing/builders.ts";
import { DAY, MINUTE } from "../domain/time.ts";
import { PaymentStore } from "./payments.ts";
import { isOverspent, RefundDays, spentOf } from "./refund-days.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A minute before midnight in Lisbon, in summer, when it is eleven by UTC. */
const EVENING = Date.UTC(2026, 6, 1, 22, 59);
let now = EVENING;
const budgets: readonly Budget[] = [
  { key: "key_1", most: cents(1000) },
  { key: "key_2", most: cents(500) },
];
const stood = async () => (await pool.query("select key_id, day::text, amount from refund_day order by 1, 2")).rows;

let count = 0;
const id = (prefix: string) => `${prefix}_${++count}` as never;
const canceled = () => [{ kind: "payment_canceled", at: now } as const];

function openStore(): PaymentStore {
  const given = () => ({ now, id });
  return new PaymentStore({ pool, given, before: "52221", by: CLOCK, eventsOf: () => [], changed: () => undefined });
}

async function created(payments: PaymentStore) {
  const payment = await payments.createOnce(() => newPayment({ id: id("pay"), payToken: `token${count}` }));
  if (payment === null) throw new Error("no payment");
  return payment.id;
}

it("a day is Lisbon's, what comes to more than it may is undone whole, and what is long over is forgotten", async () => {
  const days = new RefundDays(pool, { now: () => new Date(now) });
  const payments = openStore();
  /** Decides something about a payment of its own that counts with so much. */
  const spend = async (amount: number) => {
    const payment = await created(payments);
    const spent = spentOf(budgets, cents(amount), now);
    await payments.decide(payment, canceled, undefined, { spends: () => spent }).catch((error) => {
      if (!isOverspent(error)) throw error;
    });
    return { status: (await payments.load(payment))?.status };
  };

  expect(await spend(400)).toMatchObject({ status: "canceled" });
  expect(await spend(101)).toMatchObject({ status: "open" });
  expect(await days.left(budgets)).toBe(100);
  now += 2 * MINUTE;
  expect(await days.left(budgets)).toBe(500);
  await spend(500);
  expect(await stood()).toEqual(
    ["key_1", "key_2"].flatMap((key_id) => [
      { key_id, day: "2026-07-01", amount: 400 },
      { key_id, day: "2026-07-02", amount: 500 },
    ]),
  );
  now += 9 * DAY;
  await days.purge();
  expect(await stood()).toEqual([]);
});

it("who waits for a key's day has nobody else wait", async () => {
  const payments = openStore();
  const spent = spentOf(budgets, cents(100), now);
  const [first, waiting, other] = [await created(payments), await created(payments), await created(payments)];
  await payments.decide(first, canceled, undefined, { spends: () => spent });
  const holder = await pool.connect();
  try {
    await holder.query("begin");
    await holder.query("select from caravela.refund_day for update");
    let isDone = false;
    const spending = payments.decide(waiting, canceled, undefined, { spends: () => spent }).then(() => {
      isDone = true;
    });
    await payments.decide(other, canceled);
    expect(isDone).toBe(false);
    await holder.query("rollback");
    await spending;
  } finally {
    holder.release();
  }
});

/** A refund of one euro that counts in these days. */
async function refunding(payments: PaymentStore, countsFor: readonly Spender[]): Promise<PaymentId> {
  const payment = await created(payments);
  const attempt = id("att");
  const wanted = { operationKind: "refund", attempt, amount: cents(100), reason: "requested" } as const;
  const facts: readonly Fact[] = [
    ...mbwayWaiting(now, attempt),
    approved(now, attempt),
    { kind: "operation_requested", at: now, operation: `rfd_${payment}`, ...wanted, countsFor },
    { kind: "operation_sent", at: now, operation: `rfd_${payment}` },
  ];
  const spends = () => spentOf(budgets, cents(100), now);
  await payments.decide(payment, () => facts, undefined, { spends });
  return payment;
}

const ended = (payment: PaymentId, saidBy: Extract<Fact, { kind: "operation_failed" }>["saidBy"]): readonly Fact[] => [
  {
    kind: "operation_failed",
    at: now,
    operation: `rfd_${payment}`,
    failure: failure("not_sent"),
    transactionId: null,
    ...(saidBy !== undefined && { saidBy }),
  },
];

it("what nothing came of counts no more, by the statement that says so, whoever finds that out and when; a person's word alone frees nothing", async () => {
  const payments = openStore();
  const days = new RefundDays(pool, { now: () => new Date(now) });
  now += DAY;
  const keys = budgets.map(({ key }) => key);
  const [refused, absent, settled, old] = [
    await refunding(payments, keys),
    await refunding(payments, keys),
    await refunding(payments, keys),
    // one that a server of before requested, which gives back itself
    await refunding(payments, []),
  ];
  expect(await days.left(budgets)).toBe(100);
  const decided: [PaymentId, "absence" | "person" | undefined, number][] = [
    [refused, undefined, 200],
    [absent, "absence", 300],
    [absent, "absence", 300],
    [settled, "person", 300],
    [old, undefined, 300],
  ];
  for (const [payment, saidBy, left] of decided) {
    await payments.record(payment, () => ended(payment, saidBy));
    expect(await days.left(budgets)).toBe(left);
  }
});

it("what counts no more takes the days of several keys in the order in which they are counted: neither waits for the other", async () => {
  const payments = openStore();
  now += DAY;
  const payment = await refunding(payments, budgets.map(({ key }) => key).toReversed());
  const [first, last] = budgets;
  const holder = await pool.connect();
  try {
    await holder.query("begin");
    await holder.query("select from caravela.refund_day where key_id = $1 for update", [first?.key]);
    const giving = payments.record(payment, () => ended(payment, undefined));
    await expect.poll(waiting).toBe(1);
    // what is counted now has the first, and takes the last
    await holder.query("select from caravela.refund_day where key_id = $1 for update nowait", [last?.key]);
    await holder.query("commit");
    await giving;
  } finally {
    holder.release();
  }
});

/** How many statements wait for a row that somebody holds. */
async function waiting(): Promise<unknown> {
  const { rows } = await pool.query(
    "select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows[0]?.count;
}
