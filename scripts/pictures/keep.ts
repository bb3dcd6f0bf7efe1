import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { drawFilm, type Film } from "./film.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "pictures");
/** What a picture may weigh: a page of the documents is read on the way, too. */
const MOST_BYTES = 120 * 1024;
const MOST_BYTES_OF_A_FILM = 300 * 1024;

/** Keeps a page as far down as it is of use, and no further than it goes. @throws Error where that is too heavy */
export async function keep(page: Page, name: string, height: number, quality = 82): Promise<void> {
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  const path = join(FOLDER, name);
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: Math.min(full, height) };
  await page.screenshot({ path, fullPage: true, clip, type: "jpeg", quality });
  refuseHeavy(path, (await stat(path)).size, MOST_BYTES);
}

/** Keeps a picture that moves. @throws Error where it is too heavy */
export async function keepFilm(name: string, film: Film): Promise<void> {
  const path = join(FOLDER, name);
  const drawn = drawFilm(film);
  refuseHeavy(path, Buffer.byteLength(drawn), MOST_BYTES_OF_A_FILM);
  await writeFile(path, drawn);
}

function refuseHeavy(path: string, bytes: number, most: number): void {
  if (bytes > most) throw new Error(`${path} weighs ${bytes} bytes, more than ${most}`);
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
