import type { IncomingHttpHeaders } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Orders } from "./orders.ts";
import { isSubscriptionNumber, type Subscriptions } from "./subscriptions.ts";

/** The events that change what a page of ours says, of an order or of a subscription. */
export const EVENT_TYPES = [
  "payment.paid",
  "payment.pending",
  "payment.attempt_failed",
  "payment.canceled",
  "payment.expired",
  "refund.succeeded",
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

interface Event {
  readonly type: string;
  /** The payment, or the mandate, as it was when this happened. Both are asked for under a number of ours. */
  readonly data: { readonly payment?: Numbered; readonly mandate?: Numbered };
}

interface Numbered {
  readonly reference: string | null;
}

interface EventsSettings {
  /** What events are signed with. */
  readonly secret: string;
  readonly orders: Orders;
  readonly subscriptions: Subscriptions;
  readonly log: (line: string) => void;
}

/** Takes the events of the payments server. */
export class Events {
  readonly #webhook: Webhook;
  readonly #orders: Orders;
  readonly #subscriptions: Subscriptions;
  readonly #log: (line: string) => void;
  /**
   * The ids of events that were taken. A real shop keeps them in its database, in the same transaction as what they
   * changed.
   */
  readonly #taken = new Set<string>();

  constructor({ secret, orders, subscriptions, log }: EventsSettings) {
    this.#webhook = new Webhook(secret);
    this.#orders = orders;
    this.#subscriptions = subscriptions;
    this.#log = log;
  }

  /**
   * Takes one event and says with which HTTP status to answer. Any 2xx means that it was taken; after anything else,
   * and when this throws, the event comes again.
   * @param body exactly the bytes that were received: the signature is over them, and not over what JSON.parse makes of
   * them
   */
  async take(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const event = this.#verified(body, headers);
    if (event === undefined) return 401;
    // Events come at least once: when our answer is lost, the same one, by its id, comes again.
    const id = String(headers["webhook-id"]);
    if (this.#taken.has(id)) return 204;
    await this.#heed(event);
    // Only now: had we failed before, the event has to come again and be taken then.
    this.#taken.add(id);
    return 204;
  }

  /**
   * The event tells how things were then. An old one may be sent anew, so we ask how they are now: this cannot turn an
   * order back.
   */
  async #heed({ type, data }: Event): Promise<void> {
    const number = (data.payment ?? data.mandate)?.reference ?? "";
    const isPaid = type === "payment.paid";
    if (isSubscriptionNumber(number)) {
      const subscription = await this.#subscriptions.refresh(number);
      if (subscription !== undefined && isPaid) this.#log(`subscription ${number} is paid for a month: send the tins`);
    } else {
      const order = await this.#orders.refresh(number);
      if (order !== undefined && isPaid) this.#log(`order ${number} is paid: wrap it`);
    }
  }

  /**
   * Anybody can post to our address. Only the payments server knows the secret; a signature older than five minutes is
   * refused too.
   */
  #verified(body: string, headers: IncomingHttpHeaders): Event | undefined {
    try {
      return this.#webhook.verify(body, headers as Record<string, string>) as Event;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return undefined;
      throw error;
    }
  }
}
