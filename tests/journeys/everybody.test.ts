import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve } from "../support/actions.ts";
import { accessibilityFaults, type Journey, setJourney } from "../support/journey.ts";

let journey: Journey;

beforeAll(async () => {
  journey = await setJourney();
});

afterEach(async () => {
  await journey.goHome();
  expect(journey.complaints.splice(0)).toEqual([]);
});

afterAll(() => journey.close());

it("leads from the shop to paid and back without any script", async () => {
  const phone = "912000021";
  const customer = await journey.customer({ javaScriptEnabled: false });
  const { says, shopSays, page } = customer;
  await customer.order();
  const order = await customer.orderNumber();
  await customer.payByMbway("12345");
  await page.getByText(says.phone.problems.too_short).waitFor();
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  await page.goto(`${journey.shopUrl}/orders/${order}`);
  await customer.sees(shopSays.unpaid.title);
  await customer.press(shopSays.unpaid.pay);
  await customer.sees(says.waiting.title);
  await customer.answerOnPhone(phone, "approve");
  await journey.stage.settle();
  await customer.press(says.update);
  await customer.sees(says.paid.title);
  await customer.goesBack();
  await customer.sees(shopSays.paid.title);
});

it("speaks English to whoever reads English", async () => {
  const phone = "912000022";
  const customer = await journey.customer({ locale: "en-GB" });
  const { says, shopSays, page } = customer;
  await customer.order();
  await customer.payByMbway("+34 600 000 000");
  await page.getByText(says.phone.problems.foreign).waitFor();
  await customer.payByMbway(phone);
  await customer.sees("Open your MB WAY app");
  await customer.answerOnPhone(phone, "approve");
  await customer.sees("Paid. Thank you!");
  await customer.goesBack();
  await customer.sees(shopSays.paid.title);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});

describe("the shop's pages", () => {
  it.each(["light", "dark"] as const)("have nothing that axe finds against WCAG 2.2 AA, %s", async (colorScheme) => {
    const customer = await journey.customer({ colorScheme });
    const { page, shopSays } = customer;
    await customer.order();
    const payUrl = page.url();
    const order = `${journey.shopUrl}/orders/${await customer.orderNumber()}`;
    await page.goto(journey.shopUrl);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(order);
    await customer.sees(shopSays.unpaid.title);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(payUrl);
    await customer.payByMbway("919999999");
    await customer.sees(customer.says.waiting.title);
    await approve(journey.stage);
    await customer.sees(customer.says.paid.title);
    await customer.goesBack();
    await customer.sees(shopSays.paid.title);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it.each([320, 360, 1200])("fit %d pixels, also with text twice as large", async (width) => {
    const customer = await journey.customer({ viewport: { width, height: 740 } });
    await customer.page.goto(journey.shopUrl);
    for (const fontSize of ["100%", "200%"]) {
      const overflow = await customer.page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      }, fontSize);
      expect(overflow, `text at ${fontSize}`).toBeLessThanOrEqual(0);
    }
  });
});
