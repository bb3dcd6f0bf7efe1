import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
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

/** How far a payment came that somebody tried once. */
type Came = "not ordered" | "not asked for" | "not approved" | "not told of" | "through";

/** Whether payments go through again, and what became of those that were tried until then. */
export interface Recovery {
  readonly isThrough: boolean;
  /** How many came how far, in words. */
  readonly tried: string;
}

/**
 * Resolves when through each of both servers a new payment has gone through whole: ordered, asked of a phone, approved
 * there, and the shop told that it is paid. Or when none has for three minutes.
 */
export async function recovery(town: Town, dice: Dice): Promise<Recovery> {
  const tried: Came[] = [];
  const last = performance.now() + RECOVERS_WITHIN_MS;
  const each = await Promise.all(town.ground.servers.map((_, server) => firstThrough(town, dice, server, last, tried)));
  const counted = [...Map.groupBy(tried, (came) => came)].map(([came, all]) => `${all.length} ${came}`);
  return { isThrough: !each.includes(false), tried: counted.join(", ") };
}

async function firstThrough(town: Town, dice: Dice, server: number, last: number, tried: Came[]): Promise<boolean> {
  let [isThrough, underWay] = [false, 0];
  const { promise, resolve } = Promise.withResolvers<void>();
  const tryOne = async (): Promise<void> => {
    underWay += 1;
    const came = await payThrough(town, dice, server);
    underWay -= 1;
    tried.push(came);
    if (came !== "through") return;
    isThrough = true;
    resolve();
  };
  while (!isThrough && performance.now() < last) {
    if (underWay < AT_ONCE) void tryOne();
    await Promise.race([promise, pause(EACH_MS)]);
  }
  return isThrough;
}

/** One payment as a customer makes it who does not ask twice. */
async function payThrough(town: Town, dice: Dice, server: number): Promise<Came> {
  const { till, shop, ground } = town;
  const phone = newPhone(town);
  const post = (path: string, body: object) =>
    till.once("POST", path, body, { server, key: dice.uuid(), limitMs: CALL_LIMIT_MS });
  const made = await post("/v1/payments", { amount: 550, currency: "EUR", reference: `probe-${phone}` });
  if (made?.status !== 201) return "not ordered";
  till.diary.acknowledged.set(made.body.id, "payment");
  const asked = await post(`/v1/payments/${made.body.id}/attempts`, { method: "mbway", phone });
  if (asked?.body?.status !== "pending") return "not asked for";
  const pressed = await ground.sandbox("POST", `/phones/351%23${phone}/approve`).catch(() => null);
  if (pressed?.status !== 200) return "not approved";
  return (await shop.toldPaid(made.body.id, TOLD_LIMIT_MS)) ? "through" : "not told of";
}
