import { cents } from "@caravela/sibs/money";
import type { PayScreen, PayView } from "@caravela/web/pay";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { ordinary } from "./pay-states.ts";
import { StandIn } from "./stand-in.ts";

const PHONE = "351#*****9999";
/** Screens of an order of 5.50 €. */
export const choose = { kind: "choose" } satisfies PayScreen;
export const waiting = {
  kind: "mbway_waiting",
  phone: PHONE,
  secondsLeft: 240,
  isAboveLimit: false,
} satisfies PayScreen;
export const confirming = { kind: "mbway_confirming", phone: PHONE, again: "offered" } satisfies PayScreen;
export const reference = {
  kind: "reference",
  entity: "24000",
  reference: "066295419",
  endsAt: "2026-11-25T10:41:00Z",
  secondsLeft: 250_000,
} satisfies PayScreen;
export const paid = {
  kind: "paid",
  method: "mbway",
  card: null,
  amount: cents(550),
  paidAt: "2026-11-22T10:41:00Z",
  returnAfterSeconds: null,
  givenBack: null,
} satisfies PayScreen;

/** What the page is told: of an order of 5.50 €, in this version. */
export function view(version: number, screen: PayScreen, more: Partial<PayView> = {}): PayView {
  const request = `attempt-${version}`;
  const order = { ...ordinary, description: null, returnUrl: null, back: more.returnUrl ?? null };
  return { ...order, lang: "en", path: "/pay/token", version, request, screen, ...more };
}

/** Opens a way to pay, by its name. */
export async function openWay(page: Page, name: string): Promise<void> {
  await page.locator("summary", { has: page.getByRole("heading", { name, exact: true }) }).click();
}

/** Opens payment pages in a browser, each with a stand-in for its server; both end with the test. */
export function payPages() {
  let browser: Browser;
  let context: BrowserContext;
  let server: StandIn;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /**
   * Opens the page with a clock that a test can move on. By itself it goes on as ever, so that whatever is counted may
   * be late by as long as the machine takes; it is never early.
   * @param early what happens in the page before anything else.
   */
  async function open(first: PayView, options: BrowserContextOptions = {}, early?: () => void): Promise<Page> {
    server = new StandIn(first);
    context = await browser.newContext({ reducedMotion: "reduce", ...options });
    if (early !== undefined) await context.addInitScript(early);
    const page = await context.newPage();
    await page.clock.install();
    await server.start();
    await page.goto(server.url);
    return page;
  }

  /** Tells the page by an event, once it listens. */
  async function tell(view: PayView): Promise<void> {
    await expect.poll(() => server.listening).toBe(1);
    server.tell(view);
  }

  /** Has a page that expects nothing any more, and so listens to nobody, look how things stand. */
  async function lookAgain(page: Page, view: PayView): Promise<void> {
    server.view = view;
    const looks = server.looks;
    // until the page has come to life it hears nothing
    const looked = async () => {
      await page.evaluate(() => dispatchEvent(new Event("online")));
      return server.looks;
    };
    await expect.poll(looked).toBeGreaterThan(looks);
  }

  return {
    /** The stand-in of the page that was opened last. */
    get server() {
      return server;
    },
    open,
    tell,
    lookAgain,
  };
}
