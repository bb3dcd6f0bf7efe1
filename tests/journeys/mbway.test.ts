import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
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

/** How many requests wait on a phone. */
async function waitingOn(phone: string): Promise<number> {
  return (await journey.stage.sandbox("GET", `/phones/351%23${phone}`)).body.waiting.length;
}

it("leads from the shop to MB WAY, to the phone, to paid without reloading, and back by itself to an order that is paid", async () => {
  const customer = await journey.customer();
  const { says, page } = customer;
  await customer.order();
  // a press before the page's script is there is a form that is posted, and reloads it
  await page.waitForLoadState();
  await page.evaluate(() => document.documentElement.setAttribute("data-not-reloaded", ""));
  await customer.payByMbway("919 999 999");
  await customer.sees(says.waiting.title);
  await customer.answerOnPhone("919999999", "approve");
  await customer.sees(says.paid.title);
  expect(await page.locator("[data-not-reloaded]").count()).toBe(1);
  await customer.sees(customer.shopSays.paid.title);
  expect(new URL(page.url()).searchParams.get("status")).toBe("paid");
});

it("sends a fresh request in one press when the first was not answered in time", async () => {
  const phone = "912000001";
  const customer = await journey.customer();
  const { says } = customer;
  await customer.order();
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  await journey.stage.advance(241);
  await customer.sees(says.notAnswered.title);
  await customer.press(says.again);
  await customer.sees(says.waiting.title);
  expect(await waitingOn(phone)).toBe(1);
  await customer.answerOnPhone(phone, "approve");
  await customer.sees(says.paid.title);
  await customer.goesBack();
  await customer.sees(customer.shopSays.paid.title);
});

it("shows the truth after a reload, in a second tab and by the back button", async () => {
  const phone = "912000002";
  const customer = await journey.customer();
  const { says, page } = customer;
  await customer.order();
  const payUrl = page.url();
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  await page.reload();
  await customer.sees(says.waiting.title);
  const second = await page.context().newPage();
  await second.goto(payUrl);
  await second.getByRole("heading", { name: says.waiting.title }).waitFor();
  await customer.answerOnPhone(phone, "approve");
  await second.getByRole("heading", { name: says.paid.title }).waitFor();
  await second.close();
  await customer.sees(says.paid.title);
  await customer.goesBack();
  await customer.sees(customer.shopSays.paid.title);
  await page.goBack();
  await customer.sees(says.paid.title);
  expect(await page.getByText(says.stay).count()).toBe(0);
});

it("sends one request to the phone for a double click", async () => {
  const phone = "912000003";
  const customer = await journey.customer();
  const { says, page } = customer;
  await customer.order();
  const order = await customer.orderNumber();
  await page.getByLabel(says.phone.label).fill(phone);
  await customer.mbwayButton().dblclick();
  await customer.sees(says.waiting.title);
  expect(await waitingOn(phone)).toBe(1);
  const { body } = await journey.stage.api("GET", `/v1/payments?reference=${order}`);
  expect(body.data.map((payment: { attempts: unknown[] }) => payment.attempts.length)).toEqual([1]);
});
