import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../api/problem.ts";
import { createPayment, read, transactionsOf } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import type { Answer } from "../support/json.ts";
import { authorise, chargeMandate, newPhone } from "../support/mandates.ts";
import { askPlan, dayOn, makePlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

// The one who charges and the one who ends what is charged are held up within their deciding statements, one after the
// other: whatever they had read before is old by then.

const HELD = 4_711;

let stage: Stage;
let release: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  await stage.pool.query(`
    create function hold() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock(${HELD}); return new; end $$;
    create trigger hold before insert on fact for each row
      when (new.kind in ('attempt_submitted', 'mandate_canceled')) execute function hold();
    alter table fact disable trigger hold`);
});
afterEach(() => release());
afterAll(() => stage.close());

/** From now on whoever writes such a fact waits within that statement, until `release`. */
async function hold(): Promise<void> {
  const holder = await stage.pool.connect();
  await holder.query("select pg_advisory_lock($1)", [HELD]);
  await stage.pool.query("alter table fact enable trigger hold");
  release = async () => {
    release = async () => undefined;
    await holder.query("select pg_advisory_unlock($1)", [HELD]);
    holder.release();
    await stage.pool.query("alter table fact disable trigger hold");
  };
}

const waiting = async (kind: string) => {
  const { rows } = await stage.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
       and (wait_event = 'advisory') = ($1 = 'at the gate')`,
    [kind],
  );
  return rows.length;
};

/**
 * Both are asked for, the second when the first is within its statement; then they are let go. Whether the second
 * waited for the first.
 */
async function oneWithinTheOther(first: () => Promise<Answer>, second: () => Promise<Answer>) {
  await hold();
  const one = first();
  await until(async () => (await waiting("at the gate")) === 1);
  let isAnswered = false;
  const other = second().finally(() => {
    isAnswered = true;
  });
  await until(async () => isAnswered || (await waiting("behind it")) > 0);
  const waited = !isAnswered;
  await release();
  return { waited, first: await one, second: await other };
}

const cancel = (mandate: string) => stage.api("POST", `/v1/mandates/${mandate}/cancel`);

describe("a mandate that is ended while it is charged", () => {
  it("is answered as ended only when the charge that was begun before is recorded as sent", async () => {
    const mandate = await authorise(stage, newPhone());
    const payment = await createPayment(stage);
    const raced = await oneWithinTheOther(
      () => chargeMandate(stage, payment, mandate),
      () => cancel(mandate),
    );
    expect(raced.waited).toBe(true);
    expect(raced.first.status).toBe(201);
    expect(raced.second).toMatchObject({ status: 200, body: { status: "canceled" } });
  });

  it("charges nothing any more when its end was first, though it was read as active before", async () => {
    const mandate = await authorise(stage, newPhone());
    const payment = await createPayment(stage);
    const raced = await oneWithinTheOther(
      () => cancel(mandate),
      () => chargeMandate(stage, payment, mandate),
    );
    expect(raced.waited).toBe(true);
    expect(raced.first.status).toBe(200);
    expectProblem(raced.second, 409, "mandate_not_active", "/mandate");
    const { status, attempts } = await read(stage, payment);
    expect({ status, attempts }).toMatchObject({ status: "open", attempts: [{ status: "expired" }] });
    expect(await transactionsOf(stage, attempts[0].id)).toMatchObject([{ captured: "0.00" }]);
  });
});

describe("a plan that is stopped while it charges", () => {
  it.each(["pause", "cancel"])(
    "is answered only when the charge that was begun before is recorded as sent: %s",
    async (what) => {
      const mandate = await authorise(stage, newPhone());
      const plan = await makePlan(stage, mandate, { firstDate: dayOn(stage, 2) });
      const charges = async () => (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body.data;
      const raced = await oneWithinTheOther(
        async () => {
          await stage.advance((Date.parse(plan.nextCharge.at) - stage.now()) / 1000 + 1);
          return stage.api("GET", `/v1/plans/${plan.id}`);
        },
        () => askPlan(stage, plan.id, what),
      );
      expect(raced.waited).toBe(true);
      expect(raced.second.status).toBe(200);
      expect(await charges()).toMatchObject([{ status: "paid" }]);
    },
  );
});

describe("a saved card that is forgotten while it is charged", () => {
  const tokens = async () => (await stage.api("GET", "/v1/tokens?customer=c9")).body.data as { id: string }[];
  const savedCard = async () => {
    const id = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, id, "4111111111111111");
    return (await tokens())[0]?.id ?? "";
  };

  it("is answered as forgotten only when the charge that was begun before is recorded as sent", async () => {
    const token = await savedCard();
    const payment = await createCardPayment(stage);
    const raced = await oneWithinTheOther(
      () => stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "token", token, secureCode: "123" }),
      () => stage.api("DELETE", `/v1/tokens/${token}`),
    );
    expect(raced.waited).toBe(true);
    expect(raced.first.body).toMatchObject({ status: "approved" });
    expect(raced.second.status).toBe(204);
  });

  it("is charged by the merchant no more once that is answered", async () => {
    const token = await savedCard();
    const wanted = { amount: 990, currency: "EUR", reference: "tea", customer: ANA, token, initiator: "merchant" };
    const raced = await oneWithinTheOther(
      () => stage.api("POST", "/v1/payments", wanted),
      () => stage.api("DELETE", `/v1/tokens/${token}`),
    );
    expect(raced.waited).toBe(true);
    expect(raced.first.body).toMatchObject({ status: "paid" });
    expect(raced.second.status).toBe(204);
  });
});
