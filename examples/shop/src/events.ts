import type { IncomingHttpHeaders } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Payment } from "./caravela.ts";
import type { Orders } from "./orders.ts";

/** The events that change what an order's page says. */
export const EVENT_TYPES = ["payment.paid", "payment.canceled", "payment.expired", "refund.succeeded"] as const;

interface Event {
  readonly type: string;
  /** The payment as it was when this happened. */
  readonly data: { readonly payment: Payment };
}

/** Takes the events of the payments server. */
export class Events {
  readonly #webhook: Webhook;
  readonly #orders: Orders;
  readonly #log: (line: string) => void;
  /** The ids of events that were taken. A real shop keeps them in its database, in the same transaction as what they changed. */
  readonly #taken = new Set<string>();

  constructor({ secret, orders, log }: { secret: string; orders: Orders; log: (line: string) => void }) {
    this.#webhook = new Webhook(secret);
    this.#orders = orders;
    this.#log = log;
  }

  /**
   * Takes one event and says with which HTTP status to answer. Any 2xx means that it was taken; after anything else, and when this throws, the event comes again.
   * @param body exactly the bytes that were received: the signature is over them, and not over what JSON.parse makes of them
   */
  async take(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const event = this.#verified(body, headers);
    if (event === undefined) return 401;
    // Events come at least once: when our answer is lost, the same one, by its id, comes again.
    const id = String(headers["webhook-id"]);
    if (this.#taken.has(id)) return 204;
    // The event tells how the payment was then. An old one may be sent anew, so we ask how it is now: this cannot turn an order back.
    const order = await this.#orders.refresh(event.data.payment.reference);
    if (order !== undefined && event.type === "payment.paid") this.#log(`order ${order.id} is paid: wrap it`);
    // Only now: had we failed before, the event has to come again and be taken then.
    this.#taken.add(id);
    return 204;
  }

  /** Anybody can post to our address. Only the payments server knows the secret; a signature older than five minutes is refused too. */
  #verified(body: string, headers: IncomingHttpHeaders): Event | undefined {
    try {
      return this.#webhook.verify(body, headers as Record<string, string>) as Event;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return undefined;
      throw error;
    }
  }
}
