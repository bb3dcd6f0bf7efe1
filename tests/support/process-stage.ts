import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { type Answer, jsonCaller } from "./json.ts";
import { type Line, layLine } from "./line.ts";
import { Program } from "./program.ts";
import { freePort, openShop, type Shop } from "./shop.ts";
import { CONNECTIONS, type Play } from "./stage.ts";

const API_KEY = "sk_test_processes";

/**
 * Gateway and servers as processes of their own on one database, and a shop that listens: what can be killed in a test.
 */
export interface ProcessStage extends Play {
  readonly gateway: Program;
  /** The first of the servers. */
  readonly server: Program;
  readonly servers: readonly Program[];
  /** Between the servers and the gateway. */
  readonly line: Line;
  readonly shop: Shop;
  /** Sees the server's tables. */
  readonly pool: Pool;
  /** Sees the gateway's tables. */
  readonly gatewayPool: Pool;
  /** Calls one of several servers. */
  apiOf(
    server: number,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** The address of a server. */
  urlOf(server: number): string;
  /** Lets time pass, for gateway and servers alike, until all that is due by then is done. */
  advance(seconds: number): Promise<void>;
  /** Lets what a killed program held run out now, instead of after ten seconds. */
  runOutLeases(of: "server" | "gateway"): Promise<void>;
  close(): Promise<void>;
}

/** How many servers there are, and a file that is open for their output; without one they keep silent. */
export interface ProcessGround {
  readonly servers?: number;
  readonly output?: number;
}

/** Sets a stage of processes. */
export async function setProcessStage({ servers: count = 1, output }: ProcessGround = {}): Promise<ProcessStage> {
  const database = await testDatabase();
  const shop = await openShop();
  const ports = await Promise.all(Array.from({ length: count + 1 }, freePort));
  const [gatewayUrl = "", ...serverUrls] = ports.map((port) => `http://127.0.0.1:${port}`);
  const line = await layLine(gatewayUrl);
  const gateway = new Program("gateway", {
    DATABASE_URL: database.url,
    CARAVELA_GATEWAY_PORT: String(ports[0]),
    CARAVELA_CLOCK_FOLLOWERS: serverUrls.join(","),
  });
  const servers = ports.slice(1).map((port) => {
    const [DATABASE_URL, SIBS_BASE_URL] = [database.url, `${line.url}/api/v2`];
    const env = { CARAVELA_PORT: String(port), CARAVELA_API_KEY: API_KEY, CARAVELA_TEST_CLOCK: "1" };
    const few = { CARAVELA_DATABASE_CONNECTIONS: String(CONNECTIONS) };
    return new Program("server", { DATABASE_URL, SIBS_BASE_URL, ...env, ...few }, output);
  });
  const [server] = servers;
  if (server === undefined) throw new Error("a stage needs a server");
  const pool = createPool({ url: database.url, schema: "caravela", max: 2 });
  const gatewayPool = createPool({ url: database.url, schema: "sibs_gateway", max: 2 });
  const call = jsonCaller();
  await gateway.start();
  for (const one of servers) await one.start();

  const stage: ProcessStage = {
    gateway,
    server,
    servers,
    line,
    shop,
    pool,
    gatewayPool,
    events: shop.events,
    urlOf: (place) => serverUrls[place] ?? "",
    apiOf: (place, method, path, body, headers = {}) =>
      call(stage.urlOf(place) + path, method, body, {
        authorization: `Bearer ${API_KEY}`,
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
        ...headers,
      }),
    api: (method, path, body, headers) => stage.apiOf(0, method, path, body, headers),
    sandbox: (method, path, body) => call(`${gatewayUrl}/sandbox${path}`, method, body),
    advance: async (seconds) => {
      const answer = await stage.sandbox("POST", "/clock/advance", { seconds });
      if (answer.status !== 200) throw new Error(`the clock stands still: ${JSON.stringify(answer.body)}`);
    },
    runOutLeases: async (of) => {
      const [itsPool, tables] =
        of === "server"
          ? [pool, ["payment", "mandate", "notification", "delivery"]]
          : [gatewayPool, ["transaction", "notification"]];
      // a statement that was under way when its program was killed goes on in the database, and may yet take a lease
      await itsPool.query(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = current_setting('application_name') and pid <> pg_backend_pid()",
      );
      for (const table of tables) {
        await itsPool.query(`update ${table} set leased_until = now() where leased_until is not null`);
      }
      if (of === "server") await pool.query("update idempotency set held_until = now()");
    },
    close: async () => {
      for (const one of [...servers, gateway]) await one.kill();
      await Promise.all([shop.close(), line.close(), pool.end(), gatewayPool.end()]);
      await database.drop();
    },
  };
  const endpoint = await stage.api("POST", "/v1/event-endpoints", { url: shop.url });
  shop.secret = String(endpoint.body.secret);
  return stage;
}
