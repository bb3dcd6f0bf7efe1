import type { Chance } from "@caravela/platform/chance";
import type { Clock, StoredClock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Metrics } from "@caravela/platform/metrics";
import type { OpenedSchema } from "@caravela/platform/postgres/open-schema";
import type { Pool } from "@caravela/platform/postgres/pool";
import { AuditLog } from "./audit/log.ts";
import { SingleSignOn } from "./colleagues/single-sign-on.ts";
import { CLOCK } from "./domain/by.ts";
import { mandateIsAwaited } from "./domain/mandate/awaited.ts";
import { mandateDue } from "./domain/mandate/due.ts";
import { isAwaited } from "./domain/payment/awaited.ts";
import { nextDue } from "./domain/payment/due.ts";
import { mandateOf } from "./domain/payment/state.ts";
import { DAY, type Instant } from "./domain/time.ts";
import type { AddressRules } from "./events/addresses.ts";
import { eventsOfMandates, eventsOfPayments } from "./events/contents.ts";
import { forgetHours } from "./events/endpoint-hours.ts";
import { giveUpAtEnded } from "./events/endpoints.ts";
import { forgetEvents } from "./events/forget.ts";
import type { Reach } from "./events/reach.ts";
import { given } from "./given.ts";
import { type Counters, createCounters } from "./http/counters.ts";
import { showOldestDue } from "./http/health.ts";
import { Idempotency } from "./http/idempotency.ts";
import { showUnsettled } from "./http/unsettled.ts";
import { Inbox } from "./notifications/inbox.ts";
import type { ServerSettings } from "./settings.ts";
import { connectSibs } from "./sibs/connect.ts";
import { InFlight } from "./sibs/in-flight.ts";
import { LatestCalls } from "./sibs/latest-calls.ts";
import { ApiKeys } from "./storage/api-keys.ts";
import { makeUpForEarlier } from "./storage/beside-earlier.ts";
import { Challenges } from "./storage/challenges.ts";
import { Changes } from "./storage/changes.ts";
import { Invitations } from "./storage/invitations.ts";
import { openKept } from "./storage/kept.ts";
import { MandateStore } from "./storage/mandates.ts";
import { Operators } from "./storage/operators.ts";
import { Passkeys } from "./storage/passkeys.ts";
import { PaymentStore } from "./storage/payments.ts";
import { RequestLog } from "./storage/request-log.ts";
import { Sessions } from "./storage/sessions.ts";
import { smtp } from "./tasks/smtp.ts";
import type { ServedTerminal } from "./terminal-settings.ts";
import type { Terminals } from "./terminals.ts";
import { choresOf } from "./work/chores.ts";
import { dueRows, mostThatMayWait, type Wake } from "./work/rows.ts";
import { mailTasks } from "./work/tasks-mail.ts";
import { Workers } from "./work/workers.ts";

/** What the start has opened. */
export interface Ingredients {
  readonly settings: ServerSettings;
  /** Those that are served, the first of them first. */
  readonly terminals: Terminals<ServedTerminal>;
  readonly pool: Pool;
  /** For whoever watches over the server. */
  readonly watch: Pool;
  /** Where other processes can be listened to; null: nowhere. */
  readonly ears: Pool | null;
  readonly schema: OpenedSchema;
  readonly clock: StoredClock;
  /** The machine's own time. */
  readonly systemClock: Clock;
  readonly chance: Chance;
  /** The way to SIBS. */
  readonly fetch: typeof globalThis.fetch;
  /** What event endpoints may be inside of. */
  readonly rules: AddressRules;
  /** The way to them. */
  readonly reach: Pick<Reach, "post" | "close">;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How long it goes without looking for what is due, at most, in milliseconds; a second, unless it is said. */
  readonly lookAtLatestMs?: number;
}

