import type { Dice } from "../../simulation/dice.ts";
import { type Order, type Town, twice } from "./people.ts";

/** The shop gives money back: all of it or a part, by two clerks at once, or again with another key. */
export async function moneyBack(town: Town, dice: Dice, { id, amount }: Order): Promise<void> {
  const refund = (body?: object) => twice(town, dice, `/v1/payments/${id}/refunds`, body, id);
  const part = { amount: Math.ceil(amount * 0.6) };
  await dice.pick([
    () => refund(),
    () => refund(part),
    async () => {
      await refund(part);
      await refund();
    },
    // together more than all of it
    () => Promise.all([refund(part), refund(part)]),
    () => Promise.all([refund(), refund()]),
  ])();
}
