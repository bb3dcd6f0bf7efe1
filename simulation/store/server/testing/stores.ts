import { seededChance } from "@caravela/platform/chance";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Secret } from "@caravela/platform/secret";
import { CLOCK } from "../../../../packages/server/src/domain/by.ts";
import { TEN } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { eventsOfMandates, eventsOfPayments } from "../../../../packages/server/src/events/contents.ts";
import { triesOf } from "../../../../packages/server/src/events/deliver.ts";
import { given } from "../../../../packages/server/src/given.ts";
import { MandateStore } from "../../../../packages/server/src/storage/mandates.ts";
import { PaymentStore } from "../../../../packages/server/src/storage/payments.ts";
import { type Terminal, Terminals } from "../../../../packages/server/src/terminals.ts";

/** The terminal whose everything is. */
export const TERMINAL = "52221" as const;

const own = { publicUrl: "https://pay.example" };

/** The server's stores over a database, in a time and by a chance that are the same over any other. */
export function openStores(pool: Pool) {
  const time = { now: TEN };
  const clock = { now: () => new Date(time.now) };
  const chance = seededChance(17);
  const terminals = new Terminals([{ id: TERMINAL, token: new Secret("token") } as unknown as Terminal], TERMINAL);
  const parts = { pool, given: () => given({ clock, chance }), by: CLOCK, before: TERMINAL, changed: () => undefined };
  return {
    pool,
    time,
    clock,
    chance,
    terminals,
    tries: triesOf(pool),
    payments: new PaymentStore({ ...parts, eventsOf: eventsOfPayments(own, terminals) }),
    /** The same payments, as another process has them. */
    others: new PaymentStore({ ...parts, eventsOf: () => [] }),
    mandates: new MandateStore({ ...parts, eventsOf: eventsOfMandates(own, terminals) }),
  };
}

export type Stores = ReturnType<typeof openStores>;
