import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
import { type Answer, jsonCaller } from "../../tests/support/json.ts";
import type { Programs } from "./programs.ts";

/** So many customers pay at once by each server. */
const CUSTOMERS = 6;
const BETWEEN_ORDERS_MS = 100;
const BETWEEN_TRIES_MS = 100;
/** How long a shop insists on an answer. */
const PATIENCE_MS = 180_000;

/** One order of the shop, and all that it was told of it. */
export interface Order {
  readonly reference: string;
  readonly amount: number;
  /** The server that the shop asks, by its place. */
  readonly server: number;
  readonly phone: string;
  /** What was acknowledged: whoever was told so must find it ever after. */
  payment: string | null;
  readonly attempts: string[];
  isPaid: boolean;
  refund: { readonly id: string; readonly amount: number } | null;
  /** What it was told that it did not expect, such as that a payment is not there. */
  readonly surprises: string[];
}

/** A payment went through whole: when it began and ended, in milliseconds since the run began. */
export interface Passed {
  readonly server: number;
  readonly begun: number;
  readonly at: number;
}

/** Customers who order, pay, and now and then are given something back, until they are stopped. */
export class Orders {
  readonly all: Order[] = [];
  readonly passed: Passed[] = [];
  readonly #programs: Programs;
  readonly #call = jsonCaller();
  readonly #customers: Promise<void>[] = [];
  #goesOn = true;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** Lets them come. */
  start(dice: Dice): void {
    for (const [server] of this.#programs.serverUrls.entries())
      for (let place = 0; place < CUSTOMERS; place += 1) this.#customers.push(this.#comeAgain(server, dice.more()));
  }

  /** Nobody comes any more, and whoever is there is served. */
  async stop(): Promise<void> {
    this.#goesOn = false;
    await Promise.all(this.#customers);
  }

  /** Calls a server. */
  api(server: number, method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    return this.#call(`${this.#programs.serverUrls[server]}${path}`, method, body, {
      authorization: `Bearer ${this.#programs.apiKey}`,
      ...(key !== undefined && { "idempotency-key": key }),
    });
  }

  /** Calls SIBS's side. */
  sandbox(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#call(`${this.#programs.gatewayUrl}/sandbox${path}`, method, body);
  }

  /** The customer does what is asked of them, whatever the shop knows of it. */
  async answer(order: Order, reference: { entity: string; reference: string } | null): Promise<boolean> {
    const euros = (order.amount / 100).toFixed(2);
    const { status } = await (reference === null
      ? this.sandbox("POST", `/phones/351%23${order.phone}/approve`)
      : this.sandbox("POST", `/references/${reference.entity}/${reference.reference}/pay`, { amount: euros }));
    return status === 200;
  }

  async #comeAgain(server: number, dice: Dice): Promise<void> {
    while (this.#goesOn) {
      await this.#order(server, dice);
      await pause(BETWEEN_ORDERS_MS);
    }
  }

  async #order(server: number, dice: Dice): Promise<void> {
    const number = this.all.length;
    const order: Order = {
      reference: `order-${number}`,
      amount: dice.between(100, 20_000),
      server,
      phone: `912${String(100_000 + number)}`,
      payment: null,
      attempts: [],
      isPaid: false,
      refund: null,
      surprises: [],
    };
    this.all.push(order);
    const begun = performance.now();
    if (!(await this.#pay(order, dice))) return;
    this.passed.push({ server, begun, at: performance.now() });
    if (dice.happens(0.4)) await this.#giveBack(order, dice);
  }

  /** A shop that sees that an attempt came to nothing offers the customer another. */
  async #pay(order: Order, dice: Dice): Promise<boolean> {
    const { amount, reference, phone } = order;
    const made = await this.#insist(order, "/v1/payments", { amount, currency: "EUR", reference }, dice.uuid());
    if (made === null) return false;
    order.payment = made.id;
    const how = dice.happens(0.7) ? { method: "mbway", phone } : { method: "multibanco" };
    return this.#soon(async () => {
      const { status, body } = await this.api(order.server, "GET", `/v1/payments/${made.id}`);
      if (status === 404) order.surprises.push("its payment is not there");
      if (status === 404 || body.status === "paid") {
        order.isPaid = status === 200;
        return true;
      }
      if (body.status === "open") await this.#ask(order, how, dice);
      if (body.status === "pending") await this.answer(order, body.attempts.at(-1)?.multibanco ?? null);
      return false;
    }).then(() => order.isPaid);
  }

  async #ask(order: Order, how: object, dice: Dice): Promise<void> {
    const asked = await this.#insist(order, `/v1/payments/${order.payment}/attempts`, how, dice.uuid());
    if (asked !== null) order.attempts.push(asked.id);
  }

  async #giveBack(order: Order, dice: Dice): Promise<void> {
    const amount = dice.between(1, order.amount);
    const given = await this.#insist(order, `/v1/payments/${order.payment}/refunds`, { amount }, dice.uuid());
    if (given !== null) order.refund = { id: given.id, amount };
  }

  /** Asks with one key until there is an answer that is none of an accident; null: it was refused, or never came. */
  // biome-ignore lint/suspicious/noExplicitAny: whoever asks knows what is answered
  async #insist(order: Order, path: string, body: object, key: string): Promise<any> {
    for (const last = performance.now() + PATIENCE_MS; performance.now() < last; await pause(BETWEEN_TRIES_MS)) {
      const answer = await this.api(order.server, "POST", path, body, key).catch(() => null);
      if (answer === null || answer.status >= 500 || answer.headers.has("retry-after")) continue;
      if (answer.status < 300) return answer.body;
      order.surprises.push(`POST ${path}: ${answer.status} ${answer.body?.type ?? ""}`);
      return null;
    }
    order.surprises.push(`POST ${path}: no answer`);
    return null;
  }

  /** Tries until it is so, or nobody waits any more. */
  async #soon(isSo: () => Promise<boolean>): Promise<boolean> {
    for (const last = performance.now() + PATIENCE_MS; performance.now() < last; await pause(BETWEEN_TRIES_MS))
      if (await isSo().catch(() => false)) return true;
    return false;
  }
}
