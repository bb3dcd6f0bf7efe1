import type { Dice } from "../dice.ts";
import type { Order } from "./customers.ts";
import type { Town } from "./town.ts";

/** What a shop does with what is paid or held: captures in parts, gives up, gives back, two people at once. */
export async function worksOn(town: Town, dice: Dice, order: Order): Promise<void> {
  const times = dice.happens(0.7) ? dice.between(1, 3) : 0;
  for (let one = 0; one < times; one += 1) {
    await town.pass(dice, 5, 3_600);
    const left = await whatIsLeft(town, dice, order);
    const isTwo = town.stage.weather.is("operators_at_once", order.id);
    const people = isTwo ? [dice.more(), dice.more()] : [dice.more()];
    await Promise.all(people.map((person) => worksOnce(town, person, order, left)));
  }
}

/** What somebody at work sees that is held still, and that can go back still, in cents. */
interface Left {
  readonly held: number;
  readonly taken: number;
}

async function whatIsLeft(town: Town, dice: Dice, { id }: Order): Promise<Left> {
  const read = await town.read(dice, `/v1/payments/${id}`);
  const { amountAuthorized = 0, amountCaptured = 0, amountReleased = 0, amountRefunded = 0 } = read?.body ?? {};
  return { held: amountAuthorized - amountCaptured - amountReleased, taken: amountCaptured - amountRefunded };
}

async function worksOnce(town: Town, dice: Dice, { id }: Order, { held, taken }: Left): Promise<void> {
  const deed = held > 0 ? dice.pick(["capture", "capture", "cancel"]) : "refunds";
  await town.ask(dice, `/v1/payments/${id}/${deed}`, partOf(dice, held > 0 ? held : taken));
}

/** All of what is left, or some of it; often what is just enough, or a cent too much. */
function partOf(dice: Dice, left: number): { readonly amount?: number } {
  if (left < 1 || dice.happens(0.3)) return {};
  return { amount: dice.happens(0.4) ? left + dice.between(0, 1) : dice.between(1, left) };
}
