import type { Dice } from "../dice.ts";
import type { Order } from "./customers.ts";
import type { Town } from "./town.ts";

/** What a shop does with what is paid or held: captures in parts, gives up, gives back, two people at once. */
export async function worksOn(town: Town, dice: Dice, order: Order): Promise<void> {
  const read = await town.read(dice, `/v1/payments/${order.id}`);
  const deeds = read?.body?.status === "authorized" ? [captures, captures, releases, captures] : [refunds];
  const times = dice.happens(0.5) ? dice.between(1, 3) : 0;
  for (let one = 0; one < times; one += 1) {
    await town.pass(dice, 5, 3_600);
    const isTwo = town.stage.weather.is("operators_at_once", order.id);
    const people = isTwo ? [dice.more(), dice.more()] : [dice.more()];
    await Promise.all(people.map((person) => person.pick(deeds)(town, person, order)));
  }
}

/** All, or some of it; often what is just enough, or a cent too much. */
function partOf(dice: Dice, amount: number): { readonly amount?: number } {
  if (dice.happens(0.4)) return {};
  return { amount: dice.happens(0.3) ? amount + dice.between(0, 1) : dice.between(1, amount) };
}

async function captures(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/capture`, partOf(dice, amount));
}

async function releases(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/cancel`, partOf(dice, amount));
}

async function refunds(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/refunds`, partOf(dice, amount));
}
