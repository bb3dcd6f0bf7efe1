import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { Pool } from "@caravela/platform/postgres/pool";
import type { RunningServer } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SCOPES } from "../../packages/server/src/domain/api-key.ts";
import { FOR_ANY_KEY, FOR_PEOPLE_ALONE } from "../../packages/server/src/domain/role.ts";
import { type CallsBy, callingBy, makeKey } from "../support/keys.ts";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";
import { type Description, described, readDescription } from "./described.ts";

const HOUR = 3600;

let stage: Stage;
let other: RunningServer;
let description: Description;
const lines: string[] = [];

beforeAll(async () => {
  stage = await setStage({ logLevel: "trace", logDestination: { write: (line: string) => void lines.push(line) } });
  other = await stage.startAnother();
  description = await readDescription(stage);
});
afterAll(() => stage.close());

const statusOf = async (api: CallsBy, path = "/v1/payments") => (await api("GET", path)).status;
const at = (seconds: number) => new Date(stage.now() + seconds * 1000).toISOString();

async function keyOf(id: string) {
  const { body } = await stage.api("GET", "/v1/keys?limit=100");
  return body.data.find((one: { id: string }) => one.id === id);
}

/** The same calls at the other process. */
function elsewhere(secret: string): () => Promise<number> {
  return async () =>
    (await fetch(`${other.url}/v1/payments`, { headers: { authorization: `Bearer ${secret}` } })).status;
}

describe("a key", () => {
  it("is made with a secret that is told once", async () => {
    const { stage: watched, faults } = described(stage, description);
    const key = { "idempotency-key": "a till" };
    const wanted = { name: " Till ", scopes: ["events", "payments:read", "events"], expiresAt: at(HOUR) };
    const made = await watched.api("POST", "/v1/keys", wanted, key);
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^key_[0-9a-z]{20}$/),
        name: "Till",
        scopes: ["payments:read", "events"],
        refundLimit: null,
        captureLimit: null,
        secret: expect.stringMatching(/^sk_[0-9a-z]{50}$/),
        lastUsedAt: null,
        overlapEndsAt: null,
      },
    });
    const again = await watched.api("POST", "/v1/keys", wanted, key);
    expect(again).toMatchObject({ status: 201, body: { ...made.body, secret: null } });
    const { body: list } = await watched.api("GET", "/v1/keys");
    expect(list.data).toEqual([{ ...made.body, secret: null }]);
    const rolled = await watched.api("POST", `/v1/keys/${made.body.id}/roll`, undefined, key);
    const rolledAgain = await watched.api("POST", `/v1/keys/${made.body.id}/roll`, undefined, key);
    expect(rolledAgain.body).toEqual({ ...rolled.body, secret: null });
    expect(faults).toEqual([]);
  });

  it("is nowhere by its secret but in the answer that told it", async () => {
    const { secret, id, api } = await makeKey(stage, [...SCOPES]);
    await api("POST", "/v1/payments", { amount: 1 });
    await api("GET", `/v1/keys?after=${secret}`);
    const { body } = await stage.api("POST", `/v1/keys/${id}/roll`);
    const secrets = [secret, body.secret];
    await stage.api("DELETE", `/v1/keys/${id}`);
    await api("GET", "/v1/keys");
    const { rows: tables } = await stage.pool.query(
      "select table_name as name from information_schema.tables where table_schema = 'caravela'",
    );
    for (const { name } of tables) {
      const { rows } = await stage.pool.query(`select t::text as line from caravela.${name} as t`);
      for (const { line } of rows) for (const one of secrets) expect(line).not.toContain(one);
    }
    const metrics = await (await fetch(`${stage.server.url}/metrics`)).text();
    for (const one of secrets) expect(lines.join("") + metrics).not.toContain(one);
    expect(lines.join("")).toContain("an API key was made");
  });

  it("says whose doing something is", async () => {
    const { id, api } = await makeKey(stage, ["payments:write"], { name: "Web shop" });
    const { body } = await api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "order-1" });
    await api("POST", `/v1/payments/${body.id}/cancel`);
    const { rows } = await stage.pool.query("select data -> 'by' as by from fact where subject_id = $1", [body.id]);
    expect(rows).toEqual(Array(2).fill({ by: { type: "shop", id, name: "Web shop" } }));
  });

  it("says when it was last used, to the minute", async () => {
    const { id, api } = await makeKey(stage, ["payments:read"]);
    const used = async () => (await keyOf(id)).lastUsedAt;
    await Promise.all(Array.from({ length: 20 }, () => statusOf(api)));
    await expect.poll(used).not.toBeNull();
    const first = await used();
    await statusOf(api);
    expect(await used()).toBe(first);
    await stage.advance(61);
    await statusOf(api);
    await expect.poll(used).not.toBe(first);
  });

  it.each([
    [{ name: " ", scopes: ["events"] }, 400, ["/name"]],
    [{ scopes: [] }, 400, ["/name", "/scopes"]],
    [{ name: "x".repeat(101), scopes: ["payments"] }, 400, ["/name", "/scopes/0"]],
    [{ name: "Till", scopes: ["events"], refundLimit: 0, expiresAt: "soon" }, 400, ["/refundLimit", "/expiresAt"]],
    [{ name: "Till", scopes: ["events"], terminal: "777" }, 422, ["/terminal"]],
    [{ name: "Till", scopes: ["events"], terminal: "first" }, 400, ["/terminal"]],
    // as a shell has it whose variable is not set: such a key would be of all terminals
    [{ name: "two\nlines", scopes: ["events"], terminal: "" }, 400, ["/name", "/terminal"]],
    [{ name: "red \u001b[31m", scopes: ["events"], terminal: " " }, 400, ["/name", "/terminal"]],
    [{ name: "Till", scopes: ["events"], expiresAt: "2020-01-01T00:00:00Z" }, 422, ["/expiresAt"]],
  ])("is not made of %j", async (wanted, status, fields) => {
    const answer = await stage.api("POST", "/v1/keys", wanted);
    expect(answer.status).toBe(status);
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([...fields].sort());
  });

  it("that there is not can be neither rolled nor revoked", async () => {
    for (const id of ["key_00000000000000000000", "key_1", "pay_00000000000000000000"]) {
      expect((await stage.api("POST", `/v1/keys/${id}/roll`)).status).toBe(404);
      expect((await stage.api("DELETE", `/v1/keys/${id}`)).status).toBe(404);
    }
    const { id } = await makeKey(stage, ["events"]);
    for (const overlapHours of [-1, 169, 1.5, "1"])
      expect((await stage.api("POST", `/v1/keys/${id}/roll`, { overlapHours })).status).toBe(400);
  });
});

