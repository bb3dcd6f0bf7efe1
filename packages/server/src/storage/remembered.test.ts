import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { AttemptId, PaymentId } from "../domain/identifiers.ts";
import type { Fact } from "../domain/payment/facts.ts";
import type { Payment } from "../domain/payment/state.ts";
import { at, newPayment, PHONE, TEN, TERMS } from "../domain/payment/testing/builders.ts";
import { MINUTE } from "../domain/time.ts";
import { PaymentStore } from "./payments.ts";

let database: TestDatabase;
let pool: Pool;
/** Two processes on one database. */
let here: PaymentStore;
let there: PaymentStore;
/** Loses the answer to the next statement, once that is carried out. */
let isCut = false;
let count = 0;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4 });
  const cutting = new Proxy(pool, {
    get: (target, member) => (member === "query" ? cuttable : Reflect.get(target, member)),
  });
  here = new PaymentStore({ ...parts, pool: cutting });
  there = new PaymentStore({ ...parts, pool });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const parts = {
  given: () => at(TEN),
  by: CLOCK,
  before: "52221" as const,
  eventsOf: () => [],
  changed: () => undefined,
};

const cuttable: Pool["query"] = async (statement) => {
  const answer = await pool.query(statement);
  if (!isCut) return answer as never;
  isCut = false;
  throw new Error("the connection was lost");
};

/** A payment that both know as it was created. */
async function known(): Promise<PaymentId> {
  count += 1;
  const id: PaymentId = `pay_${count}`;
  await here.createOnce(() => newPayment({ id, payToken: `p${count}` }));
  await there.load(id);
  return id;
}

/** Prepares one attempt, and refuses another. */
const once = (id: PaymentId) => (state: Payment) =>
  state.attempts.length > 0 ? ({ refused: "attempt_over" } as const) : prepared(`att_${id}`);

const prepared = (attempt: AttemptId): readonly Fact[] => [
  { kind: "attempt_prepared", at: TEN, attempt, ...TERMS, method: "mbway", phone: PHONE },
];
const wanted = (): readonly Fact[] => [{ kind: "new_request_wanted", at: TEN, phone: PHONE }];

const dueAt = async (id: PaymentId): Promise<number | undefined> =>
  (
    await pool.query<{ due_at: Date | null }>("select due_at from payment where id = $1", [id])
  ).rows[0]?.due_at?.getTime();

describe("a payment that another process has changed since this one knew it", () => {
  it("is decided about as it is, be it written, refused, or nothing to do", async () => {
    const id = await known();
    expect(await there.decide(id, once(id))).toMatchObject({ payment: { version: 2 } });
    // written by what is known here, had it not changed
    expect(await here.decide(id, once(id))).toEqual({ refused: "attempt_over" });
    await there.record(id, wanted);
    const pressed = await here.record(id, ({ wish }) => (wish === null ? wanted() : []));
    expect(pressed).toMatchObject({ facts: [], payment: { version: 3, attempts: [{ id: `att_${id}` }] } });
    await there.record(id, () => [{ kind: "new_request_dropped", at: TEN }]);
    // refused by what is known here
    const anew = await here.decide(id, ({ wish }) => (wish === null ? wanted() : { refused: "attempt_over" }));
    expect(anew).toMatchObject({ payment: { version: 5 } });
    expect(await there.load(id)).toEqual(await here.lately(id));
  });

  it("is looked at again when that one has said", async () => {
    const id = await known();
    await there.decide(id, once(id));
    const said = await dueAt(id);
    await here.rest(id, { now: TEN + 5 * MINUTE, until: TEN + 9 * MINUTE, found: { version: 1, looked: 0 } });
    expect(await dueAt(id)).toBe(said);
  });
});

describe("a payment of which this process has lost the answer to a decision", () => {
  it("is decided about as it was written", async () => {
    const id = await known();
    isCut = true;
    await expect(here.decide(id, once(id))).rejects.toThrow("lost");
    expect(await here.decide(id, once(id))).toEqual({ refused: "attempt_over" });
    expect((await there.load(id))?.attempts).toHaveLength(1);
  });
});

it("what is asked for at once is read by one statement, each as it is stored", async () => {
  const [one, other] = [await known(), await known()];
  const query = vi.spyOn(pool, "query");
  const read = await Promise.all([there.load(one), there.load("pay_none"), there.load(other), there.load(one)]);
  expect(query).toHaveBeenCalledTimes(1);
  vi.restoreAllMocks();
  expect(read.map((payment) => payment?.id ?? null)).toEqual([one, null, other, one]);
});

describe("the database has lost what it had, since a standby took over that had not heard of it", () => {
  it("and others have changed it since: it is decided about as it is, not as it was known before the connection broke", async () => {
    const own = createPool({ url: database.url, schema: "caravela", max: 1 });
    const restored = new PaymentStore({ ...parts, pool: own });
    own.onLost(() => restored.forgetAll());
    const id = await known();
    const begun = (await there.load(id)) as Payment;
    await restored.decide(id, once(id));
    await pool.query("delete from fact where subject_id = $1 and number > 1", [id]);
    await pool.query("update payment set version = 1, state = $2 where id = $1", [id, begun]);
    await there.record(id, wanted);

    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
    );
    await expect
      .poll(() =>
        own.query("select").then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await restored.record(id, ({ attempts }) =>
      attempts.length > 0 ? wanted() : [{ kind: "new_request_dropped", at: TEN }],
    );
    expect(await there.load(id)).toMatchObject({ version: 3, attempts: [], wish: null });
    expect((await there.journal(id)).map(({ line }) => line.kind)).toEqual([
      "payment_created",
      "new_request_wanted",
      "new_request_dropped",
    ]);
    await own.end();
  });
});
