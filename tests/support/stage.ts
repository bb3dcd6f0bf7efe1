import { type RunningGateway, startGateway } from "@caravela/gateway";
import { createPool, type Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { Secret } from "@caravela/platform/secret";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { type RunningServer, type ServerSettings, shopCalled, startServer } from "@caravela/server";
import { type Answer, jsonCaller } from "./json.ts";
import { holdToListed, knowListed } from "./listed-problems.ts";
import { freePort, openShop, type ReceivedEvent, type Shop } from "./shop.ts";

/**
 * How many connections to PostgreSQL each program of a stage has: to open one takes longer than most tests are at work
 * by it.
 */
export const CONNECTIONS = 6;

/** The API key of every stage's server. */
export const API_KEY = "sk_test_stage";

/** A gateway and a server on a database of their own, and a shop that listens: what a test across packages plays on. */
export interface Stage {
  readonly server: RunningServer;
  /** What the server was started with. */
  readonly settings: ServerSettings;
  readonly gateway: RunningGateway;
  readonly pool: Pool;
  readonly events: ReceivedEvent[];
  readonly shop: Shop;
  /** Answers events with this status; 200 unless a test says otherwise. */
  shopAnswers: number;
  /**
   * Calls the server's `/v1` with the API key, or by a cookie that is given in its place, and a fresh idempotency key
   * on each POST unless one is given. A problem that the description of the operation does not list is an error.
   */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Calls the gateway's `/sandbox`. */
  sandbox(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Lets time pass, for gateway and server alike, until all that is due by then is done. */
  advance(seconds: number): Promise<void>;
  /** Moves the server's clock alone, as when its machine was asleep; answers when what is due is done. */
  stepServer(seconds: number): Promise<void>;
  /** What the stage's clock shows, in milliseconds. */
  now(): number;
  /** Lets all that is due now be done, notifications included. */
  settle(): Promise<void>;
  /**
   * Stops the server and starts it again on the same database. @param changes what it is set to otherwise from then on
   */
  restartServer(changes?: Partial<ServerSettings>): Promise<void>;
  /**
   * Starts another server on the same database, which SIBS notifies from then on. Who lets time pass, or settles, waits
   * for what it has in hand, too. It ends with the stage, or is closed before.
   */
  startAnother(changes?: Partial<ServerSettings>): Promise<RunningServer>;
  close(): Promise<void>;
}

/** What a test does on a stage, whatever the programs run in. */
export type Play = Pick<Stage, "api" | "sandbox" | "events">;

/** What a stage is set on: a fresh database, and the gateway at its own address, unless told otherwise. */
export interface Ground {
  readonly database?: Promise<TestDatabase>;
  /** Gives the address by which the server reaches the gateway, where a line is laid to it. */
  readonly reach?: (gateway: string) => Promise<string>;
  /** Gives the address by which both reach the database, where something stands in between. */
  readonly lead?: (database: string) => Promise<string>;
  /** Starts the server, where it is another than this version's. */
  readonly start?: typeof startServer;
}

/** Sets the stage. @param changes what this test's server is set to otherwise. */
export async function setStage(changes: Partial<ServerSettings> = {}, ground: Ground = {}): Promise<Stage> {
  const database = await (ground.database ?? testDatabase());
  const databaseUrl = (await ground.lead?.(database.url)) ?? database.url;
  const { statementLimitMs = STATEMENT_LIMIT_MS, databasePooler = "none", databaseDirectUrl = null } = changes;
  const port = await freePort();
  const gateway = await startGateway({
    databaseUrl,
    databasePooler,
    databaseDirectUrl,
    statementLimitMs,
    connections: CONNECTIONS,
    host: "127.0.0.1",
    port: 0,
    clockFollowers: [`http://127.0.0.1:${port}`],
    logLevel: "silent",
  });
  const sibs = (await ground.reach?.(gateway.url)) ?? gateway.url;
  const settings: ServerSettings = {
    databaseUrl,
    host: "127.0.0.1",
    port,
    publicUrl: null,
    shop: shopCalled("Loja do Cais"),
    limits: {},
    requiresCustomer: true,
    apiKey: new Secret(API_KEY),
    sibsBaseUrl: `${sibs}/api/v2`,
    sibsMandatesBaseUrl: `${sibs}/sibs/spg/v2`,
    credentials: null,
    methods: ["mbway", "multibanco"],
    timeOutUnasked: false,
    cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 0 },
    trustedProxies: ["loopback"],
    eventNetworks: "all",
    connections: CONNECTIONS,
    eventsKeptDays: 90,
    metricsToken: null,
    testClock: true,
    logLevel: "silent",
    ...changes,
  };
  const pool = createPool({ url: database.url, schema: "caravela", max: 2 });
  const shop = await openShop();
  const start = ground.start ?? startServer;
  let server = await start(settings);
  const others = new Set<RunningServer>();
  const isOfThisVersion = ground.start === undefined;
  if (isOfThisVersion) await knowListed(server.url);
  let ahead = 0;
  let serverAhead = 0;
  const call = jsonCaller();
  const moveClock = async (seconds: number) => {
    const answer = await stage.sandbox("POST", "/clock/advance", { seconds });
    if (answer.status !== 200) throw new Error(`the clock stands still: ${JSON.stringify(answer.body)}`);
    ahead = answer.body.offsetSeconds * 1000;
  };
  /** Moves a server's clock alone; answers how much it did of what is due by then. */
  const step = async ({ url }: RunningServer, offsetMs: number): Promise<number> =>
    (await call(`${url}/sandbox/clock/step`, "POST", { offsetMs })).body.worked;
  const othersWorked = async () => {
    let worked = 0;
    for (const other of others) worked += await step(other, ahead);
    return worked > 0;
  };

  const stage: Stage = {
    get server() {
      return server;
    },
    settings,
    gateway,
    pool,
    events: shop.events,
    shop,
    get shopAnswers() {
      return shop.answers;
    },
    set shopAnswers(status) {
      shop.answers = status;
    },
    api: async (method, path, body, headers = {}) => {
      const answer = await call(`${server.url}${path}`, method, body, {
        ...(headers.cookie === undefined && { authorization: `Bearer ${API_KEY}` }),
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
        ...headers,
      });
      if (isOfThisVersion) await holdToListed(server.url, method, path, answer);
      return answer;
    },
    sandbox: (method, path, body) => call(`${gateway.url}/sandbox${path}`, method, body),
    advance: async (seconds) => {
      await moveClock(seconds);
      // what another server has in hand is nobody else's, and may make more due
      while (await othersWorked()) await moveClock(0);
    },
    stepServer: async (seconds) => {
      serverAhead += seconds * 1000;
      await step(server, serverAhead);
    },
    now: () => Date.now() + ahead,
    settle: () => stage.advance(0),
    restartServer: async (changes = {}) => {
      await server.close();
      Object.assign(settings, changes);
      server = await start(settings);
    },
    startAnother: async (changes = {}) => {
      const { url, close } = await start({ ...settings, ...changes, port: 0 });
      const other: RunningServer = {
        url,
        close: async () => {
          others.delete(other);
          await close();
        },
      };
      others.add(other);
      return other;
    },
    close: async () => {
      for (const one of [...others, server]) await one.close();
      await gateway.close();
      await shop.close();
      await pool.end();
      await database.drop();
    },
  };
  const endpoint = await stage.api("POST", "/v1/event-endpoints", { url: shop.url });
  shop.secret = String(endpoint.body.secret);
  return stage;
}
