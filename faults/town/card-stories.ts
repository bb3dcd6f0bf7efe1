import type { Dice } from "../../simulation/dice.ts";
import type { Json } from "../../tests/support/json.ts";
import { moneyBack } from "./money-back.ts";
import { attempt, look, type Order, onPhone, order, type Town, toldPaid, twice } from "./people.ts";

const APPROVED = "4111111111111111";
/** Approved by 3-D Secure, declined, approved with a lost answer, never arrived, in processing for ten seconds. */
const FATES = [
  "4000000000000010",
  "4000000000000119",
  "4000000000000184",
  "4000000000000192",
  "4000000000000200",
] as const;
/** A challenge that passes without a browser. */
const CHALLENGE = "4000000000000101";

/** Pays by a card, which often enough comes to nothing. */
export async function cardPaid(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, byCard(dice.happens(0.5) ? APPROVED : dice.pick(FATES)));
  if (dice.happens(0.2) && (await toldPaid(town, made))) await moneyBack(town, dice, made);
}

/** The issuer wants to see the customer, whose browser comes back once, twice or never. */
export async function cardWithChallenge(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice);
  if (made === null) return;
  await attempt(town, dice, made, byCard(CHALLENGE));
  for (let steps = 0; steps < 3 && dice.happens(0.9); steps += 1) {
    const payment = await look(town, dice, made);
    const waiting = payment?.body?.attempts?.findLast((one: Json) => one.action !== null);
    if (waiting === undefined) return;
    const path = `/v1/payments/${made.id}/attempts/${waiting.id}/continue`;
    await twice(town, dice, path, { action: waiting.action.id, executed: true }, made.id);
  }
}

/** Holds money first, by card or phone; takes it in parts, by two clerks at once, or gives it up. */
export async function heldAndTaken(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice, { capture: "manual" });
  if (made === null) return;
  if (dice.happens(0.5)) await attempt(town, dice, made, byCard(APPROVED));
  else {
    await attempt(town, dice, made, { method: "mbway", phone: made.phone });
    await onPhone(town, made, "approve");
  }
  const part = { amount: Math.ceil(made.amount * 0.6) };
  const call = (what: "capture" | "cancel", body?: object) =>
    twice(town, dice, `/v1/payments/${made.id}/${what}`, body, made.id);
  await dice.pick([
    () => call("capture"),
    () => call("cancel"),
    async () => {
      await call("capture", part);
      await call("capture");
    },
    // together more than all of it
    () => Promise.all([call("capture", part), call("capture", part)]),
    () => Promise.all([call("capture", part), call("cancel", part)]),
    async () => {
      await call("capture", part);
      await call("cancel");
      await moneyBack(town, dice, made);
    },
  ])();
}

/** Holds money by a card, takes a part, and gives up the rest. */
export async function heldInParts(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice, { capture: "manual" });
  if (made === null) return;
  await attempt(town, dice, made, byCard(APPROVED));
  const part = { amount: Math.ceil(made.amount * 0.6) };
  await twice(town, dice, `/v1/payments/${made.id}/capture`, part, made.id);
  await twice(town, dice, `/v1/payments/${made.id}/cancel`, undefined, made.id);
}

/** The shop charges a card that it keeps, without the customer. */
export async function savedCardCharged(town: Town, dice: Dice): Promise<void> {
  if (town.cardHolders.length === 0) return cardPaid(town, dice);
  const { customer, token } = dice.pick(town.cardHolders);
  const changes = { customer: { id: customer, name: "Ana Sousa" }, token, initiator: "merchant", methods: ["card"] };
  const made = await order(town, dice, changes);
  if (made !== null && dice.happens(0.3) && (await toldPaid(town, made))) await moneyBack(town, dice, made);
}

/** Pays by a card that is kept from then on. */
export async function keepCard(town: Town, dice: Dice): Promise<void> {
  const made = await order(town, dice, { saveCard: true, methods: ["card"] });
  if (made === null) return;
  await attempt(town, dice, made, byCard(APPROVED));
  const token = await tokenOf(town, dice, made);
  if (token !== null) town.cardHolders.push({ customer: made.customer, token });
}

async function tokenOf(town: Town, dice: Dice, { customer }: Order): Promise<string | null> {
  const kept = await town.till.read(dice, `/v1/tokens?customer=${customer}`);
  return kept?.body?.data?.[0]?.id ?? null;
}

function byCard(number: string): Json {
  return {
    method: "card",
    card: { number, expiry: "12/30", code: "123", name: "Ana Sousa" },
    browser: { language: "pt-PT", userAgent: "test" },
  };
}
