import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { assetsFolder } from "@caravela/web/assets";
import { PAGE_LANGS, type PageLang, TAGS } from "@caravela/web/lang";
import type { Browser, CDPSession } from "playwright-core";
import { browserFiles, sentBytes } from "../../packages/web/scripts.ts";
import { launchBrowser } from "../../tests/support/browser.ts";
import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";

/**
 * What Lighthouse calls slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. The browser holds back each
 * answer by that time; to connect takes none here, so that two ways there and back (TCP, TLS 1.3) are added.
 */
const ROUND_TRIP_MS = 150;
const SLOW_4G = {
  offline: false,
  latency: ROUND_TRIP_MS,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const TO_CONNECT_MS = 2 * ROUND_TRIP_MS;

const PHONE = { width: 360, height: 740 };

/** How long nothing may change on the screen until it counts as painted, in milliseconds. */
const STILL_MS = 700;

interface Sent {
  readonly gzip: number;
  readonly br: number;
}

/** What a customer's browser loads, and how long it takes. */
export interface Pages {
  /** Bytes as sent, of each page's script and style, and of the drop-in. */
  readonly sent: Readonly<Record<string, { readonly script: Sent; readonly style: Sent }>>;
  /** Until all that a phone shows of the payment page was painted on slow 4G, in milliseconds: the median. */
  readonly paintedOnSlow4gMs: Readonly<Record<PageLang, number>>;
}

/** Measures the pages as a customer gets them, with nothing kept from before. */
export async function measurePages(house: House, { paints }: Pick<Extent, "paints">): Promise<Pages> {
  const browser = await launchBrowser();
  try {
    const painted: [PageLang, number][] = [];
    for (const lang of PAGE_LANGS) {
      const times: number[] = [];
      for (let time = 0; time < paints; time += 1) times.push(await paint(browser, house, lang));
      painted.push([lang, times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0]);
    }
    return { sent: sentOfPages(), paintedOnSlow4gMs: Object.fromEntries(painted) as Record<PageLang, number> };
  } finally {
    await browser.close();
  }
}

/** Opens a payment's page on a phone, for the first time, and gives when its screen changed last. */
async function paint(browser: Browser, { server, headers }: House, lang: PageLang): Promise<number> {
  const order = { amount: 550, currency: "EUR", reference: "order-17", description: "Two mugs", locale: lang };
  const { payUrl } = await server.json<{ payUrl: string }>("POST", "/v1/payments", order, headers());
  const context = await browser.newContext({ locale: TAGS[lang], viewport: PHONE, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    const lastChange = await watchScreen(session);
    await page.goto(payUrl);
    const begun = await page.evaluate(() => performance.timeOrigin);
    return (await lastChange()) - begun + TO_CONNECT_MS;
  } finally {
    await context.close();
  }
}

/** Watches what is on the screen. @returns what waits until it stands still, and gives when it changed last. */
async function watchScreen(session: CDPSession): Promise<() => Promise<number>> {
  let shown = "";
  let changedAt = 0;
  session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    if (data !== shown) changedAt = (metadata.timestamp ?? 0) * 1_000;
    shown = data;
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  await session.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
  return async () => {
    while (Date.now() - changedAt < STILL_MS) await new Promise((resolve) => setTimeout(resolve, 50));
    return changedAt;
  };
}

function sentOfPages(): Pages["sent"] {
  const folder = dirname(assetsFolder);
  const files = browserFiles(folder, JSON.parse(readFileSync(`${folder}/manifest.json`, "utf8")));
  const sent = (paths: readonly string[]): Sent => ({
    gzip: sentBytes(folder, paths, "gz"),
    br: sentBytes(folder, paths, "br"),
  });
  return Object.fromEntries(
    Object.entries(files).map(([name, { script, imports, styles }]) => [
      name,
      { script: sent([script, ...imports]), style: sent(styles) },
    ]),
  );
}

/** Prints it. */
export function printPages({ sent, paintedOnSlow4gMs }: Pages): void {
  console.log("\npages as sent, script + style, in KiB by gzip and by brotli\n");
  const kib = (bytes: number) => (bytes / 1024).toFixed(1).padStart(5);
  for (const [name, { script, style }] of Object.entries(sent)) {
    const [gzip, br] = (["gzip", "br"] as const).map((form) => `${kib(script[form])} + ${kib(style[form])}`);
    console.log(`${name.padEnd(14)} ${gzip}   ${br}`);
  }
  const times = Object.entries(paintedOnSlow4gMs).map(([lang, ms]) => `${lang} ${Math.round(ms)} ms`);
  console.log(`\npayment page painted on slow 4G, ${PHONE.width} px wide: ${times.join(", ")}`);
}
