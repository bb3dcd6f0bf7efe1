import type { Http } from "@caravela/platform/http";
import type { Parts } from "../packages/server/src/assemble.ts";
import { savedCardRoutes } from "../packages/server/src/cards/routes.ts";
import { CUSTOMER } from "../packages/server/src/domain/by.ts";
import { endpointRoutes } from "../packages/server/src/events/endpoint-routes.ts";
import { eventRoutes } from "../packages/server/src/events/routes.ts";
import { Idempotency } from "../packages/server/src/http/idempotency.ts";
import { forTheShop } from "../packages/server/src/http/shop-api.ts";
import { mandateRoutes } from "../packages/server/src/mandates/routes.ts";
import { secretsOf } from "../packages/server/src/notifications/opening.ts";
import { notificationRoutes } from "../packages/server/src/notifications/routes.ts";
import { operationRoutes } from "../packages/server/src/operations/routes.ts";
import { payPages } from "../packages/server/src/pages/pay/routes.ts";
import { Streams } from "../packages/server/src/pages/streams.ts";
import { paymentRoutes } from "../packages/server/src/payments/routes.ts";
import { settlementRoutes } from "../packages/server/src/payments/settlement-routes.ts";
import { planRoutes } from "../packages/server/src/plans/routes.ts";
import { Owners } from "../packages/server/src/storage/owners.ts";
import type { PortsOf } from "../packages/server/src/storage/ports.ts";
import { forwarded } from "./forwarded.ts";

/**
 * The routes by which money moves: SIBS's notifications, customers' pages, and what a shop may ask of payments,
 * mandates, plans and events. Each request is answered by the parts as they are then.
 */
export async function moneyRoutes(http: Http, parts: Parts): Promise<void> {
  const idempotency = latest(() => parts.idempotency);
  const { pool, clock, inbox, counters, terminals, settings, own, colleagues } = parts;
  notificationRoutes(http, {
    inbox,
    secrets: secretsOf(terminals.all),
    countRefused: counters.notificationRefused,
    countTaken: counters.notificationTaken,
  });
  const { ports } = parts;
  const portsOf: PortsOf<Parts["ports"]> = ({ by }) => ({
    ...ports,
    payments: ports.payments.by(by),
    mandates: ports.mandates.by(by),
  });
  const customers = {
    ...ports,
    payments: forwarded(() => ports.payments.by(CUSTOMER)),
    mandates: forwarded(() => ports.mandates.by(CUSTOMER)),
  };
  const streams = new Streams(new AbortController().signal, parts.log);
  await payPages(http, { ports: customers, changes: parts.changes, streams });
  await http.register(async (scope) => {
    const api = scope as Http;
    forTheShop(api, settings.apiKey, {
      keys: parts.apiKeys,
      people: colleagues.sessions,
      own,
      clock,
      owners: new Owners(pool, terminals.before),
      terminals,
      audit: parts.audit,
    });
    paymentRoutes(api, portsOf, { idempotency });
    settlementRoutes(api, portsOf, { idempotency });
    operationRoutes(api, portsOf, { idempotency });
    mandateRoutes(api, portsOf, { idempotency });
    planRoutes(api, portsOf, { idempotency });
    savedCardRoutes(api, parts.ports);
    const { chance, systemClock, rules, reach, wake, closing } = parts;
    eventRoutes(api, { pool, clock, idempotency, terminals, poke: () => wake.deliveries(), closing });
    endpointRoutes(api, { pool, clock, chance, systemClock, idempotency, terminals, rules, reach });
  });
}

/** Makes routes, whose requests are answered by whichever is there when they come. */
function latest(current: () => Idempotency): Idempotency {
  const answer: Idempotency["answer"] = (...asked) => current().answer(...asked);
  return Object.assign(Object.create(Idempotency.prototype), { answer });
}
