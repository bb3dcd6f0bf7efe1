import type { RunningServer } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { type Answer, jsonCaller } from "../support/json.ts";
import type { Line } from "../support/line.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

const ORDER = { amount: 550, currency: "EUR", reference: "order-1" };
const DAYS = 86_400;

let stage: Stage;
let line: Line;
beforeAll(async () => {
  ({ stage, line } = await setStageOnLine());
});
afterAll(() => stage.close());

let keys = 0;
const newKey = (): string => `key ${++keys} of ${crypto.randomUUID()}`;

/** A POST with a key of its choice. */
function post(key: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return stage.api("POST", path, body, { "idempotency-key": key, ...headers });
}

/** A phone that approves at once. */
const QUICK = "960000001";

async function paidPayment(): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id, QUICK);
  await stage.settle();
  return id;
}

/** A POST to a server of one's choice. */
async function postTo(server: string, key: string, path: string, body: unknown): Promise<Answer> {
  const headers = { authorization: "Bearer sk_test_stage", "idempotency-key": key };
  return jsonCaller()(server + path, "POST", body, headers);
}

const isReplayed = (answer: Answer): string | null => answer.headers.get("idempotent-replayed");

describe("a POST", () => {
  it.each([
    "/v1/payments",
    "/v1/payments/{id}/attempts",
    "/v1/payments/{id}/cancel",
    "/v1/payments/{id}/refunds",
    "/v1/event-endpoints",
    "/v1/events/{id}/resend",
    "/v1/events/resend",
  ])("%s needs a key of 1 to 255 characters", async (path) => {
    const id = path.includes("events/") ? `evt_${"0".repeat(20)}` : await createPayment(stage);
    const at = path.replace("{id}", id);
    const body = {
      "/v1/payments": ORDER,
      "/v1/event-endpoints": { url: "http://127.0.0.1:8/x" },
      "/v1/events/resend": { filter: { payment: id } },
    }[path];
    const attempt = path.endsWith("attempts") ? { method: "multibanco" } : body;
    for (const key of ["", "k".repeat(256)]) {
      const { status, body: problem } = await post(key, at, attempt);
      expect([status, problem.type]).toEqual([400, "/problems/idempotency_key_missing"]);
      expect(problem.errors).toMatchObject([{ field: "Idempotency-Key" }]);
    }
    const longest = await post("k".repeat(255), at, attempt);
    expect(longest.body.type).not.toBe("/problems/idempotency_key_missing");
  });

  it("is answered again as it was, with a word that it is", async () => {
    const key = newKey();
    const first = await post(key, "/v1/payments", ORDER);
    expect([first.status, isReplayed(first)]).toEqual([201, null]);
    await stage.api("POST", `/v1/payments/${first.body.id}/cancel`);
    const again = await post(key, "/v1/payments", ORDER);
    expect([again.status, isReplayed(again)]).toEqual([201, "true"]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    expect((await stage.api("GET", `/v1/payments/${first.body.id}`)).body.status).toBe("canceled");
  });

  it("is the same request when only its members' order or its blanks differ", async () => {
    const key = newKey();
    const first = await post(key, "/v1/payments", { ...ORDER, customer: { id: "c", name: "Ana" } });
    const other = { customer: { name: "Ana", id: "c" }, reference: "order-1", currency: "EUR", amount: 550 };
    const answer = await fetch(`${stage.server.url}/v1/payments`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_stage", "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(other, null, 4),
    });
    expect(answer.headers.get("idempotent-replayed")).toBe("true");
    expect(await answer.json()).toEqual(first.body);
  });

  it.each([
    ["another amount", { ...ORDER, amount: 551 }],
    ["one more member", { ...ORDER, description: "Two mugs" }],
    ["a nested member changed", { ...ORDER, metadata: { a: "2" } }],
    ["a member less", ORDER],
  ])("with a known key and %s is refused", async (_what, body) => {
    const key = newKey();
    await post(key, "/v1/payments", { ...ORDER, metadata: { a: "1" } });
    const answer = await post(key, "/v1/payments", body);
    expect(answer).toMatchObject({ status: 422, body: { type: "/problems/idempotency_key_reused" } });
    expect(isReplayed(answer)).toBeNull();
  });

  it("shares no key with another path", async () => {
    const key = newKey();
    const made = await post(key, "/v1/payments", ORDER);
    const canceled = await post(key, `/v1/payments/${made.body.id}/cancel`);
    expect([canceled.status, isReplayed(canceled)]).toEqual([200, null]);
    const refund = await post(key, `/v1/payments/${made.body.id}/refunds`);
    expect([refund.status, isReplayed(refund)]).toEqual([422, null]);
  });

  it("that was refused as it stood is refused again, whatever has become possible since", async () => {
    const [id, key, late] = [await createPayment(stage), newKey(), newKey()];
    const refused = await post(key, `/v1/payments/${id}/refunds`);
    const unknown = await post(late, `/v1/payments/pay_${"0".repeat(20)}/cancel`);
    expect([refused.status, unknown.status]).toEqual([422, 404]);
    await askPhone(stage, id);
    const busy = await post(key, `/v1/payments/${id}/attempts`, { method: "multibanco" });
    expect(busy).toMatchObject({ status: 409, body: { type: "/problems/attempt_in_progress" } });
    await approve(stage);
    await stage.settle();
    for (const [first, again] of [
      [refused, await post(key, `/v1/payments/${id}/refunds`)],
      [unknown, await post(late, `/v1/payments/pay_${"0".repeat(20)}/cancel`)],
      [busy, await post(key, `/v1/payments/${id}/attempts`, { method: "multibanco" })],
    ] as const) {
      expect([again.status, again.body, isReplayed(again)]).toEqual([first.status, first.body, "true"]);
      expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    }
  });

  it("that was wrong in itself is looked at again", async () => {
    const key = newKey();
    const path = "/v1/payments";
    expect((await post(key, path, { ...ORDER, amount: 0 })).status).toBe(400);
    expect((await post(key, path, ORDER, { authorization: "Bearer wrong" })).status).toBe(401);
    expect((await post(key, path, ORDER, { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(key, path, { ...ORDER, description: "x".repeat(200_000) })).status).toBe(413);
    const answer = await post(key, path, ORDER);
    expect([answer.status, isReplayed(answer)]).toEqual([201, null]);
  });

  it("is remembered for seven days", async () => {
    // a stage of its own: on this one much is due in these days, and its other server's clock stays behind
    const quiet = await setStage();
    const send = () => quiet.api("POST", "/v1/payments", ORDER, { "idempotency-key": "of a week ago" });
    const first = await send();
    await quiet.advance(7 * DAYS - 3_600);
    expect((await send()).body.id).toBe(first.body.id);
    await quiet.advance(3_600);
    const later = await send();
    expect([later.status, isReplayed(later)]).toEqual([201, null]);
    expect(later.body.id).not.toBe(first.body.id);
    await quiet.advance(9 * DAYS);
    const { rows } = await quiet.pool.query("select count(*)::int as n from idempotency");
    expect(rows[0].n).toBe(0);
    await quiet.close();
  });
});

describe("requests of one key at the same time", () => {
  let other: RunningServer;
  beforeAll(async () => {
    other = await stage.startAnother();
  });

  it.each([
    ["/v1/payments", ORDER, 201],
    ["/v1/payments/{open}/attempts", { method: "mbway", phone: "919999999" }, 201],
    ["/v1/payments/{open}/cancel", undefined, 200],
    ["/v1/payments/{paid}/refunds", { amount: 50 }, 201],
  ])("to %s make one thing, also when they reach two servers", async (path, body, status) => {
    for (const servers of [[stage.server.url], [stage.server.url, other.url]]) {
      const at = path.replace("{open}", await createPayment(stage)).replace("{paid}", await paidPayment());
      const key = newKey();
      const places = Array.from({ length: 6 }, (_, place) => servers[place % servers.length] ?? "");
      const answers = await Promise.all(places.map((url) => postTo(url, key, at, body)));
      expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(status));
      const [first] = answers.filter((answer) => isReplayed(answer) === null);
      for (const answer of answers) expect(answer.body).toEqual(first?.body);
      expect(answers.filter((answer) => isReplayed(answer) === null)).toHaveLength(1);
    }
  });

  it("to /v1/event-endpoints make one, and tell its secret once", async () => {
    const key = newKey();
    const body = { url: "http://127.0.0.1:8/at-once" };
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(key, "/v1/event-endpoints", body)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.body.secret !== null)).toHaveLength(1);
  });

  it("wait for the first, but not beyond five seconds; another body need not wait at all", async () => {
    const id = await createPayment(stage);
    const [key, path] = [newKey(), `/v1/payments/${id}/attempts`];
    const body = { method: "mbway", phone: "919999999" };
    const held = line.hold("mbway-id/purchase", "answer");
    const first = post(key, path, body);
    await held;
    const other = await post(key, path, { method: "mbway", phone: "912345678" });
    expect(other).toMatchObject({ status: 422, body: { type: "/problems/idempotency_key_reused" } });
    const second = await post(key, path, body);
    expect(second).toMatchObject({ status: 409, body: { type: "/problems/idempotency_in_flight" } });
    expect(second.headers.get("retry-after")).toBe("1");
    line.release();
    const [made, replayed] = [await first, await post(key, path, body)];
    expect([made.status, made.body.status]).toEqual([201, "pending"]);
    expect([replayed.status, replayed.body]).toEqual([made.status, made.body]);
    expect((await read(stage, id)).attempts).toHaveLength(1);
    await approve(stage);
    await stage.settle();
  });
});

