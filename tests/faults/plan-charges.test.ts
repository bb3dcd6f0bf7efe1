import type { Connection } from "@caravela/platform/postgres/pool";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventTypesOf, transactionsOf } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

const HOURS = 3_600;
const DAYS = 24 * HOURS;
/** Whoever is about to commit what a test waits for asks for this lock, which the test holds. */
const GATE = 4711;

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage({ servers: 2 });
  await stage.pool.query(
    `create function stand_still() returns trigger language plpgsql as
       $$ begin perform pg_advisory_xact_lock(${GATE}); return new; end $$`,
  );
});
afterAll(() => stage.close());

/** A plan of 9.90 € a day, from the day after tomorrow on. */
async function dailyPlan(missed = "latest"): Promise<{ id: string; mandate: string; firstAt: number }> {
  const terms = { limit: "500.00", validUntil: "2099-12-31" };
  const mandate = await authorise({ ...stage, settle: () => stage.advance(0) }, newPhone(), terms);
  const firstDate = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format((await now()) + DAYS * 1000);
  const wanted = { amount: 990, currency: "EUR", every: { days: 1 }, firstDate, missed };
  const { status, body } = await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted);
  if (status !== 201) throw new Error(`no plan: ${JSON.stringify(body)}`);
  return { id: body.id, mandate, firstAt: Date.parse(body.nextCharge.at) };
}

const now = async () => Date.parse((await stage.sandbox("GET", "/clock")).body.now);

const passTo = async (at: number) => stage.advance(Math.max(0, Math.ceil((at - (await now())) / 1000)));

async function paymentsOf(plan: string) {
  const { body } = await stage.api("GET", `/v1/payments?plan=${plan}&limit=100`);
  return body.data.toReversed();
}

/** Each of these periods was charged, and once: one payment, paid once, told of once, one collection at SIBS. */
async function expectChargedOnce(plan: string, periods: readonly number[]): Promise<void> {
  const payments = await paymentsOf(plan);
  expect(payments.map((one: { plan: { period: number } }) => one.plan.period)).toEqual(periods);
  for (const { id, status, amountCaptured, attempts } of payments) {
    expect({ status, amountCaptured }).toEqual({ status: "paid", amountCaptured: 990 });
    const collected = await Promise.all(attempts.map((one: { id: string }) => transactionsOf(stage, one.id)));
    expect(collected.flat().filter(({ captured }) => captured === "9.90")).toHaveLength(1);
    const paid = stage.events.filter(({ type, data }) => type === "payment.paid" && data.payment?.id === id);
    expect(new Set(paid.map((event) => event.id)).size).toBe(1);
    expect(eventTypesOf(stage, id)).toContain("payment.paid");
  }
  const { body } = await stage.api("GET", `/v1/plans/${plan}`);
  expect(body).toMatchObject({ status: "active", charged: periods.length });
}

async function killServers(): Promise<void> {
  await Promise.all(stage.servers.map((server) => server.kill()));
  await stage.runOutLeases("server");
}

async function startServers(): Promise<void> {
  for (const server of stage.servers) await server.start();
}

const HAS_ONE_MORE_ATTEMPT =
  "jsonb_array_length(new.state -> 'attempts') > jsonb_array_length(old.state -> 'attempts')";

/** Moves a server's clock alone, at one go, as when its machine was away. */
async function sleepThrough(seconds: number): Promise<void> {
  const { offsetSeconds } = (await stage.sandbox("GET", "/clock")).body;
  await stage.api("POST", "/sandbox/clock/step", { offsetMs: (offsetSeconds + seconds) * 1000 });
}

/** What a plan's charge consists of: what is written, in this order. */
const STEPS: readonly (readonly [before: string, table: string, on: string, when: string])[] = [
  ["it is announced", "mandate", "update", became("announcedAt", "is not null")],
  ["it is begun", "mandate", "update", became("begun,payment", "is not null")],
  ["its payment is made", "payment", "insert", "new.plan_id is not null"],
  ["it is noted as made", "mandate", "update", became("charged", "= '1'")],
  ["its attempt is recorded", "payment", "update", HAS_ONE_MORE_ATTEMPT],
  ["its attempt is recorded as sent", "payment", "update", "new.status = 'pending' and old.status = 'open'"],
  ["it is paid", "payment", "update", "new.status = 'paid' and old.status <> 'paid'"],
];

function became(member: string, what: string): string {
  const of = (row: string) => `${row}.state #>> '{plans,0,${member}}' ${what}`;
  return `(${of("new")}) and not coalesce(${of("old")}, false)`;
}

describe("all servers are killed while a plan charges", () => {
  let holder: Connection;
  beforeEach(async () => {
    holder = await stage.gatewayPool.connect();
    await holder.query("select pg_advisory_lock($1)", [GATE]);
  });
  afterEach(() => holder.release());

  const somebodyStandsStill = async () => {
    const { rowCount } = await holder.query(
      "select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
      [GATE],
    );
    return rowCount !== null && rowCount > 0;
  };

  it.each(STEPS)("before %s: the period is charged, and once", async (_, table, on, when) => {
    const { id, firstAt } = await dailyPlan();
    await stage.pool.query(
      `create trigger stand_still before ${on} on ${table} for each row when (${when}) execute function stand_still()`,
    );
    const passing = passTo(firstAt + 1000).catch(() => "the clock stood still where the servers died");
    await until(somebodyStandsStill);
    await killServers();
    await stage.pool.query(`drop trigger stand_still on ${table}`);
    await holder.query("select pg_advisory_unlock($1)", [GATE]);
    await passing;
    await startServers();
    // an attempt that died unsent is given up after ten minutes, and made again after an hour
    await passTo(firstAt + 2 * HOURS * 1000);
    await expectChargedOnce(id, [1]);
    await stage.api("POST", `/v1/plans/${id}/cancel`);
  });
});

describe("all servers are down for three days", () => {
  it("each period that passed meanwhile is charged, once, one a day and each a day after it was told of", async () => {
    const { id, firstAt } = await dailyPlan("charge");
    await passTo(firstAt - HOURS * 1000);
    await killServers();
    await startServers();
    await sleepThrough(3 * DAYS);
    await stage.advance(3 * DAYS + 60);
    // of the first one the shop was told before
    await expectChargedOnce(id, [1]);
    await stage.advance(DAYS + HOURS);
    await expectChargedOnce(id, [1, 2]);
    await stage.advance(DAYS);
    await expectChargedOnce(id, [1, 2, 3]);
    await stage.api("POST", `/v1/plans/${id}/cancel`);
  });
});

describe("two servers that both take a mandate to be theirs", () => {
  it("charge each period of its plans once", async () => {
    // no lease holds: whatever is due, both of them do
    await stage.pool.query(
      `create function hold_nothing() returns trigger language plpgsql as
         $$ begin new.leased_until := null; return new; end $$`,
    );
    for (const table of ["mandate", "payment"]) {
      await stage.pool.query(
        `create trigger hold_nothing before update on ${table} for each row execute function hold_nothing()`,
      );
    }
    const plans = await Promise.all([1, 2, 3].map(() => dailyPlan()));
    const [first] = plans;
    if (first === undefined) throw new TypeError("no plan");
    for (let day = 0; day < 4; day += 1) await passTo(first.firstAt + day * DAYS * 1000 + 1000);
    await stage.advance(120);
    for (const { id } of plans) await expectChargedOnce(id, [1, 2, 3, 4]);
  });
});
