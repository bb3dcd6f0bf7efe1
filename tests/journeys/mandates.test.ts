import { afterEach, beforeEach, expect, it } from "vitest";
import { en as authorizeEn } from "../../packages/web/src/authorize/texts.en.ts";
import { pt as authorizePt } from "../../packages/web/src/authorize/texts.pt.ts";
import { pt as managePt } from "../../packages/web/src/mandate/texts.pt.ts";
import { accessibilityFaults, type Customer, type Journey, setJourney } from "../support/journey.ts";

const PHONE = "919999999";
const DAY = 86_400;

let journey: Journey;

/**
 * A stage for each: Ana has authorised nothing yet. It is a forenoon, on a day that every month has: charges are made
 * from nine o'clock on.
 */
beforeEach(async () => {
  journey = await setJourney();
  await goTo(1, 15);
});

afterEach(async () => {
  await journey.close();
  expect(journey.complaints).toEqual([]);
});

/** Moves the clock to ten o'clock (UTC) of a day, some months ahead. */
async function goTo(months: number, day: number): Promise<void> {
  const now = new Date(journey.stage.now());
  const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, day, 10);
  await journey.stage.advance(Math.ceil((then - now.getTime()) / 1000));
}

/** Subscribes at the shop, which leads to the page where it is authorised. */
async function subscribe(customer: Customer): Promise<void> {
  const { page, shopSays } = customer;
  await customer.signIn();
  await page.getByLabel(shopSays.subscription.phone).fill("919 999 999");
  await customer.press(shopSays.subscription.subscribe);
}

/** Approves the request on the phone, with a limit and an end. */
function authorise(customer: Customer, limit: string): Promise<void> {
  return customer.onPhone(PHONE, async (page, says) => {
    await page.getByLabel(says.limit.subscription).fill(limit);
    await page.getByLabel(says.validUntil).fill("2099-12-31");
    await page.getByRole("button", { name: says.approve, exact: true }).click();
    await page.getByText(says.authorised, { exact: true }).waitFor();
  });
}

/** The charges as the subscription's page shows them, newest first. It looks by itself whether there are others. */
function seesCharges({ page }: Customer, charges: readonly string[]): Promise<void> {
  return page.locator(`main[data-charges="${charges.join()}"]`).waitFor();
}

/** The payments of which the shop was told that they are paid, once for each event. */
function paidFor(subscription: string): unknown[] {
  const told = journey.stage.events.filter(({ type }) => type === "payment.paid");
  return told.filter(({ data }) => data.payment.reference === subscription).map(({ data }) => data.payment.id);
}

it("subscribes, is charged month by month without a word, is asked above a lowered limit, and never again after the end", async () => {
  const customer = await journey.customer();
  const { page, shopSays } = customer;
  const { stage } = journey;
  const { subscription: says } = shopSays;
  await subscribe(customer);
  await customer.sees(authorizePt.waiting.title);
  expect(await page.innerText("body")).toMatch(/9,90\s€/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await customer.onPhone(PHONE, async (phone) => expect(await accessibilityFaults(phone)).toEqual([]));
  await authorise(customer, "25.00");
  await customer.sees(authorizePt.active.title);
  await customer.sees(says.sent.title);
  const [number = ""] = /S-\w{4}-\w{4}-\w{4}/.exec(await page.innerText("body")) ?? [];
  await seesCharges(customer, ["paid"]);
  expect(await accessibilityFaults(page)).toEqual([]);

  await goTo(3, 15);
  await seesCharges(customer, ["paid", "paid", "paid", "paid"]);
  expect(paidFor(number)).toHaveLength(4);
  expect(new Set(paidFor(number)).size).toBe(4);

  await customer.onPhone(PHONE, async (phone, phoneSays) => {
    await phone.getByText(phoneSays.change, { exact: true }).click();
    await phone.getByLabel(phoneSays.limit.subscription).fill("5.00");
    await phone.getByRole("button", { name: phoneSays.save, exact: true }).click();
    await phone.getByText(/de 5,00\s€ este mês/).waitFor();
    expect(await accessibilityFaults(phone)).toEqual([]);
  });
  const { body } = await stage.api("GET", `/v1/mandates?reference=${number}`);
  await stage.advance(Math.ceil((Date.parse(body.data[0].plans[0].nextCharge.at) - stage.now()) / 1000));
  await seesCharges(customer, ["unpaid", "paid", "paid", "paid", "paid"]);
  await customer.answerOnPhone(PHONE, "approve");
  await stage.settle();
  await seesCharges(customer, ["paid", "paid", "paid", "paid", "paid"]);
  expect(new Set(paidFor(number)).size).toBe(5);

  await customer.press(says.manage);
  await customer.sees(managePt.screens.active.title);
  expect(await accessibilityFaults(page)).toEqual([]);
  await customer.press(managePt.end.agreed.press);
  await customer.press(managePt.end.agreed.yes);
  await customer.sees(managePt.screens.canceled.title);
  await stage.settle();
  await customer.press(managePt.backToShop);
  await customer.sees(says.canceled.title);
  await stage.advance(92 * DAY);
  await page.reload();
  await seesCharges(customer, ["paid", "paid", "paid", "paid", "paid"]);
  expect(paidFor(number)).toHaveLength(5);
  const { body: charged } = await stage.api("GET", `/v1/payments?reference=${number}&limit=100`);
  expect(charged.data).toHaveLength(5);
}, 120_000);

it("subscribes, and ends at the shop what was begun there, in English and without any script", async () => {
  const customer = await journey.customer({ locale: "en-GB", javaScriptEnabled: false });
  const { page, shopSays } = customer;
  const { subscription: says } = shopSays;
  await subscribe(customer);
  await customer.sees(authorizeEn.waiting.title);
  await authorise(customer, "9.90");
  await journey.stage.settle();
  await customer.sees(authorizeEn.active.title);
  await customer.press(authorizeEn.backToShop);
  await customer.sees(says.sent.title);
  expect(await page.getByText(says.charge.paid, { exact: true }).count()).toBe(1);
  await customer.press(says.end);
  await customer.sees(says.canceled.title);
  await customer.onPhone(PHONE, async (phone, phoneSays) => {
    await phone.getByText(phoneSays.over(1), { exact: true }).click();
    await phone.getByText(phoneSays.status.canceled, { exact: true }).waitFor();
  });
});

it("says that nothing was authorised, on the page and at the shop, when the phone said no", async () => {
  const customer = await journey.customer();
  await subscribe(customer);
  await customer.sees(authorizePt.waiting.title);
  await customer.answerOnPhone(PHONE, "decline");
  await customer.sees(authorizePt.refused.refused.title);
  await customer.press(authorizePt.backToShop);
  await journey.stage.settle();
  await customer.sees(customer.shopSays.subscription.refused.title);
  await seesCharges(customer, []);
});

it("asks for another phone when the one that was typed is none", async () => {
  const customer = await journey.customer();
  const { page, shopSays } = customer;
  const { subscription: says } = shopSays;
  await customer.signIn();
  await page.getByLabel(says.phone).fill("12345");
  await customer.press(says.subscribe);
  await customer.sees(says.otherPhone.title);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel(says.phone).fill("919 999 999");
  await customer.press(says.subscribe);
  await customer.sees(authorizePt.waiting.title);
});
