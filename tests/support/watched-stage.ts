import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { testFolder } from "@caravela/platform/testing/folder";
import type { Answer } from "./json.ts";
import { type Line, layLine } from "./line.ts";
import { Program } from "./program.ts";
import { freePort, openShop } from "./shop.ts";
import type { Play } from "./stage.ts";

const API_KEY = "sk_test_watched";

/** Something that the two servers wrote or sent, and where it was found. */
export interface Evidence {
  readonly where: string;
  readonly bytes: Buffer;
}

/**
 * Gateway and server as processes of their own, at the most talkative log level, on a PostgreSQL of their own;
 * everything that they write and send is kept, but for what the server sends to the gateway.
 */
export interface WatchedStage extends Play {
  readonly server: Program;
  readonly gateway: Program;
  readonly line: Line;
  readonly serverUrl: string;
  /** Sees every schema. */
  readonly pool: Pool;
  /** Where the servers' logs are. */
  readonly logs: string;
  /** Sends anything to the server, and keeps its answer. */
  send(path: string, init: RequestInit): Promise<{ status: number; text: string; headers: Headers }>;
  /** Fetches from anywhere, and keeps the answer. */
  fetch(url: string, init?: RequestInit): Promise<{ status: number; text: string; headers: Headers }>;
  /** Keeps what a connection of one's own received. */
  keep(where: string, text: string): void;
  advance(seconds: number): Promise<void>;
  /** All that was written or sent until now. */
  evidence(): Promise<Evidence[]>;
  close(): Promise<void>;
}

/** Sets a stage on which nothing gets lost. @param env further settings of the server. */
export async function setWatchedStage(env: Record<string, string> = {}): Promise<WatchedStage> {
  const folder = await testFolder();
  const [logs, temporary, dataFolder] = [join(folder, "logs"), join(folder, "tmp"), join(folder, "data")];
  for (const one of [logs, temporary]) await mkdir(one);
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  const shop = await openShop();
  const [gatewayPort, serverPort] = [await freePort(), await freePort()];
  const [gatewayUrl, serverUrl] = [`http://127.0.0.1:${gatewayPort}`, `http://127.0.0.1:${serverPort}`];
  const heard: Evidence[] = [];
  const keep = (where: string, text: string) => void heard.push({ where, bytes: Buffer.from(text) });
  const line = await layLine(gatewayUrl, (path, text) => keep(`the gateway's answer to ${path}`, text));
  const common = { DATABASE_URL: postgres.url, CARAVELA_LOG_LEVEL: "trace", TMPDIR: temporary };
  const outputs = ["gateway", "server"].map((name) => openSync(join(logs, `${name}.log`), "a"));
  const gateway = new Program(
    "gateway",
    { ...common, CARAVELA_GATEWAY_PORT: String(gatewayPort), CARAVELA_CLOCK_FOLLOWERS: serverUrl },
    outputs[0],
  );
  const server = new Program(
    "server",
    {
      ...common,
      CARAVELA_PORT: String(serverPort),
      CARAVELA_API_KEY: API_KEY,
      CARAVELA_TEST_CLOCK: "1",
      SIBS_BASE_URL: `${line.url}/api/v2`,
      SIBS_METHODS: "mbway,multibanco,card",
      ...env,
    },
    outputs[1],
  );
  await gateway.start();
  await server.start();
  const pool = createPool({ url: postgres.url, schema: "caravela", max: 2 });

  const ask = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, { redirect: "manual", ...init });
    const text = await response.text();
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\n`).join("");
    // the address itself is ours; what is kept is the answer
    keep(`the answer to ${init.method ?? "GET"} ${new URL(url).pathname}`, `${response.status}\n${headers}\n${text}`);
    return { status: response.status, text, headers: response.headers };
  };
  const call = async (url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> => {
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const init = {
      method,
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const answer = await ask(url, init);
    return { ...answer, body: isJson(answer.headers) ? JSON.parse(answer.text) : answer.text };
  };

  const stage: WatchedStage = {
    server,
    gateway,
    line,
    serverUrl,
    pool,
    logs,
    keep,
    events: shop.events,
    fetch: ask,
    send: (path, init) => ask(serverUrl + path, init),
    api: (method, path, body, headers = {}) =>
      call(serverUrl + path, method, body, {
        authorization: `Bearer ${API_KEY}`,
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
        ...headers,
      }),
    sandbox: (method, path, body) => call(`${gatewayUrl}/sandbox${path}`, method, body, {}),
    advance: async (seconds) => {
      const answer = await stage.sandbox("POST", "/clock/advance", { seconds });
      if (answer.status !== 200) throw new Error(`the clock stands still: ${JSON.stringify(answer.body)}`);
    },
    evidence: async () => {
      await pool.query("checkpoint");
      return [
        ...heard,
        ...shop.events.map((event) => ({ where: `event ${event.type}`, bytes: Buffer.from(JSON.stringify(event)) })),
        ...(await dump(pool)),
        ...filesIn(folder),
      ];
    },
    close: async () => {
      for (const one of [server, gateway]) await one.kill();
      await Promise.all([shop.close(), line.close(), pool.end()]);
      for (const output of outputs) closeSync(output);
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  const endpoint = await stage.api("POST", "/v1/event-endpoints", { url: shop.url });
  shop.secret = String(endpoint.body.secret);
  return stage;
}

function isJson(headers: Headers): boolean {
  return /^application\/(problem\+)?json/.test(headers.get("content-type") ?? "");
}

/**
 * Every row of every table, as `pg_dump` would write it (which the embedded PostgreSQL does not bring along), each
 * value beside its column's name.
 */
async function dump(pool: Pool): Promise<Evidence[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  return Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await pool.query<{ row: string }>(`select to_jsonb(one)::text as row from ${name} one`);
      return { where: `table ${name}`, bytes: Buffer.from(rows.map(({ row }) => row).join("\n")) };
    }),
  );
}

/** Every file below a folder: logs, temporary files, and PostgreSQL's own with its write-ahead log. */
function filesIn(folder: string): Evidence[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    try {
      return [{ where: `file ${path.slice(folder.length + 1)}`, bytes: readFileSync(path) }];
    } catch {
      return []; // PostgreSQL removed it just now
    }
  });
}
