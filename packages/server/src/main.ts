import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import { type StoredClock, storedClock, systemClock } from "@caravela/platform/clock";
import { createHttp, type Http, refuseUnholdable } from "@caravela/platform/http";
import { createLog, type Log } from "@caravela/platform/log";
import { createMetrics } from "@caravela/platform/metrics";
import { directAddress, mainAddress } from "@caravela/platform/postgres/database-settings";
import { openSchema } from "@caravela/platform/postgres/open-schema";
import { createPool, type Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { isLoopback } from "@caravela/platform/settings";
import manifest from "../package.json" with { type: "json" };
import { assemble } from "./assemble.ts";
import { callsOf } from "./attempts/methods/index.ts";
import { demonstrationTerminal, pointWebhookAt } from "./demonstration-terminal.ts";
import { AddressRules } from "./events/addresses.ts";
import { DESCRIBED_EVENTS } from "./events/described.ts";
import { Reach } from "./events/reach.ts";
import { type Doubtful, doubtfulEndpoints, nameUnreachable } from "./events/registration.ts";
import { describeApi } from "./http/openapi.ts";
import { NOTIFICATIONS_PATH } from "./http/public-paths.ts";
import { MIGRATIONS } from "./migrations.ts";
import { homePage } from "./pages/home.ts";
import { refusedToPeople } from "./pages/refused.ts";
import { addRoutes } from "./routes.ts";
import { knownKey, type ServerSettings } from "./settings.ts";
import { terminalBefore } from "./storage/terminal-before.ts";
import { listUnlisted } from "./storage/unlisted.ts";
import { onlyTerminal, type ServedTerminal } from "./terminal-settings.ts";
import { Terminals } from "./terminals.ts";
import { enlist, MAIL_TASKS } from "./work/chores.ts";
import { firstMailAt } from "./work/tasks-mail.ts";

export { type KeysByCommand, workOnKeys } from "./api-keys/by-command.ts";
export { type Expected, type Found, verifyAudit } from "./audit/verify.ts";
export { type OperatorsByCommand, workOnOperators } from "./colleagues/by-command.ts";
export { SCOPES } from "./domain/api-key.ts";
export { NOTIFICATIONS_PATH, PAGES } from "./http/public-paths.ts";
export { MIGRATIONS } from "./migrations.ts";
export { type Unknown, unknownMoney } from "./notifications/unknown.ts";
export { readServerSettings, type ServerSettings } from "./settings.ts";
export { type Shop, shopCalled } from "./shop/shop.ts";
export type { ApiKey } from "./storage/api-keys.ts";
export type { Operator } from "./storage/operators.ts";
export { listUnlisted } from "./storage/unlisted.ts";
export { countVerifiable, type Verified, verify } from "./storage/verify.ts";
export { mailFault } from "./tasks/smtp.ts";

/** What SIBS calls a method that this server offers: a terminal that has any of these names has the method. */
export function namesAtSibs(method: ServerSettings["methods"][number]): readonly string[] {
  return callsOf(method).wireNames;
}

/** The registered endpoints that would be refused if they were registered now. */
export async function doubtfulEndpointsOf(settings: ServerSettings): Promise<Doubtful[]> {
  const pool = createPool({ ...mainAddress(settings), schema: SCHEMA, max: 1 });
  try {
    return await doubtfulEndpoints({ pool, rules: new AddressRules(settings.eventNetworks) });
  } finally {
    await pool.end();
  }
}

/** Where the server's tables live. */
export const SCHEMA = "caravela";

/** In bytes: a payment with the most metadata that it may have. */
const LARGEST_BODY = 128 * 1024;

/** How long the database may take to show whoever watches that it answers, in milliseconds. */
const WATCH_LIMIT_MS = 2_000;

/** A server that answers. */
export interface RunningServer {
  /** Where it listens. */
  readonly url: string;
  /** Stops taking requests, finishes what is in hand, and closes its connections. */
  close(): Promise<void>;
}

/**
 * Builds everything there is and starts it. Resolves when the server answers and SIBS's notifications have somewhere to
 * go.
 */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  const log = createLog({ name: "server", level: settings.logLevel, destination: settings.logDestination });
  const served = settings.terminals ?? [await oneTerminal(settings)];
  const schema = await openSchema(settings, { schema: SCHEMA, folder: MIGRATIONS, log });
  const { statementLimitMs = STATEMENT_LIMIT_MS, connections: max = 20 } = settings;
  const ours = { ...mainAddress(settings), schema: SCHEMA, bareNames: "none", byIndex: true, log } as const;
  const pool = createPool({ ...ours, max, statementLimitMs });
  const watch = createPool({ ...ours, max: 1, statementLimitMs: Math.min(statementLimitMs, WATCH_LIMIT_MS) });
  const ears = earsAt(settings, pool, log);
  const clock = await storedClock(pool, systemClock);
  refuseFuture(clock, settings);
  const terminals = new Terminals(served, await terminalBefore(pool, served[0].id));
  const metrics = createMetrics();
  const rules = new AddressRules(settings.eventNetworks);
  const { chance = systemChance } = settings;
  const world = { clock, systemClock, chance, fetch, rules, reach: new Reach(rules) };
  const parts = assemble({ settings, terminals, pool, watch, ears, schema, log, metrics, ...world });

  const http = createHttp({
    log,
    bodyLimit: LARGEST_BODY,
    trustedProxies: settings.trustedProxies,
    chance,
    refusedAt: refusedToPeople,
  });
  http.addHook("preHandler", refuseUnholdable);
  await describeApi(http, {
    events: DESCRIBED_EVENTS,
    own: parts.own,
    knownKey: knownKey(settings),
    chance,
  });
  const { sibsBaseUrl, embedding } = settings;
  homePage(http, { version: manifest.version, sibsBaseUrl, shopOrigins: embedding?.origins ?? [] });
  await http.register(async (scope) => addRoutes(scope as Http, parts));
  await listUnlisted(pool, log);
  await enlist(pool, clock, parts.chores, { [MAIL_TASKS]: firstMailAt(clock.now()) });
  await parts.changes.start();
  const address = await http.listen({ host: settings.host, port: settings.port });
  parts.own.publicUrl ||= address;
  if (settings.worksByItself !== false) parts.workers.start();
  void nameUnreachable(parts);
  if (isDemonstration(settings)) {
    await pointWebhookAt(`${address}${NOTIFICATIONS_PATH}`, settings.sibsBaseUrl, terminals.first);
  }

  return {
    url: address,
    close: async () => {
      parts.closing.abort();
      await http.close();
      await parts.workers.stop();
      await parts.requests.written();
      await parts.reach.close();
      parts.changes.stop();
      await Promise.all([...new Set([pool, watch, ears])].map((one) => one?.end()));
    },
  };
}

