import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ListedScript } from "../../packages/web/scripts.ts";
import { read } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { accessibilityFaults, type Customer, type Journey, setJourney } from "../support/journey.ts";
import { root } from "../support/programs.ts";

let journey: Journey;

beforeAll(async () => {
  journey = await setJourney({ methods: ["card", "mbway", "multibanco"] });
});

afterEach(async () => {
  await journey.goHome();
  expect(journey.complaints.splice(0)).toEqual([]);
});

afterAll(() => journey.close());

/** SIBS's test cards. */
const CHALLENGED = { number: "4176 6600 0000 0100", code: "597" };
const FRICTIONLESS = { number: "4970-4178-0960-9823", code: "914" };
const PLAIN = { number: "4111 1111 1111 1111" };

/** Opens the page of a payment of 5.50 €. */
async function open(customer: Customer, changes: object = {}): Promise<string> {
  const id = await createCardPayment(journey.stage, changes);
  const { payUrl } = await read(journey.stage, id);
  await customer.page.goto(String(payUrl));
  await customer.sees(customer.says.choose.title);
  return id;
}

/** Every title that the page shows from now on, in order. */
async function watchTitles({ page }: Customer): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const titles: string[] = [];
    Object.assign(window, { titles });
    const note = () => {
      const title = document.querySelector("h1")?.textContent ?? "";
      if (titles.at(-1) !== title) titles.push(title);
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { titles: string[] }).titles);
}

describe("a card", () => {
  it("pays at once, and is nowhere on the page afterwards", async () => {
    const customer = await journey.customer();
    await open(customer);
    await customer.payByCard(PLAIN);
    await customer.sees(customer.says.paid.title);
    expect(await customer.page.content()).not.toContain("1111 1111");
  });

  it("that its issuer knows by the browser alone pays with nothing but one moment in between", async () => {
    const customer = await journey.customer();
    await open(customer);
    const titles = await watchTitles(customer);
    await customer.payByCard(FRICTIONLESS);
    await customer.sees(customer.says.paid.title);
    const { choose, moment, paid } = customer.says;
    expect(await titles()).toEqual([choose.title, moment.title, paid.title]);
  });

  it("pays after its owner confirmed in the dialog, which is accessible and leads the focus in", async () => {
    const customer = await journey.customer();
    const { says, page } = customer;
    const id = await open(customer);
    // a press before the page's script is there is a form that is posted, and reloads it
    await page.waitForLoadState();
    await page.evaluate(() => document.documentElement.setAttribute("data-not-reloaded", ""));
    await customer.payByCard(CHALLENGED);
    const dialog = page.getByRole("dialog", { name: says.challenge.dialog });
    await dialog.waitFor();
    expect(await dialog.getByRole("timer").innerText()).toMatch(/[0-5]:\d\d/);
    expect(await page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await customer.press(says.challenge.here);
    await customer.answerBank("123456");
    await customer.sees(says.paid.title);
    expect(await page.locator("[data-not-reloaded]").count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("title");
    expect((await read(journey.stage, id)).attempts).toHaveLength(1);
  });

  it("is given up for another way in the dialog, and MB WAY pays", async () => {
    const phone = "912000031";
    const customer = await journey.customer();
    const { says, page } = customer;
    await open(customer);
    await customer.payByCard(CHALLENGED);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: says.challenge.anotherWay }).click();
    await customer.sees(says.choose.title);
    await customer.payByMbway(phone);
    await customer.sees(says.waiting.title);
    await customer.answerOnPhone(phone, "approve");
    await customer.sees(says.paid.title);
  });

  it("whose owner failed at the bank is declined, and MB WAY pays", async () => {
    const phone = "912000032";
    const customer = await journey.customer();
    const { says } = customer;
    await open(customer);
    await customer.payByCard(CHALLENGED);
    for (const _try of [1, 2, 3]) await customer.answerBank("000000");
    await customer.sees(says.declined.card_not_authenticated.title);
    await customer.payByMbway(phone);
    await customer.sees(says.waiting.title);
    await customer.answerOnPhone(phone, "approve");
    await customer.sees(says.paid.title);
  });

  it("pays by the bank's own page where its frame does not come", async () => {
    const customer = await journey.customer();
    const { says, page } = customer;
    await open(customer);
    await page.route(/\/issuer\//, (route) =>
      route.request().frame().parentFrame() ? route.abort() : route.continue(),
    );
    await customer.payByCard({ number: "4000 0000 0000 0028" });
    await page.getByRole("dialog").getByRole("link", { name: says.challenge.notShown }).click();
    await customer.answerBank("123456");
    await customer.sees(says.paid.title);
    expect(journey.complaints.splice(0).filter((one) => !one.includes("ERR_FAILED"))).toEqual([]);
  });

  it("pays without any script, by the bank's own page", async () => {
    const customer = await journey.customer({ javaScriptEnabled: false });
    const { says } = customer;
    await open(customer);
    await customer.payByCard(CHALLENGED);
    await customer.sees(says.challenge.title);
    await customer.press(says.challenge.atTheBank);
    await customer.answerBank("123456");
    await customer.sees(says.paid.title);
  });

  it("is held where the shop takes the money later, taken in two parts, and given back in part", async () => {
    const customer = await journey.customer({ locale: "en-GB" });
    const id = await open(customer, { capture: "manual" });
    await customer.payByCard(PLAIN);
    await customer.sees("Reserved. Thank you!");
    await journey.stage.api("POST", `/v1/payments/${id}/capture`, { amount: 300 });
    await customer.sees(customer.says.paid.title);
    await journey.stage.api("POST", `/v1/payments/${id}/capture`, {});
    await journey.stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 120 });
    await customer.sees("Partly refunded");
    expect(await read(journey.stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 120 });
  });

  it("is looked at when a field is left, not while it is typed, and nothing goes while something is wrong", async () => {
    const customer = await journey.customer();
    const { says, page } = customer;
    const id = await open(customer);
    const number = page.getByLabel(says.card.number);
    await number.pressSequentially("4111111111111112");
    expect(await number.inputValue()).toBe("4111 1111 1111 1112");
    expect(await page.getByText("Visa", { exact: true }).count()).toBe(1);
    const problem = page.getByRole("main").getByText(says.card.problems.number.luhn);
    expect(await problem.count()).toBe(0);
    await number.blur();
    await problem.waitFor();
    await customer.payByCard({ number: "4111111111111111", expiry: "1/20", code: "12" });
    await page.getByRole("main").getByText(says.card.problems.expiry.expired).waitFor();
    expect(await problem.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("expiry");
    expect((await read(journey.stage, id)).attempts).toEqual([]);
  });
});

