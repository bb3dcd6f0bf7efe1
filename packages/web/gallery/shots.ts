import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { exhibits, startGallery } from "./serve.ts";

// Takes a picture of every page in every state: node --conditions=@caravela/source gallery/shots.ts <folder> [only
// paths with this in them]
const [folder = "shots", only = ""] = process.argv.slice(2);

const SHAPES = {
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
  dark: { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  wide: { viewport: { width: 1200, height: 800 }, colorScheme: "light" },
} as const;

const gallery = await startGallery();
const browser = await launchBrowser();
for (const [shape, options] of Object.entries(SHAPES)) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const path of [...exhibits().keys()].filter((path) => path.includes(only))) {
    const file = join(folder, shape, `${path.replaceAll("/", "-")}.png`);
    await mkdir(dirname(file), { recursive: true });
    await page.goto(`${gallery.url}/${path}`);
    await page.screenshot({ path: file, fullPage: true });
  }
  await context.close();
}
await browser.close();
await gallery.close();
