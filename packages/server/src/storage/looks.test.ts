import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { MandateId, PaymentId } from "../domain/identifiers.ts";
import { hearMandate } from "../domain/mandate/hear.ts";
import { WANTED } from "../domain/mandate/testing/builders.ts";
import { hear, hearNothing } from "../domain/payment/hear.ts";
import { at, HOUR, newPayment, referenceWaiting, said, TEN } from "../domain/payment/testing/builders.ts";
import { DAY, type Instant } from "../domain/time.ts";
import type { IdempotencyRow } from "./keys.ts";
import { MandateStore } from "./mandates.ts";
import { PaymentStore } from "./payments.ts";
import { verify } from "./verify.ts";

let database: TestDatabase;
let pool: Pool;
/** Two processes on one database. */
let here: PaymentStore;
let there: PaymentStore;
let mandates: MandateStore;
let now: Instant = TEN;
let count = 0;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4 });
  const parts = {
    pool,
    given: () => at(now),
    by: CLOCK,
    before: "52221" as const,
    eventsOf: () => [],
    changed: () => undefined,
  };
  here = new PaymentStore(parts);
  there = new PaymentStore(parts);
  mandates = new MandateStore(parts);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A reference that waits, of which SIBS has said so once. */
async function asked(): Promise<PaymentId> {
  now = TEN;
  count += 1;
  const id: PaymentId = `pay_${count}`;
  await here.createOnce(() => newPayment({ id, payToken: `p${count}` }));
  await here.record(id, () => referenceWaiting(TEN));
  await ask(here, id);
  return id;
}

/** SIBS is asked an hour later, and says that the reference waits. */
async function ask(store: PaymentStore, id: PaymentId, word: string | null = "Pending") {
  now += HOUR;
  return store.record(id, (payment, given) =>
    word === null ? hearNothing(payment, "att_1", given) : hear(payment, "att_1", said(word), given),
  );
}

const rowOf = async (table: "payment" | "mandate", id: string) =>
  (await pool.query(`select state::text, version, looks, looked, due_at from ${table} where id = $1`, [id])).rows[0];
const kindsOf = async (id: string) =>
  (await pool.query("select kind from fact where subject_id = $1 order by number", [id])).rows.map(({ kind }) => kind);
const differing = async () =>
  (await Array.fromAsync(verify(pool))).filter((one) => one.differing.length > 0 || one.fault);

