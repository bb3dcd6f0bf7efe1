import type { Dice } from "../../simulation/dice.ts";
import type { Violation } from "../../tests/books/books.ts";
import { payableOf } from "../../tests/books/money.ts";
import { until } from "../../tests/support/until.ts";
import { readBooks } from "../books/read.ts";
import { heldInParts, keepCard, savedCardCharged } from "./card-stories.ts";
import { attempt, onPhone, order, type Town, toldPaid, twice } from "./people.ts";
import type { Settled } from "./prepare.ts";
import { STRONG } from "./shops.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Payments expire after three days, and what became of their references is asked once more a day later. */
const DAYS = 4;
/** How long it takes until what was never found counts as never sent: ten look-ups over an hour, and some. */
const WELL_OVER_AN_HOUR = 2 * HOUR;

/**
 * Nothing is hurt any more, and time passes until all has come to its end. Gives what could still be paid at an ATM two
 * hours later, though it was over.
 */
export async function comeToRest(settled: Settled, dice: Dice): Promise<readonly Violation[]> {
  const { town, shops, subscriptions } = settled;
  const { ground, till } = town;
  for (const shop of shops) shop.weakness = STRONG;
  await until(() =>
    ground.sandbox("PUT", "/faults", {}).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  await ground.ready();
  for (const { plan } of subscriptions) await till.post(dice, `/v1/plans/${plan}/cancel`, undefined);
  await laterOnes(town, dice);
  await ground.advanceTo(ground.now() + WELL_OVER_AN_HOUR);
  const payable = payableOf(await readBooks(ground.pool, [], ground.now()));
  await giveUpHolds(town, dice);
  for (let day = 0; day < DAYS; day += 1) {
    await ground.advanceTo(ground.now() + DAY);
    await giveUpHolds(town, dice);
  }
  await ground.advanceTo(ground.now() + WELL_OVER_AN_HOUR);
  return payable;
}

/**
 * One of each kind of call that has a transaction of its own at SIBS: beside a later one that is found, what was never
 * found counts as never sent.
 */
async function laterOnes(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made !== null) {
    await attempt(town, dice, made, { method: "mbway", phone: made.phone });
    await onPhone(town, made, "approve");
    await toldPaid(town, made);
    await twice(town, dice, `/v1/payments/${made.id}/refunds`, undefined, made.id);
  }
  await heldInParts(town, dice);
  await keepCard(town, dice);
  await savedCardCharged(town, dice);
}

/** Whatever nobody took of a hold is given up. */
async function giveUpHolds(town: Town, dice: Dice): Promise<void> {
  const { rows } = await town.ground.pool.query<{ id: string }>(
    "select id from caravela.payment where state ->> 'status' = 'authorized'",
  );
  for (const { id } of rows) await twice(town, dice, `/v1/payments/${id}/cancel`, undefined, id);
}
