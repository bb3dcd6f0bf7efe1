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
import { type Chores, doChore } from "./chores.ts";
import { type FollowsMandates, followMandate } from "./mandates.ts";
import { type FollowsPayments, follow } from "./payments.ts";

/** Has rows looked for at once that have become due. */
export interface Wake {
  payments(): void;
  mandates(): void;
  deliveries(): void;
}

interface Work {
  readonly pool: Pool;
  readonly clock: Clock;
  /** For how long a call took. */
  readonly systemClock: Clock;
  readonly log: Log;
  readonly ports: FollowsPayments & FollowsMandates & DecidesPayments & DecidesMandates;
  readonly counters: Counters;
  readonly reach: Reach;
  readonly chores: Chores;
  readonly wake: Wake;
}

/** All rows that say themselves when they are due, and what is done then. */
export function dueRows({ pool, clock, systemClock, log, ports, counters, reach, chores, wake }: Work) {
  const every = { pool, clock, log };
  const { payments, mandates } = ports;
  const matcher = new Matcher({ pool, clock, payments, mandates, countUnmatched: counters.notificationUnmatched });
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
      name: "mandates",
      table: "caravela.mandate",
      key: "id",
      columns: "id",
      handle: ({ id }) => followMandate(ports, id),
    }),
    payments: new DueRows<{ id: PaymentId }>({
      ...every,
      name: "payments",
      table: "caravela.payment",
      key: "id",
      columns: "id",
      handle: ({ id }) => follow(ports, id),
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
