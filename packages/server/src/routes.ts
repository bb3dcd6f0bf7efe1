import type { Http } from "@caravela/platform/http";
import { apiKeyRoutes } from "./api-keys/routes.ts";
import type { Parts } from "./assemble.ts";
import { auditRoutes } from "./audit/routes.ts";
import { savedCardRoutes } from "./cards/routes.ts";
import { meRoutes } from "./colleagues/me-routes.ts";
import { operatorRoutes } from "./colleagues/operator-routes.ts";
import { colleaguePages, passkeysOfV1 } from "./colleagues/routes.ts";
import { sessionRoutes } from "./colleagues/session-routes.ts";
import { customerRoutes } from "./customers/routes.ts";
import { dashboardRoutes } from "./dashboard/routes.ts";
import { CUSTOMER } from "./domain/by.ts";
import { asMandateId, asPaymentId, asTerminalId } from "./domain/identifiers.ts";
import { endpointRoutes } from "./events/endpoint-routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { healthRoutes } from "./http/health.ts";
import { logRequests } from "./http/log-requests.ts";
import { problemPages } from "./http/problem-pages.ts";
import { forTheShop } from "./http/shop-api.ts";
import { journalRoutes } from "./journal/routes.ts";
import { mandateRoutes } from "./mandates/routes.ts";
import { secretsOf } from "./notifications/opening.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { approvalRoutes } from "./operations/approval-routes.ts";
import { operationRoutes } from "./operations/routes.ts";
import { mandatePages } from "./pages/mandates/routes.ts";
import { payRoutes } from "./pages/pay/routes.ts";
import { shopFiles, shopOf } from "./pages/shop.ts";
import { Streams } from "./pages/streams.ts";
import { noteRoutes } from "./payments/note-routes.ts";
import { paymentRoutes } from "./payments/routes.ts";
import { settlementRoutes } from "./payments/settlement-routes.ts";
import { viewRoutes } from "./payments/view-routes.ts";
import { planRoutes } from "./plans/routes.ts";
import { exportRoutes } from "./reports/export-routes.ts";
import { reportRoutes } from "./reports/routes.ts";
import { Owners } from "./storage/owners.ts";
import type { PortsOf } from "./storage/ports.ts";
import { taskRoutes } from "./tasks/routes.ts";
import { doctorRoutes } from "./watch/doctor-routes.ts";
import { healthReportRoutes } from "./watch/health-routes.ts";
import { requestRoutes } from "./watch/request-routes.ts";
import { clockRoutes } from "./work/clock-routes.ts";

/** The ports as somebody uses them: what is decided by them is theirs. Those of the workers are of time's rules. */
const usedBy =
  ({ ports }: Parts): PortsOf<Parts["ports"]> =>
  ({ by }) => ({ ...ports, payments: ports.payments.by(by), mandates: ports.mandates.by(by) });

/** What is served, and to whom: whoever watches, SIBS, customers, the shop. */
export async function addRoutes(http: Http, parts: Parts): Promise<void> {
  const { pool, clock, idempotency, inbox, counters, terminals, metrics, settings, workers } = parts;
  const { watch, schema, own, chance, systemClock } = parts;
  healthRoutes(http, { pool: watch, schema, workers, metrics, metricsToken: settings.metricsToken });
  problemPages(http);
  notificationRoutes(http, {
    inbox,
    secrets: secretsOf(terminals.all),
    countRefused: counters.notificationRefused,
    countTaken: counters.notificationTaken,
  });
  if (settings.testClock) {
    const { host, publicUrl } = settings;
    const names = { host, publicUrls: publicUrl === null ? [] : [publicUrl] };
    clockRoutes(http, { clock, workers, moved: () => parts.changes.tellAll(), names });
  }
  const live = { changes: parts.changes, streams: new Streams(parts.closing.signal, parts.log) };
  const portsOf = usedBy(parts);
  const customers = portsOf({ by: CUSTOMER });
  await shopFiles(http, [own.shop, ...terminals.all.map(({ shop }) => shop)]);
  await payRoutes(http, { ports: customers, ...live });
  await mandatePages(http, { ports: customers, ...live });
  const { colleagues, log } = parts;
  const ofColleagues = { ...colleagues, audit: parts.audit, pool, own, log, clock, chance, idempotency };
  await colleaguePages(http, ofColleagues);
  await dashboardRoutes(http, {
    own: parts.own,
    chance,
    closing: parts.closing.signal,
    log: parts.log,
    hints: {
      of: (id, listener) => {
        const subject = asPaymentId(id) ?? asMandateId(id);
        return subject === null ? () => undefined : parts.changes.subscribe(subject, listener);
      },
      ofAll: (listener) => parts.changes.subscribeToAll(listener),
    },
    served: terminals.all.map(({ id }) => id),
    shopOf: (terminal) =>
      shopOf({ terminals, settings: parts.own }, { terminal: terminal === null ? null : asTerminalId(terminal) }),
  });
  await http.register(async (scope) => {
    const api = scope as Http;
    const offer = forTheShop(api, settings.apiKey, {
      keys: parts.apiKeys,
      people: colleagues.sessions,
      own,
      clock,
      owners: new Owners(pool, terminals.before),
      terminals,
      audit: parts.audit,
    });
    logRequests(api, parts);
    operatorRoutes(api, { ...colleagues, pool, clock, chance, idempotency, terminals, own, log });
    sessionRoutes(api, { ...colleagues, log });
    meRoutes(api, { offer, refundDays: parts.ports.refundDays, clock });
    await passkeysOfV1(api, ofColleagues);
    paymentRoutes(api, portsOf, { idempotency });
    settlementRoutes(api, portsOf, { idempotency });
    noteRoutes(api, portsOf, { idempotency });
    viewRoutes(api, { pool, clock, chance, idempotency });
    operationRoutes(api, portsOf, { idempotency });
    approvalRoutes(api, portsOf, { idempotency });
    mandateRoutes(api, portsOf, { idempotency });
    planRoutes(api, portsOf, { idempotency });
    savedCardRoutes(api, parts.ports);
    journalRoutes(api, parts.ports);
    taskRoutes(api, { lists: { pool, before: terminals.before }, clock, idempotency });
    reportRoutes(api, parts.ports);
    requestRoutes(api, parts);
    doctorRoutes(api, { examine: settings.examine ?? null, systemClock });
    healthReportRoutes(api, { ...parts, breaker: parts.ports.breaker });
    exportRoutes(api, parts.ports, { closing: parts.closing, lists: { pool, before: terminals.before } });
    apiKeyRoutes(api, {
      pool,
      clock,
      chance,
      idempotency,
      keys: parts.apiKeys,
      log: parts.log,
      terminals,
    });
    auditRoutes(api, parts.audit);
    customerRoutes(api, pool, portsOf, { idempotency, before: terminals.before });
    eventRoutes(api, { pool, clock, idempotency, terminals, poke: parts.wake.deliveries, closing: parts.closing });
    const { rules, reach } = parts;
    endpointRoutes(api, { pool, clock, chance, systemClock, idempotency, terminals, rules, reach });
  });
}
