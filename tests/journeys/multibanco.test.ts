import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { atmTexts } from "../../packages/web/src/atm/texts.ts";
import { type Journey, setJourney } from "../support/journey.ts";

let journey: Journey;

beforeAll(async () => {
  journey = await setJourney();
});

afterEach(async () => {
  await journey.goHome();
  expect(journey.complaints.splice(0)).toEqual([]);
});

afterAll(() => journey.close());

it("goes on with Multibanco after the phone declined, and the shop's own page turns to paid when the ATM is paid", async () => {
  const phone = "912000011";
  const customer = await journey.customer();
  const { says, shopSays, page } = customer;
  await customer.order();
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  await customer.answerOnPhone(phone, "decline");
  await customer.sees(says.declined.refused.title);
  await customer.openWay("multibanco");
  await customer.press(says.reference.choose);
  await customer.sees(says.reference.title);
  const reference = await customer.readReference();
  const order = await page.context().newPage();
  await order.goto(`${journey.shopUrl}/orders/${await customer.orderNumber()}`);
  await order.getByRole("heading", { name: shopSays.unpaid.title }).waitFor();
  expect(await customer.payAtAtm(reference)).toContain(atmTexts.pt.receipt.thanks);
  await customer.sees(says.paid.title);
  await order.getByRole("heading", { name: shopSays.paid.title }).waitFor();
});

it("withdraws the reference when the customer leaves it for MB WAY", async () => {
  const phone = "912000012";
  const customer = await journey.customer();
  const { says, shopSays } = customer;
  await customer.order();
  await customer.openWay("multibanco");
  await customer.press(says.reference.choose);
  await customer.sees(says.reference.title);
  const reference = await customer.readReference();
  await customer.press(says.reference.instead);
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  expect(await customer.payAtAtm(reference)).toContain(atmTexts.pt.refused.canceled);
  await customer.answerOnPhone(phone, "approve");
  await customer.sees(says.paid.title);
  await customer.press(says.backToShop);
  await customer.sees(shopSays.paid.title);
});
