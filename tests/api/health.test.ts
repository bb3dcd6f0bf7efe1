import { testDatabase } from "@caravela/platform/testing/database";
import { openGate } from "@caravela/platform/testing/gate";
import { type RunningServer, startServer } from "@caravela/server";
import { sealNotification } from "@caravela/sibs/notification";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { jsonCaller } from "../support/json.ts";
import { makeKey } from "../support/keys.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { answerWith, openReceiver } from "./receiver.ts";

const call = jsonCaller();

describe("a server that runs", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  /** What a metric shows: the sum of its lines that have these labels. */
  async function metric(name: string, labels = ""): Promise<number> {
    const text = await (await fetch(`${stage.server.url}/metrics`)).text();
    const lines = text.split("\n").filter((line) => new RegExp(`^${name}(\\{| )`).test(line) && line.includes(labels));
    return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  it("says that it lives and that it can work", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      expect((await call(stage.server.url + path, "GET")).status).toBe(200);
    }
  });

  it("shows its metrics as Prometheus reads them", async () => {
    const answer = await fetch(`${stage.server.url}/metrics`);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    for (const line of text.split("\n").filter((one) => one !== "")) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? -?[\d.e+-]+|\w+(\{[^}]*\})? (NaN|\+Inf))$/);
    }
    expect(text).toContain("process_cpu_seconds_total");
  });

  it("counts what became of payments and of their money", async () => {
    const paid = await createPayment(stage);
    await askPhone(stage, paid);
    await approve(stage);
    await stage.settle();
    await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 });
    const declined = await createPayment(stage);
    await askPhone(stage, declined);
    await stage.sandbox("POST", "/phones/351%23919999999/decline");
    await stage.settle();
    expect(await metric("caravela_events_total", 'type="payment.created"')).toBe(2);
    expect(await metric("caravela_events_total", 'type="payment.paid"')).toBe(1);
    expect(await metric("caravela_events_total", 'type="payment.attempt_failed"')).toBe(1);
    expect(await metric("caravela_attempts_ended_total", 'method="mbway",status="approved"')).toBe(1);
    expect(await metric("caravela_attempts_ended_total", 'method="mbway",status="declined"')).toBe(1);
    expect(await metric("caravela_captured_cents_total")).toBe(550);
    expect(await metric("caravela_refunded_cents_total", 'reason="requested"')).toBe(100);
    expect(await metric("caravela_notifications_total")).toBeGreaterThanOrEqual(2);
    expect(await metric("caravela_sibs_seconds_count", 'status="200"')).toBeGreaterThanOrEqual(6);
    expect(await metric("caravela_deliveries_total", 'outcome="delivered"')).toBe(stage.events.length);
  });

  it("counts what a person should look at", async () => {
    await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", body: "nonsense" });
    expect(await metric("caravela_notifications_refused_total")).toBe(1);

    const doubtful = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { html: 1 }, status: { http: { 503: 1 } } });
    await askPhone(stage, doubtful);
    expect(await read(stage, doubtful)).toMatchObject({ attempts: [{ inDoubt: true }] });
    expect(await metric("caravela_unsettled", 'what="attempts_in_doubt"')).toBe(1);
    expect(await metric("caravela_doubts_total", 'what="attempt"')).toBe(1);
    const { body: health } = await stage.api("GET", "/v1/health");
    expect(health.inDoubt).toEqual({ attempts: 1, operations: 0, mandates: 0 });
    const { calls, refused, unanswered, refusedShare, medianMs, slowestMs } = health.sibs;
    expect(refused).toBeGreaterThan(0);
    expect(refusedShare).toBeCloseTo((refused + unanswered) / calls);
    expect(slowestMs).toBeGreaterThanOrEqual(medianMs);
    expect(Date.parse(health.lastNotification.at)).toBeLessThanOrEqual(stage.now());
    const other = await makeKey(stage, ["reports"], { terminal: "52221" });
    expect((await other.api("GET", "/v1/health")).body.inDoubt.attempts).toBe(1);
    // as if it had been another's
    await stage.pool.query("update payment set terminal = '9' where id = $1", [doubtful]);
    expect((await other.api("GET", "/v1/health")).body.inDoubt.attempts).toBe(0);
    await stage.pool.query("update payment set terminal = '52221' where id = $1", [doubtful]);
    await faults(stage, {});
    await stage.advance(180);
    expect(await metric("caravela_unsettled", 'what="attempts_in_doubt"')).toBe(0);

    const failing = await openReceiver(stage, { types: ["payment.created"] });
    failing.answer = answerWith(500);
    await createPayment(stage);
    await stage.settle();
    expect(await metric("caravela_unsettled", 'what="events_undelivered"')).toBe(1);
    expect(await metric("caravela_deliveries_total", 'outcome="refused"')).toBe(1);
    const { undelivered } = (await stage.api("GET", "/v1/health")).body;
    expect(undelivered).toEqual({ count: 1, oldest: expect.stringMatching(/Z$/) });
    await stage.advance(4 * 86_400);
    expect(await metric("caravela_unsettled", 'what="events_undelivered"')).toBe(0);
    expect(await metric("caravela_deliveries_total", 'outcome="given_up"')).toBe(1);
    expect((await stage.api("GET", "/v1/health")).body).toMatchObject({
      undelivered: { count: 0, oldest: null },
      oldestDue: null,
      sibs: { spared: [] },
      stalled: [],
    });
    await failing.close();
  });

  it("finishes what it has in hand before it stops, and takes nothing new", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": { delayMs: [1_000, 1_000] } });
    const inHand = askPhone(stage, id);
    await until(async () => (await read(stage, id)).status === "pending");
    const { url } = stage.server;
    const stopped = stage.restartServer();
    await until(() => isRefused(url));
    expect(await inHand).toMatchObject({ status: 201, body: { status: "pending", inDoubt: false } });
    await stopped;
    await faults(stage, {});
    await approve(stage);
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
  });
});