describe("a saved card", () => {
  it("is kept when its owner ticks that, and pays with the code alone the next time", async () => {
    const customer = await journey.customer();
    const { says, page } = customer;
    const somebody = { ...ANA, id: "c-saves", signedIn: true };
    await open(customer, { customer: somebody, saveCard: true });
    expect(await page.getByLabel(says.card.keep).isChecked()).toBe(false);
    await page.getByLabel(says.card.keep).check();
    await customer.payByCard(PLAIN);
    await customer.sees(says.paid.title);

    await open(customer, { customer: somebody });
    const form = page.locator("form[action$='/token']");
    expect(await form.innerText()).toContain("12/30");
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByLabel(says.card.code).fill("123");
    await form.getByRole("button").click();
    await customer.sees(says.paid.title);
  });

  it("is not kept by whoever leaves that unticked", async () => {
    const customer = await journey.customer();
    const somebody = { ...ANA, id: "c-does-not", signedIn: true };
    await open(customer, { customer: somebody, saveCard: true });
    await customer.payByCard(PLAIN);
    await customer.sees(customer.says.paid.title);
    expect((await journey.stage.api("GET", "/v1/tokens?customer=c-does-not")).body.data).toEqual([]);
  });

  it("is not shown to whoever was passed the link half an hour later", async () => {
    const somebody = { ...ANA, id: "c-passes-on", signedIn: true };
    const paid = await createCardPayment(journey.stage, { customer: somebody, saveCard: true });
    await payByCard(journey.stage, paid, "4111111111111111");
    const customer = await journey.customer();
    await open(customer, { customer: somebody });
    const saved = customer.page.getByText(customer.says.card.saved);
    expect(await saved.count()).toBe(1);
    await journey.stage.advance(30 * 60);
    await customer.page.reload();
    await customer.sees(customer.says.choose.title);
    expect(await saved.count()).toBe(0);
  });
});

it("loads exactly the scripts of the inventory, byte for byte, and none that anybody else could have put there", async () => {
  const listed = JSON.parse(await readFile(join(root, "packages/web/dist/scripts.json"), "utf8")) as ListedScript[];
  const customer = await journey.customer({ locale: "en-GB" });
  const { page } = customer;
  const loaded: Promise<[string, string]>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const path = new URL(response.url()).pathname;
    loaded.push(response.body().then((body) => [path, createHash("sha256").update(body).digest("hex")]));
  });
  await open(customer);
  await customer.payByCard({ number: "1" });
  await page.getByRole("main").getByText(customer.says.card.problems.number.too_short).waitFor();
  const wanted = listed.filter(({ pages }) => pages.includes("pay-en")).map(({ file, sha256 }) => [file, sha256]);
  expect((await Promise.all(loaded)).sort()).toEqual(wanted.sort());
  expect(await page.locator("script:not([src]):not([type='application/json'])").count()).toBe(0);
  expect(await page.locator("script[src]:not([integrity])").count()).toBe(0);
});
