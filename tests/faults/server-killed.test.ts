import type { PayView } from "@caravela/web/pay";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read, transactionsOf } from "../support/actions.ts";
import { openPage as openAt } from "../support/open-page.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

const CANNOT_ASK = { status: { http: { 503: 1 } } };

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

/**
 * The server is killed while a call to SIBS that something leads to is on its way, or its answer: whoever asked is cut
 * off.
 */
async function killedAt(
  path: string,
  what: Parameters<ProcessStage["line"]["hold"]>[1],
  ask: () => Promise<unknown>,
): Promise<void> {
  const held = stage.line.hold(path, what);
  const cut = ask().catch(() => "cut");
  await held;
  await stage.server.kill();
  stage.line.release();
  expect(await cut).toBe("cut");
}

describe("the server is killed while an approval waits", () => {
  it("and the gateway too: started again and approved, it is one paid payment and one payment.paid", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await Promise.all([stage.server.kill(), stage.gateway.kill()]);
    await stage.runOutLeases("gateway");
    await stage.gateway.start();
    await startAgain();
    await approve(stage);
    await stage.advance(0);
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    expect(toldOnce(id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it("approved while it is down, the payment is paid when it is back, though no notification reached it", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.server.kill();
    await approve(stage);
    await startAgain();
    await stage.advance(5);
    expect((await read(stage, id)).status).toBe("paid");
    expect(toldOnce(id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });
});

describe("the server is killed while the shop has an event in hand", () => {
  it("the event is delivered again when the lease of the dead has run out, with the same id", async () => {
    const id = await createPayment(stage, { reference: "event in hand" });
    const [taken, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    stage.shop.busyWith = async (event) => {
      if (event.data.payment.id !== id || event.type !== "payment.paid") return;
      taken.resolve();
      await letGo.promise;
    };
    await askPhone(stage, id, "960000001");
    await taken.promise;
    await stage.server.kill();
    letGo.resolve();
    await startAgain();
    const paid = () => stage.events.filter((event) => event.data.payment.id === id && event.type === "payment.paid");
    await until(() => paid().length === 2);
    expect(new Set(paid().map((event) => event.id)).size).toBe(1);
    await until(async () => (await undelivered(id)) === 0);
  });
});

describe("the server is killed before it has sent a purchase", () => {
  it("the attempt expires and was never live; nothing is charged, and a new attempt can be made at once", async () => {
    const id = await createPayment(stage);
    await killedAt("/payments", "answer", () => askPhone(stage, id));
    await startAgain();
    const [unsent] = (await read(stage, id)).attempts;
    expect(unsent).toMatchObject({ status: "prepared", transactionId: null });
    expect((await askPhone(stage, id, "912345678")).body.status).toBe("pending");
    await approve(stage, "912345678");
    await stage.advance(10 * 60);
    const payment = await read(stage, id);
    expect(payment.status).toBe("paid");
    expect(payment.attempts[0]).toMatchObject({ status: "expired", failure: { reason: "not_sent" } });
    expect(await journalOf(unsent.id)).toEqual(["attempt_prepared", "attempt_ended"]);
    const [transaction] = await transactionsOf(stage, unsent.id);
    expect(transaction).toMatchObject({ paymentStatus: "Pending", paymentMethod: null, captured: "0.00" });
  });
});

describe("the server is killed before it has sent what nobody has begun anew", () => {
  it("the shop is told that nothing came of it, and by the same key too", async () => {
    const id = await createPayment(stage);
    const key = { "idempotency-key": crypto.randomUUID() };
    const ask = () => stage.api("POST", `/v1/payments/${id}/attempts`, { method: "mbway", phone: "911111111" }, key);
    await killedAt("/payments", "answer", () => ask());
    await startAgain();
    expect((await ask()).body).toMatchObject({ status: "prepared" });
    await stage.advance(10 * 60);
    expect((await ask()).body).toMatchObject({ status: "expired", failure: { reason: "not_sent", next: "try_again" } });
    expect(toldOnce(id)).toEqual(["payment.created", "payment.attempt_failed"]);
  });

  it("what a customer wished for is begun again", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "911111112");
    const page = openAt<PayView>((await read(stage, id)).payUrl);
    await page.post("multibanco", { request: (await page.view()).request }, "application/json");
    expect((await page.view()).wish).toMatchObject({ way: "multibanco" });
    const held = stage.line.hold("/payments", "answer");
    const declined = stage.sandbox("POST", "/phones/351%23911111112/decline");
    await held;
    await stage.server.kill();
    stage.line.release();
    await declined;
    await startAgain();
    await stage.advance(11 * 60);
    expect((await read(stage, id)).attempts).toMatchObject([
      { status: "declined" },
      { status: "expired", failure: { reason: "not_sent" } },
      { method: "multibanco", status: "pending" },
    ]);
    expect((await openAt<PayView>((await read(stage, id)).payUrl).view()).screen.kind).toBe("reference");
  });
});

describe("the server is killed while it withdraws a reference that a customer has left for another way", () => {
  it("the way that they chose is begun once the reference is withdrawn", async () => {
    const id = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "multibanco" });
    const page = openAt<PayView>((await read(stage, id)).payUrl);
    const press = async () =>
      page.post("mbway", { phone: "911111113", request: (await page.view()).request }, "application/json");
    await killedAt("/cancellation", "answer", press);
    await startAgain();
    await stage.advance(60);
    expect((await read(stage, id)).attempts).toMatchObject([
      { status: "canceled", failure: { reason: "left_for_another_method" } },
      { method: "mbway", status: "pending" },
    ]);
    expect(await read(stage, id)).toMatchObject({ status: "pending" });
    const { waiting } = (await stage.sandbox("GET", "/phones/351%23911111113")).body;
    expect(waiting).toHaveLength(1);
  });
});

describe("the server is killed after it has written down that a refund is sent, and before it is", () => {
  it("it counts as never sent once a later one was found beside it for an hour, and can be made anew", async () => {
    const [id, other] = [await createPayment(stage), await createPayment(stage)];
    for (const one of [id, other]) await askPhone(stage, one, "960000001");
    await stage.advance(5);
    const refund = (payment: string) => stage.api("POST", `/v1/payments/${payment}/refunds`, {});
    await killedAt("/refund", "request", () => refund(id));
    await startAgain();
    await stage.advance(15);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "in_doubt" }]);
    expect((await refund(other)).body).toMatchObject({ status: "succeeded" });
    await stage.advance(75 * 60);
    expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed", failure: { reason: "not_sent" } }]);
    expect((await refund(id)).body).toMatchObject({ status: "succeeded", amount: 550 });
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 550 });
  });
});

