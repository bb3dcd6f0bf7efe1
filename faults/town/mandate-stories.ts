import { pause } from "@caravela/platform/timer";
import { cents, eurosText } from "@caravela/sibs/money";
import type { Dice } from "../../simulation/dice.ts";
import { dayOn } from "../../tests/support/plans.ts";
import { attempt, newPhone, order, press, type Regular, type Town, twice } from "./people.ts";

/** How often it is looked whether a mandate has come to be, a second apart. */
const LOOKS = 20;

/** Charges somebody who lets the shop charge them: over the limit, SIBS asks their phone. */
export async function chargedByMandate(town: Town, dice: Dice): Promise<void> {
  const regular = town.regulars.length === 0 ? null : dice.pick(town.regulars);
  const made = await order(town, dice, { methods: ["mbway"], customer: undefined });
  if (made === null || regular === null) return;
  await attempt(town, dice, made, { method: "mandate", mandate: regular.mandate });
  if (dice.happens(0.3)) await town.ground.sandbox("POST", `/phones/351%23${regular.phone}/approve`).catch(() => null);
}

/** The customer changes, suspends or reactivates it on the phone. */
export async function mandateChanged(town: Town, dice: Dice): Promise<void> {
  const regular = town.regulars.length === 0 ? null : dice.pick(town.regulars);
  if (regular === null) return;
  const path = `/phones/351%23${regular.phone}`;
  const shown = await town.ground.sandbox("GET", path).catch(() => null);
  const creation = shown?.body?.mandates?.[0]?.id;
  if (creation === undefined) return;
  const what = dice.pick(["suspend", "reactivate", "reactivate", "change"]);
  const terms = what === "change" ? { limit: eurosText(cents(dice.between(1_000, 900_000))) } : {};
  await town.ground.sandbox("POST", `${path}/mandates/${creation}/${what}`, terms).catch(() => null);
}

/** A customer authorises the shop to charge them. Null: it came to nothing. */
export async function authorise(town: Town, dice: Dice, limit: string): Promise<Regular | null> {
  const phone = newPhone(town);
  const wanted = {
    phone,
    customer: { name: "Ana Sousa" },
    type: "subscription",
    description: "Coffee each month",
  };
  const made = await twice(town, dice, "/v1/mandates", wanted);
  if (made?.status !== 201) return null;
  const mandate: string = made.body.id;
  await press(town, { id: mandate }, `/phones/351%23${phone}/approve`, { limit });
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const shown = await town.till.read(dice, `/v1/mandates/${mandate}`);
    if (shown?.body?.status === "active") {
      const regular = { mandate, phone };
      town.regulars.push(regular);
      return regular;
    }
    await pause(1_000);
  }
  return null;
}

/** A plan that charges each day, and when it does so first, in milliseconds. */
export interface Subscription {
  readonly plan: string;
  readonly firstAt: number;
}

/** Makes a plan that charges each day from tomorrow on, or as soon as it was told of. Null: it came to nothing. */
export async function subscribe(town: Town, dice: Dice, { mandate }: Regular): Promise<Subscription | null> {
  const wanted = {
    amount: dice.between(100, 990),
    currency: "EUR",
    every: { days: 1 },
    firstDate: dayOn({ now: () => town.ground.now() }, 1),
  };
  const made = await twice(town, dice, `/v1/mandates/${mandate}/plans`, wanted, mandate);
  return made?.status === 201 ? { plan: made.body.id, firstAt: Date.parse(made.body.nextCharge.at) } : null;
}
