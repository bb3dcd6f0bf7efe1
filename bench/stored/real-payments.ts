import type { House } from "../house.ts";

const DAY_S = 86_400;

/** How many payments of each kind there are among a hundred or so: as in a shop that sells a bit of everything. */
const KINDS: readonly [count: number, live: (shop: Shop) => Promise<void>][] = [
  [24, paidByPhone],
  [4, declinedThenLeft],
  [3, declinedThenPaid],
  [5, notAnswered],
  [10, paidAtAtm],
  [6, referenceLeft],
  [8, paidByCard],
  [2, paidAndCardKept],
  [2, heldAndCaptured],
  [1, heldAndGivenUp],
  [3, refunded],
  [3, canceled],
  [3, neverTried],
  [2, chargedByMandate],
];

/** What a customer and a shop do with payments, each time as another customer: every id and phone is of one of them. */
class Shop {
  readonly #house: House;
  #number = 0;

  constructor(house: House) {
    this.#house = house;
  }

  /** A customer who is new each time. */
  customer() {
    this.#number += 1;
    const number = String(this.#number).padStart(7, "0");
    const billingAddress = { street1: "Rua 123", city: "Lisboa", postcode: "1200-999", country: "PT" };
    const customer = { id: `customer-${number}`, name: "Ana Sousa", email: "ana@example.pt", billingAddress };
    return { phone: `91${number}`, order: `order-${number}`, customer };
  }

  api<T = { id: string }>(method: string, path: string, body?: object): Promise<T> {
    return this.#house.server.json<T>(method, `/v1/${path}`, body, this.#house.headers());
  }

  async create({ order, customer }: ReturnType<Shop["customer"]>, changes: object = {}): Promise<string> {
    const wanted = { amount: 550, currency: "EUR", reference: order, customer, ...changes };
    return (await this.api("POST", "payments", wanted)).id;
  }

  attempt<T = { id: string; transactionId: string }>(payment: string, wanted: object): Promise<T> {
    return this.api<T>("POST", `payments/${payment}/attempts`, wanted);
  }

  sandbox(path: string, body: object = {}): Promise<unknown> {
    return this.#house.gateway.json("POST", `/sandbox/${path}`, body);
  }

  phone(phone: string, press: "approve" | "decline", body: object = {}): Promise<unknown> {
    return this.sandbox(`phones/351%23${phone}/${press}`, body);
  }

  /** Waits until all is done that is due now. */
  settle(): Promise<unknown> {
    return this.sandbox("clock/advance", { seconds: 0 });
  }

  async wait(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) await this.sandbox("clock/advance", { seconds: DAY_S });
  }
}

/** Makes real payments of each kind by the API, and lets them come to their ends; and some references that wait. */
export async function makeRealPayments(house: House, beforeTimeGoesOn: () => Promise<void>): Promise<void> {
  const shop = new Shop(house);
  for (const [count, live] of KINDS) for (let time = 0; time < count; time += 1) await live(shop);
  const plans = [await chargedByPlan(shop), await chargedByPlan(shop)];
  await shop.settle();
  await beforeTimeGoesOn();
  await shop.wait(16);
  for (const plan of plans) await shop.api("POST", `plans/${plan}/cancel`);
  // what was left is over then, and asked about no more
  await shop.wait(6);
}

/** Makes a reference that waits for its customer. */
export async function makeWaiting(house: House): Promise<void> {
  const shop = new Shop(house);
  await referenceLeft(shop);
  await shop.settle();
}

async function paidByPhone(shop: Shop): Promise<void> {
  const customer = shop.customer();
  await askThePhone(shop, customer, await shop.create(customer, { customer: null }), "approve");
}

async function declinedThenLeft(shop: Shop): Promise<void> {
  const customer = shop.customer();
  await askThePhone(shop, customer, await shop.create(customer), "decline");
}

async function declinedThenPaid(shop: Shop): Promise<void> {
  const customer = shop.customer();
  const payment = await shop.create(customer);
  await askThePhone(shop, customer, payment, "decline");
  await shop.settle();
  await askThePhone(shop, customer, payment, "approve");
}

async function askThePhone(
  shop: Shop,
  { phone }: { phone: string },
  payment: string,
  press: "approve" | "decline",
): Promise<void> {
  const { transactionId } = await shop.attempt(payment, { method: "mbway", phone });
  await shop.phone(phone, press, { id: transactionId });
}

async function notAnswered(shop: Shop): Promise<void> {
  const customer = shop.customer();
  await shop.attempt(await shop.create(customer), { method: "mbway", phone: customer.phone });
}

async function askReference(shop: Shop) {
  const payment = await shop.create(shop.customer());
  const wanted = { method: "multibanco" };
  return shop.attempt<{ multibanco: { entity: string; reference: string } }>(payment, wanted);
}

async function paidAtAtm(shop: Shop): Promise<void> {
  const { entity, reference } = (await askReference(shop)).multibanco;
  await shop.sandbox(`references/${entity}/${reference}/pay`, { amount: "5.50" });
}

async function referenceLeft(shop: Shop): Promise<void> {
  await askReference(shop);
}

async function payByCard(shop: Shop, changes: object = {}): Promise<string> {
  const payment = await shop.create(shop.customer(), changes);
  const card = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana Sousa" };
  await shop.attempt(payment, { method: "card", card, browser: { language: "pt-PT", userAgent: "bench" } });
  return payment;
}

async function paidByCard(shop: Shop): Promise<void> {
  await payByCard(shop);
}

async function paidAndCardKept(shop: Shop): Promise<void> {
  await payByCard(shop, { saveCard: true });
}

async function heldAndCaptured(shop: Shop): Promise<void> {
  const payment = await payByCard(shop, { capture: "manual" });
  await shop.settle();
  await shop.api("POST", `payments/${payment}/capture`, { amount: 550 });
}

async function heldAndGivenUp(shop: Shop): Promise<void> {
  const payment = await payByCard(shop, { capture: "manual" });
  await shop.settle();
  await shop.api("POST", `payments/${payment}/cancel`);
}

async function refunded(shop: Shop): Promise<void> {
  const customer = shop.customer();
  const payment = await shop.create(customer);
  await askThePhone(shop, customer, payment, "approve");
  await shop.settle();
  await shop.api("POST", `payments/${payment}/refunds`, { amount: 200 });
}

async function canceled(shop: Shop): Promise<void> {
  await shop.api("POST", `payments/${await shop.create(shop.customer())}/cancel`);
}

async function neverTried(shop: Shop): Promise<void> {
  await shop.create(shop.customer());
}

async function agreedTo(shop: Shop, type: "oneclick" | "subscription") {
  const customer = shop.customer();
  const { phone, order: reference } = customer;
  const consent = { phone, reference, customer: { id: customer.customer.id, name: "Ana Sousa" }, type };
  const { id } = await shop.api("POST", "mandates", { ...consent, description: "Tea" });
  await shop.phone(phone, "approve");
  await shop.settle();
  return { ...customer, mandate: id };
}

async function chargedByMandate(shop: Shop): Promise<void> {
  const customer = await agreedTo(shop, "oneclick");
  for (let time = 0; time < 3; time += 1) {
    await shop.attempt(await shop.create(customer), { method: "mandate", mandate: customer.mandate });
  }
}

/** Gives the plan, which charges three times within sixteen days. */
async function chargedByPlan(shop: Shop): Promise<string> {
  const { mandate } = await agreedTo(shop, "subscription");
  const plan = { amount: 550, currency: "EUR", every: { days: 7 }, description: "Tea" };
  return (await shop.api("POST", `mandates/${mandate}/plans`, plan)).id;
}
