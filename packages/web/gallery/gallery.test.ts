import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { RuleObject, RunOnly, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { exhibits, startGallery } from "./serve.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The narrowest screen that has to do, a usual phone, and a desk. */
const WIDTHS = [320, 360, 1200];
const PHONE = { width: 360, height: 740 };
const TEXT_SIZES = ["100%", "200%"];
/** Small, for it is sent to every page anew. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
let complaints: string[] = [];
/** One page for all, as a browser's tab: opening one takes as long as looking at what it shows. */
let page: Page;

beforeAll(async () => {
  gallery = await startGallery();
  browser = await launchBrowser();
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: PHONE });
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** What is drawn like its siblings in two other languages: other words have no other colour, but names and lengths. */
const inOtherWords = (path: string) => /\/(es|fr)$/.test(path);
const paths = [...exhibits().keys()];

describe.each(paths.filter((path) => !inOtherWords(path)))("%s", (path) => {
  it("hydrates without a complaint, is accessible in light and dark, and never scrolls sideways, also with text twice as large", async () => {
    await open(path);
    expect(await violations(page, RULES)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, { type: "rule", values: ["color-contrast"] }), "in the dark").toEqual([]);
    await expectNoOverflow();
    expect(complaints).toEqual([]);
  });
});

describe.each(paths.filter(inOtherWords))("%s", (path) => {
  it("hydrates without a complaint, is accessible but for colours, and never scrolls sideways", async () => {
    await open(path);
    expect(await violations(page, RULES, { "color-contrast": { enabled: false } })).toEqual([]);
    await expectNoOverflow();
    expect(complaints).toEqual([]);
  });
});

/** Opens an exhibit on a phone, by day, with what looks at it. */
async function open(path: string): Promise<void> {
  complaints = [];
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  await page.goto(`${gallery.url}/${path}`);
  await page.evaluate(AXE);
}

async function expectNoOverflow(): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: PHONE.height });
    expect(await overflow(page, TEXT_SIZES), `${width} px wide`).toEqual([]);
  }
}

/** What axe finds wrong, as readable lines. */
async function violations(page: Page, runOnly: RunOnly | string[], rules: RuleObject = {}): Promise<string[]> {
  const options: RunOptions = { runOnly, rules, preload: false };
  return page.evaluate(async (options) => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(options);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    );
  }, options);
}

/** What sticks out of the page to the right with the text at one of these sizes. */
async function overflow(page: Page, sizes: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (sizes) =>
      sizes.flatMap((fontSize) => {
        document.documentElement.style.fontSize = fontSize;
        const edge = document.documentElement.clientWidth;
        return [...document.querySelectorAll("#page :not(svg *)")]
          .filter((element) => element.getBoundingClientRect().right > edge + 1)
          .map((element) => `text at ${fontSize}: ${element.outerHTML.slice(0, 120)}`);
      }),
    sizes,
  );
}
