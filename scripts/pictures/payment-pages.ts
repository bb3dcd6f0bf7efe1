import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startShop } from "../../examples/shop/src/main.ts";
import { TEXTS } from "../../examples/shop/src/texts.ts";
import { pt } from "../../packages/web/src/pay/texts.pt.ts";
import { createPayment, faults } from "../../tests/support/actions.ts";
import { API_KEY, type Stage } from "../../tests/support/stage.ts";
import { keep, keepSideBySide } from "./keep.ts";
import { takePhonePayment } from "./phone-payment.ts";

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 700 } };
const DESK: BrowserContextOptions = { viewport: { width: 1120, height: 760 } };

/** An order as the page shows it at its fullest. */
const ORDER = {
  reference: "2122",
  description: "Duas canecas e um sabonete",
  amount: 2_930,
  locale: "pt",
  methods: ["mbway", "multibanco", "card"],
  returnUrl: "https://loja.example.pt/orders/2122",
  items: [
    { name: "Caneca de grés", quantity: 2, amount: 2_380 },
    { name: "Sabonete de alfazema", quantity: 1, amount: 550 },
  ],
};

/** What customers see. @param shopPort where the example shop is opened, whose pages may show a payment inside */
export async function takePaymentPages(browser: Browser, stage: Stage, shopPort: number): Promise<void> {
  await faults(stage, {});
  await takePhonePayment(browser, stage);
  await takeWays(browser, stage);
  await takeDropIn(browser, stage, shopPort);
}

async function openPage(browser: Browser, options: BrowserContextOptions, locale = "en-GB"): Promise<Page> {
  return (await browser.newContext({ locale, reducedMotion: "reduce", ...options })).newPage();
}

async function pageOf(stage: Stage, order: object): Promise<string> {
  const { payUrl } = (await stage.api("GET", `/v1/payments/${await createPayment(stage, order)}`)).body;
  return `${stage.server.url}${new URL(payUrl).pathname}`;
}

/** The list of ways to pay on a desk; and on a phone a card's four fields, a reference, and the same in Spanish. */
async function takeWays(browser: Browser, stage: Stage): Promise<void> {
  const desk = await openPage(browser, DESK, "pt-PT");
  const address = await pageOf(stage, ORDER);
  await desk.goto(address);
  await keep(desk, "payment-page.jpg", 760);
  await desk.context().close();

  const page = await openPage(browser, PHONE, "pt-PT");
  await page.goto(address);
  const shots: Buffer[] = [];
  await openWay(page, pt.methods.card);
  shots.push(await page.screenshot());
  await page.goto(`${address}?lang=es`);
  shots.push(await page.screenshot());
  await page.goto(`${address}?lang=pt`);
  await openWay(page, pt.methods.multibanco);
  await page.getByRole("button", { name: pt.reference.choose }).click();
  await page.getByRole("heading", { level: 1, name: pt.reference.title }).waitFor();
  await page.getByRole("definition").first().scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 260));
  shots.push(await page.screenshot());
  await keepSideBySide(page, "payment-phone.jpg", shots);
  await page.context().close();
}

async function openWay(page: Page, name: string): Promise<void> {
  await page.locator("summary.way-line", { hasText: name }).click();
}

/** The payment inside the example shop's own page. */
async function takeDropIn(browser: Browser, stage: Stage, port: number): Promise<void> {
  const { url, close } = await startShop({
    host: "127.0.0.1",
    port,
    serverUrl: stage.server.url,
    apiKey: API_KEY,
    log: () => undefined,
  });
  const page = await openPage(browser, DESK, "pt-PT");
  // the server by the name that it has in the pictures; what it tells live is not waited for
  const named = stage.settings.publicUrl ?? stage.server.url;
  await page.route(`${named}/**`, async (route) => {
    const asked = route.request().url();
    if (asked.endsWith("/events")) return route.abort();
    return route.fulfill({ response: await route.fetch({ url: asked.replace(named, stage.server.url) }) });
  });
  await page.goto(url);
  await page
    .getByRole("button", { name: new RegExp(`^${TEXTS.pt.payHere}`) })
    .first()
    .click();
  const inside = page.locator("caravela-pay iframe");
  await inside.contentFrame().getByRole("heading", { level: 1, name: pt.choose.title }).waitFor();
  await page.waitForFunction(
    () => document.querySelector("caravela-pay")?.shadowRoot?.querySelector("iframe")?.height !== "420",
  );
  await keep(page, "drop-in.jpg", 860);
  await page.context().close();
  await close();
}
