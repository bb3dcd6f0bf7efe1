import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
import { cardPaid, cardWithChallenge, heldAndTaken, savedCardCharged } from "./card-stories.ts";
import { chargedByMandate, mandateChanged } from "./mandate-stories.ts";
import { moneyBack } from "./money-back.ts";
import { attempt, look, newPhone, onPhone, order, payAtAtm, type Town, toldPaid, twice } from "./people.ts";

/** What one customer and the shop do about one order. */
export type Story = (town: Town, dice: Dice) => Promise<void>;

/** Its request is approved without a person. */
const APPROVES_BY_ITSELF = "960000001";
/** Its requests can still be approved a minute after SIBS has called them timed out. */
const SLOW_PHONE = "960000008";

/** Each as often as it is there. */
const STORIES: readonly (readonly [number, Story])[] = [
  [26, phonePaid],
  [6, phoneByItself],
  [4, phoneDeclined],
  [4, phoneForgotten],
  [8, referencePaid],
  [3, referenceForgotten],
  [4, referenceLeftForPhone],
  [6, canceledAndApproved],
  [3, canceled],
  [3, bothAtOnce],
  [8, cardPaid],
  [3, cardWithChallenge],
  [9, heldAndTaken],
  [4, savedCardCharged],
  [8, chargedByMandate],
  [1, mandateChanged],
];

/** A story by the dice. */
export function anyStory(dice: Dice): Story {
  const all = STORIES.flatMap(([often, story]) => Array.from({ length: often }, () => story));
  return dice.pick(all);
}

async function phonePaid(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  const presses = dice.happens(0.1) ? 2 : 1;
  await Promise.all(Array.from({ length: presses }, () => onPhone(town, made, "approve")));
  if (dice.happens(0.3) && (await toldPaid(town, made))) await moneyBack(town, dice, made);
}

async function phoneByItself(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made !== null) await attempt(town, dice, made, { method: "mbway", phone: APPROVES_BY_ITSELF });
}

async function phoneDeclined(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  await onPhone(town, made, "decline");
  if (dice.happens(0.5)) return;
  await pause(dice.between(200, 2_000));
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  await onPhone(town, made, "approve");
}

async function phoneForgotten(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  const phone = dice.happens(0.3) ? SLOW_PHONE : made.phone;
  await attempt(town, dice, made, { method: "mbway", phone });
}

async function referencePaid(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "multibanco" });
  const shown = await referenceOf(town, dice, made.id);
  if (shown === null) return;
  const presses = dice.happens(0.15) ? 2 : 1;
  await Promise.all(Array.from({ length: presses }, () => payAtAtm(town, made, shown)));
  if (dice.happens(0.2) && (await toldPaid(town, made))) await moneyBack(town, dice, made);
}

async function referenceForgotten(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "multibanco" });
  if (dice.happens(0.5)) await twice(town, dice, `/v1/payments/${made.id}/cancel`, undefined, made.id);
}

async function referenceLeftForPhone(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "multibanco" });
  const shown = await referenceOf(town, dice, made.id);
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  await onPhone(town, made, "approve");
  // the paper with the reference is still there
  if (shown !== null && dice.happens(0.3)) await payAtAtm(town, made, shown);
}

/** The shop cancels while the phone rings, and the customer approves all the same. */
async function canceledAndApproved(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  const cancel = twice(town, dice, `/v1/payments/${made.id}/cancel`, undefined, made.id);
  if (dice.happens(0.5)) await cancel;
  await onPhone(town, made, "approve");
  await cancel;
}

async function canceled(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await twice(town, dice, `/v1/payments/${made.id}/cancel`, undefined, made.id);
}

/** The customer begins anew beside a request that is still on a phone, and says yes to both. */
async function bothAtOnce(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice, town.isOfBefore ? {} : { overlap: "allow" });
  if (made === null) return;
  await attempt(town, dice, made, { method: "mbway", phone: made.phone });
  const other = { ...made, phone: newPhone(town) };
  await attempt(town, dice, made, { method: "mbway", phone: other.phone });
  await Promise.all([onPhone(town, other, "approve"), onPhone(town, made, "approve")]);
}

/** The reference that is shown for a payment, once it is; null: it is not for a while. */
async function referenceOf(town: Town, dice: Dice, id: string): Promise<{ entity: string; reference: string } | null> {
  for (let looks = 0; looks < 6; looks += 1) {
    const payment = await look(town, dice, { id });
    const shown = payment?.body?.attempts?.findLast((one: { multibanco: object | null }) => one.multibanco !== null);
    if (shown !== undefined) return shown.multibanco;
    await pause(500);
  }
  return null;
}
