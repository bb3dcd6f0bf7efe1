import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  activeMandate,
  agree,
  askMandate,
  createPayment,
  eventTypesOfMandate,
  read,
  readMandate,
} from "../support/actions.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
const complaints: string[] = [];

beforeAll(async () => {
  stage = await setStage();
  browser = await launchBrowser();
});
afterEach(async () => {
  await context.close();
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

/** Opens a page and notes whatever it complains of. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext({ locale: "en", reducedMotion: "reduce", ...options });
  context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  context.on("weberror", (error) => complaints.push(error.error().message));
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => document.documentElement.setAttribute("data-not-reloaded", ""));
  return page;
}

const sees = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();

it("turns to authorised by itself, with the limit that was set on the phone, and goes back to the shop; opened again it stays", async () => {
  const back = `${stage.server.url}/healthz`;
  const asked = await askMandate(stage, { description: "Café do mês", returnUrl: back });
  const page = await open(asked.authorizeUrl);
  await sees(page, "Authorise it in your MB WAY app");
  expect(await page.getByRole("timer").textContent()).toMatch(/[34]:\d\d/);
  await agree(stage, { limit: "30.00", validUntil: "2030-12-31" });
  await sees(page, "Authorised. Thank you!");
  await page.getByText("€30.00 per month").waitFor();
  await page.getByText("31 December 2030").waitFor();
  expect(await page.locator("[data-not-reloaded]").count()).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
  await page.waitForURL(`${back}?mandate=${asked.id}&status=active`);
  await page.goto(asked.authorizeUrl);
  await sees(page, "Authorised. Thank you!");
  expect(await page.getByRole("main").getByText("Going back to the shop").count()).toBe(0);
});

it("stays when asked to", async () => {
  const asked = await askMandate(stage, { description: "Café do mês", returnUrl: `${stage.server.url}/healthz` });
  const page = await open(asked.authorizeUrl);
  await sees(page, "Authorise it in your MB WAY app");
  await agree(stage);
  await page.getByRole("link", { name: "Stay here" }).click();
  await expect.poll(() => page.getByRole("main").getByText("Going back to the shop").count()).toBe(0);
  expect(page.url()).toBe(asked.authorizeUrl);
});

it.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  "ends a mandate after asking, or keeps it: %o",
  async (options) => {
    const mandate = await activeMandate(stage);
    const page = await open(mandate.manageUrl, options);
    await sees(page, "Authorised payment: active");
    await page.getByRole("link", { name: "End this authorised payment" }).click();
    await sees(page, "End this authorised payment?");
    await page.getByRole("link", { name: "No, keep it" }).click();
    await sees(page, "Authorised payment: active");
    expect((await readMandate(stage, mandate.id)).status).toBe("active");
    await page.getByRole("link", { name: "End this authorised payment" }).click();
    await page.getByRole("button", { name: "Yes, end it" }).dblclick();
    await sees(page, "Authorised payment: ended");
    expect(await page.getByRole("button").count()).toBe(0);
    await stage.settle();
    expect(eventTypesOfMandate(stage, mandate.id)).toEqual([
      "mandate.created",
      "mandate.activated",
      "mandate.canceled",
    ]);
  },
);

it("keeps asking whether to end the mandate while news come, and leaves off when it is over already", async () => {
  const asked = await askMandate(stage);
  const page = await open(`${asked.manageUrl}?end`);
  await sees(page, "Withdraw this request?");
  await agree(stage);
  await stage.settle();
  await sees(page, "End this authorised payment?");
  expect(await page.title()).toBe("End this authorised payment? · Loja do Cais");
  await stage.api("POST", `/v1/mandates/${asked.id}/cancel`);
  await sees(page, "Authorised payment: ended");
});

it("tells of a charge by the server's event while the page is open", async () => {
  const customer = { id: "live-2", name: "Ana" };
  const mandate = await activeMandate(stage, { customer });
  const page = await open(mandate.manageUrl);
  await page.getByText("Nothing, so far.").waitFor();
  // whoever looks is never answered: the event alone can tell
  await page.route("**/view", () => undefined);
  const id = await createPayment(stage, { customer, description: "Box of November" });
  await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "mandate", mandate: mandate.id });
  await page.getByText("Box of November").waitFor();
  await page.getByText("Charged", { exact: true }).waitFor();
  expect(await page.locator("[data-not-reloaded]").count()).toBe(1);
});

it("pays by a mandate in one press, without leaving the page", async () => {
  const customer = { id: "live-1", name: "Ana" };
  await activeMandate(stage, { customer, type: "oneclick", description: "Café do mês" });
  const id = await createPayment(stage, { customer: { ...customer, signedIn: true } });
  const page = await open((await read(stage, id)).payUrl);
  await page.getByText("phone ending in 9999").waitFor();
  const press = page.getByRole("button", { name: "Pay €5.50 with one press" });
  expect(await press.getAttribute("aria-describedby")).not.toBeNull();
  await press.dblclick();
  await sees(page, "Paid. Thank you!");
  await page.getByText("by MB WAY authorised payment").waitFor();
  expect(await page.locator("[data-not-reloaded]").count()).toBe(1);
  expect((await read(stage, id)).attempts).toHaveLength(1);
});
