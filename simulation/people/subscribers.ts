import type { Dice } from "../dice.ts";
import { answers, asks, dayFrom, endsInShop, pressesInApp, type Regular, standsAfterAnswer } from "./regulars.ts";
import type { Town } from "./town.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Somebody who is charged by a plan, for as long as the run's plans live. */
interface Subscriber extends Regular {
  readonly plans: string[];
}

type Deed = (town: Town, dice: Dice, subscriber: Subscriber) => Promise<void>;

/** A subscription: agreed to, charged by its plans for days or months, changed meanwhile, and ended. */
export async function subscription(town: Town, dice: Dice, phone: string): Promise<void> {
  const regular = await asks(town, dice, phone, "subscription");
  if (regular === null) return;
  const subscriber: Subscriber = { ...regular, plans: [] };
  // a plan need not wait for the customer's answer
  if (dice.happens(0.4)) await plans(town, dice, subscriber);
  await answers(town, dice, regular);
  const status = await standsAfterAnswer(town, dice, regular);
  if (status !== "active") return;
  if (subscriber.plans.length === 0 || dice.happens(0.2)) await plans(town, dice, subscriber);
  town.longLives.push(isCharged(town, dice, subscriber));
}

/** For as long as plans charge. */
async function isCharged(town: Town, dice: Dice, subscriber: Subscriber): Promise<void> {
  const until = town.stage.time.now + town.stage.plansLive * dice.between(50, 100) * 0.01;
  const answering = answersWhatIsAsked(town, dice.more(), subscriber, until);
  const deeds = dice.between(0, 6);
  for (let done = 0; done < deeds; done += 1) {
    await town.stage.time.pass(dice.between(HOUR, ((town.stage.plansLive / 1_000) * 2) / deeds) * 1_000);
    if (town.stage.time.now < until) await dice.pick(DEEDS)(town, dice, subscriber);
  }
  await answering;
  await dice.pick(ENDS)(town, dice, subscriber);
}

/** A plan that charges each month, or every so many days, from today on or later, and perhaps to an end. */
async function plans(town: Town, dice: Dice, subscriber: Subscriber): Promise<void> {
  const { mandate, limit } = subscriber;
  const begins = dice.pick([0, 0, 1, 2, 5]);
  const every = dice.pick(["month", { days: 1 }, { days: 1 }, { days: 2 }, { days: 7 }, { days: 30 }]);
  const made = await town.ask(dice, `/v1/mandates/${mandate}/plans`, {
    amount: dice.between(100, Math.round(limit * dice.pick([0.1, 0.5, 1, 1.05]))),
    currency: "EUR",
    every,
    ...(dice.happens(0.7) && { firstDate: dayFrom(town, begins) }),
    ...(dice.happens(0.3) && { endDate: dayFrom(town, begins + dice.between(0, 30)) }),
    missed: dice.pick(["charge", "latest", "skip"]),
  });
  if (made?.status === 201) subscriber.plans.push(made.body.id);
}

/** MB WAY asks the phone for what is above the limit: the customer looks at it each day around the hour of charges. */
async function answersWhatIsAsked(town: Town, dice: Dice, { phone }: Subscriber, until: number): Promise<void> {
  const { time } = town.stage;
  while (time.now < until) {
    // charges are made at nine in the morning in Lisbon
    const nine = Date.parse(`${dayFrom(town, 0)}T09:00:00Z`);
    await time.pass(
      (nine > time.now ? nine - time.now : nine + DAY * 1_000 - time.now) + dice.between(10, 240) * 1_000,
    );
    if (dice.happens(0.6)) await town.press(phone, dice.happens(0.85) ? "approve" : "decline");
  }
}

const onPlan =
  (what: "skip" | "pause" | "resume" | "cancel"): Deed =>
  async (town, dice, subscriber) => {
    const plan = somePlan(dice, subscriber);
    if (plan === null) return;
    const times = town.stage.weather.is("operators_at_once", plan) ? 2 : 1;
    const asked = Array.from({ length: times }, () => town.ask(dice.more(), `/v1/plans/${plan}/${what}`));
    await Promise.all(asked);
  };

const inApp =
  (what: "suspend" | "reactivate" | "change" | "cancel"): Deed =>
  (town, dice, subscriber) =>
    pressesInApp(town, dice, subscriber, what);

/** Paused, or suspended in the app, for a while. */
const paused: Deed = async (town, dice, subscriber) => {
  const isByShop = dice.happens(0.5);
  await (isByShop ? onPlan("pause") : inApp("suspend"))(town, dice, subscriber);
  await town.pass(dice, HOUR, 4 * DAY);
  await (isByShop ? onPlan("resume") : inApp("reactivate"))(town, dice, subscriber);
};

const changed: Deed = async (town, dice, subscriber) => {
  const plan = somePlan(dice, subscriber);
  const amount = dice.between(100, Math.round(subscriber.limit * 1.05));
  if (plan !== null) await town.ask(dice, `/v1/plans/${plan}/amount`, { amount });
};

/** The customer settles by another way what a charge did not bring, or the shop gives it up. */
const unpaid: Deed = async (town, dice, { plans: own, phone }) => {
  const open = new Set<string>();
  for (const { payment } of town.stage.shop.events) {
    if (payment === null || payment.plan === null || !own.includes(payment.plan)) continue;
    if (payment.status === "open") open.add(payment.id);
    else open.delete(payment.id);
  }
  const [payment] = open;
  if (payment === undefined) return;
  if (dice.happens(0.3)) await town.ask(dice, `/v1/payments/${payment}/cancel`);
  else {
    await town.ask(dice, `/v1/payments/${payment}/attempts`, { method: "mbway", phone });
    await town.pass(dice, 5, 100);
    await town.press(phone, "approve");
  }
};

/** What a charge brought goes back, in full or in part. */
const refunded: Deed = async (town, dice, { plans: own }) => {
  const paid = town.stage.shop.events.flatMap(({ payment }) =>
    payment?.status === "paid" && payment.plan !== null && own.includes(payment.plan) ? [payment.id] : [],
  );
  if (paid.length === 0) return;
  await town.ask(
    dice,
    `/v1/payments/${dice.pick(paid)}/refunds`,
    dice.happens(0.5) ? {} : { amount: dice.between(1, 500) },
  );
};

const DEEDS: readonly Deed[] = [
  onPlan("skip"),
  onPlan("skip"),
  paused,
  paused,
  changed,
  changed,
  unpaid,
  unpaid,
  refunded,
  plans,
  inApp("change"),
  inApp("change"),
  onPlan("cancel"),
];

/** How it ends: by the plan, by the shop, in the app, at the hour of a charge, or not at all. */
const ENDS: readonly Deed[] = [
  onPlan("cancel"),
  onPlan("pause"),
  endsInShop,
  endsInShop,
  inApp("cancel"),
  async (town, dice, subscriber) => {
    const { time } = town.stage;
    const nine = Date.parse(`${dayFrom(town, 1)}T09:00:00Z`);
    await time.pass(nine - time.now + dice.between(-1_000, 4_000));
    await dice.pick([endsInShop, onPlan("cancel"), inApp("cancel"), inApp("suspend")])(town, dice, subscriber);
  },
  async () => undefined,
];

const somePlan = (dice: Dice, { plans: own }: Subscriber) => (own.length === 0 ? null : dice.pick(own));
