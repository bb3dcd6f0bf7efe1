import {
  agree,
  approve,
  askMandate,
  askPhone,
  askReference,
  createPayment,
  faults,
  payAtAtm,
  read,
} from "../../tests/support/actions.ts";
import { payByCard } from "../../tests/support/cards.ts";
import { newPhone } from "../../tests/support/mandates.ts";
import { asOperator, giveKey, type SignedIn, signedIn } from "../../tests/support/operators.ts";
import { dayOn, makePlan } from "../../tests/support/plans.ts";
import type { Stage } from "../../tests/support/stage.ts";

/** What a shop's fortnight leaves behind, as far as its pictures name it. */
export interface Fortnight {
  readonly people: Readonly<Record<"owner" | "refunder" | "viewer", SignedIn>>;
  /** Payments, by what is to be seen of them. */
  readonly payments: Readonly<Record<"story" | "unpaid" | "held" | "inDoubt" | "waiting", string>>;
  readonly approval: string;
  readonly mandate: string;
  /** The shop's own id of a customer. */
  readonly customer: string;
}

const HOUR = 3_600;

interface Good {
  readonly description: string;
  readonly amount: number;
}

const CUSTOMERS = [
  "Ana Sousa",
  "Tomás Leal",
  "Beatriz Nunes",
  "Rui Carvalho",
  "Inês Moreira",
  "Duarte Pinto",
  "Sofia Almeida",
  "Miguel Rocha",
].map((name, index) => ({
  id: `c-${101 + index}`,
  name,
  email: `${name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z ]/g, "")
    .replace(" ", ".")}@example.pt`,
  billingAddress: { street1: "Rua das Flores 12", city: "Porto", postcode: "4050-262", country: "PT" },
}));
const GOODS: readonly [Good, ...Good[]] = [
  { description: "Lavender soap", amount: 550 },
  { description: "Two mugs", amount: 2_400 },
  { description: "Tinned sardines, a box of six", amount: 1_890 },
  { description: "Linen tablecloth", amount: 6_900 },
  { description: "Olive oil, 75 cl", amount: 1_250 },
  { description: "Cork coasters", amount: 1_120 },
  { description: "Ceramic plate, blue", amount: 3_475 },
];

/** What becomes of one order after the other. */
const ENDS = [paid, atTheAtm, paid, byCard, declined, paid, byCard, unpaid, paid, cardRefused];

/**
 * Plays two weeks of a small shop on a stage: orders that are paid in every way, and not at all, refunds, of which one
 * is in doubt and one waits for a second person, authorised payments with plans, colleagues, and an address for events
 * that does not answer. Ends on the fifteenth day, in the afternoon.
 */
export async function playFortnight(stage: Stage): Promise<Fortnight> {
  const team = {
    owner: await asOperator(stage, "owner", { name: "Marta Figueiredo" }),
    refunder: await asOperator(stage, "refunder", { name: "Rui Leal", refundLimit: 20_000 }),
    viewer: await asOperator(stage, "viewer", { name: "Joana Reis" }),
  };
  await asOperator(stage, "support", { name: "Rita Campos" });
  await asOperator(stage, "accountant", { name: "Nuno Vaz" });
  for (const { id } of Object.values(team)) await giveKey(stage, id);
  await toTheHour(stage, 9);
  const mandate = await subscribe(stage);
  const sold: string[] = [];
  for (let day = 0; day < 15; day++) {
    const orders = day === 14 ? 6 : 3 + ((day * 5) % 4);
    for (let order = 0; order < orders; order++) {
      const end = ENDS[sold.length % ENDS.length] ?? paid;
      sold.push(await end(stage, sold.length));
    }
    await stage.settle();
    if (day % 4 === 1) await stage.api("POST", `/v1/payments/${sold.at(0)}/refunds`, { amount: 100 });
    if (day < 14) await stage.advance(24 * HOUR);
  }

  const story = await tellStory(stage, team);
  const held = await order(stage, 3, { capture: "manual", reference: "2116" });
  await byPhone(stage, held, phoneOf(3));
  const reached = await order(stage, 4, { reference: "2117" });
  await askReference(stage, reached);
  await stage.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:4999/books" });
  const unreturned = await order(stage, 1, { reference: "2118" });
  await askPhone(stage, unreturned, "960000011");
  await stage.advance(30);
  await stage.api("POST", `/v1/payments/${unreturned}/refunds`, { amount: 2_400 });
  await stage.advance(6 * 60);

  // whoever was signed in before is so no more
  const people = {
    owner: await signedIn(stage, team.owner.id),
    refunder: await signedIn(stage, team.refunder.id),
    viewer: await signedIn(stage, team.viewer.id, false),
  };
  const waiting = await order(stage, 3, { reference: "2119", amount: 18_900, description: "Linen for twelve" });
  await byPhone(stage, waiting, phoneOf(3));
  const asked = await people.refunder.api("POST", `/v1/payments/${waiting}/refunds`, {
    amount: 12_500,
    reason: "requested_by_customer",
    note: "Two of the three cloths were sent back.",
  });
  if (asked.status !== 202) throw new Error(`nothing waits: ${JSON.stringify(asked.body)}`);
  const inDoubt = await order(stage, 1, { reference: "2120" });
  await byPhone(stage, inDoubt, phoneOf(1));
  await faults(stage, { refund: { html: 1 }, status: { http: { 404: 1 } } }, { drop: 1 });
  await people.refunder.api("POST", `/v1/payments/${inDoubt}/refunds`, { amount: 1_200, reason: "duplicate" });
  return {
    people,
    payments: { story, unpaid: reached, held, inDoubt, waiting },
    approval: asked.body.id,
    mandate,
    customer: CUSTOMERS[0]?.id ?? "",
  };
}