describe("the server is killed while it waits for a purchase's answer", () => {
  it("the attempt is in doubt, asking resolves it, and no second request goes to the phone", async () => {
    const id = await createPayment(stage);
    const key = { "idempotency-key": crypto.randomUUID() };
    const order = { method: "mbway", phone: "913333333" };
    const ask = () => stage.api("POST", `/v1/payments/${id}/attempts`, order, key);
    await killedAt("mbway-id/purchase", "answer", () => ask());
    await faults(stage, CANNOT_ASK);
    await startAgain();
    await stage.advance(10);
    const [attempt] = (await read(stage, id)).attempts;
    expect(attempt).toMatchObject({ status: "submitted", inDoubt: true });
    expect((await askPhone(stage, id)).body.type).toBe("/problems/attempt_in_doubt");

    await faults(stage, {});
    await stage.advance(30);
    expect((await read(stage, id)).attempts).toMatchObject([{ status: "pending", inDoubt: false }]);
    const { waiting } = (await stage.sandbox("GET", "/phones/351%23913333333")).body;
    expect(waiting).toHaveLength(1);

    // the shop's own retry finds what its first request made
    const retried = await ask();
    expect(retried.headers.get("idempotent-replayed")).toBe("true");
    expect(retried.body).toMatchObject({ id: attempt.id, status: "pending" });

    await approve(stage, "913333333");
    await stage.advance(0);
    expect((await read(stage, id)).status).toBe("paid");
    expect(await transactionsOf(stage, attempt.id)).toHaveLength(1);
    expect(toldOnce(id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  });

  it("a purchase that died on its way is never sent again: it fails after a minute, and nothing was charged", async () => {
    const id = await createPayment(stage);
    await killedAt("mbway-id/purchase", "request", () => askPhone(stage, id));
    await startAgain();
    await stage.advance(30);
    const [doubtful] = (await read(stage, id)).attempts;
    expect(doubtful).toMatchObject({ status: "submitted", inDoubt: true });
    await stage.advance(120);
    const payment = await read(stage, id);
    expect(payment.status).toBe("open");
    expect(payment.attempts).toMatchObject([{ status: "failed", inDoubt: false, failure: { reason: "not_sent" } }]);
    const [transaction] = await transactionsOf(stage, doubtful.id);
    expect(transaction).toMatchObject({ paymentMethod: null, captured: "0.00" });
  });
});

describe("the server is killed while it waits for a refund's answer", () => {
  it("the refund is in doubt, found by its own id, and given back exactly once", async () => {
    const { id, attempt } = await paidPayment();
    await dieDuringRefund(id, 300, "answer");
    await faults(stage, CANNOT_ASK);
    await startAgain();
    await stage.advance(10);
    const [refund] = (await read(stage, id)).refunds;
    expect(refund).toMatchObject({ status: "in_doubt", amount: 300 });
    const tooMuch = await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 251 });
    expect(tooMuch.body.type).toBe("/problems/refund_exceeds_captured");

    await faults(stage, {});
    await stage.advance(60);
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 300, refunds: [{ status: "succeeded" }] });
    expect(await transactionsOf(stage, refund.id)).toMatchObject([{ paymentStatus: "Success", amount: "3.00" }]);
    expect(await transactionsOf(stage, attempt)).toMatchObject([{ captured: "5.50", refunded: "3.00" }]);
  });

  it("a refund that died on its way is never sent again: its amount stays reserved, and SIBS is asked on", async () => {
    const { id, attempt } = await paidPayment();
    await dieDuringRefund(id, 300, "request");
    await startAgain();
    await stage.advance(5 * 60);
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 0, refunds: [{ status: "in_doubt" }] });
    expect(await transactionsOf(stage, attempt)).toMatchObject([{ refunded: "0.00" }]);
    const rest = await stage.api("POST", `/v1/payments/${id}/refunds`);
    expect(rest.body).toMatchObject({ amount: 250, status: "succeeded" });
  });
});

