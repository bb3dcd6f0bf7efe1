import type { Dice } from "../../simulation/dice.ts";
import type { Ground } from "../ground/ground.ts";
import { keepCard } from "./card-stories.ts";
import { Diary } from "./diary.ts";
import { authorise, type Subscription, subscribe } from "./mandate-stories.ts";
import type { Town } from "./people.ts";
import { openShop, type Shop } from "./shops.ts";
import { Till } from "./till.ts";

/** A town that is ready: some have authorised the shop, some have plans, some have their card kept. */
export interface Settled {
  readonly town: Town;
  /** The first goes by what it is told; the others are weak. */
  readonly shops: readonly Shop[];
  readonly subscriptions: readonly Subscription[];
}

const LIMITS = ["30.00", "900.00", "9000.00", "9000.00"];
const CARD_HOLDERS = 3;

/** Makes a town on a ground where nothing is hurt yet. */
export async function prepare(ground: Ground, dice: Dice, isOfBefore: boolean): Promise<Settled> {
  const diary = new Diary(ground.now);
  const till = new Till(ground, diary);
  const shops = [await openShop(dice.more()), await openShop(dice.more())];
  ground.closesToo(...shops.map((shop) => shop.close));
  const [first] = shops;
  if (first === undefined) throw new TypeError("a town has a shop");
  for (const shop of shops) {
    const line = await ground.toShop(shop.port);
    const made = await till.post(dice, "/v1/event-endpoints", { url: `http://127.0.0.1:${line.port}/events` });
    shop.secret = String(made?.body?.secret);
  }
  const town: Town = { ground, till, shop: first, regulars: [], cardHolders: [], phones: 0, isOfBefore };
  const subscriptions: Subscription[] = [];
  for (const limit of LIMITS) {
    const regular = await authorise(town, dice, limit);
    if (regular === null) throw new Error("nobody authorises the shop, though nothing is hurt");
    const subscription = await subscribe(town, dice, regular);
    if (subscription !== null) subscriptions.push(subscription);
  }
  for (let place = 0; place < CARD_HOLDERS; place += 1) await keepCard(town, dice);
  return { town, shops, subscriptions };
}
