import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "pictures");
/** What a picture may weigh: a page of the documents is read on the way, too. */
const MOST_BYTES = 120 * 1024;

/** Keeps a page as far down as it is of use, and no further than it goes. @throws Error where that is too heavy */
export async function keep(page: Page, name: string, height: number, quality = 82): Promise<void> {
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  const path = join(FOLDER, name);
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: Math.min(full, height) };
  await page.screenshot({ path, fullPage: true, clip, type: "jpeg", quality });
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`${path} weighs ${size} bytes, more than ${MOST_BYTES}`);
}

/** Keeps pictures of one size as one, side by side. @param page is drawn on, and of no use afterwards */
export async function keepSideBySide(page: Page, name: string, shots: readonly Buffer[]): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const gap = 24;
  const whole = { width: shots.length * (width + gap) + gap, height: height + 2 * gap };
  await page.setViewportSize(whole);
  const drawn = shots.map(
    (shot) => `<img style="border-radius:12px" src="data:image/png;base64,${shot.toString("base64")}">`,
  );
  await page.setContent(
    `<body style="margin:0;padding:${gap}px;display:flex;gap:${gap}px;background:#e9e6e0">${drawn.join("")}</body>`,
  );
  await keep(page, name, whole.height, 70);
}
