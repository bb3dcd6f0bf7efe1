import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { phoneTexts } from "../../packages/web/src/phone/texts.ts";
import { createPayment, faults } from "../../tests/support/actions.ts";
import type { Stage } from "../../tests/support/stage.ts";
import type { Fortnight } from "./fortnight.ts";
import { openFor, screensOf } from "./screens.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "pictures");
const DESK: BrowserContextOptions = { viewport: { width: 1120, height: 860 } };
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 700 } };
const JPEG = { type: "jpeg", quality: 82 } as const;
/** What a picture may weigh: a page of the documents is read on the way, too. */
const MOST_BYTES = 120 * 1024;

/** Which screens are pictures, and as high as what is to be seen of them. */
const SCREENS = { today: 900, tasks: 620, payment: 980, refund: 720, subscription: 860, approval: 640 } as const;

/** Makes every picture of the documents anew. @throws Error where one is too heavy */
export async function takePictures(browser: Browser, stage: Stage, fortnight: Fortnight): Promise<void> {
  const page = await openFor(browser, stage.server.url, fortnight.people.owner, DESK);
  for (const [name, height] of Object.entries(SCREENS)) {
    await page.goto(`${stage.server.url}${screensOf(fortnight)[name]}`);
    await keep(page, `dashboard-${name}.jpg`, height);
  }
  await page.goto(`${stage.server.url}/dashboard/team`);
  await keep(page, "colleagues-team.jpg", 700);
  await page.goto(`${stage.server.url}/dashboard/team/invite`);
  await page.getByLabel("Name").fill("Teresa Lopes");
  await page.getByRole("radio", { name: /^Support/ }).check();
  await page.getByRole("main").getByRole("button", { name: "Invite" }).click();
  await page.getByText("/dashboard/invitations/").waitFor();
  await keep(page, "colleagues-invited.jpg", 560);
  await page.context().close();
  await takePaymentPages(browser, stage);
}

/** A page as far down as it is of use, and no further than it goes. */
async function keep(page: Page, name: string, height: number): Promise<void> {
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  const path = join(FOLDER, name);
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: Math.min(full, height) };
  await page.screenshot({ path, fullPage: true, clip, ...JPEG });
  await weigh(path);
}

async function weigh(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`${path} weighs ${size} bytes, more than ${MOST_BYTES}`);
}

/** How a payment by phone goes, side by side: the choice, the waiting, the phone itself, and the end. */
async function takePaymentPages(browser: Browser, stage: Stage): Promise<void> {
  await faults(stage, {});
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...PHONE });
  const page = await context.newPage();
  const id = await createPayment(stage, {
    reference: "order-2121",
    description: "Lavender soap",
    methods: ["mbway", "multibanco"],
  });
  const { payUrl } = (await stage.api("GET", `/v1/payments/${id}`)).body;
  await page.goto(`${stage.server.url}${new URL(payUrl).pathname}`);
  const shots = [await page.screenshot()];
  await page.getByRole("textbox").fill("919 999 999");
  await page.getByRole("button", { name: /MB WAY/ }).click();
  await page.getByRole("timer").waitFor();
  shots.push(await page.screenshot());
  const phone = await context.newPage();
  await phone.goto(`${stage.gateway.url}/phone?alias=${encodeURIComponent("351#919999999")}`);
  const approve = phone.getByRole("button", { name: phoneTexts.en.approve, exact: true });
  await approve.waitFor();
  shots.push(await phone.screenshot());
  await approve.click();
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: /Paid/ }).waitFor();
  shots.push(await page.screenshot());
  await phone.setViewportSize({ width: 4 * 360 + 5 * 24, height: 700 + 2 * 24 });
  await phone.setContent(
    `<body style="margin:0;padding:24px;display:flex;gap:24px;background:#e9e6e0">${shots
      .map((shot) => `<img style="border-radius:12px" src="data:image/png;base64,${shot.toString("base64")}">`)
      .join("")}</body>`,
  );
  const path = join(FOLDER, "pages.jpg");
  await phone.screenshot({ path, ...JPEG });
  await weigh(path);
  await context.close();
}
