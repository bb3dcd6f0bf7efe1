import { cents } from "@caravela/sibs/money";
import type { PhoneView } from "@caravela/web/phone";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { phoneStates } from "./phone-states.ts";
import { startGallery } from "./serve.ts";

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  gallery = await startGallery();
  browser = await launchBrowser();
});

beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: "reduce" });
  page = await context.newPage();
  await page.clock.install();
});

afterEach(async () => {
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

it("rings on the phone by itself when a request comes, counts it down, and is quiet when it is gone", async () => {
  let view = { ...phoneStates.quiet, lang: "en" } as PhoneView;
  await page.route("**/phone/waiting?alias=351%23919999999", (route) => route.fulfill({ json: view }));
  await page.goto(`${gallery.url}/phone/quiet/en`);
  await page.getByText("All quiet").waitFor();
  view = { ...phoneStates.asked, lang: "en" } as PhoneView;
  await page.clock.runFor(1_000);
  await page.getByText("€5.50", { exact: true }).waitFor();
  await page.getByText("New request: Loja da Ribeira, €5.50.").waitFor({ state: "attached" });
  await expect.poll(() => page.getByRole("timer").textContent()).toBe("3:17 to answer");
  view = { ...phoneStates.quiet, lang: "en" } as PhoneView;
  await page.clock.runFor(1_000);
  await page.getByText("All quiet").waitFor();
});

it("sends the answer for the very request that was pressed", async () => {
  await page.goto(`${gallery.url}/phone/asked-twice/en`);
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Decline" }).last().click();
  const request = await sent;
  expect(new URL(request.url()).pathname).toBe("/phone/decline");
  expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ""))).toEqual({
    alias: "351#919999999",
    id: "s2second",
  });
});

it("approves an authorised payment with the limit and the end that were set", async () => {
  await page.goto(`${gallery.url}/phone/mandate-asked/en`);
  const limit = page.getByLabel("Limit per month (€)");
  expect(await limit.inputValue()).toBe("100.00");
  expect(await page.getByLabel("Valid until").inputValue()).toBe("2027-11-22");
  await limit.fill("50");
  await page.getByLabel("Valid until").fill("2027-12-31");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Approve" }).click();
  const request = await sent;
  expect(new URL(request.url()).pathname).toBe("/phone/approve");
  expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ""))).toEqual({
    alias: "351#919999999",
    id: phoneStates["mandate-asked"]?.waiting[0]?.id,
    limit: "50",
    validUntil: "2027-12-31",
  });
});

it("says beside the field what cannot be, and keeps what was typed, also while the phone looks what is new", async () => {
  await page.goto(`${gallery.url}/phone/mandate-terms-refused/en`);
  await page.clock.runFor(3_000);
  const limit = page.getByLabel("Limit per month (€)");
  expect(await limit.inputValue()).toBe("0");
  expect(await limit.getAttribute("aria-invalid")).toBe("true");
  const problem = page.locator(`[id="${await limit.getAttribute("aria-describedby")}"]`);
  expect(await problem.textContent()).toBe("The limit has to be above zero.");
  await page.getByText("That day is past. Choose today or later.").waitFor();
});

it("shows in the list what is charged meanwhile, and leaves alone what is being typed", async () => {
  const { mandates = [], ...rest } = phoneStates.mandates ?? {};
  const view = { ...rest, mandates, lang: "en" } as PhoneView;
  await page.route("**/phone/waiting?alias=351%23919999999", (route) => route.fulfill({ json: view }));
  await page.goto(`${gallery.url}/phone/mandates/en`);
  const card = page.getByRole("article", { name: "Loja da Ribeira" });
  await card.getByText("€40.10 of €50.00 left this month").waitFor();
  await card.getByText("Change", { exact: true }).click();
  await card.getByLabel("Limit per month (€)").fill("75");
  view.mandates = mandates.map((mandate) => ({ ...mandate, available: cents(3_020) }));
  await page.clock.runFor(1_000);
  await card.getByText("€30.20 of €50.00 left this month").waitFor();
  expect(await card.getByLabel("Limit per month (€)").inputValue()).toBe("75");
});

it("ends an authorised payment only after asking once more", async () => {
  await page.goto(`${gallery.url}/phone/mandates/en`);
  const card = page.getByRole("article", { name: "Loja da Ribeira" });
  const yes = card.getByRole("button", { name: "Yes, end it" });
  expect(await yes.isVisible()).toBe(false);
  await card.getByText("End it", { exact: true }).click();
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await yes.click();
  const request = await sent;
  expect(new URL(request.url()).pathname).toBe("/phone/mandates/cancel");
  expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ""))).toEqual({
    alias: "351#919999999",
    id: phoneStates.mandates?.mandates[0]?.id,
  });
});

it("types at the ATM with its own keys, from field to field", async () => {
  await page.goto(`${gallery.url}/atm/blank/en`);
  for (const key of "24000066295419550") await page.getByRole("button", { name: key, exact: true }).click();
  await page.getByRole("button", { name: "Correct" }).click();
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Pay" }).click();
  expect(Object.fromEntries(new URLSearchParams((await sent).postData() ?? ""))).toEqual({
    entity: "24000",
    reference: "066295419",
    amount: "55",
  });
});
