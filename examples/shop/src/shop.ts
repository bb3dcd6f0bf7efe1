import type { Caravela } from "@caravela/client";
import type { Accounts } from "./accounts.ts";
import type { Events } from "./events.ts";
import type { Orders } from "./orders.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** What a request is answered with. */
export interface Shop {
  /** How browsers reach us. */
  readonly url: string;
  readonly caravela: Caravela;
  readonly orders: Orders;
  readonly subscriptions: Subscriptions;
  readonly events: Events;
  readonly accounts: Accounts;
}