describe("a key opens nothing", () => {
  it("that needs a scope it lacks, whatever else is wrong with the request, and says which", async () => {
    const operations = Object.entries(description.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
    expect(operations.length).toBeGreaterThan(30);
    const lacking = new Map<string, CallsBy>();
    for (const scope of SCOPES)
      lacking.set(
        scope,
        (
          await makeKey(
            stage,
            SCOPES.filter((one) => one !== scope),
          )
        ).api,
      );
    const unscoped: string[] = [];
    for (const { method, path, operation } of operations) {
      const { security, description: text } = operation as unknown as {
        security: { apiKey?: string[] }[];
        description: string;
      };
      const [scope] = security.flatMap(({ apiKey = [] }) => apiKey);
      if (scope === undefined) {
        unscoped.push(operation.operationId);
        continue;
      }
      expect(SCOPES, path).toContain(scope);
      expect(text, path).toContain(`\`${scope}\``);
      const api = lacking.get(scope) ?? stage.api;
      const garbage = method === "POST" ? { garbage: true } : undefined;
      const answer = await api(method, `${path.replace(/\{\w+\}/g, "none")}?garbage`, garbage, {
        ...(method === "POST" && { "idempotency-key": "" }),
      });
      expect([answer.status, answer.body.type, answer.body.scope], `${method} ${path}`).toEqual([
        403,
        "/problems/scope_missing",
        scope,
      ]);
      expect(answer.body.detail).toContain(scope);
    }
    expect(unscoped.sort()).toEqual([...FOR_ANY_KEY, ...FOR_PEOPLE_ALONE].sort());
  });

  it("from the moment on at which it is revoked, on every process", async () => {
    const { id, secret, api } = await makeKey(stage, ["payments:read"]);
    const there = elsewhere(secret);
    expect([await statusOf(api), await there()]).toEqual([200, 200]);
    expect((await stage.api("DELETE", `/v1/keys/${id}`)).status).toBe(204);
    expect([await there(), await statusOf(api)]).toEqual([401, 401]);
    expect((await stage.api("DELETE", `/v1/keys/${id}`)).status).toBe(404);
  });

  it("that was revoked, rolled or has expired before the body of its request had come", async () => {
    const ends: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => stage.api("DELETE", `/v1/keys/${id}`),
      (id) => stage.api("POST", `/v1/keys/${id}/roll`, { overlapHours: 0 }),
      () => stage.advance(HOUR + 1),
    ];
    for (const end of ends) {
      const { id, secret } = await makeKey(stage, ["admin", "events"], { expiresAt: at(HOUR) });
      const body = JSON.stringify({ name: "One more", scopes: ["events"], expiresAt: at(HOUR / 2) });
      const sent = request(`${stage.server.url}/v1/keys`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${secret}`,
          "content-type": "application/json",
          "content-length": String(body.length),
          "idempotency-key": crypto.randomUUID(),
        },
      });
      sent.write(body.slice(0, 10));
      // it was looked up
      await expect.poll(async () => (await keyOf(id)).lastUsedAt).not.toBeNull();
      const before = (await stage.api("GET", "/v1/keys?limit=100")).body.data.length;
      await end(id);
      sent.end(body.slice(10));
      const [answer] = (await once(sent, "response")) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(401);
      expect((await stage.api("GET", "/v1/keys?limit=100")).body.data.length).toBeLessThanOrEqual(before);
    }
  });

  it("once it has expired, and cannot be rolled then", async () => {
    const { id, api } = await makeKey(stage, ["payments:read"], { expiresAt: at(HOUR) });
    expect(await statusOf(api)).toBe(200);
    await stage.advance(HOUR + 1);
    const answer = await api("GET", "/v1/payments");
    expect([answer.status, answer.body.type]).toEqual([401, "/problems/unauthorized"]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect((await stage.api("POST", `/v1/keys/${id}/roll`)).body.detail).toContain("It expired at");
  });

  it.each(["", "sk_", `sk_${"0".repeat(50)}`, `sk_${"0".repeat(5000)}`, "sk_'; drop table api_key; --", `${API_KEY} `])(
    "that nobody made: %j",
    async (secret) => expect(await statusOf(callingBy(stage, secret))).toBe(secret.trim() === API_KEY ? 200 : 401),
  );
});

describe("a key that is rolled", () => {
  it("has the same id, and the old secret goes on until the overlap ends", async () => {
    const { id, api, secret } = await makeKey(stage, ["payments:read"]);
    const { body: rolled } = await stage.api("POST", `/v1/keys/${id}/roll`, { overlapHours: 2 });
    expect(rolled).toMatchObject({ id, scopes: ["payments:read"] });
    expect(rolled.secret).not.toBe(secret);
    const newer = callingBy(stage, rolled.secret);
    expect([await statusOf(api), await statusOf(newer)]).toEqual([200, 200]);
    await stage.advance(2 * HOUR + 1);
    expect([await statusOf(api), await statusOf(newer)]).toEqual([401, 200]);
  });

  it("again, has what it had before end with the shorter of both overlaps; by none at once", async () => {
    const { id, api: first } = await makeKey(stage, ["payments:read"]);
    const second = callingBy(stage, (await stage.api("POST", `/v1/keys/${id}/roll`)).body.secret);
    const { body } = await stage.api("POST", `/v1/keys/${id}/roll`, { overlapHours: 1 });
    const third = callingBy(stage, body.secret);
    const statuses = () => Promise.all([first, second, third].map((api) => statusOf(api)));
    expect(await statuses()).toEqual([200, 200, 200]);
    await stage.advance(HOUR + 1);
    expect(await statuses()).toEqual([401, 401, 200]);
    const now = await stage.api("POST", `/v1/keys/${id}/roll`, { overlapHours: 0 });
    expect(now.body.overlapEndsAt).toBeNull();
    expect([await statusOf(third), await statusOf(callingBy(stage, now.body.secret))]).toEqual([401, 200]);
    // nothing is left that a server whose clock is behind could still take
    const { rows } = await stage.pool.query("select ends_at from caravela.api_key_secret where key_id = $1", [id]);
    expect(rows).toEqual([{ ends_at: null }]);
  });

  it("has no request refused while it is, however many are under way", async () => {
    const { id, secret } = await makeKey(stage, ["payments:read", "payments:write"]);
    let newest = secret;
    const seen: number[] = [];
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const known = newest;
        const [here, there] = await Promise.all([statusOf(callingBy(stage, known)), elsewhere(known)()]);
        seen.push(here, there);
      }
    };
    const clients = Promise.all(Array.from({ length: 8 }, client));
    for (let rolls = 0; rolls < 5; rolls += 1) {
      const count = seen.length;
      newest = (await stage.api("POST", `/v1/keys/${id}/roll`)).body.secret;
      await expect.poll(() => seen.length).toBeGreaterThan(count + 32);
    }
    isOver = true;
    await clients;
    expect(seen.length).toBeGreaterThan(160);
    expect(seen.filter((status) => status !== 200)).toEqual([]);
  });
});

it("the key of the settings is known without the database", async () => {
  const asked: string[] = [];
  const { query } = Pool.prototype;
  vi.spyOn(Pool.prototype, "query").mockImplementation(function (this: Pool, ...args: Parameters<Pool["query"]>) {
    const [statement] = args;
    if (typeof statement !== "string") asked.push(statement.name ?? "");
    return query.apply(this, args) as never;
  });
  try {
    const { api } = await makeKey(stage, ["payments:read"]);
    asked.length = 0;
    await stage.api("GET", "/v1/events");
    expect(asked.filter((name) => name.startsWith("api-key"))).toEqual([]);
    await statusOf(api);
    expect(asked).toContain("api-key-find");
  } finally {
    vi.restoreAllMocks();
  }
});
