/**
 * Makes the pictures of the documents anew, from a server with two weeks of a shop in it:
 *
 *     npm run pictures
 *
 * With a folder, it takes every screen of the dashboard in there instead: light and dark, on a desk and on a phone, and
 * on paper. For whoever changes how they look:
 *
 *     npm run pictures -- --screens shots --only payment
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { cents } from "@caravela/sibs/money";
import { migrateAll } from "../packages/cli/src/migrate.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { freePort } from "../tests/support/shop.ts";
import { setStage } from "../tests/support/stage.ts";
import { takePictures } from "./pictures/documents.ts";
import { playFortnight } from "./pictures/fortnight.ts";
import { takePaymentPages } from "./pictures/payment-pages.ts";
import { takeScreens } from "./pictures/screens.ts";

const { values } = parseArgs({ options: { screens: { type: "string" }, only: { type: "string", default: "" } } });

const folder = await mkdtemp(join(tmpdir(), "caravela-pictures-"));
await chmod(folder, 0o755); // the database's user must be able to enter it
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
const browser = await launchBrowser();
try {
  await migrateAll({ DATABASE_URL: postgres.url });
  const shopPort = await freePort();
  const changes = {
    publicUrl: "https://pay.example.pt",
    methods: ["mbway", "multibanco", "card"] as const,
    alone: { above: cents(10_000), day: null },
    touchAbove: cents(10_000),
    embedding: { origins: [`http://127.0.0.1:${shopPort}`], cards: false },
  };
  const stage = await setStage(changes, { database: Promise.resolve({ url: postgres.url, drop: async () => {} }) });
  try {
    const fortnight = await playFortnight(stage);
    if (values.screens === undefined) {
      await takePictures(browser, stage, fortnight);
      await takePaymentPages(browser, stage, shopPort);
    } else await takeScreens(browser, stage, fortnight, { folder: values.screens, only: values.only });
  } finally {
    await stage.close();
  }
} finally {
  await browser.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
