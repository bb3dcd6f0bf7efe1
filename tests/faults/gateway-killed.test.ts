import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

interface ListedNotification {
  readonly id: string;
  readonly transactionID: string;
  readonly state: string;
  readonly nextTryAt: string | null;
  readonly tries: readonly unknown[];
}

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

describe("the gateway is killed", () => {
  it("forgets nothing: approvals still wait, a reference can still be paid, what nobody acknowledged is sent again", async () => {
    const [waiting, referred, approved] = [
      await createPayment(stage),
      await createPayment(stage),
      await createPayment(stage),
    ];
    await askPhone(stage, waiting, "911111111");
    const { multibanco } = (await askReference(stage, referred)).body;
    await faults(stage, {}, { drop: 1 });
    await askPhone(stage, approved, "912345678");
    await approve(stage, "912345678");
    await until(async () => (await unacknowledged()).some(({ tries }) => tries.length > 0));
    const before = await unacknowledged();
    expect(before.length).toBeGreaterThan(0);

    await killAndStart();
    expect(await unacknowledged()).toEqual(before);
    await faults(stage, {});
    await approve(stage, "911111111");
    expect((await payAtAtm(stage, multibanco)).status).toBe(200);
    await stage.advance(5 * 60);
    expect(await unacknowledged()).toEqual([]);
    for (const id of [waiting, referred, approved]) expect((await read(stage, id)).status).toBe("paid");
  });

  it("a request that nobody answers still ends after its four minutes", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "911111111");
    await stage.advance(120);
    await killAndStart();
    // the clock goes on while processes start: the minutes that pass by themselves are left out of account
    await stage.advance(60);
    expect((await read(stage, id)).status).toBe("pending");
    await stage.advance(65);
    expect((await read(stage, id)).attempts).toMatchObject([{ status: "timed_out" }]);
  });

  it("while a notification is on its way: it is sent again, and the server knows it by its id", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "911111111");
    const holder = await stage.pool.connect();
    await holder.query("begin");
    await holder.query("lock table notification in share mode");
    await approve(stage, "911111111");
    // the server has the notification in hand and cannot store it yet: the gateway dies waiting for the answer
    await until(async () => (await statementsWaiting()) > 0);
    await stage.gateway.kill();
    await holder.query("commit");
    holder.release();
    await until(async () => (await stored(id)) === 1);
    await stage.runOutLeases("gateway");
    await stage.gateway.start();
    await stage.advance(5);
    expect(await unacknowledged()).toEqual([]);
    expect(await stored(id)).toBe(1);
    expect((await read(stage, id)).status).toBe("paid");
  });

  it("while the server asks: the server waits, asks again, and loses nothing", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "911111111");
    await stage.gateway.kill();
    await stage.runOutLeases("gateway");
    const unreachable = await createPayment(stage);
    const attempt = await askPhone(stage, unreachable, "912345678");
    expect(attempt.body).toMatchObject({ status: "failed", transactionId: null, failure: { reason: "technical" } });
    await stage.gateway.start();
    await approve(stage, "911111111");
    await stage.advance(5);
    expect((await read(stage, id)).status).toBe("paid");
    expect((await askPhone(stage, unreachable, "912345678")).body.status).toBe("pending");
  });
});

/** What the gateway held when it was killed is free, as it would be ten seconds later. */
async function killAndStart(): Promise<void> {
  await stage.gateway.kill();
  await stage.runOutLeases("gateway");
  await stage.gateway.start();
}

async function unacknowledged(): Promise<ListedNotification[]> {
  const { body } = await stage.sandbox("GET", "/notifications?limit=100");
  return body.notifications.filter((one: ListedNotification) => one.state !== "Processed");
}

/** How many of a payment's notifications the server has stored. */
async function stored(payment: string): Promise<number> {
  const [{ transactionId }] = (await read(stage, payment)).attempts;
  const { rows } = await stage.pool.query("select 1 from notification where transaction_id = $1", [transactionId]);
  return rows.length;
}

async function statementsWaiting(): Promise<number> {
  const { rows } = await stage.pool.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into caravela.notification%'",
  );
  return rows.length;
}
