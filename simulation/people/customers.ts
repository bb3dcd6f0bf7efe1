import type { Dice } from "../dice.ts";
import { BY_THEMSELVES, looksAtPhone, phoneOf, SLOW_PHONE } from "./phones.ts";
import type { Answer, Town } from "./town.ts";

/** A payment as its customer knows it. */
export interface Order {
  readonly id: string;
  readonly amount: number;
  readonly phone: string;
  /** Where its page is: the path of its address. */
  readonly page: string;
}

const ANA = {
  name: "Ana Sousa",
  email: "ana@example.pt",
  billingAddress: { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" },
};

/** Cards by what becomes of them: approved, refused, silent, with one or both steps of 3-D Secure. */
export const CARDS = [
  "4539731826049589",
  "5296174830259615",
  "4176660000000100",
  "4970417809609823",
  "4000000000000010",
  "4000000000000028",
  "4000000000000036",
  "4000000000000044",
  "4000000000000119",
  "4000000000000135",
  "4000000000000168",
  "4000000000000176",
  "4000000000000184",
  "4000000000000192",
];

/** Its issuer approves whatever is asked, at once. */
const [APPROVED = ""] = CARDS;

const isPaid = ({ type }: { readonly type: string }) => type === "payment.paid" || type === "payment.authorized";

/** Somebody pays by MB WAY: presses yes, no, nothing, or too late. */
export async function byPhone(town: Town, dice: Dice, order: Order): Promise<void> {
  const phone = phoneOf(town, dice, order.phone, BY_THEMSELVES);
  const attempt = await town.ask(dice, `/v1/payments/${order.id}/attempts`, { method: "mbway", phone });
  if (attempt === null || attempt.status >= 300) return;
  await looksAtPhone(town, dice, phone, order.id);
  if (dice.happens(0.1)) return;
  await town.press(phone, dice.happens(0.85) ? "approve" : "decline");
}

/** Answers the first request so late that a second was sent meanwhile, and says yes to both. */
export async function byTwoPhones(town: Town, dice: Dice, order: Order): Promise<void> {
  const attempts = `/v1/payments/${order.id}/attempts`;
  await town.ask(dice, attempts, { method: "mbway", phone: SLOW_PHONE });
  await town.pass(dice, 241, 298);
  await town.ask(dice, attempts, { method: "mbway", phone: order.phone });
  for (const phone of [SLOW_PHONE, order.phone]) await town.press(phone, "approve");
}

/** Somebody pays by reference: soon, after days, after its end, once or twice. */
export async function byReference(town: Town, dice: Dice, order: Order): Promise<void> {
  const { weather } = town.stage;
  await town.ask(dice, `/v1/payments/${order.id}/attempts`, { method: "multibanco" });
  const late = weather.is("paid_after_the_end", order.id);
  await town.pass(dice, late ? 20_000 : 60, late ? 200_000 : 15_000);
  const shown = await referencesOf(town, dice, order);
  if (shown.length === 0 || dice.happens(0.1)) return;
  const reference = dice.pick(shown);
  await town.payAtAtm(order.id, reference, order.amount + (dice.happens(0.05) ? 1 : 0));
  if (!weather.is("reference_paid_twice", order.id)) return;
  await town.pass(dice, 1, 600);
  await town.payAtAtm(order.id, dice.pick(shown), order.amount);
}

/** Any reference that was ever shown for an order. */
async function referencesOf(
  town: Town,
  dice: Dice,
  { id }: Order,
): Promise<readonly { entity: string; reference: string }[]> {
  const read = await town.read(dice, `/v1/payments/${id}`);
  const attempts: readonly { multibanco: { entity: string; reference: string } | null }[] = read?.body?.attempts ?? [];
  return attempts.flatMap(({ multibanco }) => (multibanco == null ? [] : [multibanco]));
}

/** Somebody pays by card, with whatever its issuer wants of their browser; by a saved one where `by` says so. */
export async function byCard(town: Town, dice: Dice, order: Order, by?: object): Promise<void> {
  const number = dice.happens(0.4) ? APPROVED : dice.pick(CARDS);
  const card = { number, expiry: "12/40", code: "123", name: "Ana Sousa" };
  const browser = { language: "pt-PT", userAgent: "simulated" };
  const wanted = { ...(by ?? { method: "card", card }), browser };
  let attempt = await town.ask(dice, `/v1/payments/${order.id}/attempts`, wanted);
  for (let step = 0; step < 4 && attempt?.body?.status === "action_required"; step += 1) {
    attempt = await goOn(town, dice, order, attempt);
  }
}

async function goOn(town: Town, dice: Dice, { id }: Order, { body }: Answer): Promise<Answer | null> {
  await town.pass(dice, 1, 60);
  if (dice.happens(0.1)) return null;
  const { action } = body;
  if (action.type === "3ds_challenge") {
    const ending = dice.pick(["pass", "pass", "pass", "fail", "cancel", "timeout"]);
    const ended = await town.stage.sandbox("POST", `/challenges/${action.id}/${ending}`);
    town.stage.told(id, `the issuer's challenge ends with ${ending}: ${ended.status}`);
  }
  return town.ask(dice, `/v1/payments/${id}/attempts/${body.id}/continue`, {
    action: action.id,
    executed: dice.happens(0.9),
  });
}

/** What a customer does with an order: a way, or one after another, in whatever order. */
export async function pays(town: Town, dice: Dice, order: Order): Promise<void> {
  const ways: readonly ((town: Town, dice: Dice, order: Order) => Promise<void>)[] = town.stage.weather.is(
    "both_phones_say_yes",
    order.id,
  )
    ? [byTwoPhones]
    : [byPhone, byPhone, byReference, byCard];
  const tries = town.stage.weather.is("changed_mind", order.id) ? dice.between(2, 4) : 1;
  const begun: Promise<void>[] = [];
  for (let one = 0; one < tries; one += 1) {
    const way = dice.pick(ways)(town, dice.more(), order);
    const isBeside = dice.happens(0.5);
    if (isBeside) begun.push(way);
    else await way;
    // while the first is still being prepared, or later
    if (isBeside && dice.happens(0.4)) await town.stage.time.pass(dice.between(0, dice.happens(0.5) ? 60 : 1_500));
    else await town.pass(dice, 1, 300);
  }
  await Promise.all(begun);
}

/** The members of a customer of whom SIBS is told enough for a card. */
export function customerOf(phone: string): object {
  return { ...ANA, id: `c${phone}` };
}

/** Whether the shop is told within so many seconds that it is paid. */
export async function isPaidWithin(town: Town, { id }: Order, seconds: number): Promise<boolean> {
  return (await town.hears(id, isPaid, seconds)) !== null;
}
