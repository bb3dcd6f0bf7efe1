import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import { DueRows } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { MandateId, PaymentId } from "../domain/identifiers.ts";
import { type DueDelivery, deliver, deliveryColumns, triesOf } from "../events/deliver.ts";
import { claimable, lanes } from "../events/lanes.ts";
import type { Reach } from "../events/reach.ts";
import type { Counters } from "../http/counters.ts";
import { Matcher, notificationColumns, type StoredNotification } from "../notifications/match.ts";
import type { DecidesMandates, DecidesPayments } from "../storage/ports.ts";
import type { Terminals } from "../terminals.ts";
import { type Chores, doChore } from "./chores.ts";
import { type FollowsMandates, followMandate } from "./mandates.ts";
import { type FollowsPayments, follow } from "./payments.ts";

/** Has rows looked for at once that have become due. */
export interface Wake {
  /** @param awaited whether somebody waits for what is to be done. */
  payments(awaited: boolean): void;
  mandates(awaited: boolean): void;
  deliveries(): void;
}

interface Work {
  readonly pool: Pool;
  readonly clock: Clock;
  /** For how long a call took. */
  readonly systemClock: Clock;
  readonly log: Log;
  readonly ports: Follows & DecidesPayments & DecidesMandates & { readonly terminals: Pick<Terminals, "before"> };
  /** The same for what may wait: its calls to SIBS have their turn. */
  readonly inTurn: Follows;
  /** How much that may wait is done at once. */
  readonly most: number;
  readonly counters: Counters;
  readonly reach: Pick<Reach, "post">;
  readonly chores: Chores;
  readonly wake: Wake;
  readonly lookAtLatestMs?: number;
}

type Follows = FollowsPayments & FollowsMandates;

/**
 * How much that may wait is done at once: enough to use all calls a second though SIBS takes a second for each, and no
 * more than have their turn within that.
 */
export function mostThatMayWait({ sibsCallsPerSecond: rate = 0 }: { readonly sibsCallsPerSecond?: number }): number {
  return rate === 0 ? MOST_THAT_MAY_WAIT / 4 : Math.min(rate, MOST_THAT_MAY_WAIT);
}

const MOST_THAT_MAY_WAIT = 64;

/**
 * A row says for which moment nobody waits; whoever sets another, and does not know of it, sets one that is awaited.
 */
const AWAITED = "due_at is distinct from unawaited_at";
const MAY_WAIT = "due_at = unawaited_at";

const PAYMENTS = { table: "caravela.payment", key: "id", columns: "id" };
const MANDATES = { table: "caravela.mandate", key: "id", columns: "id" };

/**
 * Most of what a mandate is due for is a charge to be begun, which takes this process and the database all they have.
 */
const MOST_MANDATES_THAT_MAY_WAIT = 4;

/** All rows that say themselves when they are due, and what is done then. */
export function dueRows({ lookAtLatestMs, ...work }: Work) {
  const { pool, clock, systemClock, log, ports, inTurn, most, counters, reach, chores, wake } = work;
  const every = { pool, clock, log, ...(lookAtLatestMs !== undefined && { lookAtLatestMs }) };
  const { payments, mandates, terminals } = ports;
  const matcher = new Matcher({
    pool,
    clock,
    payments,
    mandates,
    terminals,
    countUnmatched: counters.notificationUnmatched,
  });
  const delivering = {
    ...every,
    tries: triesOf(pool),
    systemClock,
    reach,
    count: counters.delivery,
    poke: () => wake.deliveries(),
  };
  return {
    notifications: new DueRows<StoredNotification>({
      ...every,
      name: "notifications",
      table: "caravela.notification",
      key: "id",
      columns: notificationColumns,
      handle: (row, letGo) => matcher.match(row, letGo),
    }),
    mandates: new DueRows<{ id: MandateId }>({
      ...every,
      ...MANDATES,
      name: "mandates",
      claimable: AWAITED,
      handle: ({ id }) => followMandate(ports, id),
    }),
    mandatesThatMayWait: new DueRows<{ id: MandateId }>({
      ...every,
      ...MANDATES,
      name: "mandates that may wait",
      claimable: MAY_WAIT,
      concurrency: MOST_MANDATES_THAT_MAY_WAIT,
      handle: ({ id }) => followMandate(inTurn, id),
    }),
    payments: new DueRows<{ id: PaymentId }>({
      ...every,
      ...PAYMENTS,
      name: "payments",
      claimable: AWAITED,
      handle: ({ id }) => follow(ports, id),
    }),
    paymentsThatMayWait: new DueRows<{ id: PaymentId }>({
      ...every,
      ...PAYMENTS,
      name: "payments that may wait",
      claimable: MAY_WAIT,
      concurrency: most,
      handle: ({ id }) => follow(inTurn, id),
    }),
    deliveries: new DueRows<DueDelivery>({
      ...every,
      name: "deliveries",
      table: "caravela.delivery",
      key: "id",
      columns: deliveryColumns,
      claimable,
      lanes,
      handle: (row, letGo) => deliver(delivering, row, letGo),
    }),
    chores: new DueRows<{ name: string }>({
      ...every,
      name: "chores",
      table: "caravela.chore",
      key: "name",
      columns: "name",
      handle: ({ name }) => doChore(pool, clock, chores, name),
    }),
  };
}
