import { systemChance } from "@caravela/platform/chance";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import { cancel } from "../domain/payment/end.ts";
import type { Payment } from "../domain/payment/state.ts";
import { newPayment, TEN } from "../domain/payment/testing/builders.ts";
import { PaymentStore } from "./payments.ts";

let database: TestDatabase;
let pool: Pool;
let asked: string[] = [];
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4, byIndex: true });
  const { query } = pool;
  pool.query = (statement, values) => {
    asked.push(typeof statement === "string" ? statement : (statement.name ?? ""));
    return query.call(pool, statement, values) as never;
  };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The payments as one process has them: each knows its own states. */
function processOfItsOwn(itsPool = pool): PaymentStore {
  const given = { now: TEN, id: systemChance.id };
  return new PaymentStore({
    pool: itsPool,
    given: () => given,
    by: CLOCK,
    before: "52221" as const,
    eventsOf: () => [],
    changed: () => undefined,
  });
}

async function created(payments: PaymentStore, key?: string): Promise<PaymentId> {
  count += 1;
  const id: PaymentId = `pay_${count}`;
  await payments.create(
    () => newPayment({ id, payToken: `token${count}` }),
    () => ({
      operation: "create",
      scope: "",
      key: key ?? id,
      fingerprint: "",
      resource: id,
      status: null,
      body: null,
    }),
  );
  return id;
}

const many = <T>(of: () => Promise<T>) => Promise.all(Array.from({ length: 40 }, of));
const savedCard = { id: "tok_1", brand: null, lastFour: null, expiry: null } as const;

describe("what many decide at once", () => {
  it("is written by few statements, and each is told of its own", async () => {
    const payments = processOfItsOwn();
    const ids = await many(() => created(payments));
    asked = [];
    const decided = await Promise.all(ids.map((id) => payments.decide(id, cancel)));
    expect(decided).toMatchObject(ids.map((id) => ({ payment: { id, status: "canceled", version: 2 } })));
    expect(asked.length).toBeLessThan(5);
    const { rows } = await pool.query("select subject_id from fact where kind = 'payment_canceled' order by 1");
    expect(rows.map((row) => row.subject_id)).toEqual(ids.toSorted());
  });

  it("is nobody else's business where one cannot be written", async () => {
    const payments = processOfItsOwn();
    const taken = await created(payments);
    const others = Array.from({ length: 9 }, () => created(payments));
    const culprit = created(payments, taken);
    await expect(culprit).rejects.toMatchObject({ constraint: expect.stringMatching(/^idempotency/) });
    expect(await Promise.all((await Promise.all(others)).map((id) => payments.load(id)))).not.toContain(null);
  });
});

