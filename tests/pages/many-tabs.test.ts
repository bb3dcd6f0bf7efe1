import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, createPayment } from "../support/actions.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
/** Pages whose streams were asked for, in the order in which they were. */
const streams: string[] = [];

beforeAll(async () => {
  stage = await setStage();
  browser = await launchBrowser();
});
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function newContext(): Promise<void> {
  streams.splice(0);
  context = await browser.newContext({ locale: "en", reducedMotion: "reduce" });
  context.on("request", (request) => request.url().endsWith("/events") && streams.push(request.url()));
}

async function openPage(url?: string, waitUntil: "load" | "commit" = "load"): Promise<Page> {
  const page = await context.newPage();
  const to = url ?? (await stage.api("GET", `/v1/payments/${await createPayment(stage)}`)).body.payUrl;
  await page.goto(to, { waitUntil });
  return page;
}

/** Puts a page behind another tab, or in front again, as far as it can tell. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);

async function askThePhone(page: Page): Promise<void> {
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: /with MB WAY/ }).click();
}

const sees = (page: Page, title: RegExp) => page.getByRole("heading", { level: 1, name: title }).waitFor();

describe("pages of one browser", () => {
  it("can be seven, and the last is paid on as if it were alone: they hold three of six connections", async () => {
    await newContext();
    const pages: Page[] = [];
    for (let n = 0; n < 7; n += 1) pages.push(await openPage());
    const last = pages.at(-1) as Page;
    await askThePhone(last);
    await sees(last, /MB WAY app/);
    await expect.poll(() => new Set(streams).size).toBe(3);
    await approve(stage);
    await stage.settle();
    await sees(last, /Paid|Thank you/);

    await setHidden(pages[0] as Page, true);
    await expect.poll(() => new Set(streams).size).toBe(4);
    await setHidden(pages[0] as Page, false);
  });

  it("of the same payment share one stream, and the next tab takes it up when its tab is hidden", async () => {
    await newContext();
    const first = await openPage();
    await expect.poll(() => streams.length).toBe(1);
    const second = await openPage(first.url());
    await askThePhone(first);
    await sees(second, /MB WAY app/);
    expect(streams).toHaveLength(1);
    await setHidden(first, true);
    await expect.poll(() => streams.length).toBe(2);
    await approve(stage);
    await stage.settle();
    await sees(second, /Paid|Thank you/);
    await setHidden(first, false);
    await sees(first, /Paid|Thank you/);
  });
});

describe("a page whose script", () => {
  it.each([
    ["is blocked", "abort"],
    ["fails", "throw"],
    ["never arrives", "hang"],
  ])("%s looks again by itself", async (_what, how) => {
    await newContext();
    await context.route(/\.js$/, (route) => {
      if (how === "abort") return route.abort();
      return how === "throw" && route.fulfill({ contentType: "text/javascript", body: "throw new Error()" });
    });
    const page = await openPage(undefined, "commit");
    await askThePhone(page);
    await sees(page, /MB WAY app/);
    await approve(stage);
    await stage.settle();
    await sees(page, /Paid|Thank you/);
  });

  it("runs is not loaded again", async () => {
    await newContext();
    const page = await openPage();
    await askThePhone(page);
    await sees(page, /MB WAY app/);
    await page.reload();
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    const before = await page.getByRole("timer").textContent();
    await expect.poll(() => page.getByRole("timer").textContent()).not.toBe(before);
    await page.waitForFunction(() => performance.now() > 7_000);
    expect(loads).toBe(0);
    await approve(stage);
    await stage.settle();
    await sees(page, /Paid|Thank you/);
  });
});

it("counts down on a page that the browser has translated, and shows what follows", async () => {
  await newContext();
  const page = await openPage();
  await askThePhone(page);
  await sees(page, /MB WAY app/);
  // as a browser's own translation does: each text is moved out of the document, and stands in elements of its own
  await page.evaluate(() => {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(document.getElementById("page") as Node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter(({ data }) => data.trim() !== "")) {
      const font = document.createElement("font");
      font.append(document.createElement("font"));
      (font.firstChild as HTMLElement).textContent = text.data;
      text.replaceWith(font);
    }
  });
  const before = await page.getByRole("timer").textContent();
  await expect.poll(() => page.getByRole("timer").textContent()).not.toBe(before);
  await approve(stage);
  await stage.settle();
  await sees(page, /Paid|Thank you/);
});
