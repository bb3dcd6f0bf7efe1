import { fileURLToPath } from "node:url";
import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import { type StoredClock, storedClock, systemClock } from "@caravela/platform/clock";
import { createHttp, type Http, refuseUnholdable } from "@caravela/platform/http";
import { createLog, type Log } from "@caravela/platform/log";
import { createMetrics, type Metrics } from "@caravela/platform/metrics";
import { directAddress, mainAddress } from "@caravela/platform/postgres/database-settings";
import { type OpenedSchema, openSchema } from "@caravela/platform/postgres/open-schema";
import { createPool, type Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { isLoopback } from "@caravela/platform/settings";
import { callsOf } from "./attempts/methods/index.ts";
import { savedCardRoutes } from "./cards/routes.ts";
import { demonstrationTerminal, pointWebhookAt } from "./demonstration-terminal.ts";
import { type By, CLOCK, CUSTOMER, THE_SHOP } from "./domain/by.ts";
import { mandateDue } from "./domain/mandate/due.ts";
import { nextDue } from "./domain/payment/due.ts";
import { mandateOf } from "./domain/payment/state.ts";
import type { Instant } from "./domain/time.ts";
import { AddressRules } from "./events/addresses.ts";
import { eventsOfMandates, eventsOfPayments } from "./events/contents.ts";
import { Reach } from "./events/reach.ts";
import { type Doubtful, doubtfulEndpoints, nameUnreachable } from "./events/registration.ts";
import { eventRoutes } from "./events/routes.ts";
import { EVENT_TYPES } from "./events/types.ts";
import { given } from "./given.ts";
import { type Counters, createCounters } from "./http/counters.ts";
import { healthRoutes, showOldestDue } from "./http/health.ts";
import { Idempotency } from "./http/idempotency.ts";
import { describeApi } from "./http/openapi.ts";
import { problemPages } from "./http/problem-pages.ts";
import { NOTIFICATIONS_PATH } from "./http/public-paths.ts";
import { forTheShop } from "./http/shop-api.ts";
import { showUnsettled } from "./http/unsettled.ts";
import { mandateRoutes } from "./mandates/routes.ts";
import { Inbox } from "./notifications/inbox.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { operationRoutes } from "./operations/routes.ts";
import { mandatePages } from "./pages/mandates/routes.ts";
import { payRoutes } from "./pages/pay/routes.ts";
import { refusedToCustomer } from "./pages/refused.ts";
import { Streams } from "./pages/streams.ts";
import { paymentRoutes } from "./payments/routes.ts";
import { settlementRoutes } from "./payments/settlement-routes.ts";
import { planRoutes } from "./plans/routes.ts";
import type { Credentials, ServerSettings } from "./settings.ts";
import { connectSibs } from "./sibs/connect.ts";
import { InFlight } from "./sibs/in-flight.ts";
import { makeUpForEarlier } from "./storage/beside-earlier.ts";
import { Changes } from "./storage/changes.ts";
import { openKept } from "./storage/kept.ts";
import { MandateStore } from "./storage/mandates.ts";
import { PaymentStore } from "./storage/payments.ts";
import { choresOf, enlist } from "./work/chores.ts";
import { clockRoutes } from "./work/clock-routes.ts";
import { dueRows, type Wake } from "./work/rows.ts";
import { Workers } from "./work/workers.ts";

export { NOTIFICATIONS_PATH, PAGES } from "./http/public-paths.ts";
export { readServerSettings, type ServerSettings } from "./settings.ts";
export { countVerifiable, type Verified, verify } from "./storage/verify.ts";

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

/** Where the server's tables live, and the files that make them. */
export const SCHEMA = "caravela";
export const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));

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
  const credentials = settings.credentials ?? (await demonstrationTerminal(settings.sibsBaseUrl, systemChance));
  const schema = await openSchema(settings, { schema: SCHEMA, folder: MIGRATIONS, log });
  const { statementLimitMs = STATEMENT_LIMIT_MS } = settings;
  const ours = { ...mainAddress(settings), schema: SCHEMA, bareNames: "none", log } as const;
  const pool = createPool({ ...ours, max: 20, statementLimitMs });
  const watch = createPool({ ...ours, max: 1, statementLimitMs: Math.min(statementLimitMs, WATCH_LIMIT_MS) });
  const ears = earsAt(settings, pool, log);
  const clock = await storedClock(pool, systemClock);
  refuseFuture(clock, settings);
  const metrics = createMetrics();
  const parts = assemble({ settings, credentials, pool, watch, ears, schema, clock, log, metrics });

  const http = createHttp({
    log,
    bodyLimit: LARGEST_BODY,
    trustedProxies: settings.trustedProxies,
    refusedAt: refusedToCustomer,
  });
  http.addHook("preHandler", refuseUnholdable);
  await describeApi(http, EVENT_TYPES);
  await http.register(async (scope) => addRoutes(scope as Http, parts));
  await enlist(pool, clock, parts.chores);
  await parts.changes.start();
  const address = await http.listen({ host: settings.host, port: settings.port });
  parts.own.publicUrl ||= address;
  parts.workers.start();
  void nameUnreachable(parts);
  if (settings.credentials === null) {
    await pointWebhookAt(`${address}${NOTIFICATIONS_PATH}`, settings.sibsBaseUrl, credentials);
  }

  return {
    url: address,
    close: async () => {
      parts.closing.abort();
      await http.close();
      await parts.workers.stop();
      await parts.reach.close();
      parts.changes.stop();
      await Promise.all([...new Set([pool, watch, ears])].map((one) => one?.end()));
    },
  };
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

