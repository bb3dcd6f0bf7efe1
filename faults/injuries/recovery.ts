import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../tests/simulation/dice.ts";
import { newPhone, type Town } from "../town/people.ts";

/** Another payment is tried each time so many milliseconds have passed, whatever became of those before. */
const EACH_MS = 400;
/** So many of them are under way by one server at most: they shall measure, and be no load of their own. */
const AT_ONCE = 5;
/** What takes longer is no answer to somebody who waits at a till. */
const CALL_LIMIT_MS = 10_000;
const TOLD_LIMIT_MS = 30_000;
/** What counts as not recovered at all. */
export const RECOVERS_WITHIN_MS = 180_000;

/**
 * How long it takes, in milliseconds from now, until through each of both servers a new payment goes through whole:
 * ordered, asked of a phone, approved there, and the shop told that it is paid. Null: not within three minutes.
 */
export async function recovery(town: Town, dice: Dice): Promise<number | null> {
  const begun = performance.now();
  const each = await Promise.all(town.ground.servers.map((_, server) => firstThrough(town, dice, server, begun)));
  return each.includes(null) ? null : performance.now() - begun;
}

async function firstThrough(town: Town, dice: Dice, server: number, begun: number): Promise<true | null> {
  let [isThrough, underWay] = [false, 0];
  const { promise, resolve } = Promise.withResolvers<void>();
  const last = begun + RECOVERS_WITHIN_MS;
  while (!isThrough && performance.now() < last) {
    if (underWay < AT_ONCE)
      void tryOne().then((isPaid) => {
        if (!isPaid) return;
        isThrough = true;
        resolve();
      });
    await Promise.race([promise, pause(EACH_MS)]);
  }
  return isThrough ? true : null;

  async function tryOne(): Promise<boolean> {
    underWay += 1;
    try {
      return await payThrough(town, dice, server);
    } finally {
      underWay -= 1;
    }
  }
}

/** One payment as a customer makes it who does not ask twice. */
async function payThrough(town: Town, dice: Dice, server: number): Promise<boolean> {
  const { till, shop, ground } = town;
  const phone = newPhone(town);
  const post = (path: string, body: object) =>
    till.once("POST", path, body, { server, key: dice.uuid(), limitMs: CALL_LIMIT_MS });
  const order = { amount: 550, currency: "EUR", reference: `probe-${phone}` };
  const made = await post("/v1/payments", order);
  if (made?.status !== 201) return false;
  till.diary.acknowledged.set(made.body.id, "payment");
  const asked = await post(`/v1/payments/${made.body.id}/attempts`, { method: "mbway", phone });
  if (asked?.body?.status !== "pending") return false;
  const pressed = await ground.sandbox("POST", `/phones/351%23${phone}/approve`).catch(() => null);
  return pressed?.status === 200 && shop.toldPaid(made.body.id, TOLD_LIMIT_MS);
}
