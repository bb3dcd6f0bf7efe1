import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type Journey, setJourney } from "../support/journey.ts";
import { asOperator } from "../support/operators.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await setJourney();
});
afterEach(() => journey.goHome());
afterAll(() => journey.close());

const DESK: BrowserContextOptions = { locale: "en-GB", viewport: { width: 1440, height: 900 } };

/** The browser of a colleague who is signed in, at the dashboard. */
async function colleague(role: string, options: BrowserContextOptions = DESK): Promise<Page> {
  const { stage } = journey;
  const { cookie } = await asOperator(stage, role, { name: "Marta" });
  const [name = "", value = ""] = cookie.split("=");
  const { page } = await journey.customer(options);
  const url = stage.server.url.replace("http:", "https:");
  await page.context().addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Strict" }]);
  await page.goto(`${stage.server.url}/dashboard/payments`);
  await page.getByRole("heading", { level: 1, name: /Payments|Pagamentos/ }).waitFor();
  return page;
}

it("a reference is read out, found by the keyboard alone, seen to be paid as it happens, and refunded in part", async () => {
  const { stage } = journey;
  const id = await createPayment(stage, { reference: "order-atm" });
  const { multibanco } = (await askReference(stage, id)).body;
  const page = await colleague("refunder");
  await page.keyboard.press("/");
  await page.keyboard.type(multibanco.reference.replace(/(\d{3})/g, "$1 "));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "€5.50 Under way" }).waitFor();
  await page.getByText("Waits for the reference to be paid").waitFor();

  await page.evaluate(() => Object.assign(window, { stays: true }));
  await payAtAtm(stage, multibanco);
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: "€5.50 Paid" }).waitFor();
  await page.getByText("Nothing more happens by itself.").waitFor();
  expect(await page.evaluate(() => "stays" in window)).toBe(true);

  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await page.getByLabel("Amount, in euros").fill("1,50");
  await page.getByRole("button", { name: "Refund" }).dblclick();
  await page.getByText("The refund was asked for.").waitFor();
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: "€5.50 Partly refunded" }).waitFor();
  expect((await read(stage, id)).refunds).toMatchObject([{ amount: 150, status: "succeeded" }]);
  expect(journey.complaints).toEqual([]);
});

it("a list says how many are new and lets no row jump; a pause stops it; keys lead everywhere", async () => {
  const { stage } = journey;
  await createPayment(stage, { reference: "order-before" });
  const page = await colleague("viewer");
  const rows = () => page.locator("tbody tr td:first-child").allInnerTexts();
  await page.getByText("order-before").waitFor();
  const before = await rows();
  await createPayment(stage, { reference: "order-new" });
  const fresh = page.getByRole("button", { name: "1 new" });
  await fresh.waitFor();
  expect(await rows()).toEqual(before);
  await fresh.click();
  await page.getByText("order-new").waitFor();
  expect(await rows()).toEqual(["order-new", ...before]);

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused").waitFor();
  await createPayment(stage, { reference: "order-unseen" });
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "1 new" }).waitFor();

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByText("Go to Payments").waitFor();
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "order-new" }).click();
  await page.getByRole("heading", { level: 1, name: "€5.50 Not paid yet" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.getByText("order-unseen").waitFor();
  expect(journey.complaints).toEqual([]);
});

it("all of it works on a phone without script", async () => {
  const { stage } = journey;
  const id = await createPayment(stage, { reference: "order-phone" });
  const page = await colleague("support", { viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Pagamentos" }).click();
  await page.getByRole("link", { name: "order-phone" }).click();
  await page.getByRole("link", { name: "Cancelar o pagamento" }).click();
  await page.getByRole("button", { name: "Cancelar o pagamento" }).click();
  await page.getByText("Pagamento cancelado.").waitFor();
  expect((await read(stage, id)).status).toBe("canceled");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("Nothing. Should money still come, it goes back to the customer by itself.").waitFor();
  expect(journey.complaints).toEqual([]);
});
