import type { Dice } from "../dice.ts";
import { Cut } from "../life.ts";
import { byCard } from "./customers.ts";
import { worksOn } from "./operators.ts";
import { ordered } from "./shops.ts";
import type { Town } from "./town.ts";

const HOUR = 3_600;

/** Somebody who has their card kept: pays by it again, is charged by it without being there, and has it forgotten. */
export async function keepsCard(town: Town, dice: Dice, phone: string): Promise<void> {
  const first = await ordered(town, dice, phone, { saveCard: true });
  if (first === null) return;
  await byCard(town, dice, first);
  await town.pass(dice, 10, 600);
  for (let left = dice.between(1, 4); left > 0; left -= 1) {
    await town.pass(dice, 60, 12 * HOUR);
    const token = await cardOf(town, dice, phone);
    if (token === null) return;
    const forgetting = town.stage.weather.is("card_forgotten_meanwhile", phone)
      ? forgets(town, dice.more(), token)
      : Promise.resolve();
    await Promise.all([
      dice.happens(0.5) ? paysByCard(town, dice, phone, token) : charged(town, dice, phone, token),
      forgetting,
    ]);
  }
  const token = await cardOf(town, dice, phone);
  if (token !== null && dice.happens(0.5)) await forgets(town, dice, token);
}

/** A saved card of somebody's; null: there is none. */
async function cardOf(town: Town, dice: Dice, phone: string): Promise<string | null> {
  const kept = await town.read(dice, `/v1/tokens?customer=c${phone}`);
  const cards: readonly { readonly id: string }[] = kept?.body?.data ?? [];
  return cards.length === 0 ? null : dice.pick(cards).id;
}

/** The customer is there, and types the code alone. */
async function paysByCard(town: Town, dice: Dice, phone: string, token: string): Promise<void> {
  const order = await ordered(town, dice, phone, { methods: ["card"] });
  if (order === null) return;
  await byCard(town, dice, order, { method: "token", token, secureCode: "123" });
  if (dice.happens(0.3)) await worksOn(town, dice, order);
}

/** The shop charges it, for what the customer agreed to. */
async function charged(town: Town, dice: Dice, phone: string, token: string): Promise<void> {
  const order = await ordered(town, dice, phone, {
    token,
    initiator: "merchant",
    capture: dice.pick(["automatic", "automatic", "manual"]),
    methods: undefined,
  });
  if (order !== null && dice.happens(0.5)) await worksOn(town, dice, order);
}

/** It is forgotten, as soon as somebody says so: from then on nothing is charged by it. */
async function forgets(town: Town, dice: Dice, token: string): Promise<void> {
  await town.stage.time.pass(dice.between(0, dice.happens(0.5) ? 300 : 3_000));
  for (let tries = 0; tries < 6; tries += 1) {
    const answer = await town.once(dice.more(), "DELETE", `/v1/tokens/${token}`).catch((error) => {
      if (error instanceof Cut) return null;
      throw error;
    });
    if (answer?.status === 204 || answer?.status === 404) {
      town.stage.forgotten.add(token);
      town.stage.told(token, `is forgotten: ${answer.status}`);
      return;
    }
    await town.pass(dice, 1, 20);
  }
}
