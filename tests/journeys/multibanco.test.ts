import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { atmTexts } from "../../packages/web/src/atm/texts.ts";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
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

it("pays inside the shop's own page, under a strict policy: a reference, then the phone, and on to the order that is paid", async () => {
  const phone = "912000013";
  const customer = await journey.customer();
  const { says, shopSays, page } = customer;
  await page.goto(journey.shopUrl);
  await customer.press(`${shopSays.payHere}: Sabonete de alfazema`);
  await customer.sees(shopSays.checkout);
  const order = new URL(page.url()).pathname.replace(/\/pay$/, "");
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    for (const name of ["pending", "paid", "canceled"])
      document.body.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail.status]));
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  const frame = page.locator("caravela-pay iframe");
  const inside = frame.contentFrame();
  const height = async () => (await frame.boundingBox())?.height ?? 0;
  const heading = (name: string) => inside.getByRole("heading", { level: 1, name, exact: true });

  await heading(says.choose.title).waitFor();
  await expect.poll(() => frame.getAttribute("title")).toBe(`${says.choose.title} · Loja do Cais`);
  expect(await page.locator("caravela-pay > a").isVisible()).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
  await inside.locator("summary", { hasText: says.methods.multibanco }).click();
  await inside.getByRole("button", { name: says.reference.choose }).click();
  await heading(says.reference.title).waitFor();
  await expect.poll(heard).toEqual([["pending", "pending"]]);
  const content = () => inside.locator("#page").evaluate((element: HTMLElement) => element.offsetHeight);
  await expect.poll(async () => (await height()) - (await content())).toBe(0);
  const before = await height();
  await inside.locator("summary", { hasText: says.reference.instead }).click();
  await expect.poll(height).toBeGreaterThan(before);

  await inside.getByLabel(says.phone.label).fill(phone);
  await inside.locator("form[action$='/mbway']").getByRole("button").click();
  await heading(says.waiting.title).waitFor();
  await customer.answerOnPhone(phone, "approve");
  await customer.sees(shopSays.paid.title);
  expect(new URL(page.url()).pathname).toBe(order);
});

it("shows the shop's own link where the payment may not be shown inside", async () => {
  const customer = await journey.customer();
  const { shopSays, page } = customer;
  await page.goto(journey.shopUrl);
  await customer.press(`${shopSays.payHere}: Sabonete de alfazema`);
  await customer.sees(shopSays.checkout);
  // the same page by another name of this machine, which the shop has not named
  await page.clock.install();
  await page.goto(page.url().replace("127.0.0.1", "localhost"));
  await page.locator("caravela-pay iframe").waitFor();
  await expect
    .poll(async () => {
      await page.clock.runFor(6_000);
      return page.locator("caravela-pay > a").isVisible();
    })
    .toBe(true);
  expect(await page.locator("caravela-pay iframe").isVisible()).toBe(false);
  const refused = journey.complaints.splice(0).join("\n");
  expect(refused).toContain("frame-ancestors");
  expect(refused).toContain("CARAVELA_SHOP_ORIGINS");
});

it("is shown inside a page by the lines of the guide as they stand, under the policy of the guide", async () => {
  const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "payment-page.md"), "utf8");
  const { stage, shopUrl } = journey;
  const id = await createPayment(stage);
  const { payUrl } = await read(stage, id);
  const block = (begins: string) => {
    const [, text = ""] = new RegExp(`^${begins}([\\s\\S]*?)^\`\`\``, "m").exec(guide) ?? [];
    return text
      .replaceAll("https://pay.example.pt/pay/…", payUrl)
      .replaceAll("https://pay.example.pt", stage.server.url);
  };
  const { page } = await journey.customer();
  const policy = block("```\\ndefault-src ").trim();
  await page.route(`${shopUrl}/guide`, (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": `default-src ${policy}` },
      body: `<!doctype html><title>x</title>${block("```html\\n")}<script type="module" src="/guide.js"></script>`,
    }),
  );
  await page.route(`${shopUrl}/guide.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: block("```js\\n") }),
  );
  // what a test answers in the shop's place counts as come from afar, and the server as near
  await page.context().grantPermissions(["local-network-access"]);
  await page.goto(`${shopUrl}/guide`);
  await page.locator("caravela-pay iframe").contentFrame().getByRole("heading", { level: 1 }).waitFor();
  await askPhone(stage, id, "912000014");
  await approve(stage, "912000014");
  await stage.settle();
  await page.waitForURL(`${shopUrl}/thanks?payment=${id}`);
  // the page that thanks is not there
  journey.complaints.splice(0);
});

it("is typed as the guide shows it", () => {
  const root = join(import.meta.dirname, "..", "..");
  const types = readFileSync(join(root, "packages/web/src/drop-in/element.d.ts"), "utf8");
  expect(readFileSync(join(root, "docs/payment-page.md"), "utf8")).toContain(types);
});
