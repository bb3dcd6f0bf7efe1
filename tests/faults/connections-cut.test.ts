import { TEST_SERVER } from "@caravela/platform/testing/database";
import { pause } from "@caravela/platform/timer";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askPhone, createPayment, eventTypesOf, read, transactionsOf } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

const PAYMENTS = 20;
const AT_ONCE = 4;

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterAll(() => stage.close());

describe("PostgreSQL cuts every connection in the middle of work", () => {
  it("both programs go on by themselves: what was approved is paid, and told in order", async () => {
    const phones = Array.from({ length: PAYMENTS }, (_, place) => `9150000${10 + place}`);
    const ids = await Promise.all(phones.map(waitingPayment));
    while (phones.length > 0) {
      const approvals = Promise.all(phones.splice(0, AT_ONCE).map(insistOnApproval));
      await cutConnections();
      await approvals;
      await cutConnections();
    }
    for (const program of ["server", "gateway"] as const) await stage.runOutLeases(program);
    await timePasses();
    for (const id of ids) {
      expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
      await until(() => eventTypesOf(stage, id).includes("payment.paid"));
      const sequences = stage.events.filter((event) => event.data.payment.id === id).map((event) => event.sequence);
      expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    }
    expect((await fetch(`${stage.urlOf(0)}/readyz`)).status).toBe(200);
    expect([stage.server.isRunning, stage.gateway.isRunning]).toEqual([true, true]);
  });

  it("and takes no new ones for a while: what time brings meanwhile is done when it is back, without a nudge", async () => {
    const id = await createPayment(stage);
    // this phone's answer comes by itself ten seconds after it was asked
    await askPhone(stage, id, "960000009");
    await stage.advance(8);
    await withDatabaseClosed(async () => {
      await until(async () => (await fetch(`${stage.urlOf(0)}/readyz`)).status === 503);
      await until(async () => (await stage.sandbox("GET", "/transactions")).status >= 500);
      // longer than a program waits until it looks again
      await pause(1_200);
    });
    await until(async () => (await stage.api("GET", `/v1/payments/${id}`)).body.status === "paid", 20_000);
  }, 40_000);

  it("a refund that the shop asks for until it is answered is given once", async () => {
    const id = await waitingPayment("916000000");
    await insistOnApproval("916000000");
    await until(async () => (await read(stage, id)).status === "paid");
    const key = { "idempotency-key": crypto.randomUUID() };
    const refunded = insist(() => stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 200 }, key));
    await cutConnections();
    const { body: refund } = await refunded;
    await timePasses();
    const payment = await read(stage, id);
    expect(payment.refunds.map((one: { id: string }) => one.id)).toEqual([refund.id]);
    const sent = await transactionsOf(stage, refund.id);
    expect(payment.amountRefunded).toBe(200 * sent.length);
    expect(sent.length).toBeLessThanOrEqual(1);
  });
});

async function waitingPayment(phone: string): Promise<string> {
  const id = await createPayment(stage, { reference: phone });
  expect((await askPhone(stage, id, phone)).body.status).toBe("pending");
  return id;
}

/** Presses until the app has said yes; that nothing waits any more says so too. */
function insistOnApproval(phone: string): Promise<Answer> {
  return insist(() => stage.sandbox("POST", `/phones/351%23${phone}/approve`));
}

/** Sends a request until it is answered by what was asked, not by an accident. */
async function insist(send: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer | null = null;
  await until(async () => {
    answer = await send().catch(() => null);
    return answer !== null && answer.status < 500 && answer.status !== 409;
  }, 15_000);
  if (answer === null) throw new Error("no answer");
  return answer;
}

/** A minute, as soon as the programs have noticed that their connections are gone. */
function timePasses(): Promise<void> {
  return until(() => stage.advance(60).then(isSo, isNotSo));
}

const isSo = () => true;
const isNotSo = () => false;

/** Does something while the database lets nobody in, whoever was in it included. */
async function withDatabaseClosed(work: () => Promise<void>): Promise<void> {
  const { rows } = await stage.pool.query<{ name: string }>("select current_database() as name");
  const administrator = new pg.Client({ connectionString: process.env[TEST_SERVER] });
  await administrator.connect();
  const allow = (isOpen: boolean) => administrator.query(`alter database ${rows[0]?.name} allow_connections ${isOpen}`);
  try {
    await allow(false);
    await administrator.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      rows[0]?.name,
    ]);
    await work();
  } finally {
    await allow(true);
    await administrator.end();
  }
}

async function cutConnections(): Promise<void> {
  const cut =
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await until(() => stage.pool.query(cut).then(isSo, isNotSo));
}
