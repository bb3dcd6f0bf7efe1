import type { Dice } from "../dice.ts";
import { customerOf, isPaidWithin, type Order, pays } from "./customers.ts";
import { worksOn } from "./operators.ts";
import type { Town } from "./town.ts";
import { onPage } from "./visitors.ts";

const HOUR = 3_600;
/** 90,000.11, .13 and .14: a refund is declined, a cancellation's answer is lost, a reference expires by itself. */
const SCENARIO_AMOUNTS = [9_000_011, 9_000_013, 9_000_014];

/** The life of one order: created, paid or not, and whatever its shop does with it afterwards. `more`: its terms. */
export async function order(town: Town, dice: Dice, phone: string, more: object = {}): Promise<void> {
  const made = await ordered(town, dice, phone, more);
  if (made === null) return;
  const paying = paysSomewhere(town, dice.more(), made);
  const canceling = dice.happens(0.08) ? cancels(town, dice.more(), made) : Promise.resolve();
  await Promise.all([paying, canceling]);
  if (await isPaidWithin(town, made, 6 * HOUR)) await worksOn(town, dice.more(), made);
  else if (dice.happens(0.2)) await cancels(town, dice.more(), made);
}

/** One of the orders that the shop cannot deliver: when the hour is over it gives all of them back at once. */
export async function givenBack(town: Town, dice: Dice, phone: string): Promise<void> {
  const made = await ordered(town, dice, phone);
  if (made === null) return;
  await paysSomewhere(town, dice.more(), made);
  if (!(await isPaidWithin(town, made, 6 * HOUR))) return;
  const { time } = town.stage;
  const hour = HOUR * 1_000;
  await time.pass(hour - (time.now % hour) + dice.between(0, 30) * 1_000);
  await town.ask(dice, `/v1/payments/${made.id}/refunds`);
}

/** Its customer pays where the shop asks them to, or on the payment's own page. */
function paysSomewhere(town: Town, dice: Dice, made: Order): Promise<void> {
  return dice.happens(0.5) ? onPage(town, dice, made) : pays(town, dice, made);
}

/** A payment that somebody is to pay; null: the shop gave up. */
export async function ordered(town: Town, dice: Dice, phone: string, more: object = {}): Promise<Order | null> {
  const usual = dice.happens(0.5) ? dice.between(1, 9_999) : dice.between(50, 75_000);
  const amount = dice.happens(0.05) ? dice.pick(SCENARIO_AMOUNTS) : usual;
  const expiresAt = new Date(town.stage.time.now + dice.between(1, 48) * HOUR * 1_000).toISOString();
  const wanted = {
    amount,
    currency: "EUR",
    reference: phone,
    customer: customerOf(phone),
    latePayments: dice.pick(["refund", "refund", "accept"]),
    overlap: dice.pick(["refuse", "refuse", "allow"]),
    expiresAt,
    ...(dice.happens(0.2) && { capture: "manual", methods: ["card"] }),
    ...more,
  };
  const made = await town.ask(dice, "/v1/payments", wanted);
  if (made === null || made.status !== 201) return null;
  town.stage.told(made.body.id, `ordered by ${phone}`);
  return { id: made.body.id, amount, phone, page: new URL(made.body.payUrl).pathname };
}

/** The shop gives an order up: while somebody begins to pay it, or later. */
async function cancels(town: Town, dice: Dice, { id }: Order): Promise<void> {
  if (dice.happens(0.3)) await town.stage.time.pass(dice.between(0, 200));
  else await town.pass(dice, 1, 1_800);
  await town.ask(dice, `/v1/payments/${id}/cancel`);
}
