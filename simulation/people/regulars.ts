import { cents, eurosText } from "@caravela/sibs/money";
import type { Dice } from "../dice.ts";
import { looksAtPhone, phoneOf } from "./phones.ts";
import { ordered } from "./shops.ts";
import type { Town } from "./town.ts";

const DAY = 86_400;

/** A customer who is asked to let the shop charge them. */
export interface Regular {
  readonly mandate: string;
  readonly phone: string;
  /** In cents: what they set on the phone at first. */
  readonly limit: number;
}

type MandateType = "subscription" | "oneclick";

/** What a customer does in the app with what they agreed to. */
type Press = "suspend" | "reactivate" | "change" | "cancel";

/**
 * Phones that answer by themselves, each in its own way: at once, never, without money, not to be ended by the shop.
 */
const SCENARIO_PHONES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15].map((one) => `9600000${String(one).padStart(2, "0")}`);

/** Asks a customer to agree to be charged. Null: nothing came of it. */
export async function asks(town: Town, dice: Dice, phone: string, type: MandateType): Promise<Regular | null> {
  const asked = phoneOf(town, dice, phone, SCENARIO_PHONES);
  const wanted = {
    phone: asked,
    customer: { id: `c${phone}`, name: "Ana Sousa" },
    type,
    description: "Coffee each month",
    reference: phone,
  };
  const made = await town.ask(dice, "/v1/mandates", wanted);
  // whoever asks again with another key is told which one is on the phone
  const mandate: string | undefined = made?.status === 201 ? made.body.id : made?.body?.mandate;
  if (mandate === undefined) return null;
  town.stage.told(mandate, `asked of ${asked}`);
  return { mandate, phone: asked, limit: dice.between(10, 250) * 100 };
}

/**
 * The customer answers: yes, with a limit and an end of their own, no, nothing, or too late. Where the phone shows
 * nothing yet, they look again, minutes later.
 */
export async function answers(town: Town, dice: Dice, { mandate, phone, limit }: Regular): Promise<void> {
  await looksAtPhone(town, dice, phone, mandate);
  if (dice.happens(0.08)) return;
  const validUntil = dice.happens(0.2) ? { validUntil: dayFrom(town, dice.between(0, 20)) } : {};
  const [what, terms] = dice.happens(0.92)
    ? (["approve", { limit: eurosText(cents(limit)), ...validUntil }] as const)
    : (["decline", {}] as const);
  for (let looks = 0; looks < 4; looks += 1) {
    const { status } = await town.press(phone, what, terms);
    if (status < 400) return;
    await town.pass(dice, 60, 240);
  }
}

/** How an authorised payment stands once its customer has answered, or has had the time to; null: nobody says. */
export async function standsAfterAnswer(town: Town, dice: Dice, { mandate }: Regular): Promise<string | null> {
  for (let looks = 0; looks < 8; looks += 1) {
    await town.pass(dice, 30, 120);
    const read = await town.read(dice, `/v1/mandates/${mandate}`);
    const status: string | undefined = read?.body?.status;
    if (status !== undefined && status !== "pending") return status;
  }
  return null;
}

/** The customer takes the app, and does something with what they agreed to. */
export async function pressesInApp(town: Town, dice: Dice, { mandate, phone }: Regular, what: Press): Promise<void> {
  const path = `/phones/351%23${phone}`;
  const shown = await town.stage.sandbox("GET", path);
  const mandates: readonly { readonly id: string }[] = shown.body?.mandates ?? [];
  if (mandates.length === 0) return;
  const { id } = dice.pick(mandates);
  const limit = { limit: eurosText(cents(dice.between(1, 250) * 100)) };
  const end = dice.happens(0.3) ? { validUntil: dayFrom(town, dice.between(1, 90)) } : {};
  const pressed = await town.stage.sandbox(
    "POST",
    `${path}/mandates/${id}/${what}`,
    what === "change" ? { ...limit, ...end } : {},
  );
  town.stage.told(mandate, `${what} in the app: ${pressed.status}`);
}

/** The shop ends it, now and then two people at once. */
export async function endsInShop(town: Town, dice: Dice, { mandate }: Regular): Promise<void> {
  const times = town.stage.weather.is("operators_at_once", mandate) ? 2 : 1;
  const asked = Array.from({ length: times }, () => town.ask(dice.more(), `/v1/mandates/${mandate}/cancel`));
  await Promise.all(asked);
}

/** Somebody who is charged with one click: now and then above the limit, now and then while they end it. */
export async function oneClick(town: Town, dice: Dice, phone: string): Promise<void> {
  const regular = await asks(town, dice, phone, "oneclick");
  if (regular === null) return;
  if (dice.happens(0.05)) return endsInShop(town, dice, regular);
  await answers(town, dice, regular);
  const status = await standsAfterAnswer(town, dice, regular);
  if (status === null) return;
  for (let left = dice.between(1, 4); left > 0; left -= 1) await buys(town, dice, phone, regular);
  if (dice.happens(0.5)) return;
  await town.pass(dice, 60, 3_600);
  if (dice.happens(0.5)) await endsInShop(town, dice, regular);
  else await pressesInApp(town, dice, regular, "cancel");
}

async function buys(town: Town, dice: Dice, phone: string, regular: Regular): Promise<void> {
  await town.pass(dice, 10, 6 * 3_600);
  const order = await ordered(town, dice, phone);
  if (order === null) return;
  const charging = town.ask(dice.more(), `/v1/payments/${order.id}/attempts`, {
    method: "mandate",
    mandate: regular.mandate,
  });
  const meanwhile = town.stage.weather.is("consent_ended_meanwhile", order.id);
  const ending = meanwhile ? endsMeanwhile(town, dice.more(), regular) : Promise.resolve();
  await Promise.all([charging, ending]);
  // above the limit the phone is asked, as for any purchase
  await town.pass(dice, 5, 200);
  if (dice.happens(0.8)) await town.press(regular.phone, dice.happens(0.85) ? "approve" : "decline");
}

/** While a charge is under way: ended by the shop or in the app, or paused and taken up again. */
async function endsMeanwhile(town: Town, dice: Dice, regular: Regular): Promise<void> {
  await town.stage.time.pass(dice.between(0, dice.happens(0.5) ? 300 : 3_000));
  if (dice.happens(0.4)) return endsInShop(town, dice, regular);
  await pressesInApp(town, dice, regular, dice.pick(["suspend", "cancel", "change"]));
  await town.pass(dice, 60, 7_200);
  await pressesInApp(town, dice, regular, "reactivate");
}

/** A day in Lisbon, so many from now. */
export function dayFrom(town: Town, days: number): string {
  const at = new Date(town.stage.time.now + days * DAY * 1_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(at);
}
