import { fileURLToPath } from "node:url";
import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import { type StoredClock, storedClock, systemClock } from "@caravela/platform/clock";
import { createHttp, type Http, refuseUnholdable } from "@caravela/platform/http";
import { createLog, type Log } from "@caravela/platform/log";
import { linesDropped } from "@caravela/platform/log-lines";
import { createMetrics, type Metrics } from "@caravela/platform/metrics";
import { directAddress, mainAddress } from "@caravela/platform/postgres/database-settings";
import { DueRows } from "@caravela/platform/postgres/due";
import { type OpenedSchema, openSchema } from "@caravela/platform/postgres/open-schema";
import { createPool, type Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { isLoopback } from "@caravela/platform/settings";
import { callsOf } from "./attempts/methods/index.ts";
import { savedCardRoutes } from "./cards/routes.ts";
import { demonstrationTerminal, pointWebhookAt } from "./demonstration-terminal.ts";
import { mandateDue } from "./domain/mandate/schedule.ts";
import { nextDue } from "./domain/payment/due.ts";
import { mandateOf, type Payment } from "./domain/payment/state.ts";
import type { Instant } from "./domain/time.ts";
import { AddressRules } from "./events/addresses.ts";
import { type DueDelivery, deliver, deliveryColumns } from "./events/deliver.ts";
import { claimable, lanes } from "./events/lanes.ts";
import { Reach } from "./events/reach.ts";
import { type Doubtful, doubtfulEndpoints, nameUnreachable } from "./events/registration.ts";
import { eventRoutes } from "./events/routes.ts";
import { EVENT_TYPES } from "./events/types.ts";
import { createCounters } from "./http/counters.ts";
import { healthRoutes, showOldestDue } from "./http/health.ts";
import { Idempotency } from "./http/idempotency.ts";
import { describeApi } from "./http/openapi.ts";
import { problemPages } from "./http/problem-pages.ts";
import { NOTIFICATIONS_PATH } from "./http/public-paths.ts";
import { forTheShop } from "./http/shop-api.ts";
import { showUnsettled } from "./http/unsettled.ts";
import { mandateEventData } from "./mandates/present.ts";
import { mandateRoutes } from "./mandates/routes.ts";
import { Inbox } from "./notifications/inbox.ts";
import { match, notificationColumns, type StoredNotification } from "./notifications/match.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { operationRoutes } from "./operations/routes.ts";
import { mandatePages } from "./pages/mandates/routes.ts";
import { payRoutes } from "./pages/pay/routes.ts";
import { refusedToCustomer } from "./pages/refused.ts";
import { Streams } from "./pages/streams.ts";
import { presentOperation, presentPayment } from "./payments/present.ts";
import { paymentRoutes } from "./payments/routes.ts";
import { settlementRoutes } from "./payments/settlement-routes.ts";
import { planRoutes } from "./plans/routes.ts";
import { given, type Services } from "./services.ts";
import type { Credentials, ServerSettings } from "./settings.ts";
import { Breaker } from "./sibs/breaker.ts";
import { InFlight } from "./sibs/in-flight.ts";
import { SibsPort } from "./sibs/port.ts";
import { CardTries } from "./storage/card-tries.ts";
import { SavedCards } from "./storage/cards.ts";
import { Changes } from "./storage/changes.ts";
import { Continuations } from "./storage/continuations.ts";
import { MandateStore } from "./storage/mandates.ts";
import { PaymentStore } from "./storage/payments.ts";
import { PhoneRequests } from "./storage/phone-requests.ts";
import { type Chores, doChore, enlist } from "./work/chores.ts";
import { clockRoutes } from "./work/clock-routes.ts";
import { followMandate } from "./work/mandates.ts";
import { follow } from "./work/payments.ts";
import { Workers } from "./work/workers.ts";

export { NOTIFICATIONS_PATH, PAGES } from "./http/public-paths.ts";
export { readServerSettings, type ServerSettings } from "./settings.ts";

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

/** Builds everything there is and starts it. Resolves when the server answers and SIBS's notifications have somewhere to go. */
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
    ...{ log, bodyLimit: LARGEST_BODY, trustedProxies: settings.trustedProxies },
    refusedAt: refusedToCustomer,
  });
  http.addHook("preHandler", refuseUnholdable);
  await describeApi(http, EVENT_TYPES);
  await http.register(async (scope) => addRoutes(scope as Http, parts));
  await enlist(pool, clock, parts.chores);
  await parts.changes.start();
  const address = await http.listen({ host: settings.host, port: settings.port });
  parts.publicUrl.is ??= address;
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

