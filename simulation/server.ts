import type { Chance } from "@caravela/platform/chance";
import { type Clock, storedClock } from "@caravela/platform/clock";
import { createHttp, type Http } from "@caravela/platform/http";
import { createLog, type Log } from "@caravela/platform/log";
import type { Metrics } from "@caravela/platform/metrics";
import { Secret } from "@caravela/platform/secret";
import type { ServerSettings } from "@caravela/server";
import { shopCalled } from "@caravela/server";
import { assemble, type Parts } from "../packages/server/src/assemble.ts";
import { asTerminalId } from "../packages/server/src/domain/identifiers.ts";
import { AddressRules } from "../packages/server/src/events/addresses.ts";
import type { Reach } from "../packages/server/src/events/reach.ts";
import { onlyTerminal, type ServedTerminal } from "../packages/server/src/terminal-settings.ts";
import { Terminals } from "../packages/server/src/terminals.ts";
import { enlist } from "../packages/server/src/work/chores.ts";
import { moneyRoutes } from "./routes.ts";
import type { MemoryPool } from "./store/pool.ts";

/** What the shop's calls are made with. */
export const API_KEY = "sk_simulated";

/**
 * Who looks each second looks in vain, mostly, and days go by here: a reminder has servers look when something is due,
 * and by themselves they look later.
 */
export const LOOK_AT_LATEST_MS = 300_000;
/** Whoever works alone makes due itself what is due. */
export const LOOK_SELDOM_MS = 1_800_000;

/** What a server in the simulation is started with, beside its ways out. */
export interface ServerGround {
  readonly settings: ServerSettings;
  readonly pool: MemoryPool;
  readonly systemClock: Clock;
  readonly chance: Chance;
  readonly fetch: typeof globalThis.fetch;
  readonly reach: Pick<Reach, "post" | "close">;
  /** Who looks each second looks in vain, mostly: of what it is not reminded of it knows so much later at most. */
  readonly lookAtLatestMs: number;
}

/** How a server is set in a run. */
export function settingsOf(terminal: SimulatedTerminal): ServerSettings {
  const { terminalId, clientId, token, entity, webhookSecret } = terminal;
  const id = asTerminalId(terminalId);
  if (id === null) throw new TypeError("a terminal without a number");
  const credentials = {
    terminalId: id,
    clientId,
    token: new Secret(token),
    entity,
    webhookSecrets: [new Secret(webhookSecret)],
  };
  return {
    databaseUrl: "postgresql://memory/",
    databasePooler: "none",
    databaseDirectUrl: null,
    host: "127.0.0.1",
    port: 0,
    publicUrl: "http://127.0.0.1:3000",
    shop: shopCalled("Loja do Cais"),
    limits: {},
    requiresCustomer: true,
    apiKey: new Secret(API_KEY),
    sibsBaseUrl: "http://127.0.0.1:4010/api/v2",
    sibsMandatesBaseUrl: "http://127.0.0.1:4010/sibs/spg/v2",
    credentials,
    methods: ["mbway", "multibanco", "card"],
    timeOutUnasked: false,
    cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 0 },
    trustedProxies: ["loopback"],
    eventNetworks: "all",
    eventsKeptDays: 400,
    metricsToken: null,
    testClock: false,
    logsRequests: false,
    logLevel: "silent",
  };
}

/** The terminal of a run, as SIBS Backoffice would show it. */
export interface SimulatedTerminal {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
  readonly entity: string;
  readonly webhookSecret: string;
}

const log: Log = createLog({ name: "server", level: "silent" });

/** Starts a server on a database that has its schema: assembled by its own code, and at work. */
export async function startServer(ground: ServerGround): Promise<Parts> {
  const { settings, pool, systemClock, chance, fetch, reach, lookAtLatestMs } = ground;
  const clock = await storedClock(pool, systemClock);
  const terminals = new Terminals<ServedTerminal>([servedOf(settings)], servedOf(settings).id);
  const parts = assemble({
    settings,
    terminals,
    pool,
    watch: pool,
    ears: null,
    schema: { misfit: async () => null },
    clock,
    systemClock,
    chance,
    fetch,
    rules: new AddressRules("all"),
    reach,
    log,
    metrics: UNREAD,
    lookAtLatestMs,
  });
  await enlist(pool, clock, parts.chores);
  parts.workers.start();
  return parts;
}

/** The routes of a server: they take longer to lay than all else of a start. */
export async function routesOf(parts: Parts): Promise<Http> {
  const { chance, settings } = parts;
  const http = createHttp({ log, bodyLimit: 128 * 1024, chance, trustedProxies: settings.trustedProxies });
  await http.register(async (scope) => moneyRoutes(scope as Http, parts));
  await http.ready();
  return http;
}

function servedOf(settings: ServerSettings): ServedTerminal {
  if (settings.credentials === null) throw new TypeError("no credentials");
  return onlyTerminal(settings.credentials, settings);
}

const nothing = () => undefined;

/** Nobody reads them here: those of a process that is started thousands of times would outlive it. */
const UNREAD = {
  counter: () => ({ inc: nothing }),
  gauge: () => ({ set: nothing, inc: nothing }),
  histogram: () => ({ observe: nothing }),
  text: async () => ({ contentType: "text/plain", body: "" }),
} as unknown as Metrics;