describe("the server is killed after it has acknowledged a notification, before it has acted on it", () => {
  it("acts on it when it is back, though SIBS does not send it again", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "914444444");
    const holder = await stage.pool.connect();
    await holder.query("begin");
    await holder.query("select 1 from payment where id = $1 for update", [id]);
    await approve(stage, "914444444");
    await until(async () => (await notices(id)).some(({ acknowledged }) => acknowledged));
    await stage.server.kill();
    // the dead server's statement waits in the database, and would be carried out there
    await holder.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'caravela' and wait_event_type = 'Lock'",
    );
    await holder.query("rollback");
    holder.release();
    expect(await notifiedIn(id)).toBe(0);
    await startAgain();
    await until(async () => (await notifiedIn(id)) === 1);
    await until(async () => (await read(stage, id)).status === "paid");
    expect((await notices(id)).map(({ tries }) => tries)).toEqual([1]);
  });
});

/** Starts the server again. What it held when it was killed is free, as it would be ten seconds later. */
async function startAgain(): Promise<void> {
  await stage.runOutLeases("server");
  await stage.server.start();
}

/** What the shop was told, each event once: what was on its way to the shop as the server died is delivered again. */
function toldOnce(payment: string): string[] {
  const events = stage.events.filter((event) => event.data.payment.id === payment);
  return [...new Map(events.map((event) => [event.id, event.type])).values()];
}

async function paidPayment() {
  const id = await createPayment(stage);
  const attempt = (await askPhone(stage, id, "960000001")).body.id as string;
  await stage.advance(0);
  expect((await read(stage, id)).status).toBe("paid");
  return { id, attempt };
}

async function dieDuringRefund(id: string, amount: number, where: "request" | "answer"): Promise<void> {
  const held = stage.line.hold("/refund", where);
  const cut = stage.api("POST", `/v1/payments/${id}/refunds`, { amount }).catch(() => "cut");
  await held;
  await stage.server.kill();
  stage.line.release();
  expect(await cut).toBe("cut");
}

async function journalOf(attempt: string): Promise<string[]> {
  const { rows } = await stage.pool.query<{ kind: string }>(
    "select kind from fact where data ->> 'attempt' = $1 order by number",
    [attempt],
  );
  return rows.map(({ kind }) => kind);
}

async function undelivered(payment: string): Promise<number> {
  const { rows } = await stage.pool.query("select 1 from delivery where subject_id = $1 and due_at is not null", [
    payment,
  ]);
  return rows.length;
}

/** How often a notification was acted on: each time, the journal says so. */
async function notifiedIn(payment: string): Promise<number> {
  const { rows } = await stage.pool.query("select 1 from fact where subject_id = $1 and kind = 'attempt_notified'", [
    payment,
  ]);
  return rows.length;
}

/** What the gateway told of a payment's transactions, and how often. */
async function notices(payment: string): Promise<{ acknowledged: boolean; tries: number }[]> {
  const [{ transactionId }] = (await read(stage, payment)).attempts;
  const { body } = await stage.sandbox("GET", "/notifications?limit=100");
  return body.notifications
    .filter((one: { transactionID: string }) => one.transactionID === transactionId)
    .map((one: { state: string; tries: unknown[] }) => ({
      acknowledged: one.state === "Processed",
      tries: one.tries.length,
    }));
}
