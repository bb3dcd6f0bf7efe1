import { randomInt } from "node:crypto";
import type { Caravela, Payment } from "./caravela.ts";
import { findGood, type Good } from "./goods.ts";

/** What a customer ordered, and how its payment stands as far as we know. */
export interface Order {
  readonly id: string;
  readonly good: Good;
  readonly quantity: number;
  readonly payment: Payment;
}

const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** An order's number: short enough to be read out, and not to be guessed, since its page needs no password. */
export function newOrderId(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return letters.replace(/(....)(....)(....)/, "$1-$2-$3");
}

/** Whether this can be an order's number. */
export function isOrderId(text: string): boolean {
  return /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/.test(text);
}

/**
 * The orders, in memory alone and as the payments server tells them, because this is an example. A real shop writes the order to its database before it asks for the payment,
 * and its payment's status at each event.
 */
export class Orders {
  readonly #known = new Map<string, Order>();
  readonly #caravela: Caravela;

  constructor(caravela: Caravela) {
    this.#caravela = caravela;
  }

  /** The order of this number. One that we do not know (any more) is read from its payment. */
  async find(id: string): Promise<Order | undefined> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const read = await this.#read(id);
    if (read !== undefined && !this.#known.has(id)) this.#known.set(id, read); // an event may have been quicker, and knows better
    return this.#known.get(id);
  }

  /** Reads anew how the order's payment stands. Undefined when the payment is for no order of this shop. */
  async refresh(id: string): Promise<Order | undefined> {
    const order = await this.#read(id);
    if (order !== undefined) this.#known.set(id, order);
    return order;
  }

  async #read(id: string): Promise<Order | undefined> {
    const payment = await this.#caravela.findPayment(id);
    const good = findGood(payment?.metadata.good);
    if (payment === undefined || good === undefined) return undefined;
    return { id, good, quantity: Number(payment.metadata.quantity), payment };
  }
}