describe("an inquiry that says again what the last one said", () => {
  it("is no line of the journal, and leaves the state as it is; the row says what was said, when, and when is asked next", async () => {
    const id = await asked();
    const [before, journal] = [await rowOf("payment", id), await kindsOf(id)];
    for (let times = 0; times < 5; times += 1) expect(await ask(here, id)).toMatchObject({ facts: [] });
    const after = await rowOf("payment", id);
    expect(await kindsOf(id)).toEqual(journal);
    expect(after).toMatchObject({ state: before.state, version: before.version, looked: 5 });
    const next = now + HOUR;
    const noted = { asked: { said: "Pending", at: now, since: TEN + HOUR, times: 6 }, askAt: next, readUnpaidAt: now };
    expect(after.looks).toMatchObject({ on: before.version, looks: { attempts: { att_1: noted }, operations: {} } });
    expect(after.due_at.getTime()).toBe(next);
    expect((await there.load(id))?.attempts).toMatchObject([noted]);
    expect((await there.list({}, { limit: 100 })).data.find((one) => one.id === id)?.attempts).toMatchObject([noted]);
    expect(await differing()).toEqual([]);
  });

  it("is told by the next fact, whatever that is: the journal comes to what the row says", async () => {
    const id = await asked();
    await ask(here, id);
    const last = now;
    now += HOUR;
    await here.record(id, (_payment, { now: moment }) => [{ kind: "payment_canceled", at: moment }]);
    const { rows } = await pool.query("select data from fact where subject_id = $1 order by number desc limit 1", [id]);
    expect(rows[0].data.looks.attempts.att_1.asked).toMatchObject({ said: "Pending", at: last, times: 2 });
    expect(await rowOf("payment", id)).toMatchObject({ looks: null });
    expect((await there.load(id))?.attempts).toMatchObject([{ asked: { times: 2 }, readUnpaidAt: last }]);
    expect(await differing()).toEqual([]);
  });

  it("counts, whichever process made it, and however many ask at once", async () => {
    const id = await asked();
    await there.load(id);
    await ask(here, id);
    // made on what is known there, had nobody asked here
    await ask(there, id);
    await Promise.all([ask(here, id), ask(there, id), ask(here, id)]);
    const payment = await here.load(id);
    expect(payment).toMatchObject({ looked: 5, attempts: [{ asked: { times: 6 } }] });
    expect(await there.lately(id)).toMatchObject({ looked: 5 });
    expect(await ask(there, id, null)).toMatchObject({ facts: [{ kind: "attempt_asked", said: "no answer" }] });
    expect(await ask(here, id, null)).toMatchObject({ facts: [], payment: { attempts: [{ asked: { times: 2 } }] } });
    expect(await differing()).toEqual([]);
  });

  it("is past where a server of the release before has written a state: it reads and writes the state alone", async () => {
    const id = await asked();
    const known = now;
    for (let times = 0; times < 3; times += 1) await ask(here, id);
    const fact = { attempt: "att_1", said: "InProcessing", answered: true, by: null, next: now + HOUR };
    const written = { readUnpaidAt: null, askAt: now + HOUR };
    await pool.query(
      `with written as (
         update payment set version = version + 1, due_at = $3,
                state = jsonb_set(state, '{attempts,0}', state #> '{attempts,0}' || $2) || jsonb_build_object('version', version + 1)
          where id = $1 returning version)
       insert into fact (subject_id, number, at, kind, version, data) select $1, version, $3, 'attempt_asked', 3, $4 from written`,
      [id, written, new Date(now), fact],
    );
    expect(await there.load(id)).toMatchObject({
      looks: null,
      attempts: [{ ...written, asked: { at: known, times: 1 } }],
    });
    // said before, but not last as its flags say
    expect((await ask(there, id)).facts).toHaveLength(1);
    expect(await ask(here, id)).toMatchObject({ facts: [] });
    expect(await differing()).toEqual([]);
  });

  it("is looked at again when its timers say, by whichever process found it due", async () => {
    const id = await asked();
    const found = await there.load(id);
    await ask(here, id);
    const said = (await rowOf("payment", id)).due_at;
    await there.rest(id, { now, until: now + DAY, found });
    expect((await rowOf("payment", id)).due_at).toEqual(said);
  });

  it("of an authorised payment is none either", async () => {
    now = TEN;
    const id: MandateId = "man_looks";
    const key: IdempotencyRow = {
      operation: "create",
      scope: "",
      key: id,
      fingerprint: "",
      resource: id,
      status: null,
      body: null,
    };
    await mandates.create(
      () => ({ ...WANTED, id }),
      () => key,
    );
    const report = { status: "ACTV", mandateId: "m1", limit: null, validUntil: null };
    const hears = () => mandates.record(id, (mandate, given) => hearMandate(mandate, report, given));
    await hears();
    const before = await rowOf("mandate", id);
    for (let day = 0; day < 5; day += 1) {
      now += DAY;
      expect(await hears()).toMatchObject({ facts: [] });
    }
    const after = await rowOf("mandate", id);
    expect(after).toMatchObject({ state: before.state, version: before.version, looked: 5 });
    expect(after.due_at.getTime()).toBeGreaterThan(now);
    expect(await mandates.load(id)).toMatchObject({ asked: { said: "ACTV", at: now, times: 6 } });
    expect((await kindsOf(id)).filter((kind) => kind === "mandate_asked")).toEqual([]);
    expect(await differing()).toEqual([]);
  });
});
