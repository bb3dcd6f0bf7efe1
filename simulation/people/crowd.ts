import type { Dice } from "../dice.ts";
import { keepsCard } from "./card-keepers.ts";
import { oneClick } from "./regulars.ts";
import { order } from "./shops.ts";
import { subscription } from "./subscribers.ts";
import type { Town } from "./town.ts";

/** Somebody's life with the shop: most order once, some are regulars, subscribers, or have their card kept. */
export function lifeOf(town: Town, dice: Dice, phone: string): Promise<void> {
  return dice.pick([order, order, order, order, order, order, order, oneClick, subscription, keepsCard])(
    town,
    dice,
    phone,
  );
}
