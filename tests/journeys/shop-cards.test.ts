import { afterEach, beforeEach, expect, it } from "vitest";
import { accessibilityFaults, type Customer, type Journey, setJourney } from "../support/journey.ts";

let journey: Journey;

/** A stage for each: Ana, the shop's one account, has saved no card yet. */
beforeEach(async () => {
  journey = await setJourney({ methods: ["card", "mbway", "multibanco"] });
});

afterEach(async () => {
  await journey.close();
  expect(journey.complaints).toEqual([]);
});

/** Sees that it is paid, here and back at the shop. */
async function seesOrderPaid(customer: Customer, order: string): Promise<void> {
  await customer.sees(customer.says.paid.title);
  await journey.stage.settle();
  await customer.goesBack();
  await customer.sees(customer.shopSays.paid.title);
  expect(await customer.orderNumber()).toBe(order);
}

it("keeps the card of whoever is signed in and ticks that, and the next order is paid by its code alone", async () => {
  const customer = await journey.customer();
  const { says, page } = customer;
  await customer.signIn();
  expect(await accessibilityFaults(page)).toEqual([]);

  await customer.order();
  const first = await customer.orderNumber();
  const saved = page.locator("form[action$='/token']");
  expect(await saved.count()).toBe(0);
  await page.getByLabel(says.card.keep).check();
  await customer.payByCard({ number: "4111 1111 1111 1111" });
  await seesOrderPaid(customer, first);

  await customer.order();
  const second = await customer.orderNumber();
  await saved.getByLabel(says.card.code).fill("123");
  await saved.getByRole("button").click();
  await seesOrderPaid(customer, second);
  expect(second).not.toBe(first);
});

it("shows no saved card, and keeps none, once its owner has signed out", async () => {
  const customer = await journey.customer({ locale: "en-GB" });
  const { says, shopSays, page } = customer;
  await customer.signIn();
  await customer.order();
  await page.getByLabel(says.card.keep).check();
  await customer.payByCard({ number: "4111 1111 1111 1111" });
  await customer.sees(says.paid.title);

  await customer.order();
  const saved = page.getByText(says.card.saved);
  expect(await saved.count()).toBe(1);
  await page.goto(journey.shopUrl);
  await customer.press(shopSays.signOut);
  await page.getByRole("button", { name: shopSays.signIn, exact: true }).waitFor();
  await customer.order();
  expect(await saved.count()).toBe(0);
  expect(await page.getByLabel(says.card.keep).count()).toBe(0);
});

it("takes a card that its owner confirms at the bank's own page, without any script", async () => {
  const customer = await journey.customer({ javaScriptEnabled: false });
  const { says } = customer;
  await customer.signIn();
  await customer.order();
  const order = await customer.orderNumber();
  await customer.payByCard({ number: "4176 6600 0000 0100", code: "597" });
  await customer.sees(says.challenge.title);
  await customer.press(says.challenge.atTheBank);
  await customer.answerBank("123456");
  await seesOrderPaid(customer, order);
});
