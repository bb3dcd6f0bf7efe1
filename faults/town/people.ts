import { pause } from "@caravela/platform/timer";
import { cents, eurosText } from "@caravela/sibs/money";
import { Dice } from "../../simulation/dice.ts";
import type { Json } from "../../tests/support/json.ts";
import type { Ground } from "../ground/ground.ts";
import type { Shop } from "./shops.ts";
import type { Outcome, Till } from "./till.ts";

/** A payment as its customer knows it. */
export interface Order {
  readonly id: string;
  readonly amount: number;
  /** The customer's own phone: nobody else's requests wait on it. */
  readonly phone: string;
  /** The customer, as the shop numbers them. */
  readonly customer: string;
}

/** A customer who lets the shop charge them, as far as the limit goes. */
export interface Regular {
  readonly mandate: string;
  readonly phone: string;
}

/** A customer whose card is kept. */
export interface CardHolder {
  readonly customer: string;
  readonly token: string;
}

/** Where people live: what they ask by, and what some of them have agreed to. */
export interface Town {
  readonly ground: Ground;
  readonly till: Till;
  /** The shop by which people know what is paid. */
  readonly shop: Shop;
  readonly regulars: Regular[];
  readonly cardHolders: CardHolder[];
  /** How many phones there are so far. */
  phones: number;
  /** Whether everybody runs on the version before: it does not know all that there is to ask for. */
  isOfBefore: boolean;
}

/** How long a customer looks for what should be on the phone, in milliseconds. */
const LOOKS_FOR_MS = 8_000;
const LOOKS_EACH_MS = 400;
/** How long a shop waits for its event before it goes on without. */
const TOLD_WITHIN_MS = 20_000;

/** A phone that nobody else has, and that waits for a person. */
export function newPhone(town: Town): string {
  town.phones += 1;
  return `91${String(town.phones).padStart(7, "0")}`;
}

/** Orders something. Null: nobody answered, and the shop left off. */
export async function order(town: Town, dice: Dice, changes: Json = {}): Promise<Order | null> {
  const [phone, amount] = [newPhone(town), dice.between(50, 9_999)];
  const customer = `customer-${phone}`;
  const wanted = {
    amount,
    currency: "EUR",
    reference: `order-${phone}`,
    methods: ["mbway", "multibanco", "card"],
    customer: {
      id: customer,
      name: "Ana Sousa",
      email: "ana@example.pt",
      billingAddress: { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" },
    },
    latePayments: dice.pick(["refund", "refund", "accept"]),
    ...changes,
  };
  const made = await twice(town, dice, "/v1/payments", wanted);
  if (made === null) return null;
  if (made.status !== 201) {
    town.till.diary.violated("other", null, `an order was answered ${made.status}: ${JSON.stringify(made.body)}`);
    return null;
  }
  return { id: made.body.id, amount: made.body.amount, phone, customer };
}

/** Starts an attempt; now and then the shop has no patience, and asks again with another key. */
export async function attempt(town: Town, dice: Dice, { id }: Order, body: Json): Promise<Outcome> {
  const path = `/v1/payments/${id}/attempts`;
  if (dice.happens(0.08)) {
    const [server, key] = [dice.between(0, 1), dice.uuid()];
    const hasty = await town.till.once("POST", path, body, { server, key, limitMs: dice.between(5, 300) });
    town.till.diary.note(id, `POST ${path} by an impatient shop: ${hasty?.status ?? "no answer"}`);
    if (hasty !== null && hasty.status < 500) return hasty;
  }
  return twice(town, dice, path, body, id);
}

/** A request that is now and then sent to both servers at once, or again when it was answered, with its key. */
export async function twice(
  { till }: Town,
  dice: Dice,
  path: string,
  body: object | undefined,
  subject: string | null = null,
): Promise<Outcome> {
  const key = dice.uuid();
  const send = (server?: number) => {
    return till.post(dice, path, body, { subject, key, ...(server !== undefined && { server }) });
  };
  if (dice.happens(0.08)) {
    const others = new Dice(dice.between(0, 2 ** 32 - 1));
    const [first] = await Promise.all([send(0), till.post(others, path, body, { subject, key, server: 1 })]);
    return first;
  }
  const answer = await send();
  if (dice.happens(0.05)) await send();
  return answer;
}

/** Presses on a phone, or pays at an ATM: until somebody answers who knows. */
export async function press(town: Town, order: Pick<Order, "id">, path: string, body?: object): Promise<boolean> {
  const last = performance.now() + LOOKS_FOR_MS;
  let isDone = false;
  while (!isDone && performance.now() < last) {
    const answer = await town.ground.sandbox("POST", path, body).catch(() => null);
    isDone = answer?.status === 200;
    town.till.diary.note(order.id, `${path}: ${answer?.status ?? "no answer"} ${answer?.body?.id ?? ""}`);
    if (!isDone) await pause(LOOKS_EACH_MS);
  }
  return isDone;
}

/** Answers what waits longest on a phone. */
export function onPhone(town: Town, to: Pick<Order, "id" | "phone">, what: "approve" | "decline"): Promise<boolean> {
  return press(town, to, `/phones/351%23${to.phone}/${what}`);
}

/** Pays a reference at an ATM. */
export function payAtAtm(
  town: Town,
  paid: Order,
  { entity, reference }: { entity: string; reference: string },
): Promise<boolean> {
  return press(town, paid, `/references/${entity}/${reference}/pay`, { amount: eurosText(cents(paid.amount)) });
}

/** Resolves when the shop was told that it is paid, or holds no longer with waiting. */
export function toldPaid(town: Town, { id }: Order): Promise<boolean> {
  return town.shop.toldPaid(id, TOLD_WITHIN_MS);
}

/** The payment as the API shows it; null: nobody answered. */
export async function look(town: Town, dice: Dice, { id }: Pick<Order, "id">): Promise<Outcome> {
  return town.till.read(dice, `/v1/payments/${id}`);
}
