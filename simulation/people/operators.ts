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

/** Whether SIBS has done a call of ours, as its back office shows it to whoever looks. */
export type LooksAtSibs = (ourId: string) => boolean;

/**
 * What neither rules nor questions can end, a person settles who has looked at SIBS's back office: captures,
 * cancellations and refunds in doubt.
 */
export async function settles(town: Town, dice: Dice, payments: readonly string[], isDone: LooksAtSibs): Promise<void> {
  for (const id of payments) {
    const read = await town.read(dice, `/v1/payments/${id}`);
    const { captures = [], cancellations = [], refunds = [] } = read?.body ?? {};
    for (const one of [...captures, ...cancellations, ...refunds]) {
      if (one.status !== "in_doubt") continue;
      const outcome = isDone(one.id) ? "done" : "not_done";
      await town.ask(dice, `/v1/operations/${one.id}/settle`, { outcome, note: "as SIBS Backoffice shows it" });
    }
  }
}

/** Gives up what is held still, and nobody will capture. */
export async function givesUp(town: Town, dice: Dice, payments: readonly string[]): Promise<void> {
  for (const id of payments) await town.ask(dice, `/v1/payments/${id}/cancel`);
}

const partOf = (dice: Dice, amount: number) => (dice.happens(0.4) ? {} : { amount: dice.between(1, amount + 1) });

async function captures(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/capture`, partOf(dice, amount));
}

async function releases(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/cancel`, partOf(dice, amount));
}

async function refunds(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  await town.ask(dice, `/v1/payments/${id}/refunds`, partOf(dice, amount));
}