describe("the key of a request that another process is writing down", () => {
  it("keeps nobody waiting longer than a statement may take but its own request", async () => {
    const hasty = createPool({ url: database.url, schema: "caravela", max: 4, statementLimitMs: 500 });
    const payments = processOfItsOwn(hasty);
    const holder = await pool.connect();
    await holder.query("begin");
    await holder.query(
      "insert into idempotency (scope, key, fingerprint, created_at, operation) values ('', 'held', '', now(), 'create')",
    );
    await created(payments); // on a connection that is there
    const [first, held, ...others] = await Promise.allSettled([
      created(payments),
      created(payments, "held"),
      created(payments),
    ]);
    expect(held).toMatchObject({ status: "rejected", reason: { name: "DatabaseAway", code: "57014" } });
    expect([first, ...others].map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    await holder.query("rollback");
    holder.release();
    await hasty.end();
  });
});

describe("a payment that somebody holds in the database", () => {
  it("keeps nobody waiting but those who decide about it, and they go on when it is let go", async () => {
    const payments = processOfItsOwn();
    const [held, free] = [await created(payments), await created(payments)];
    const holder = await pool.connect();
    await holder.query("begin");
    await holder.query("select 1 from payment where id = $1 for update", [held]);
    let isDone = false;
    const waiting = Promise.all([payments.decide(held, cancel), payments.decide(free, cancel)]).then(([one]) => {
      isDone = true;
      return one;
    });
    const later = await created(payments);
    expect(await payments.decide(later, cancel)).toMatchObject({ payment: { status: "canceled" } });
    expect(await payments.load(free)).toMatchObject({ status: "canceled" });
    expect(isDone).toBe(false);
    await holder.query("rollback");
    holder.release();
    expect(await waiting).toMatchObject({ payment: { status: "canceled", version: 2 } });
  });
});

describe("what many decide at once about one payment", () => {
  const saved = (payments: PaymentStore, id: PaymentId) =>
    payments.record(id, (_state, { now }) => [{ kind: "card_saved", at: now, card: savedCard }]);

  it("is written one after the other, each on what the one before has left: nobody is turned away", async () => {
    const payments = processOfItsOwn();
    const id = await created(payments);
    asked = [];
    await many(() => saved(payments, id));
    expect(asked).toEqual(Array.from({ length: 40 }, () => "payment-decide-many"));
    expect(await payments.load(id)).toMatchObject({ version: 41 });
  });

  it("waits on one connection where somebody holds it: the others go on", async () => {
    const payments = processOfItsOwn();
    const [held, free] = [await created(payments), await created(payments)];
    const holder = await pool.connect();
    await holder.query("begin");
    await holder.query("select 1 from payment where id = $1 for update", [held]);
    asked = [];
    const waiting = many(() => saved(payments, held));
    for (let other = 0; other < 4; other += 1) await created(payments);
    expect(await payments.decide(free, cancel)).toMatchObject({ payment: { status: "canceled" } });
    expect(asked.filter((name) => name === "payment-decide")).toHaveLength(1);
    await holder.query("rollback");
    holder.release();
    expect((await waiting).length).toBe(40);
  });
});

describe("a decision that is made on what this process last knew", () => {
  it("reads nothing, and is made anew where another process was quicker", async () => {
    const [here, there] = [processOfItsOwn(), processOfItsOwn()];
    const id = await created(here);
    asked = [];
    await here.record(id, (_state, { now }) => [{ kind: "card_saved", at: now, card: savedCard }]);
    expect(asked).toEqual(["payment-decide-many"]);
    await there.decide(id, cancel);
    const seen: Payment["status"][] = [];
    const { payment } = await here.record(id, (state, { now }) => {
      seen.push(state.status);
      return [{ kind: "card_saved", at: now, card: savedCard }];
    });
    expect(seen).toEqual(["open", "canceled"]);
    expect(payment).toMatchObject({ status: "canceled", version: 4 });
  });

  it("is made on what is stored where it would write nothing, or is refused", async () => {
    const [here, there] = [processOfItsOwn(), processOfItsOwn()];
    const id = await created(here);
    await there.decide(id, cancel);
    expect(await here.record(id, () => [])).toMatchObject({ payment: { status: "canceled" }, facts: [] });
    const later = processOfItsOwn();
    await later.load(id);
    const refused = await later.decide(id, ({ status }) => ({ refused: "payment_canceled", status }) as never);
    expect(refused).toMatchObject({ refused: "payment_canceled", status: "canceled" });
  });
});

describe("a payment that rests", () => {
  const dueAt = async (id: string) =>
    (await pool.query<{ due_at: Date }>("select due_at from payment where id = $1", [id])).rows[0]?.due_at.getTime();

  it("is due when its timers say, whatever its row says, unless it was decided about since it was found due", async () => {
    const payments = processOfItsOwn();
    const id = await created(payments);
    const expires = newPayment().expiresAt;
    await pool.query("update payment set due_at = $2 where id = $1", [id, new Date(TEN)]);
    await payments.rest(id, { now: TEN, until: 0, found: { version: 1, looked: 0 } });
    expect(await dueAt(id)).toBe(expires);
    await payments.record(id, (_state, { now }) => [{ kind: "card_saved", at: now, card: savedCard }]);
    asked = [];
    await payments.rest(id, { now: TEN, until: 0, found: { version: 1, looked: 0 } });
    expect(asked).toEqual([]);
    await payments.rest(id, { now: expires, until: expires + 60_000, found: { version: 1, looked: 0 } });
    expect(await dueAt(id)).toBe(expires + 60_000);
  });
});

describe("a database that has lost what it had", () => {
  it("is believed: a copy that is behind has taken over", async () => {
    const payments = processOfItsOwn();
    const id = await created(payments);
    const before = await pool.query("select state from payment where id = $1", [id]);
    await payments.decide(id, cancel);
    await pool.query("update payment set state = $2, version = 1 where id = $1", [id, before.rows[0]?.state]);
    await pool.query("delete from fact where subject_id = $1 and number > 1", [id]);
    await payments.load(id);
    expect(await payments.lately(id)).toMatchObject({ status: "open", version: 1 });
    expect(await payments.decide(id, cancel)).toMatchObject({ payment: { status: "canceled", version: 2 } });
  });
});
