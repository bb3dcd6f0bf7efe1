import { systemChance } from "@caravela/platform/chance";
import { MovableClock } from "@caravela/platform/clock";
import { Connection } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { faultyPlans } from "@caravela/platform/testing/plans";
import { expect, it, vi } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import { refuseMandate } from "../domain/mandate/begin.ts";
import { WANTED } from "../domain/mandate/testing/builders.ts";
import { cancel } from "../domain/payment/end.ts";
import type { Payment } from "../domain/payment/state.ts";
import { mbwayWaiting, newPayment, TEN } from "../domain/payment/testing/builders.ts";
import { PERSON } from "../domain/payment/testing/lives.ts";
import { Matcher, notificationColumns, type StoredNotification } from "../notifications/match.ts";
import { SavedCards } from "../storage/cards.ts";
import { KeptAnswers } from "../storage/kept-answers.ts";
import { MandateStore } from "../storage/mandates.ts";
import { PaymentStore } from "../storage/payments.ts";
import { endTask } from "../storage/tasks.ts";
import { testPool } from "../testing/pool.ts";
import { type ErasesCustomers, eraseCustomer } from "./erase-customer.ts";

const pool = await testPool({ max: 6 });

const parts = () => {
  const given = { now: TEN, id: systemChance.id };
  return { pool, given: () => given, by: CLOCK, before: "52221" as const, changed: () => undefined };
};

/** A process: it knows its own states. */
function openProcess(): ErasesCustomers & { readonly payments: PaymentStore; readonly mandates: MandateStore } {
  const payments = new PaymentStore({ ...parts(), eventsOf: () => [] });
  return { pool, payments, mandates: new MandateStore({ ...parts(), eventsOf: () => [] }) };
}

let count = 0;
const identity = (id: string) => ({ operation: "create", scope: id, key: id, fingerprint: "" });

/** A payment of a customer's, whose request is not answered yet. */
async function made(payments: PaymentStore, customer: string, changes: Partial<Payment> = {}): Promise<PaymentId> {
  count += 1;
  const id: PaymentId = `pay_${count}`;
  const person = { ...PERSON, customer: { ...PERSON.customer, id: customer } };
  await payments.create(
    () => newPayment({ ...person, id, payToken: `token${count}`, ...changes }),
    () => ({ ...identity(id), resource: id, status: null, body: null }),
  );
  return id;
}

const all = async (table: string) =>
  JSON.stringify((await pool.query(`select to_jsonb(t) as row from caravela.${table} as t`)).rows);

it("goes on where a process died, and has erased each payment whole or not at all", async () => {
  const ports = openProcess();
  const ids = [
    await made(ports.payments, "died"),
    await made(ports.payments, "died"),
    await made(ports.payments, "died"),
  ];
  let left = 1;
  const inside: PaymentStore["inside"] = (...of) => {
    left -= 1;
    if (left < 0) throw new Error("killed");
    return ports.payments.inside(...of);
  };
  await expect(eraseCustomer({ ...ports, payments: { inside } }, "died")).rejects.toThrow("killed");
  const erased = async () => (await Promise.all(ids.map((id) => ports.payments.load(id)))).map((one) => one?.erasedAt);
  expect((await erased()).filter((at) => at === TEN)).toHaveLength(1);
  expect(await eraseCustomer(ports, "died")).toEqual({ payments: 2, mandates: 0, savedCards: 0 });
  expect(await erased()).toEqual([TEN, TEN, TEN]);
  expect(await all("fact")).not.toContain("Maria");
});

it("is not undone by a process that remembers the payment as it was", async () => {
  const [one, other] = [openProcess(), openProcess()];
  const id = await made(other.payments, "remembered");
  expect(await eraseCustomer(one, "remembered")).toMatchObject({ payments: 1 });
  expect((await other.payments.lately(id))?.customer).not.toBeNull();
  const decided = await other.payments.decide(id, cancel);
  expect(decided).toMatchObject({ payment: { status: "canceled", customer: null, erasedAt: TEN } });
  expect((await one.payments.load(id))?.customer).toBe(null);
  expect(await all("payment")).not.toContain("Maria");
});

