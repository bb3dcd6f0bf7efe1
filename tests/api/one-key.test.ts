import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { Secret } from "@caravela/platform/secret";
import type { ServerSettings } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOR_PEOPLE_ALONE } from "../../packages/server/src/domain/role.ts";
import { askPhone, createPayment, read } from "../support/actions.ts";
import { type Answer, jsonCaller } from "../support/json.ts";
import { asOperator } from "../support/operators.ts";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { readDescription } from "./described.ts";

const ORDER = { amount: 550, currency: "EUR", reference: "order-1" };
/** A phone that approves at once. */
const QUICK = "960000001";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function paidPayment(): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id, QUICK);
  await stage.settle();
  return id;
}

const newKey = () => `key ${crypto.randomUUID()}`;
const isReplayed = (answer: Answer): boolean => answer.headers.get("idempotent-replayed") === "true";

function post(key: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return stage.api("POST", path, body, { "idempotency-key": key, ...headers });
}

/** Another server on the same database: how it is asked, and closed. */
async function another(changes: Partial<ServerSettings>) {
  const { apiKey } = { ...stage.settings, ...changes };
  const { url, close } = await stage.startAnother(changes);
  const call = jsonCaller();
  const send = (key: string, path: string, body?: unknown): Promise<Answer> =>
    call(`${url}${path}`, "POST", body, {
      authorization: `Bearer ${apiKey.reveal()}`,
      "idempotency-key": key,
    });
  return { send, close };
}

/** A path spelt otherwise. */
const spelt = (path: string): string => path.replace("_", "%5F").replace(/(.)$/, (last) => `%${hex(last)}`);
const hex = (sign: string): string => sign.charCodeAt(0).toString(16);

describe("a key", () => {
  it("is one however the path is spelt: nothing is given back twice", async () => {
    const [id, key] = [await paidPayment(), newKey()];
    const first = await post(key, `/v1/payments/${id}/refunds`, { amount: 100 });
    for (const path of [
      `/v1/payments/${id.replace("_", "%5F")}/refunds`,
      `/v1/payments/%70ay_${id.substring(4)}/refunds`,
    ]) {
      const again = await post(key, path, { amount: 100 });
      expect([again.status, again.body, isReplayed(again)]).toEqual([201, first.body, true]);
    }
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 100 });
  });

  it("is one when both spellings arrive at once, at two servers too", async () => {
    const { send: elsewhere } = await another({});
    for (const send of [post, elsewhere]) {
      const [id, key] = [await paidPayment(), newKey()];
      const paths = [`/v1/payments/${id}/refunds`, `/v1/payments/${id.replace("_", "%5F")}/refunds`];
      const sent = [...paths, ...paths].map((path, place) => (place % 2 ? send : post)(key, path, { amount: 100 }));
      const answers = await Promise.all(sent);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(await read(stage, id)).toMatchObject({ amountRefunded: 100 });
    }
  });

  it("is one on every route, whatever it is about", async () => {
    const { document } = await readDescription(stage);
    const owner = await asOperator(stage, "owner");
    const routes = Object.entries(document.paths).flatMap(([path, { post: operation }]) =>
      operation ? [{ route: path, operationId: String(operation.operationId) }] : [],
    );
    const about = routes.filter(({ route }) => route.includes("{"));
    expect(about.length).toBeGreaterThan(8);
    for (const { route, operationId } of about) {
      const ask = FOR_PEOPLE_ALONE.includes(operationId) ? owner.api : stage.api;
      const post = (key: string, path: string, body?: unknown) => ask("POST", path, body, { "idempotency-key": key });
      const path = route.replace(/\{\w+\}/g, `pay_${"0".repeat(20)}`);
      const key = newKey();
      const body = BODIES.find(([ending]) => route.endsWith(ending))?.[1];
      const first = await post(key, path, body);
      const again = await post(key, path.replaceAll("_", "%5f"), body);
      // of a customer of whom nothing is known, nothing is to be erased
      const status = route.endsWith("/erase") ? 200 : 404;
      expect([first.status, isReplayed(first)], route).toEqual([status, false]);
      expect([again.status, isReplayed(again)], route).toEqual([status, true]);
    }
  });

  it("stays the merchant's when the API key is changed", async () => {
    const [id, key] = [await paidPayment(), newKey()];
    const first = await post(key, `/v1/payments/${id}/refunds`, { amount: 100 });
    const { send: rolled } = await another({ apiKey: new Secret("sk_test_rolled_to_another") });
    const again = await rolled(key, `/v1/payments/${id}/refunds`, { amount: 100 });
    expect([again.status, again.body, isReplayed(again)]).toEqual([201, first.body, true]);
  });

  it("is never shared by two merchants, be it the same and by the same API key", async () => {
    const credentials: ServerSettings["credentials"] = {
      terminalId: "777",
      clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
      token: new Secret("a.token"),
      webhookSecrets: [new Secret(Buffer.alloc(32, 7).toString("base64"))],
      entity: "24000",
    };
    const { send: neighbour, close } = await another({ credentials });
    const key = newKey();
    const ours = await post(key, "/v1/payments", ORDER);
    const theirs = await neighbour(key, "/v1/payments", ORDER);
    expect([theirs.status, isReplayed(theirs)]).toEqual([201, false]);
    expect(theirs.body.id).not.toBe(ours.body.id);
    for (const [send, made] of [
      [post, ours],
      [neighbour, theirs],
    ] as const) {
      const again = await send(key, "/v1/payments", ORDER);
      expect([again.body.id, isReplayed(again)]).toEqual([made.body.id, true]);
    }
    // SIBS does not know it: what it would ask about on this database stays unanswered
    await close();
  });

  it.each([
    ["twice", ["k1", "k2"]],
    ["twice, the same", ["k1", "k1"]],
  ])("that is sent %s is refused, and nothing is made", async (_what, keys) => {
    const before = await payments();
    const order = JSON.stringify(ORDER);
    const sent = request(`${stage.server.url}/v1/payments`, {
      method: "POST",
      headers: [
        "Host",
        new URL(stage.server.url).host,
        "Content-Length",
        String(order.length),
        "Authorization",
        `Bearer ${API_KEY}`,
        "Content-Type",
        "application/json",
        "Idempotency-Key",
        String(keys[0]),
        "idempotency-key",
        String(keys[1]),
      ],
    });
    sent.end(order);
    const [answer] = await once(sent, "response");
    const body = JSON.parse(Buffer.concat(await answer.toArray()).toString());
    expect([answer.statusCode, body.type]).toEqual([400, "/problems/idempotency_key_missing"]);
    expect(body.detail).toContain("more than once");
    expect(await payments()).toBe(before);
  });

  it("is what stands between the blanks around it, and may be of any letters", async () => {
    const key = newKey();
    const first = await post(key, "/v1/payments", ORDER);
    expect(isReplayed(await post(`  ${key}\t`, "/v1/payments", ORDER))).toBe(true);
    const accented = Buffer.from(`encomenda-n\u00ba-17-${"\u00e3".repeat(200)}`).toString("latin1");
    const made = await post(accented, "/v1/payments", ORDER);
    expect([made.status, (await post(accented, "/v1/payments", ORDER)).body.id]).toEqual([201, made.body.id]);
    expect(made.body.id).not.toBe(first.body.id);
    const tooLong = await post(Buffer.from("\u00e3".repeat(256)).toString("latin1"), "/v1/payments", ORDER);
    expect(tooLong.status).toBe(400);
  });
});

