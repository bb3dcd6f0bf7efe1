import type { PayScreen, PayView } from "@caravela/web/pay";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { choose, openWay, paid, payPages, view, waiting } from "./pay-page.ts";
import { payStates } from "./pay-states.ts";

const pages = payPages();
const { open } = pages;

const stranger = payStates["card-stranger"]?.card ?? null;
const byCard = { methods: ["card", "mbway", "multibanco"], card: stranger } satisfies Partial<PayView>;
const PHONE = { width: 360, height: 740 };

const opened = (page: Page) => page.locator("details.way[open] > summary h2").allTextContents();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("name"));
const declined = (reason: "card_wrong_code" | "card_expired" | "unknown_phone"): PayScreen => ({
  kind: "declined",
  reason,
  phone: null,
});

/** Types a card and its owner, each into its own field. */
async function typeCard(page: Page, typed: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(typed))
    await page.locator(`form[action$="/card"] [name=${name}]`).fill(text);
}

const CARD = { number: "4111 1111 1111 1111", expiry: "12/30", code: "123", name: "Ana Sousa" };
const ADDRESS = { street1: "Rua do Ouro 1", postcode: "1100-060", city: "Lisboa" };

it("has one way open and one button, each way at the top with its first field ready to be typed in", async () => {
  const page = await open(view(1, choose, byCard), { viewport: PHONE });
  const buttons = () => page.getByRole("main").getByRole("button").allTextContents();
  expect([await opened(page), await buttons()]).toEqual([["Card"], ["Pay €5.50 by card"]]);
  await openWay(page, "MB WAY");
  expect([await opened(page), await buttons()]).toEqual([["MB WAY"], ["Pay €5.50 with MB WAY"]]);
  expect(await focused(page)).toBe("phone");
  // a second press leaves it open: one always is
  await openWay(page, "MB WAY");
  expect(await opened(page)).toEqual(["MB WAY"]);
  await openWay(page, "Card");
  expect(await focused(page)).toBe("number");
  const top = await page.locator("[data-way=card]").evaluate((way) => way.getBoundingClientRect().top);
  expect(Math.round(top)).toBeLessThanOrEqual(8);
});

it("shows a card's whole number on a phone, keeps the button in sight, and nothing that takes the focus behind it", async () => {
  const page = await open(view(1, choose, byCard), { viewport: PHONE });
  await typeCard(page, CARD);
  const isWhole = (field: HTMLElement) => field.scrollWidth <= field.clientWidth;
  expect(await page.locator("[name=number]").evaluate(isWhole)).toBe(true);
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press("Tab");
    const [bar, field] = await page.evaluate(() => [
      document.querySelector("details[open] .bar")?.getBoundingClientRect().top ?? 0,
      document.activeElement?.closest(".bar") ? 0 : (document.activeElement?.getBoundingClientRect().bottom ?? 0),
    ]);
    expect(bar).toBeGreaterThan(600);
    expect(field).toBeLessThanOrEqual(bar ?? 0);
  }
});

it("opens its ways without script, one at a time, and folds no address", async () => {
  const page = await open(view(1, choose, byCard), { javaScriptEnabled: false });
  await openWay(page, "Multibanco");
  expect(await opened(page)).toEqual(["Multibanco"]);
  await openWay(page, "Card");
  expect(await opened(page)).toEqual(["Card"]);
  await typeCard(page, { ...CARD, ...ADDRESS });
});

it("asks for the address once all else is typed, and goes to it where it is missing", async () => {
  const page = await open(view(1, choose, byCard));
  const street = page.locator("[name=street1]");
  expect(await street.isVisible()).toBe(false);
  await page.getByRole("button", { name: "Pay €5.50 by card" }).click();
  expect([await focused(page), await street.isVisible()]).toEqual(["number", true]);
  await page.reload();
  await typeCard(page, { ...CARD, email: "ana@example.pt" });
  await street.waitFor();
  expect(await focused(page)).toBe("email");
  await page.locator("details.fold > summary").click();
  await page.getByRole("button", { name: "Pay €5.50 by card" }).click();
  await page.getByRole("main").getByText("Street and number are missing.").waitFor();
  expect(await focused(page)).toBe("street1");
  expect(pages.server.sent).toEqual([]);
  // folded by hand with something missing in it, and something else wrong before it: both are shown
  await page.locator("[name=number]").fill("4111");
  await page.locator("details.fold > summary").click();
  await page.getByRole("button", { name: "Pay €5.50 by card" }).click();
  expect([await focused(page), await street.isVisible()]).toEqual(["number", true]);
});

it.each([
  ["es-ES", "ES"],
  ["pt-BR", "BR"],
  ["pt", "PT"],
])("begins the address with the country of a browser in %s", async (locale, country) => {
  const page = await open(view(1, choose, byCard), { locale });
  await expect.poll(() => page.locator("[name=country]").inputValue()).toBe(country);
});

