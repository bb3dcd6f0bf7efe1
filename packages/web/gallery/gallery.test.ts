import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TAGS } from "@caravela/web/lang";
import type axe from "axe-core";
import type { RunOnly, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { AXE, exhibits, startGallery } from "./serve.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PHONE = { width: 360, height: 740 };
/** A usual phone, as it was opened on, the narrowest screen that has to do, and a desk. */
const WIDTHS = [PHONE.width, 320, 1200];
/** As wide and high as a thumb needs it, in CSS pixels. */
const THUMB = 44;
const TEXT_SIZES = ["100%", "200%"];
/**
 * What axe says of words: how much room they leave to press, and which language they are in. All else is in the
 * drawing. Customers' pages are held to more than that, of both, without it.
 */
const RULES_OF_WORDS: RunOnly = {
  type: "rule",
  values: ["target-size", "html-has-lang", "html-lang-valid", "valid-lang"],
};
const COLOURS: RunOnly = { type: "rule", values: ["color-contrast"] };

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
let complaints: string[] = [];
/** One page for all, as a browser's tab: opening one takes as long as looking at what it shows. */
let page: Page;

beforeAll(async () => {
  gallery = await startGallery();
  browser = await launchBrowser({ draws: false });
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: PHONE });
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

const shown = exhibits();
const isForCustomers = (path: string) => /^(pay|mandate|authorize)\//.test(path);
/** The drawings that were looked at whole. */
const drawings = new Set<string>();

it("draws no language otherwise than another: none of its styles asks for one", () => {
  const styles = globSync("../src/**/*.css", { cwd: import.meta.dirname });
  expect(styles.length).toBeGreaterThan(10);
  for (const style of styles)
    expect(readFileSync(join(import.meta.dirname, style), "utf8")).not.toMatch(/:lang|\[lang/);
});

describe.each([...shown.keys()])("%s", (path) => {
  it("hydrates without a complaint, is accessible in light and dark, and never scrolls sideways, also with text twice as large", async () => {
    await open(path);
    if (isForCustomers(path)) {
      expect(await tooSmall(page)).toEqual([]);
      await expectLanguages(path);
    }
    if (isDrawnAnew(path)) {
      await page.addScriptTag({ url: AXE });
      expect(await violations(page, RULES)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await violations(page, COLOURS), "in the dark").toEqual([]);
    } else if (!isForCustomers(path)) {
      await page.addScriptTag({ url: AXE });
      expect(await violations(page, RULES_OF_WORDS)).toEqual([]);
    }
    await expectNoOverflow();
    expect(complaints).toEqual([]);
  });
});

/**
 * Whether no page before it is drawn like this one: with other words in the same places it has no other colours and no
 * other names.
 */
function isDrawnAnew(path: string): boolean {
  const drawing = drawingOf(shown.get(path)?.html ?? "");
  const isNew = !drawings.has(drawing);
  drawings.add(drawing);
  return isNew;
}

/**
 * A page without its words: where there is one, but not which. Where the languages are chosen, it is the current one
 * that differs.
 */
function drawingOf(html: string): string {
  return html
    .slice(html.indexOf("<body"), html.indexOf('<script type="application/json"'))
    .replaceAll(/<nav class="languages".*?<\/nav>/g, "")
    .replaceAll(
      / (aria-label|title|alt|placeholder|href|hreflang|lang|value|datetime|data-label|action)="[^"]+"/g,
      " $1",
    )
    .replaceAll(/>[^<]+</g, ">word<");
}

/** Opens an exhibit on a phone, by day. */
async function open(path: string): Promise<void> {
  complaints = [];
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  await page.goto(`${gallery.url}/${path}`);
}

/** A page is in the language of its path, and each part that names another names one of ours. */
async function expectLanguages(path: string): Promise<void> {
  const [whole, ...parts] = await page.evaluate(() =>
    [...document.querySelectorAll("html, [lang]")].map((one) => one.getAttribute("lang")),
  );
  const tags = new Map(Object.entries(TAGS));
  expect(whole).toBe(tags.get(path.slice(path.lastIndexOf("/") + 1)));
  expect([...tags.values()]).toEqual(expect.arrayContaining(parts));
}

async function expectNoOverflow(): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: PHONE.height });
    expect(await overflow(page, TEXT_SIZES), `${width} px wide`).toEqual([]);
  }
}

/** What axe finds wrong, as readable lines. */
async function violations(page: Page, runOnly: RunOnly | string[]): Promise<string[]> {
  const options: RunOptions = { runOnly, preload: false };
  return page.evaluate(async (options) => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(options);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    );
  }, options);
}

/**
 * What can be pressed and is smaller than a thumb. A radio button or a tick is as large as the words beside it; a link
 * inside a sentence is as high as its line.
 */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((thumb) => {
    const pressed = document.querySelectorAll(":is(a, button, summary, label, select, input):not([type=hidden])");
    return [...pressed].flatMap((element) => {
      const isInside = element.matches("label input");
      const isOfField = element.matches("label:not(:has(input))");
      const isInSentence = element.matches("p > a") && getComputedStyle(element).display === "inline";
      if (isInside || isOfField || isInSentence || !element.checkVisibility()) return [];
      const { width, height } = element.getBoundingClientRect();
      const isLarge = Math.min(width, height) >= thumb;
      return isLarge ? [] : [`${width} × ${height}: ${element.outerHTML.slice(0, 120)}`];
    });
  }, THUMB);
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