it("leaves nothing of what people wrote who were done with a task of theirs, before or after", async () => {
  const ports = openProcess();
  const id = await made(ports.payments, "with tasks");
  await pool.query(
    `insert into caravela.task (id, subject_id, terminal, since, about)
     select 'refund_failed.' || n, $1, '52221', $2, '{"kind": "refund_failed"}' from generate_series(1, 2) as n`,
    [id, new Date(TEN)],
  );
  const done = (n: number) =>
    endTask(pool, { id: `refund_failed.${n}`, note: "Maria asked", by: CLOCK, at: new Date(TEN) });
  expect(await done(1)).toBe(true);
  expect(await all("task")).toContain("Maria asked");
  expect(await eraseCustomer(ports, "with tasks")).toMatchObject({ payments: 1 });
  await pool.query(
    `insert into caravela.task (id, subject_id, terminal, since, about)
     select 'refund_failed.' || n, $1, '52221', $2, '{"kind": "refund_failed"}' from generate_series(1, 2) as n
     on conflict do nothing`,
    [id, new Date(TEN)],
  );
  expect(await done(2)).toBe(true);
  expect(await all("task")).not.toContain("Maria");
});

it("leaves nothing of what is written about a mandate's task afterwards, or in that very moment", async () => {
  const ports = openProcess();
  const mandate = "man_with_tasks" as const;
  const wanted = { ...WANTED, id: mandate, customer: { id: "of a mandate", name: "Maria" } };
  await ports.mandates.create(
    () => wanted,
    () => ({ ...identity(mandate), resource: mandate, status: null, body: null }),
  );
  await ports.mandates.record(mandate, (state, given) => refuseMandate(state, null, given));
  const payment = await made(ports.payments, "of a mandate");
  const done = (subject: string) =>
    endTask(pool, { id: `plan_stopped.${subject}`, note: "Maria asked", by: CLOCK, at: new Date(TEN) });
  const tasks = (...subjects: string[]) =>
    pool.query(
      `insert into caravela.task (id, subject_id, terminal, since, about)
       select 'plan_stopped.' || subject, subject, '52221', $2, '{"kind": "plan_stopped"}' from unnest($1::text[]) as subject`,
      [subjects, new Date(TEN)],
    );
  await tasks(payment);
  // the erasure has come past its tasks, and is not committed
  const ending = await inTransaction(pool, async (connection) => {
    await connection.query("lock table caravela.continuation in exclusive mode");
    const erasing = eraseCustomer(ports, "of a mandate");
    await waiting(1);
    const writing = done(payment);
    await waiting(2);
    return { erasing, writing };
  });
  expect(await ending.erasing).toEqual({ payments: 1, mandates: 1, savedCards: 0 });
  expect(await ending.writing).toBe(true);
  await tasks(mandate);
  expect(await done(mandate)).toBe(true);
  expect(await all("task")).not.toContain("Maria");
});

/** Waits until so many sessions wait for a lock of another. */
async function waiting(sessions: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query("select count(*)::integer as waiting from pg_locks where not granted");
      expect(rows).toEqual([{ waiting: sessions }]);
    },
    { timeout: 5_000 },
  );
}

it("forgets a saved card", async () => {
  const ports = openProcess();
  const paymentId = await made(ports.payments, "with a card");
  const card = {
    id: "tok_1" as const,
    terminal: null,
    customerId: "with a card",
    value: "a token",
    brand: "VISA",
    lastFour: "1111",
    expiry: "2030-12",
    paymentId,
    transactionId: "s2_card",
    consentedAt: new Date(TEN),
    createdAt: new Date(TEN),
  };
  const cards = new SavedCards(pool);
  await ports.payments.saveCard(paymentId, () => card);
  expect(await cards.of("with a card")).toMatchObject([{ id: "tok_1" }]);
  expect(await eraseCustomer(ports, "with a card")).toEqual({ payments: 1, mandates: 0, savedCards: 1 });
  expect(await cards.of("with a card")).toEqual([]);
});

it("leaves nothing to an answer that is kept only afterwards", async () => {
  const ports = openProcess();
  const id = await made(ports.payments, "answered late");
  const answers = new KeptAnswers(pool);
  await eraseCustomer(ports, "answered late");
  await answers.hold(identity(id), id);
  const late = { ...identity(id), made: id, status: 201, body: '{"name":"Maria"}', at: new Date(TEN) };
  expect(await answers.keep(late)).toBe(false);
  expect(await answers.find(identity(id))).toMatchObject([{ status: null, body: null, held: false, resource: id }]);
});