interface Ingredients {
  readonly settings: ServerSettings;
  readonly credentials: Credentials;
  readonly pool: Pool;
  /** For whoever watches over the server. */
  readonly watch: Pool;
  /** Where other processes can be listened to; null: nowhere. */
  readonly ears: Pool | null;
  readonly schema: OpenedSchema;
  readonly clock: StoredClock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Builds all that works, out of what the start has opened. */
function assemble(from: Ingredients) {
  const { settings, credentials, pool, watch, clock, log, metrics } = from;
  const counters = createCounters(metrics);
  const own = ownSettings(from);
  const inFlight = new InFlight(log);
  const changes = new Changes({ pool, ears: from.ears, log });
  const idempotency = new Idempotency(pool, clock, credentials.terminalId);
  const kept = openKept({ pool, clock, chance: systemChance, token: credentials.token, limits: settings });
  const wake: Wake = {
    payments: () => rows.payments.poke(),
    mandates: () => rows.mandates.poke(),
    deliveries: () => rows.deliveries.poke(),
  };
  const ports = {
    ...openJournals(from, { own, counters, changes, wake }),
    ...connectSibs({
      settings,
      credentials,
      clock,
      chance: systemChance,
      fetch: counters.measured(fetch, systemClock),
    }),
    ...kept,
    clock,
    chance: systemChance,
    log,
    inFlight,
    countUnknown: counters.unknownStatus,
    settings: own,
  };
  const chores = choresOf({ ...kept, idempotency }, () => makeUpForEarlier({ pool, clock }));
  const rules = new AddressRules(settings.eventNetworks);
  const reach = new Reach(rules);
  const rows = dueRows({ pool, clock, systemClock, log, ports, counters, reach, chores, wake });
  const workers = new Workers(Object.values(rows), inFlight);
  const inbox = new Inbox({ pool, clock, stored: () => rows.notifications.poke() });
  showUnsettled(metrics, { pool: watch, log });
  showOldestDue(metrics, { pool: watch, clock, log });
  /** Aborted when the server begins to stop: open event streams end. */
  const closing = new AbortController();
  const built = { own, ports, counters, changes, idempotency, chores, rules, reach, workers, inbox, wake, closing };
  return { ...from, ...built };
}

/** What the server knows of itself. Until it listens it does not know its own port; no payment is shown before. */
function ownSettings({ settings, credentials }: Ingredients) {
  const { publicUrl, merchantName, merchantContact, methods, timeOutUnasked } = settings;
  return {
    publicUrl: publicUrl ?? "",
    entity: credentials.entity,
    merchantName,
    merchantContact,
    methods,
    timeOutUnasked,
  };
}

interface Telling {
  readonly own: { readonly publicUrl: string };
  readonly counters: Counters;
  readonly changes: Changes;
  readonly wake: Wake;
}

/** Payments and mandates. Whoever shows one looks at it once it has changed, and its events go their way. */
function openJournals({ pool, clock }: Ingredients, { own, counters, changes, wake }: Telling) {
  const isDue = (at: Instant | null) => at !== null && at <= clock.now().getTime();
  const parts = { pool, given: () => given({ clock, chance: systemChance }), by: CLOCK };
  const payments = new PaymentStore({
    ...parts,
    eventsOf: eventsOfPayments(own),
    changed: (payment, written) => {
      counters.changed(payment, written);
      changes.announce(payment.id);
      const mandate = mandateOf(payment);
      // Its page tells what was charged.
      if (mandate !== null) changes.announce(mandate);
      if (written.events.length > 0) wake.deliveries();
      if (isDue(nextDue(payment))) wake.payments();
    },
  });
  const mandates = new MandateStore({
    ...parts,
    eventsOf: eventsOfMandates(own),
    changed: (mandate, written) => {
      counters.mandateChanged(written);
      changes.announce(mandate.id);
      if (written.events.length > 0) wake.deliveries();
      if (isDue(mandateDue(mandate))) wake.mandates();
    },
  });
  return { payments, mandates };
}

type Parts = ReturnType<typeof assemble>;

/** The ports as somebody uses them: what is decided by them is theirs. Those of the workers are of time's rules. */
function usedBy(by: By, { ports }: Parts): Parts["ports"] {
  return { ...ports, payments: ports.payments.by(by), mandates: ports.mandates.by(by) };
}

async function addRoutes(http: Http, parts: Parts): Promise<void> {
  const { pool, clock, idempotency, inbox, counters, credentials, metrics, settings, workers } = parts;
  const { watch, schema } = parts;
  healthRoutes(http, { pool: watch, schema, workers, metrics, metricsToken: settings.metricsToken });
  problemPages(http);
  notificationRoutes(http, {
    inbox,
    secrets: credentials.webhookSecrets.map((secret) => secret.reveal()),
    countRefused: counters.notificationRefused,
    countTaken: counters.notificationTaken,
  });
  if (settings.testClock) {
    const { host, publicUrl } = settings;
    const names = { host, publicUrls: publicUrl === null ? [] : [publicUrl] };
    clockRoutes(http, { clock, workers, moved: () => parts.changes.tellAll(), names });
  }
  const live = { changes: parts.changes, streams: new Streams(parts.closing.signal, parts.log) };
  const customers = usedBy(CUSTOMER, parts);
  await payRoutes(http, { ports: customers, ...live });
  await mandatePages(http, { ports: customers, merchantName: settings.merchantName, ...live });
  await http.register(async (scope) => {
    const api = scope as Http;
    const ports = usedBy(THE_SHOP, parts);
    forTheShop(api, settings.apiKey);
    paymentRoutes(api, ports, { idempotency });
    settlementRoutes(api, ports, { idempotency });
    operationRoutes(api, ports, { idempotency });
    mandateRoutes(api, ports, { idempotency });
    planRoutes(api, ports, { idempotency });
    savedCardRoutes(api, ports);
    eventRoutes(api, {
      pool,
      clock,
      chance: systemChance,
      idempotency,
      rules: parts.rules,
      poke: parts.wake.deliveries,
    });
  });
}