describe("a request whose server died before it could answer", () => {
  /** The state that a crash leaves: what was made is there, the answer is not. */
  async function forgetAnswer(key: string, heldFor: string): Promise<void> {
    const { rowCount } = await stage.pool.query(
      "update idempotency set status = null, body = null, held_until = now() + $2::interval where key = $1",
      [key, heldFor],
    );
    expect(rowCount).toBe(1);
  }

  it("is answered with what it made, as that is now", async () => {
    const [create, attempt, refund, cancel] = [newKey(), newKey(), newKey(), newKey()];
    const made = await post(create, "/v1/payments", ORDER);
    const path = `/v1/payments/${made.body.id}`;
    const phone = { method: "mbway", phone: "936000000" };
    const tried = await post(attempt, `${path}/attempts`, phone);
    await approve(stage, "936000000");
    await stage.settle();
    const back = await post(refund, `${path}/refunds`, { amount: 10 });
    const open = await createPayment(stage);
    await post(cancel, `/v1/payments/${open}/cancel`);
    for (const key of [create, attempt, refund, cancel]) await forgetAnswer(key, "-1 second");

    // one that waited for whoever is dead would be refused after five seconds, as being under way
    expect(await post(create, "/v1/payments", ORDER)).toMatchObject({
      status: 201,
      body: { id: made.body.id, status: "paid", amountRefunded: 10 },
    });
    expect(await post(attempt, `${path}/attempts`, phone)).toMatchObject({
      status: 201,
      body: { id: tried.body.id, status: "approved" },
    });
    const again = await post(refund, `${path}/refunds`, { amount: 10 });
    expect([again.status, again.body, isReplayed(again)]).toEqual([201, back.body, "true"]);
    expect(await post(cancel, `/v1/payments/${open}/cancel`)).toMatchObject({
      status: 200,
      body: { id: open, status: "canceled" },
    });
    expect((await read(stage, made.body.id)).refunds).toHaveLength(1);
  });

  it("is waited for as long as it may still be alive: the hold on its key runs out by itself", async () => {
    const key = newKey();
    const made = await post(key, "/v1/payments", ORDER);
    await forgetAnswer(key, "1 second");
    expect(await post(key, "/v1/payments", ORDER)).toMatchObject({ status: 201, body: { id: made.body.id } });
  });
});

describe("a secret", () => {
  it("is in no replay and not in what is kept", async () => {
    const secret = `whsec_${Buffer.from("a secret of thirty-two characters").toString("base64")}`;
    for (const given of [undefined, secret]) {
      const key = newKey();
      const body = { url: `http://127.0.0.1:8/${keys}`, ...(given !== undefined && { secret: given }) };
      const first = await post(key, "/v1/event-endpoints", body);
      expect(first.status).toBe(201);
      expect(first.body.secret).toMatch(/^whsec_/);
      if (given !== undefined) expect(first.body.secret).toBe(given);
      const again = await post(key, "/v1/event-endpoints", body);
      expect([again.status, again.body]).toEqual([201, { ...first.body, secret: null }]);
      const { rows } = await stage.pool.query("select idempotency::text as row from idempotency");
      expect(rows.map(({ row }) => row).join()).not.toContain(first.body.secret);
      expect(rows.map(({ row }) => row).join()).not.toContain("sk_test_stage");
    }
  });
});
