import { randomInt } from "node:crypto";
import type { Caravela, Payment } from "@caravela/client";
import { findGood, type Good } from "./goods.ts";
import { Kept } from "./kept.ts";

/** What a customer ordered, and how its payment stands as far as we know. */
export interface Order {
  readonly id: string;
  readonly good: Good;
  readonly quantity: number;
  readonly payment: ShownPayment;
}

/** What this shop reads of a payment. */
export type ShownPayment = Pick<
  Payment,
  "status" | "amount" | "amountRefunded" | "reference" | "metadata" | "payUrl" | "plan"
>;

/** The orders, each read from its payment. */
export class Orders extends Kept<Order> {
  constructor(caravela: Caravela) {
    super((id) => readOrder(caravela, id));
  }
}

async function readOrder(caravela: Caravela, id: string): Promise<Order | undefined> {
  const [payment] = (await caravela.payments.list({ reference: id, limit: 1 })).data;
  const good = findGood(payment?.metadata.good);
  if (payment === undefined || good === undefined) return undefined;
  return { id, good, quantity: Number(payment.metadata.quantity), payment };
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
