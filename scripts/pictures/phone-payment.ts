import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { phoneTexts } from "../../packages/web/src/phone/texts.ts";
import { createPayment } from "../../tests/support/actions.ts";
import type { Stage } from "../../tests/support/stage.ts";
import { CAIS } from "../../tests/support/two-shops.ts";
import { keepFilm } from "./keep.ts";

const SIZE = { width: 360, height: 640 };
const SHOWN: BrowserContextOptions = { viewport: SIZE, locale: "en-GB", reducedMotion: "reduce" };

/** How a payment by phone goes, as a picture that moves: the customer's page on one side, their phone on the other. */
export async function takePhonePayment(browser: Browser, stage: Stage): Promise<void> {
  // the app calls the shop what SIBS has it by, and the page promises that
  await stage.sandbox("PUT", `/terminals/${CAIS}`, { merchantName: stage.settings.shop.name });
  const context = await browser.newContext(SHOWN);
  const [page, phone] = [await context.newPage(), await context.newPage()];
  const methods = ["mbway", "multibanco"];
  const id = await createPayment(stage, { reference: "order-2121", description: "Lavender soap", methods });
  const { payUrl } = (await stage.api("GET", `/v1/payments/${id}`)).body;
  await page.goto(`${stage.server.url}${new URL(payUrl).pathname}`);
  await phone.goto(`${stage.gateway.url}/phone?alias=${encodeURIComponent("351#919999999")}`);
  const quiet = await shot(phone);
  const chosen = { left: await shot(page), right: quiet, says: "The customer sees what is paid, and how it can be." };

  await page.getByRole("textbox").fill("919 999 999");
  const typed = { left: await shot(page), right: quiet, says: "A phone number is all that MB WAY needs." };

  await page.getByRole("button", { name: /MB WAY/ }).click();
  await page.getByRole("timer").waitFor();
  const approve = phone.getByRole("button", { name: phoneTexts.en.approve, exact: true });
  await approve.waitFor();
  const asked = { left: await shot(page), right: await shot(phone), says: "The phone asks, and the page counts down." };

  await approve.click();
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: /Paid/ }).waitFor();
  await approve.waitFor({ state: "hidden" });
  const paid = {
    left: await shot(page),
    right: await shot(phone),
    says: "Approved: the page turns to “Paid” by itself.",
  };

  const title = "A payment by MB WAY, on the payment page and on the simulated phone";
  await keepFilm("payment.svg", { title, scenes: [chosen, typed, asked, paid], ...SIZE, seconds: 3, still: 2 });
  await context.close();
}

const shot = (page: Page): Promise<Buffer> => page.screenshot({ type: "jpeg", quality: 62 });