/** Builds all that works, out of what the start has opened. */
export function assemble(from: Ingredients) {
  const { settings, terminals, pool, watch, clock, systemClock, chance, reach, log, metrics } = from;
  const counters = createCounters(metrics);
  const own = ownSettings(from);
  const inFlight = new InFlight(log);
  const changes = new Changes({ pool, ears: from.ears, log });
  const apiKeys = new ApiKeys({ pool, clock, chance, log });
  const { localOwner = null, signOn = null, touchAbove = null } = settings;
  const colleagues = {
    operators: new Operators({ pool, clock, localOwner: localOwner !== null }),
    invitations: new Invitations({ pool, clock, chance }),
    sessions: new Sessions({ pool, clock, chance, log, localOwner: localOwner !== null, touchAbove }),
    passkeys: new Passkeys({ pool, clock }),
    challenges: new Challenges({ pool, clock, chance }),
    signOn: signOn === null ? null : new SingleSignOn(signOn, systemClock),
    localOwner,
  };
  const audit = new AuditLog(pool, clock);
  const idempotency = new Idempotency(pool, clock, terminals.merchant);
  const kept = openKept({ pool, clock, chance, terminals, limits: settings });
  const wake: Wake = {
    payments: (awaited) => (awaited ? rows.payments : rows.paymentsThatMayWait).poke(),
    mandates: (awaited) => (awaited ? rows.mandates : rows.mandatesThatMayWait).poke(),
    deliveries: () => rows.deliveries.poke(),
  };
  const latestCalls = new LatestCalls(systemClock);
  const { sibs, sibsInTurn, breaker } = connectSibs({
    settings,
    terminals,
    clock,
    systemClock,
    chance,
    fetch: counters.measured(from.fetch, systemClock, latestCalls),
  });
  const ports = {
    ...openJournals(from, { own, counters, changes, wake }),
    sibs,
    breaker,
    ...kept,
    customerMail:
      settings.customerMail == null
        ? null
        : { from: settings.customerMail.from, send: smtp(settings.customerMail.smtpUrl) },
    clock,
    chance,
    log,
    inFlight,
    countUnknown: counters.unknownStatus,
    settings: own,
    terminals,
    pool,
    operators: colleagues.operators,
    alone: settings.alone ?? { above: null, day: null },
  };
  /** Aborted when the server begins to stop: open event streams end, and so does what would take long. */
  const closing = new AbortController();
  const oldEvents = () => new Date(clock.now().getTime() - settings.eventsKeptDays * DAY);
  const events = { purge: () => forgetEvents(pool, oldEvents(), closing.signal) };
  const requests = new RequestLog({
    pool,
    clock,
    log,
    isKept: settings.logsRequests ?? true,
    dropped: counters.requestUnlogged,
  });
  const endpointHours = { purge: () => forgetHours(pool, clock.now()) };
  const ended = { purge: () => giveUpAtEnded(pool, clock.now()) };
  // events are the most: what would take long is ended by who stops the server, and keeps no other from it
  const stores = [
    ...Object.values(kept),
    ...Object.values(colleagues),
    idempotency,
    requests,
    endpointHours,
    ended,
    events,
  ];
  const { tasksMail = null } = settings;
  const lists = { pool, before: terminals.before };
  const mailing =
    tasksMail === null
      ? null
      : () => mailTasks({ lists, clock, log, settings: tasksMail, send: smtp(tasksMail.smtpUrl), own });
  const chores = choresOf(stores, () => makeUpForEarlier({ pool, clock, log }), mailing);
  const inTurn = { ...ports, sibs: sibsInTurn };
  const { lookAtLatestMs } = from;
  const rows = dueRows({
    ...(lookAtLatestMs !== undefined && { lookAtLatestMs }),
    pool,
    clock,
    systemClock,
    log,
    ports,
    inTurn,
    most: mostThatMayWait(settings),
    counters,
    reach,
    chores,
    wake,
  });
  const workers = new Workers(Object.values(rows), { pool, clock, inFlight });
  const inbox = new Inbox({ pool, clock, stored: () => rows.notifications.poke() });
  showUnsettled(metrics, { pool: watch, log });
  showOldestDue(metrics, { pool: watch, clock, log });
  const built = {
    own,
    ports,
    counters,
    latestCalls,
    requests,
    changes,
    apiKeys,
    colleagues,
    audit,
    idempotency,
    chores,
    workers,
    inbox,
    wake,
    closing,
  };
  return { ...from, ...built };
}

/** What the server knows of itself. Until it listens it does not know its own port; no payment is shown before. */
function ownSettings({ settings }: Ingredients) {
  const { publicUrl, shop, timeOutUnasked, holdsCharges = false } = settings;
  return {
    publicUrl: publicUrl ?? "",
    shop,
    timeOutUnasked,
    holdsCharges,
  };
}

interface Telling {
  readonly own: { readonly publicUrl: string };
  readonly counters: Counters;
  readonly changes: Changes;
  readonly wake: Wake;
}

/** Payments and mandates. Whoever shows one looks at it once it has changed, and its events go their way. */
function openJournals({ pool, clock, chance, terminals }: Ingredients, { own, counters, changes, wake }: Telling) {
  const isDue = (at: Instant | null): at is Instant => at !== null && at <= clock.now().getTime();
  const parts = { pool, given: () => given({ clock, chance }), by: CLOCK, before: terminals.before };
  const payments = new PaymentStore({
    ...parts,
    eventsOf: eventsOfPayments(own, terminals),
    changed: (payment, written) => {
      counters.changed(payment, written);
      changes.announce(payment.id);
      const mandate = mandateOf(payment);
      // Its page tells what was charged.
      if (mandate !== null) changes.announce(mandate);
      if (written.events.length > 0) wake.deliveries();
      const due = nextDue(payment);
      if (isDue(due)) wake.payments(isAwaited(payment, due));
    },
  });
  const mandates = new MandateStore({
    ...parts,
    eventsOf: eventsOfMandates(own, terminals),
    changed: (mandate, written) => {
      counters.mandateChanged(written);
      changes.announce(mandate.id);
      if (written.events.length > 0) wake.deliveries();
      const due = mandateDue(mandate);
      if (isDue(due)) wake.mandates(mandateIsAwaited(mandate, due));
    },
  });
  pool.onLost(() => {
    payments.forgetAll();
    mandates.forgetAll();
  });
  return { payments, mandates };
}

/** All that works, and what it was built of. */
export type Parts = ReturnType<typeof assemble>;