/** One session is kept to listen: of the pool itself, where its sessions are our own, else of an address that leads past the pooler. */
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

function assemble(from: Ingredients) {
  const { settings, credentials, pool, watch, clock, log, metrics } = from;
  const counters = createCounters(metrics);
  const continuations = new Continuations({ pool, clock, chance: systemChance, token: credentials.token });
  const savedCards = new SavedCards(pool);
  const cardTries = new CardTries(pool, clock, settings.cardLimits);
  const phoneRequests = new PhoneRequests(pool, clock, settings.phoneLimits ?? { most: 0, withinMinutes: 1 });
  showUnsettled(metrics, { pool: watch, log });
  metrics.gauge("caravela_log_lines_dropped", "Lines of log that could not be written", [], (gauge) =>
    gauge.set(linesDropped()),
  );
  showOldestDue(metrics, { pool: watch, clock, log });
  const inFlight = new InFlight(log);
  const changes = new Changes({ pool, ears: from.ears, log });
  const idempotency = new Idempotency(pool, clock, credentials.terminalId);
  const chores: Chores = {
    purge_idempotency: () => idempotency.purge(),
    purge_continuations: () => continuations.purge(),
    purge_card_tries: () => cardTries.purge(),
    purge_phone_requests: () => phoneRequests.purge(),
  };
  // Until the server listens it does not know its own port; no payment is shown before.
  const publicUrl: { is: string | null } = { is: settings.publicUrl };
  const here = () => publicUrl.is ?? "";

  const isDue = (at: Instant | null) => at !== null && at <= clock.now().getTime();
  /** Whoever shows a payment or a mandate looks again, and events go their way. */
  const spread = (id: string, isTold: boolean) => {
    changes.announce(id);
    if (isTold) deliveries.poke();
  };

  const store = new PaymentStore({
    pool,
    given: () => given({ clock, chance: systemChance }),
    render: (payment, subject, now) => eventData(payment, subject, now, here()),
    changed: (payment, news) => {
      changes.announce(payment.id);
      const mandate = mandateOf(payment);
      // Its page tells what was charged.
      if (mandate !== null) changes.announce(mandate);
      counters.changed(payment, news);
      if (news.events.length > 0) deliveries.poke();
      if ((nextDue(payment) ?? Number.POSITIVE_INFINITY) <= clock.now().getTime()) payments.poke();
    },
  });
  const mandates = new MandateStore({
    pool,
    given: () => given({ clock, chance: systemChance }),
    render: (mandate, subject, now) => mandateEventData(mandate, subject, now, here()),
    changed: (mandate, news) => {
      counters.mandateChanged(news);
      spread(mandate.id, news.events.length > 0);
      if (isDue(mandateDue(mandate))) consents.poke();
    },
  });
  // Made here and nowhere else, so that whatever is called, SIBS's wish to be spared is heard.
  const breaker = new Breaker(clock, systemChance);
  const sibs = new SibsPort({
    baseUrl: settings.sibsBaseUrl,
    mandatesBaseUrl: settings.sibsMandatesBaseUrl,
    terminalId: credentials.terminalId,
    clientId: credentials.clientId,
    token: credentials.token.reveal(),
    clock,
    fetch: counters.measured(fetch, systemClock),
    onTry: (came) => breaker.note(came),
  });
  const services: Services = {
    store,
    mandates,
    sibs,
    clock,
    chance: systemChance,
    log,
    continuations,
    savedCards,
    cardTries,
    phoneRequests,
    inFlight,
    countUnknown: counters.unknownStatus,
    settings: {
      get publicUrl() {
        return here();
      },
      merchantName: settings.merchantName,
      entity: credentials.entity,
      methods: settings.methods,
      timeOutUnasked: settings.timeOutUnasked,
      merchantContact: settings.merchantContact,
    },
  };

  const payments = new DueRows<{ id: string }>({
    ...{ pool, clock, log, name: "payments", table: "caravela.payment", key: "id", columns: "id" },
    handle: ({ id }) => follow(services, breaker, id),
  });
  const consents = new DueRows<{ id: string }>({
    ...{ pool, clock, log, name: "mandates", table: "caravela.mandate", key: "id", columns: "id" },
    handle: ({ id }) => followMandate(services, breaker, id),
  });
  const notifications = new DueRows<StoredNotification>({
    ...{
      pool,
      clock,
      log,
      name: "notifications",
      table: "caravela.notification",
      key: "id",
      columns: notificationColumns,
    },
    handle: (row) => match({ pool, clock, store, mandates, countUnmatched: counters.notificationUnmatched }, row),
  });
  const rules = new AddressRules(settings.eventNetworks);
  const reach = new Reach(rules);
  const deliveries = new DueRows<DueDelivery>({
    ...{ pool, clock, log, name: "deliveries", table: "caravela.delivery", key: "id", columns: deliveryColumns },
    ...{ claimable, lanes },
    handle: (row) =>
      deliver({ pool, clock, systemClock, log, reach, count: counters.delivery, poke: () => deliveries.poke() }, row),
  });
  const housekeeping = new DueRows<{ name: string }>({
    ...{ pool, clock, log, name: "chores", table: "caravela.chore", key: "name", columns: "name" },
    handle: ({ name }) => doChore(pool, clock, chores, name),
  });
  const workers = new Workers([notifications, consents, payments, deliveries, housekeeping], inFlight);
  const inbox = new Inbox({ pool, clock, stored: () => notifications.poke() });

  return {
    ...from,
    ...{ services, workers, changes, idempotency, inbox, counters, chores, publicUrl, deliveries, rules, reach },
    /** Aborted when the server begins to stop: open event streams end. */
    closing: new AbortController(),
  };
}

