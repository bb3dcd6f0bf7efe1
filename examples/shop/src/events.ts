import type { IncomingHttpHeaders } from "node:http";
import { type CaravelaEvent, type KnownEvent, UnverifiedEventError, verifyEvent } from "@caravela/client";
import type { Orders } from "./orders.ts";
import { isSubscriptionNumber, type Subscriptions } from "./subscriptions.ts";

/** The events of payments that change what a page of ours says. */
const OF_PAYMENTS = [
  "payment.paid",
  "payment.pending",
  "payment.attempt_failed",
  "payment.canceled",
  "payment.expired",
  "refund.succeeded",
] as const;

/** Those of subscriptions. */
const OF_MANDATES = [
  "mandate.activated",
  "mandate.refused",
  "mandate.suspended",
  "mandate.reactivated",
  "mandate.canceled",
  "mandate.expired",
  "plan.paused",
  "plan.resumed",
  "plan.charge_skipped",
  "plan.canceled",
  "plan.ended",
] as const;

/** The events that this shop wants to be sent. */
export const EVENT_TYPES = [...OF_PAYMENTS, ...OF_MANDATES];

interface EventsSettings {
  /** What events are signed with. */
  readonly secret: string;
  readonly orders: Orders;
  readonly subscriptions: Subscriptions;
  readonly log: (line: string) => void;
}

/** Takes the events of the payments server. */
export class Events {
  readonly #settings: EventsSettings;
  /**
   * The ids of events that were taken. A real shop keeps them in its database, in the same transaction as what they
   * changed.
   */
  readonly #taken = new Set<string>();

  constructor(settings: EventsSettings) {
    this.#settings = settings;
  }

  /**
   * Takes one event and says with which HTTP status to answer. Any 2xx means that it was taken; after anything else,
   * and when this throws, the event comes again.
   * @param body exactly the bytes that were received: the signature is over them, and not over what JSON.parse makes of
   * them
   */
  async take(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const event = await this.#verified(body, headers);
    if (event === undefined) return 401;
    // Events come at least once: when our answer is lost, the same one, by its id, comes again.
    if (this.#taken.has(event.id)) return 204;
    await this.#heed(event);
    // Only now: had we failed before, the event has to come again and be taken then.
    this.#taken.add(event.id);
    return 204;
  }

  /**
   * The event tells how things were then. An old one may be sent anew, so we ask how they are now: this cannot turn an
   * order back.
   */
  async #heed(event: CaravelaEvent): Promise<void> {
    const { orders, subscriptions, log } = this.#settings;
    const number = numberIn(event);
    const isPaid = event.type === "payment.paid";
    if (isSubscriptionNumber(number)) {
      const subscription = await subscriptions.refresh(number);
      if (subscription !== undefined && isPaid) log(`subscription ${number} is paid for a month: send the tins`);
    } else {
      const order = await orders.refresh(number);
      if (order !== undefined && isPaid) log(`order ${number} is paid: wrap it`);
    }
  }

  /**
   * Anybody can post to our address. Only the payments server knows the secret; a signature older than five minutes is
   * refused too.
   */
  async #verified(body: string, headers: IncomingHttpHeaders): Promise<CaravelaEvent | undefined> {
    try {
      return await verifyEvent(body, headers, this.#settings.secret);
    } catch (error) {
      if (error instanceof UnverifiedEventError) return undefined;
      throw error;
    }
  }
}

/** The number of ours under which we asked for the payment or the mandate that an event tells of. */
function numberIn(event: CaravelaEvent): string {
  if (isOf(OF_PAYMENTS, event)) return event.data.payment.reference;
  return isOf(OF_MANDATES, event) ? (event.data.mandate.reference ?? "") : "";
}

function isOf<Type extends KnownEvent["type"]>(
  types: readonly Type[],
  event: CaravelaEvent,
): event is Extract<KnownEvent, { readonly type: Type }> {
  return types.some((type) => type === event.type);
}
