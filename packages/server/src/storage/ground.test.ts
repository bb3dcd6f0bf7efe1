import { systemChance } from "@caravela/platform/chance";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { AttemptId, MandateId } from "../domain/identifiers.ts";
import { cancelMandate } from "../domain/mandate/end.ts";
import type { NewMandate } from "../domain/mandate/state.ts";
import { newPayment, PHONE, phoneFrom, TEN, TERMS } from "../domain/payment/testing/builders.ts";
import { MandateStore } from "./mandates.ts";
import { PaymentStore } from "./payments.ts";

let database: TestDatabase;
let pool: Pool;
let payments: PaymentStore;
let mandates: MandateStore;
let count = 0;
const given = { now: TEN, id: systemChance.id };
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4 });
  const parts = {
    pool,
    given: () => given,
    by: CLOCK,
    before: "52221" as const,
    eventsOf: () => [],
    changed: () => undefined,
  };
  payments = new PaymentStore(parts);
  mandates = new MandateStore(parts);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const key = (resource: string) => ({
  operation: "x",
  scope: "s",
  key: resource,
  fingerprint: "",
  resource,
  status: 201,
  body: "",
});

/** A payment and a mandate that nothing has happened to. */
async function begun() {
  count += 1;
  const [payment, mandate] = [`pay_${count}`, `man_${count}`] as const;
  const wanted: NewMandate = {
    id: mandate,
    terminal: "52221",
    authorizeToken: `a${count}`,
    manageToken: `m${count}`,
    type: "oneclick",
    phone: phoneFrom(`91000000${count}`),
    customer: { id: null, name: "Ana" },
    description: "Box",
    reference: null,
    returnUrl: null,
    cancelUrl: null,
    locale: null,
  };
  await payments.create(
    () => newPayment({ id: payment, payToken: `p${count}` }),
    () => key(payment),
  );
  await mandates.create(
    () => wanted,
    () => key(mandate),
  );
  return { payment, mandate };
}

const prepared = (attempt: AttemptId) =>
  [{ kind: "attempt_prepared", at: TEN, attempt, ...TERMS, method: "mbway", phone: PHONE }] as const;
const end = (mandate: MandateId) =>
  mandates.decide(mandate, (state, given) => cancelMandate(state, { operation: `mcn_${mandate}` }, given));

describe("a decision that stands on another row", () => {
  it("is written while that row is as it was read", async () => {
    const { payment, mandate } = await begun();
    const decided = await payments.decideOn(
      payment,
      () => mandates.standingOn(mandate),
      (_state, standing) => (standing?.status === "pending" ? prepared(`att_${payment}`) : { refused: "attempt_over" }),
    );
    expect(decided).toMatchObject({ payment: { attempts: [{ status: "prepared" }] } });
  });

  it("is made again on both rows when that one was changed after it was read, and the end of the mandate counts", async () => {
    const { payment, mandate } = await begun();
    const seen: (string | undefined)[] = [];
    const decided = await payments.decideOn(
      payment,
      async () => {
        const standing = await mandates.standingOn(mandate);
        if (seen.length === 0) await end(mandate);
        return standing;
      },
      (_state, standing) => {
        seen.push(standing?.status);
        return standing?.status === "pending" ? prepared(`att_${payment}`) : { refused: "attempt_over" };
      },
    );
    expect(seen).toEqual(["pending", "canceled"]);
    expect(decided).toEqual({ refused: "attempt_over" });
    expect((await payments.load(payment))?.attempts).toEqual([]);
  });

  it("waits for whoever is changing that row, also when its own row's lease changes meanwhile", async () => {
    const { payment, mandate } = await begun();
    const [changing, leasing] = [await pool.connect(), await pool.connect()];
    await changing.query("begin");
    await changing.query("update caravela.mandate set version = version + 1 where id = $1", [mandate]);
    await leasing.query("begin");
    await leasing.query("update caravela.payment set leased_until = now() where id = $1", [payment]);
    let looks = 0;
    const deciding = payments.decideOn(
      payment,
      async () => {
        looks += 1;
        return mandates.standingOn(mandate);
      },
      () => (looks === 1 ? prepared(`att_${payment}`) : { refused: "attempt_over" }),
    );
    const isWaiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await expect.poll(async () => (await pool.query(isWaiting)).rows).not.toEqual([]);
    await leasing.query("commit");
    await changing.query("commit");
    changing.release();
    leasing.release();
    expect(await deciding).toEqual({ refused: "attempt_over" });
    expect((await payments.load(payment))?.attempts).toEqual([]);
  });

  it("is written by nobody whose row is gone", async () => {
    const { payment } = await begun();
    const decided = await payments.decideOn(
      payment,
      () => mandates.standingOn("man_none"),
      (_state, standing) => (standing === null ? { refused: "attempt_over" } : prepared("att_none")),
    );
    expect(decided).toEqual({ refused: "attempt_over" });
  });
});
