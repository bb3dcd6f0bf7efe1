import type { ServerSettings } from "@caravela/server";
import { cents } from "@caravela/sibs/money";
import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from "playwright-core";
import { expect } from "vitest";
import { startShop } from "../../examples/shop/src/main.ts";
import { TEXTS } from "../../examples/shop/src/texts.ts";
import { atmTexts } from "../../packages/web/src/atm/texts.ts";
import { euros } from "../../packages/web/src/parts/euros.ts";
import { en } from "../../packages/web/src/pay/texts.en.ts";
import { pt } from "../../packages/web/src/pay/texts.pt.ts";
import { type PhoneTexts, phoneTexts } from "../../packages/web/src/phone/texts.ts";
import { launchBrowser } from "./browser.ts";
import { freePort } from "./shop.ts";
import { API_KEY, type Stage, setStage } from "./stage.ts";

/** A stage with the example shop on it, and a browser for whoever comes along. */
export interface Journey {
  readonly stage: Stage;
  readonly shopUrl: string;
  /**
   * What no page may do: log an error, break its Content-Security-Policy, throw, or ask anybody but us for anything.
   */
  readonly complaints: string[];
  /** Somebody with a browser of their own; Portuguese, on a phone's screen, unless told otherwise. */
  customer(options?: BrowserContextOptions): Promise<Customer>;
  /** Sends the customers home. */
  goHome(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sets the stage and opens the shop. @param changes what the server is set to otherwise; `cardsInside`: whether cards
 * are taken inside the shop's page too.
 */
export async function setJourney({
  cardsInside = false,
  ...changes
}: Partial<ServerSettings> & { cardsInside?: boolean } = {}): Promise<Journey> {
  const port = await freePort();
  const embedding = { origins: [`http://127.0.0.1:${port}`], cards: cardsInside };
  const stage = await setStage({ embedding, ...changes });
  const shop = await startShop({
    host: "127.0.0.1",
    port,
    serverUrl: stage.server.url,
    apiKey: API_KEY,
    log: () => undefined,
  });
  const browser = await launchBrowser();
  const ours = [shop.url, stage.server.url, stage.gateway.url];
  const complaints: string[] = [];
  const goHome = async () => void (await Promise.all(browser.contexts().map((context) => context.close())));
  return {
    stage,
    shopUrl: shop.url,
    complaints,
    goHome,
    customer: async (options = {}) => {
      const lang = options.locale?.startsWith("en") ? "en" : "pt";
      const context = await openContext(browser, options);
      watch(context, ours, complaints);
      return new Customer(await context.newPage(), lang, { shop: shop.url, gateway: stage.gateway.url });
    },
    close: async () => {
      await browser.close();
      await shop.close();
      await stage.close();
    },
  };
}

function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({
    locale: "pt-PT",
    viewport: { width: 390, height: 780 },
    reducedMotion: "reduce",
    ...options,
  });
}

/** How a browser logs that a form was answered with what is wrong in it, as it should be. */
const REFUSED_FORM = /status of 422/;

/** How a browser logs that the issuer's page, in its frame, would have liked the focus. */
const FOCUS_KEPT = /^Blocked autofocusing/;

function watch(context: BrowserContext, ours: readonly string[], complaints: string[]): void {
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || REFUSED_FORM.test(text) || FOCUS_KEPT.test(text)) return;
    complaints.push(`console: ${text}`);
  });
  context.on("weberror", (error) => complaints.push(`thrown: ${error.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && !ours.includes(origin)) complaints.push(`asked a stranger: ${request.url()}`);
  });
}

/** What is typed of a card. */
export interface TypedCard {
  number: string;
  expiry?: string;
  code?: string;
  name?: string;
}

/** Somebody who orders and pays. Everything is found as people find it: by what is written on it. */
export class Customer {
  readonly page: Page;
  readonly #lang: "pt" | "en";
  readonly #at: { shop: string; gateway: string };

  constructor(page: Page, lang: "pt" | "en", at: { shop: string; gateway: string }) {
    this.page = page;
    this.#lang = lang;
    this.#at = at;
  }

  /** What the payment page says. */
  get says() {
    return this.#lang === "pt" ? pt : en;
  }

  /** What the shop says. */
  get shopSays() {
    return TEXTS[this.#lang];
  }

  /** Signs in at the shop, as its one account. */
  async signIn(): Promise<void> {
    await this.page.goto(this.#at.shop);
    await this.press(this.shopSays.signIn);
    await this.page.getByText(this.shopSays.signedInAs("Ana Sousa"), { exact: true }).waitFor();
  }

  /** Orders a soap, for 5.50 €, which leads to the payment page. */
  async order(): Promise<void> {
    await this.page.goto(this.#at.shop);
    await this.press(`${this.shopSays.order}: ${this.#lang === "pt" ? "Sabonete de alfazema" : "Lavender soap"}`);
    await this.sees(this.says.choose.title);
  }

  /** The number of the order, as the page shows it. */
  async orderNumber(): Promise<string> {
    const [number] = /\b\w{4}-\w{4}-\w{4}\b/.exec(await this.page.innerText("body")) ?? [];
    if (number === undefined) throw new Error("the page names no order");
    return number;
  }

  /** Waits until the page has this title. */
  async sees(title: string): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  }

  /** Opens a way to pay where it is folded, by the address of its form. */
  async openWay(to: "mbway" | "multibanco" | "card"): Promise<void> {
    const way = this.page.locator(`details.way:has(form[action$="/${to}"])`);
    if ((await way.getAttribute("open")) === null) await way.locator("summary.way-line").click();
  }

  /** Presses the button, the link or the summary with these words. */
  async press(words: string): Promise<void> {
    await this.page
      .getByRole("button", { name: words, exact: true })
      .or(this.page.getByRole("link", { name: words, exact: true }))
      .or(this.page.locator("summary", { hasText: words }))
      .click();
  }

  /** Goes back to the shop from a page that says it is paid: by its button, or by itself where the page was quicker. */
  async goesBack(): Promise<void> {
    await Promise.any([this.press(this.says.backToShop), this.page.waitForURL(`${this.#at.shop}/**`)]);
  }

  /** Types the number and asks for the request. */
  async payByMbway(phone: string): Promise<void> {
    const field = this.page.getByLabel(this.says.phone.label);
    if (!(await field.isVisible())) await this.openWay("mbway");
    await field.fill(phone);
    await this.mbwayButton().click();
  }

  /** Types a card, as far as it is asked, and presses pay. */
  async payByCard({ number, expiry = "12/30", code = "123", name = "Ana Sousa" }: TypedCard): Promise<void> {
    const says = this.says.card;
    const form = this.page.locator("form[action$='/card']");
    if (!(await form.isVisible())) await this.openWay("card");
    await form.getByLabel(says.number).fill(number);
    await form.getByLabel(says.expiry).fill(expiry);
    await form.getByLabel(says.code).fill(code);
    await form.getByLabel(says.name).fill(name);
    await form.getByRole("button").click();
  }

  /** The issuer's page, wherever it stands: in the dialog's frame, or as a page of its own. */
  async answerBank(password: string): Promise<void> {
    const bank = await this.#bank();
    await bank.locator("#password").fill(password);
    await bank.locator("button[value=confirm]").click();
  }

  async #bank(): Promise<Frame> {
    const isBank = (frame: Frame) => frame.url().startsWith(`${this.#at.gateway}/issuer/challenge`);
    await expect.poll(() => this.page.frames().some(isBank)).toBe(true);
    const bank = this.page.frames().find(isBank);
    if (bank === undefined) throw new Error("the issuer's page is gone");
    return bank;
  }

  mbwayButton() {
    return this.page.getByRole("button", { name: this.says.phone.pay(euros(cents(550), this.#lang)), exact: true });
  }

  /** Entity, reference and amount as the page shows them. */
  async readReference() {
    const read = async (name: string) => {
      const line = this.page.locator("dl > div", { hasText: name });
      return (await line.locator(".figures").innerText()).trim();
    };
    const { entity, reference, amount } = this.says.reference;
    return { entity: await read(entity), reference: await read(reference), amount: await read(amount) };
  }

  /** Takes the phone in hand, beside the browser, and answers what waits there. */
  async answerOnPhone(phone: string, answer: "approve" | "decline"): Promise<void> {
    await this.onPhone(phone, async (page, says) => {
      await page.getByRole("button", { name: says[answer], exact: true }).click();
      await page.getByText(answer === "approve" ? says.approved : says.declined, { exact: true }).waitFor();
    });
  }

  /** Takes the phone in hand, beside the browser, does something there and lays it down. */
  async onPhone(phone: string, does: (page: Page, says: PhoneTexts) => Promise<void>): Promise<void> {
    const page = await this.page.context().newPage();
    await page.goto(`${this.#at.gateway}/phone?alias=${encodeURIComponent(`351#${phone}`)}`);
    await does(page, phoneTexts[this.#lang]);
    await page.close();
  }

  /** Walks to an ATM, types what was read, and gives what the machine says: the receipt, or why not. */
  async payAtAtm(typed: { entity: string; reference: string; amount: string }): Promise<string> {
    const says = atmTexts[this.#lang];
    const page = await this.page.context().newPage();
    await page.goto(`${this.#at.gateway}/atm`);
    for (const name of ["entity", "reference", "amount"] as const) await page.getByLabel(says[name]).fill(typed[name]);
    await page.getByRole("button", { name: says.pay, exact: true }).click();
    const answer = page.getByLabel(says.receipt.label).or(page.getByRole("alert"));
    const text = await answer.innerText();
    await page.close();
    return text;
  }
}

/** What axe finds against WCAG 2.2 AA on a page. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // a page that its script has not taken over yet goes somewhere by itself
  await page.waitForFunction(() => document.querySelector("meta[http-equiv=refresh]") === null);
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  });
}
