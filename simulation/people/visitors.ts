import type { Dice } from "../dice.ts";
import { CARDS, type Order } from "./customers.ts";
import { BY_THEMSELVES, looksAtPhone, phoneOf } from "./phones.ts";
import type { Town } from "./town.ts";

/** What a payment's page shows, as its script reads it. */
interface Shown {
  /** The attempt that a press means: it goes back with each form. */
  readonly request: string;
  readonly methods: readonly string[];
  readonly wish: object | null;
  // biome-ignore lint/suspicious/noExplicitAny: each screen has members of its own
  readonly screen: { readonly kind: string } & Record<string, any>;
}

type Fields = Readonly<Record<string, string>>;

/** Somebody at the page of a payment. */
interface Visitor {
  readonly town: Town;
  readonly dice: Dice;
  readonly order: Order;
  /** Those that they have had asked, the last of them last. */
  readonly phones: string[];
}

/** Where a way to pay is asked for. */
const ASKING = ["choose", "declined", "not_answered", "failed"];
/** Where something is under way that may be paid still. */
const WAITING = ["mbway_waiting", "mbway_confirming", "unconfirmed", "reference", "card_moment", "card_challenge"];

/**
 * Somebody pays on the payment's own page: by one way after another, and wants another while the first is under way.
 * What no answer came to they look at anew.
 */
export async function onPage(town: Town, dice: Dice, order: Order): Promise<void> {
  const visitor = { town, dice, order, phones: [order.phone] };
  for (let deeds = dice.between(2, 7); deeds > 0; deeds -= 1) {
    const shown = await looks(visitor);
    if (shown === null) return;
    const { kind } = shown.screen;
    if (ASKING.includes(kind)) await begins(visitor, shown);
    else if (WAITING.includes(kind)) await waits(visitor, shown);
    else return;
    if (dice.happens(0.3)) await town.stage.time.pass(dice.between(0, 3_000));
    else await town.pass(dice, 1, dice.happens(0.8) ? 90 : 400);
  }
}

/** What the page shows now; null: nobody answers. */
async function looks({ town, dice, order }: Visitor): Promise<Shown | null> {
  const answer = await town.looksAtPage(dice, order);
  return answer?.status === 200 ? answer.body : null;
}

/** Presses for a way to pay. */
async function begins(visitor: Visitor, shown: Shown): Promise<void> {
  const { dice } = visitor;
  const isAgain = shown.screen.phone != null && dice.happens(0.3);
  if (isAgain) return presses(visitor, shown, "again");
  const way = dice.pick([...shown.methods, "mbway"].filter((one) => one !== "mandate"));
  await presses(visitor, shown, way, formOf(visitor, way));
}

/** The phone rings, a reference is shown, or a bank asks: they do it, leave it, or would rather pay another way. */
async function waits(visitor: Visitor, shown: Shown): Promise<void> {
  const { town, dice, order, phones } = visitor;
  const { kind, action } = shown.screen;
  if (dice.happens(0.4)) return wants(visitor, shown);
  if (kind === "mbway_waiting") {
    const phone = phones.at(-1) ?? order.phone;
    await looksAtPhone(town, dice, phone, order.id);
    if (dice.happens(0.8)) await town.press(phone, dice.happens(0.6) ? "approve" : "decline");
  } else if (kind === "reference" && dice.happens(0.5)) {
    const { entity, reference } = shown.screen;
    await town.payAtAtm(order.id, { entity, reference }, order.amount);
  } else if (action != null) await goesToBank(visitor, shown);
}

/** Wants another way as soon as the first has ended, another still, or nothing any more. */
async function wants(visitor: Visitor, shown: Shown): Promise<void> {
  const { dice } = visitor;
  const what = dice.pick(["mbway", "mbway", "multibanco", "again", "card", "nothing"]);
  if (what === "card") return presses(visitor, shown, "wish", { way: "card" });
  if (what === "nothing") return presses(visitor, shown, "wish", {});
  if (what === "again") return presses(visitor, shown, "again");
  await presses(visitor, shown, what, formOf(visitor, what));
}

/** What the issuer asked the browser for is done, left out, or broken off. */
async function goesToBank(visitor: Visitor, shown: Shown): Promise<void> {
  const { town, dice, order } = visitor;
  const { kind, action } = shown.screen;
  await town.pass(dice, 1, 60);
  if (kind === "card_challenge") {
    const ending = dice.pick(["pass", "pass", "fail", "cancel"]);
    const ended = await town.stage.sandbox("POST", `/challenges/${action.id}/${ending}`);
    town.stage.told(order.id, `the issuer's challenge ends with ${ending}: ${ended.status}`);
  }
  await presses(visitor, shown, "continue", { action: action.id, executed: String(dice.happens(0.9)) });
}

/** A form as it is typed. */
function formOf({ town, dice, order, phones }: Visitor, way: string): Fields {
  if (way === "mbway") {
    const phone = phoneOf(town, dice, order.phone, BY_THEMSELVES);
    phones.push(phone);
    return { phone };
  }
  if (way !== "card") return {};
  return { number: dice.pick(CARDS), expiry: "12/40", code: "123", name: "Ana Sousa", language: "pt-PT" };
}

/** Sends a form of the page: now and then twice, from two tabs. */
async function presses(visitor: Visitor, { request }: Shown, form: string, fields: Fields = {}): Promise<void> {
  const { town, dice, order } = visitor;
  const isTwice = town.stage.weather.is("pressed_twice", order.id);
  const script = dice.happens(0.8) ? { script: "1" } : {};
  const press = () => town.pressesOnPage(dice.more(), order, form, { request, ...script, ...fields });
  await Promise.all(isTwice ? [press(), press()] : [press()]);
}