type Parts = ReturnType<typeof assemble>;

async function addRoutes(http: Http, parts: Parts): Promise<void> {
  const { services, pool, clock, idempotency, inbox, counters, credentials, metrics, settings, workers } = parts;
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
  await payRoutes(http, { services, ...live });
  await mandatePages(http, { services, pool, merchantName: settings.merchantName, ...live });
  await http.register(async (scope) => {
    const api = scope as Http;
    forTheShop(api, settings.apiKey);
    paymentRoutes(api, services, { pool, idempotency });
    settlementRoutes(api, services, { idempotency });
    operationRoutes(api, services, { idempotency });
    mandateRoutes(api, services, { idempotency });
    planRoutes(api, services, { idempotency });
    savedCardRoutes(api, services);
    const poke = () => parts.deliveries.poke();
    eventRoutes(api, { pool, clock, chance: systemChance, idempotency, rules: parts.rules, poke });
  });
}

/** What an event holds: the payment, and for events about an operation or a saved card that too, as `GET` gives them at that moment. */
function eventData(payment: Payment, subject: string | null, now: number, publicUrl: string): object {
  const shown = presentPayment(payment, now, publicUrl);
  const operation = payment.operations.find((one) => one.id === subject);
  if (operation !== undefined) return { [operation.kind]: presentOperation(payment, operation), payment: shown };
  if (subject !== null && payment.savedCard?.id === subject) return { token: payment.savedCard, payment: shown };
  return { payment: shown };
}