describe("a server whose database is away", () => {
  it("lives, says that it cannot work, and answers 503; when the database is back, so is the server", async () => {
    const stage = await setStage();
    const database = await testDatabase();
    const gate = await openGate(database.url);
    const server: RunningServer = await startServer({ ...stage.settings, databaseUrl: gate.url, port: 0 });
    const authorization = "Bearer sk_test_stage";
    const list = () => call(`${server.url}/v1/payments`, "GET", undefined, { authorization });
    expect((await list()).status).toBe(200);

    await gate.shut();
    expect((await call(`${server.url}/healthz`, "GET")).status).toBe(200);
    const ready = await call(`${server.url}/readyz`, "GET");
    expect(ready).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
    expect(await list()).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
    const key = { authorization, "idempotency-key": "k" };
    const order = { amount: 1, currency: "EUR", reference: "r" };
    expect((await call(`${server.url}/v1/payments`, "POST", order, key)).status).toBe(503);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    const { body: known } = await stage.sandbox("GET", "/terminals");
    const notice = { notificationID: "n1", transactionID: "s2unknown", paymentStatus: "Success" };
    const sealed = await sealNotification(notice as never, known.terminals[0].webhook.secret);
    const notified = await fetch(`${server.url}/notifications/sibs`, { method: "POST", ...sealed });
    expect(notified.status).toBe(503); // not acknowledged: SIBS sends it again

    await gate.open();
    await until(async () => (await call(`${server.url}/readyz`, "GET")).status === 200);
    const made = await call(`${server.url}/v1/payments`, "POST", order, key);
    expect([made.status, made.headers.get("idempotent-replayed")]).toEqual([201, null]);
    await server.close();
    await gate.shut();
    await stage.close();
    await database.drop();
  });
});

/** Whether nobody listens at an address any more. */
async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { headers: { connection: "close" } }).then(
    () => false,
    () => true,
  );
}
