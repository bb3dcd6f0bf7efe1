import type { Dice } from "../dice.ts";
import { keepsCard } from "./card-keepers.ts";
import { oneClick } from "./regulars.ts";
import { givenBack, order } from "./shops.ts";
import { subscription } from "./subscribers.ts";
import type { Town } from "./town.ts";

/** Somebody's life with the shop, from their first order on. */
export type Life = (town: Town, dice: Dice, phone: string) => Promise<void>;

const held: Life = (town, dice, phone) => order(town, dice, phone, { capture: "manual", methods: ["card"] });

/**
 * What the people of a run come for: most of a kind, which another run has another of. What happens seldom where
 * everybody does something else happens often in some run.
 */
export function crowdOf(dice: Dice): Life {
  const most = dice.pick([order, order, givenBack, givenBack, held, oneClick, subscription, keepsCard]);
  return (town, own, phone) => {
    const life = own.happens(0.6) ? most : own.pick([order, order, order, oneClick, subscription, keepsCard]);
    return life(town, own, phone);
  };
}