/** One payment that had trouble: declined on the phone, then paid at an ATM, and refunded in part. */
async function tellStory(stage: Stage, team: Fortnight["people"]): Promise<string> {
  const id = await order(stage, 0, { reference: "2115", amount: 4_790, description: "Two mugs and a plate" });
  await askPhone(stage, id, "960000002");
  await stage.advance(8 * 60);
  const { multibanco } = (await askReference(stage, id)).body;
  await stage.advance(2 * HOUR);
  await payAtAtm(stage, multibanco, "47.90");
  await stage.advance(25 * 60);
  const [owner, refunder] = [await signedIn(stage, team.owner.id), await signedIn(stage, team.refunder.id)];
  await owner.api("POST", `/v1/payments/${id}/notes`, { text: "Telephoned: one mug arrived broken." });
  await refunder.api("POST", `/v1/payments/${id}/refunds`, { amount: 1_200, reason: "requested_by_customer" });
  await stage.settle();
  return id;
}

/** Authorised payments of three customers, each with a plan; gives the first. */
async function subscribe(stage: Stage): Promise<string> {
  const wanted = [
    { description: "Coffee, every fortnight", amount: 1_450, every: { days: 5 } },
    { description: "Tinned fish, every month", amount: 2_200, every: "month" },
    { description: "Bread, every week", amount: 640, every: { days: 7 } },
  ];
  const made: string[] = [];
  for (const [index, { description, ...plan }] of wanted.entries()) {
    const phone = newPhone();
    const { id, name } = CUSTOMERS[index] ?? {};
    const mandate = await askMandate(stage, { phone, customer: { id, name }, description });
    await agree(stage, { limit: "60.00", validUntil: dayOn(stage, 500) }, phone);
    await stage.settle();
    await makePlan(stage, mandate.id, plan);
    made.push(mandate.id);
  }
  return made[0] ?? "";
}

function order(stage: Stage, number: number, changes: object = {}): Promise<string> {
  const { description, amount } = GOODS[number % GOODS.length] ?? GOODS[0];
  const customer = CUSTOMERS[number % CUSTOMERS.length];
  const times = 1 + (number % 3);
  return createPayment(stage, {
    description,
    amount: amount * times,
    reference: String(2_001 + number),
    customer,
    ...changes,
  });
}

const phoneOf = (number: number) => `9123${String(45_000 + (number % 900)).padStart(5, "0")}`;

async function byPhone(stage: Stage, id: string, phone: string): Promise<void> {
  await askPhone(stage, id, phone);
  await approve(stage, phone);
  await stage.settle();
}

async function paid(stage: Stage, number: number): Promise<string> {
  const id = await order(stage, number);
  await byPhone(stage, id, phoneOf(number));
  return id;
}

async function atTheAtm(stage: Stage, number: number): Promise<string> {
  const id = await unpaid(stage, number);
  const { amount, attempts } = await read(stage, id);
  await payAtAtm(stage, attempts[0].multibanco, (amount / 100).toFixed(2));
  return id;
}

async function unpaid(stage: Stage, number: number): Promise<string> {
  const id = await order(stage, number);
  await askReference(stage, id);
  return id;
}

async function byCard(stage: Stage, number: number): Promise<string> {
  const id = await order(stage, number);
  await payByCard(stage, id, "4539731826049589");
  return id;
}

async function declined(stage: Stage, number: number): Promise<string> {
  const id = await order(stage, number);
  await askPhone(stage, id, "960000002");
  return id;
}

async function cardRefused(stage: Stage, number: number): Promise<string> {
  const id = await order(stage, number);
  await payByCard(stage, id, "4000000000000119");
  return id;
}

/** Lets time pass until a clock in Lisbon shows this hour. */
async function toTheHour(stage: Stage, hour: number): Promise<void> {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Lisbon", hour: "numeric", minute: "numeric" });
  const [hours = 0, minutes = 0] = clock.format(stage.now()).split(":").map(Number);
  const minutesLeft = (hour * 60 - (hours * 60 + minutes) + 24 * 60) % (24 * 60);
  await stage.advance(minutesLeft * 60);
}