/** What the version before stored for a request, and looked for. */
const earlierScope = (path: string) => `${hash(API_KEY)} POST ${path}`;
const hash = (text: string) => createHash("sha256").update(text).digest("base64url");

describe("a server of the version before, on the same database", () => {
  const storeAsBefore = `insert into idempotency (scope, key, fingerprint, resource, status, body, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)`;
  const rowOf = (path: string, key: string, status: number | null) => [
    earlierScope(path),
    key,
    hash('{"amount":100}'),
    "rfd_00000000000000000000",
    status,
    status === null ? null : '{"id":"rfd_00000000000000000000"}',
    new Date(stage.now()),
  ];

  it("has its answers given again, whichever way the path is spelt now", async () => {
    for (const [before, now] of [
      [plain, plain],
      [plain, spelt],
      [spelt, plain],
    ] as const) {
      const [path, key] = [`/v1/payments/${await paidPayment()}/refunds`, newKey()];
      await stage.pool.query(storeAsBefore, rowOf(before(path), key, 201));
      const answer = await post(key, now(path), { amount: 100 });
      expect([answer.status, answer.body, isReplayed(answer)]).toEqual([201, { id: "rfd_00000000000000000000" }, true]);
      expect(await post(key, path, { amount: 101 })).toMatchObject({ status: 422 });
    }
  });

  it("finds what this one made, by what it looks for", async () => {
    for (const spelling of [plain, spelt]) {
      const [path, key] = [spelling(`/v1/payments/${await paidPayment()}/refunds`), newKey()];
      const made = await post(key, path, { amount: 100 });
      const { rows } = await stage.pool.query("select * from idempotency where scope = $1 and key = $2", [
        earlierScope(path),
        key,
      ]);
      expect(rows).toMatchObject([{ fingerprint: hash('{"amount":100}'), resource: made.body.id, status: 201 }]);
    }
  });

  it("that is at work on a key holds it", async () => {
    const [id, key] = [await paidPayment(), newKey()];
    const path = `/v1/payments/${id}/refunds`;
    const connection = await stage.pool.connect();
    try {
      await connection.query("begin");
      await connection.query(storeAsBefore, rowOf(path, key, 201));
      const answer = post(key, path, { amount: 100 });
      await until(async () => (await waiting()) > 0);
      await connection.query("commit");
      expect(await answer).toMatchObject({ status: 201, body: { id: "rfd_00000000000000000000" } });
    } finally {
      connection.release();
    }
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 0, refunds: [] });
  });
});

const plain = (path: string) => path;

/** How many statements wait for another transaction's end. */
async function waiting(): Promise<number> {
  const { rows } = await stage.pool.query(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'transactionid'",
  );
  return rows[0].n;
}

async function payments(): Promise<number> {
  return (await stage.pool.query("select count(*)::int as n from payment")).rows[0].n;
}

/** What a request of such a route needs to be looked at; all others need nothing. */
const BODIES: readonly (readonly [string, object])[] = [
  ["/attempts", { method: "multibanco" }],
  ["/attempts/{attempt}/settle", { outcome: "not_paid", note: "looked it up" }],
  ["/settle", { outcome: "done", note: "looked it up" }],
  ["/done", { note: "looked it up" }],
  ["/resolve", { note: "looked it up" }],
  ["/continue", { action: "a", executed: true }],
  ["/operators/{id}", { name: "Rita" }],
  ["/amount", { amount: 990 }],
  ["/notes", { text: "looked it up" }],
  ["/views/{id}", { name: "Paid" }],
  ["/refuse", { note: "looked it up" }],
  ["/plans", { amount: 990, currency: "EUR", every: "month" }],
];