/** Whether nobody said which terminal it is: then it is the local gateway's own. */
function isDemonstration({ terminals, credentials }: ServerSettings): boolean {
  return terminals == null && credentials === null;
}

/** The terminal that is set by settings of its own, or else the local gateway's. */
async function oneTerminal(settings: ServerSettings): Promise<ServedTerminal> {
  const { credentials, sibsBaseUrl, chance = systemChance } = settings;
  return onlyTerminal(credentials ?? (await demonstrationTerminal(sibsBaseUrl, chance)), settings);
}

/**
 * One session is kept to listen: of the pool itself, where its sessions are our own, else of an address that leads past
 * the pooler.
 */
function earsAt(settings: ServerSettings, pool: Pool, log: Log): Pool | null {
  const direct = directAddress(settings);
  if (direct === null) return null;
  return direct.url === settings.databaseUrl ? pool : createPool({ ...direct, schema: SCHEMA, max: 1, log });
}

/** A database in which time was advanced for tests has no place in front of the real SIBS. @throws CannotStart */
function refuseFuture({ offsetMs }: StoredClock, { sibsBaseUrl }: ServerSettings): void {
  if (offsetMs === 0 || isLoopback(sibsBaseUrl)) return;
  throw new CannotStart(
    "Time was advanced in this database, as in a demonstration: begin with an empty one for the real SIBS.",
  );
}