it("reaches a notification that is just being matched, and one that comes later", async () => {
  const ports = openProcess();
  const id = await made(ports.payments, "notified");
  await ports.payments.record(id, () => mbwayWaiting(TEN, "att_notified"));
  await ports.payments.record(id, () => [
    {
      kind: "attempt_ended",
      at: TEN,
      attempt: "att_notified",
      status: "declined",
      failure: { reason: "declined", code: null, message: "", next: null },
    },
  ]);
  const tells = {
    paymentStatus: "Declined",
    clientName: "Maria",
    token: { value: "351#919999999" },
    merchant: { transactionId: "att_notified", name: "Maria" },
  };
  const store = (notification: string) =>
    pool.query(
      `insert into caravela.notification (id, transaction_id, merchant_transaction_id, plaintext, raw, received_at, due_at)
       values ($1, null, 'att_notified.2', $2, 'Maria', now(), now())`,
      [notification, JSON.stringify(tells)],
    );
  await store("before");
  expect(await eraseCustomer(ports, "notified")).toMatchObject({ payments: 1 });
  expect(await all("notification")).not.toMatch(/Maria|919999999/);
  await store("after");
  const clock = new MovableClock({ now: () => new Date(TEN) });
  const terminals = { before: "52221", idOf: () => "52221" as const } as const;
  const matcher = new Matcher({ ...ports, clock, terminals, countUnmatched: () => undefined });
  const { rows } = await pool.query<StoredNotification>(`select ${notificationColumns} from caravela.notification`);
  for (const row of rows) await matcher.match(row, async () => "2026-01-01");
  const { rows: stored } = await pool.query("select plaintext, raw, subject_id from caravela.notification order by id");
  const kept = {
    paymentStatus: "Declined",
    clientName: null,
    token: null,
    merchant: { transactionId: "att_notified", name: null },
  };
  expect(stored).toEqual([1, 2].map(() => ({ plaintext: kept, raw: null, subject_id: id })));
});

it("finds what is theirs by an index, among many", async () => {
  const ports = openProcess();
  await made(ports.payments, "one of many");
  await pool.query(`
    insert into caravela.payment (id, state, version, created_at, reference, amount, status, amount_authorized, amount_captured,
      amount_released, amount_refunded, amount_refunding, amount_settling, amount_aside, amount_returned, is_corrected)
    select 'pay_many' || n, jsonb_build_object('customer', jsonb_build_object('id', 'c' || n)), 1, now(), 'order-' || n, 550, 'paid',
           550, 550, 0, 0, 0, 0, 0, 0, false from generate_series(1, 20000) as n`);
  await pool.query(`
    insert into caravela.idempotency (scope, key, fingerprint, resource, status, body, created_at, operation)
    select 's', 'key' || n, '', 'pay_many' || n, 200, '', now(), 'o' from generate_series(1, 20000) as n`);
  await pool.query(`
    insert into caravela.notification (id, transaction_id, plaintext, received_at, subject_id)
    select 'note' || n, 's2' || n, '{}', now(), 'pay_many' || n from generate_series(1, 20000) as n`);
  await pool.query(`
    insert into caravela.mandate (id, state, version, created_at, customer_id, phone, type, description, status)
    select 'man_many' || n, '{}', 1, now(), 'c' || n, '351#910000000', 'subscription', 'Box ' || n, 'active' from generate_series(1, 20000) as n`);
  await pool.query("update caravela.payment set mandate_id = replace(id, 'pay', 'man') where id like 'pay_many%'");
  await pool.query("analyze");
  const asked = vi.spyOn(Connection.prototype, "query");
  const erased = await eraseCustomer(ports, "one of many");
  const texts = asked.mock.calls.map(([asks]) => (typeof asks === "string" ? asks : asks.text));
  vi.restoreAllMocks();
  expect(erased).toMatchObject({ payments: 1 });
  const explained = [...new Set(texts)].filter((text) => text.includes("caravela."));
  expect(explained.length).toBeGreaterThan(15);
  expect(
    await faultyPlans(
      pool,
      explained.map((text) => [text, text]),
      [],
    ),
  ).toEqual([]);
});