it.each([
  ["card_wrong_code", "code", "123"],
  ["card_expired", "expiry", "12/30"],
] as const)("keeps what was typed after %s, and goes to the field at fault", async (reason, name, typed) => {
  const page = await open(view(1, choose, { ...byCard, methods: ["mbway", "card"] }));
  await openWay(page, "Card");
  await typeCard(page, { ...CARD, email: "ana@example.pt", ...ADDRESS });
  const after = { ...byCard, methods: ["mbway", "card"], tried: "card" } satisfies Partial<PayView>;
  for (const version of [2, 3]) {
    pages.server.answers.push({ status: 200, view: view(version, declined(reason), after) });
    await page.getByRole("button", { name: "Pay €5.50 by card" }).click();
    await expect.poll(() => focused(page)).toBe(name);
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(typed);
    expect(await opened(page)).toEqual(["Card"]);
    const at = page.locator(`form[action$="/card"] [name=${name}]`);
    expect(await at.getAttribute("aria-invalid")).toBe("true");
    const read = Object.keys({ ...CARD, ...ADDRESS }).map((field) => page.locator(`[name=${field}]`).inputValue());
    expect(await Promise.all(read)).toEqual(Object.values({ ...CARD, ...ADDRESS }));
  }
  expect(pages.server.sent.map(({ fields }) => [fields.request, fields.number])).toEqual([
    ["attempt-1", CARD.number],
    ["attempt-2", CARD.number],
  ]);
});

it("keeps a card in the page's memory alone, and no longer than until it is paid", async () => {
  const page = await open(view(1, choose, byCard));
  await typeCard(page, { ...CARD, email: "ana@example.pt", ...ADDRESS });
  pages.server.answers.push({ status: 200, view: view(2, paid) });
  await page.getByRole("button", { name: "Pay €5.50 by card" }).click();
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
  const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]);
  expect(await page.evaluate(stored)).not.toMatch(/4111|Ana/);
  await pages.lookAgain(page, view(3, choose, byCard));
  await page.getByRole("heading", { name: "How would you like to pay?" }).waitFor();
  expect(await page.locator("[name=number]").inputValue()).toBe("");
});

it("keeps a phone that has no MB WAY to be mended, and one that was refused to be asked again in one press", async () => {
  const page = await open(view(1, choose));
  await page.getByLabel("Mobile number").fill("919 999 998");
  pages.server.answers.push({ status: 200, view: view(2, declined("unknown_phone"), { tried: "mbway" }) });
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await page.getByText("This number has no MB WAY. Check it, or type another.").waitFor();
  await expect.poll(() => focused(page)).toBe("phone");
  expect(await page.getByLabel("Mobile number").inputValue()).toBe("919 999 998");
  await page.keyboard.type("919 999 999");
  expect(await page.getByLabel("Mobile number").inputValue()).toBe("919 999 999");
  const refused: PayScreen = { kind: "declined", reason: "refused", phone: waiting.phone };
  pages.server.answers.push({ status: 200, view: view(3, refused, { tried: "mbway" }) });
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The request was declined in the app" }).waitFor();
  pages.server.answers.push({ status: 200, view: view(4, waiting) });
  await page.getByRole("button", { name: "Send a new request" }).click();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(pages.server.sent.map(({ to, fields }) => [to, fields.phone])).toEqual([
    ["mbway", "919 999 998"],
    ["mbway", "919 999 999"],
    ["mbway", "919 999 999"],
  ]);
});

it("opens another way for whoever turned away from the one they tried", async () => {
  const page = await open(view(2, choose, { ...byCard, tried: "card" }));
  expect(await opened(page)).toEqual(["MB WAY"]);
});

it("shows what is bought, and folds more than a handful", async () => {
  const line = (name: string) => ({ name, quantity: 2, amount: name === "Plate" ? -125 : 125 });
  const page = await open(view(1, choose, { items: ["Mug", "Plate"].map(line) }), { javaScriptEnabled: false });
  const lines = page.getByRole("banner").getByRole("listitem");
  expect(await lines.allInnerTexts()).toEqual(["Mug × 2\n€1.25", "Plate × 2\n−€1.25"]);
  // what turns the writing of a name round turns no number round
  pages.server.view = view(1, choose, { items: [line("\u202eguM")] });
  await page.reload();
  const [row, count] = await Promise.all([lines.boundingBox(), lines.locator(".faint").boundingBox()]);
  expect(count?.x).toBeGreaterThan((row?.x ?? 0) + 20);
  pages.server.view = view(1, choose, { items: ["a", "b", "c", "d", "e"].map(line) });
  await page.reload();
  expect(await lines.count()).toBe(0);
  await page.getByText("5 items").click();
  expect(await lines.count()).toBe(5);
});
