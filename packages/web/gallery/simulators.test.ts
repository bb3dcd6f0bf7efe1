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
