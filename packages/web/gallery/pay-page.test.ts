import { cents } from "@caravela/sibs/money";
import type { PayScreen, PayView } from "@caravela/web/pay";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../tests/support/browser.ts";
import { StandIn } from "./stand-in.ts";

const PHONE = "351#*****9999";
const choose = { kind: "choose" } satisfies PayScreen;
const waiting = { kind: "mbway_waiting", phone: PHONE, secondsLeft: 240, isAboveLimit: false } satisfies PayScreen;
const confirming = { kind: "mbway_confirming", phone: PHONE, again: "offered" } satisfies PayScreen;
const reference = {
  kind: "reference",
  entity: "24000",
  reference: "066295419",
  endsAt: "2026-11-25T10:41:00Z",
  secondsLeft: 250_000,
} satisfies PayScreen;
const paid = {
  kind: "paid",
  method: "mbway",
  amount: cents(550),
  paidAt: "2026-11-22T10:41:00Z",
  returnAfterSeconds: null,
  givenBack: null,
} satisfies PayScreen;

let browser: Browser;
let context: BrowserContext;
let server: StandIn;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterEach(async () => {
  await context.close();
  await server.stop();
});

afterAll(async () => {
  await browser?.close();
});

function view(version: number, screen: PayScreen, more: Partial<PayView> = {}): PayView {
  return {
    lang: "en",
    path: "/pay/token",
    version,
    request: `attempt-${version}`,
    merchant: "Loja da Ribeira",
    amount: cents(550),
    description: null,
    reference: "order-17",
    methods: ["mbway", "multibanco"],
    phone: null,
    typed: null,
    card: null,
    cardTyped: null,
    mandates: [],
    mandateGone: false,
    phoneRests: null,
    askShop: null,
    returnUrl: null,
    screen,
    ...more,
  };
}

/**
 * Opens the page with a clock that a test can move on. By itself it goes on as ever, so that whatever is counted may be
 * late by as long as the machine takes; it is never early.
 * @param early what happens in the page before anything else.
 */
async function open(first: PayView, options: BrowserContextOptions = {}, early?: () => void): Promise<Page> {
  server = new StandIn(first);
  context = await browser.newContext({ reducedMotion: "reduce", ...options });
  if (early !== undefined) await context.addInitScript(early);
  const page = await context.newPage();
  await page.clock.install();
  await server.start();
  await page.goto(server.url);
  return page;
}

/** Tells the page by an event, once it listens. */
async function tell(view: PayView): Promise<void> {
  await expect.poll(() => server.listening).toBe(1);
  server.tell(view);
}

/** Has a page that expects nothing any more, and so listens to nobody, look how things stand. */
async function lookAgain(page: Page, view: PayView): Promise<void> {
  server.view = view;
  const looks = server.looks;
  // until the page has come to life it hears nothing
  const looked = async () => {
    await page.evaluate(() => dispatchEvent(new Event("online")));
    return server.looks;
  };
  await expect.poll(looked).toBeGreaterThan(looks);
}

it("sends a well-typed phone without leaving the page, and once however often it is pressed", async () => {
  const page = await open(view(1, choose));
  server.answers.push({ status: 200, view: view(2, waiting) });
  await page.getByLabel("Mobile number").fill("+351 919 999 999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).dblclick();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(server.sent).toEqual([{ to: "mbway", fields: { request: "attempt-1", phone: "+351 919 999 999" } }]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("title");
  expect(await page.title()).toBe("Open your MB WAY app · Loja da Ribeira");
});

it("says beside the field what is wrong with a phone, keeps what was typed, and sends nothing", async () => {
  const page = await open(view(1, choose));
  const field = page.getByLabel("Mobile number");
  await field.fill("21 123 45 67");
  await field.press("Enter");
  await page.getByText("This is not a mobile number.").waitFor();
  expect(await field.inputValue()).toBe("21 123 45 67");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  expect(server.sent).toEqual([]);
  await field.fill("912345678");
  await expect.poll(() => page.getByText("This is not a mobile number.").count()).toBe(0);
});

it("says so, and keeps saying it, also when it was sent the very moment the page came to life", async () => {
  const page = await open(view(1, choose), {}, () =>
    document.addEventListener("DOMContentLoaded", () => {
      const field = document.querySelector<HTMLInputElement>("#phone");
      if (field !== null) field.value = "21 123 45 67";
      field?.form?.requestSubmit();
    }),
  );
  await page.getByText("This is not a mobile number.").waitFor();
  await page.clock.runFor(1_000);
  expect(await page.getByText("This is not a mobile number.").count()).toBe(1);
  expect(server.sent).toEqual([]);
});

it("says the same when it is the server that refuses the phone", async () => {
  const page = await open(view(1, choose));
  const typed = { phone: "919999999", problem: "not_mobile" } as const;
  server.answers.push({ status: 422, view: view(1, choose, { typed }) });
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await page.getByText("This is not a mobile number.").waitFor();
});

it("says that nothing is lost when a form did not get through, and sends the same attempt again", async () => {
  const page = await open(view(1, choose));
  await page.route("**/multibanco", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Pay by Multibanco" }).click();
  await page.getByRole("main").getByText("there is no risk of paying twice").waitFor();
  server.answers.push({ status: 200, view: view(2, reference) });
  await page.getByRole("button", { name: "Pay by Multibanco" }).click();
  await page.getByRole("heading", { name: "Your Multibanco reference" }).waitFor();
  expect(server.sent.map(({ fields }) => fields.request)).toEqual(["attempt-1"]);
});

it("turns to paid by the server's event, without reloading, and leaves older views aside", async () => {
  const page = await open(view(2, waiting));
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  await tell(view(3, paid));
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
  server.tell(view(2, waiting));
  server.tell(view(4, { kind: "refunded", amount: cents(550), amountRefunded: cents(550) }));
  await page.getByRole("heading", { name: "Refunded" }).waitFor();
  expect(await page.locator("body[data-same-page]").count()).toBe(1);
});

/** Notes in the page when it begins to listen, and when it looks by itself, by its own clock. */
function noteMoments(): void {
  const moments: number[] = [];
  const { fetch, EventSource } = window;
  const begins = class extends EventSource {
    constructor(...given: ConstructorParameters<typeof EventSource>) {
      super(...given);
      moments.push(Date.now());
    }
  };
  const looks: typeof fetch = (...given) => {
    moments.push(Date.now());
    return fetch(...given);
  };
  Object.assign(window, { moments, fetch: looks, EventSource: begins });
}

/** How long the page waited before each look, in whole seconds. */
const waitsOf = (page: Page) =>
  page.evaluate(() => {
    const { moments } = window as unknown as { moments: number[] };
    return moments.slice(1).map((at, place) => Math.floor((at - (moments[place] ?? 0)) / 1_000));
  });

it("looks by itself when no event comes: after 2 s, then every 10 s, and every 5 s while SIBS is late", async () => {
  const page = await open(view(1, waiting), {}, noteMoments);
  await expect.poll(() => server.listening).toBe(1);
  await page.clock.runFor(3_000);
  await expect.poll(() => server.looks).toBe(1);
  server.view = view(2, confirming);
  await page.clock.runFor(10_000);
  await page.getByText("Do not pay again.").waitFor();
  await page.clock.runFor(3_000);
  await expect.poll(() => server.looks).toBe(3);
  await page.clock.runFor(5_500);
  await expect.poll(() => server.looks).toBe(4);
  const [first, second, third, fourth] = await waitsOf(page);
  expect([first, second, fourth]).toEqual([2, 10, 5]);
  // two seconds after the view, which came a while after it was asked for
  expect(third).toBeGreaterThanOrEqual(2);
  expect(third).toBeLessThan(5);
});

it("looks at once when the time is over", async () => {
  const page = await open(view(1, { ...waiting, secondsLeft: 9 }), {}, noteMoments);
  await expect.poll(() => server.listening).toBe(1);
  server.view = view(1, { ...waiting, secondsLeft: 5 });
  await page.clock.runFor(3_000);
  await expect.poll(() => server.looks).toBe(1);
  server.view = view(1, confirming);
  // the next look would be ten seconds after the first
  await page.clock.runFor(6_000);
  await page.getByText("Do not pay again.").waitFor();
  const [first = 0, second = 0] = await waitsOf(page);
  expect(first).toBe(2);
  expect(second).toBeLessThan(10);
});

it("counts down to the end and speaks only at 60, 30 and 10 seconds", async () => {
  const page = await open(view(1, { ...waiting, secondsLeft: 70 }));
  await page.route("**/view", (route) => route.abort());
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const region = document.querySelector("[aria-live]");
    new MutationObserver(() => region?.textContent && heard.push(region.textContent)).observe(region as Node, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  for (let second = 0; second < 75; second += 1) await page.clock.runFor(1_000);
  expect(await page.getByRole("timer").textContent()).toContain("0:00");
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
    "One minute left to approve.",
    "30 seconds left to approve.",
    "10 seconds left to approve.",
  ]);
});

it("counts anew from the seconds that the server says, also when nothing else has changed", async () => {
  const page = await open(view(1, waiting));
  await tell(view(1, { ...waiting, secondsLeft: 12 }));
  await expect.poll(() => page.getByRole("timer").textContent()).toContain("0:12");
  await page.getByText("Less than a minute left.").waitFor();
});

it("keeps the wish for a new request while SIBS has not ended the first", async () => {
  const page = await open(view(1, confirming));
  server.answers.push({ status: 200, view: view(2, { ...confirming, again: "kept" }) });
  await page.getByRole("button", { name: "Send a new request" }).click();
  await page.getByText("New request kept.").waitFor();
  expect(server.sent).toEqual([{ to: "again", fields: { request: "attempt-1" } }]);
  expect(await page.getByRole("button").count()).toBe(0);
});

it.each([
  ["en", "Copy", "copied", { Entity: "24000", Reference: "066295419", Amount: "1234.50" }],
  ["pt", "Copiar", "copiado", { Entidade: "24000", Referência: "066295419", Montante: "1234,50" }],
] as const)(
  "copies digits only, and the amount as it is typed in the page's language: %s",
  async (lang, copy, copied, lines) => {
    const first = view(1, reference, { lang, amount: cents(123_450) });
    const page = await open(first, { permissions: ["clipboard-read", "clipboard-write"] });
    for (const [name, figures] of Object.entries(lines)) {
      await page.getByRole("button", { name: `${copy}: ${name}` }).click();
      await page.getByText(`${name}: ${copied}.`).waitFor({ state: "attached" });
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(figures);
    }
  },
);

it("takes a reference's figures away by itself when its time has ended, also while the server cannot be asked", async () => {
  const page = await open(view(1, { ...reference, secondsLeft: 60 }));
  await page.getByText("066 295 419").waitFor();
  server.view = view(2, { kind: "reference_over", endsAt: reference.endsAt });
  await page.route("**/view", (route) => route.abort());
  await page.clock.runFor(61_000);
  await page.getByRole("heading", { name: "The time for this reference has ended" }).waitFor();
  await page.getByText("If you have paid, wait").waitFor();
  expect(await page.getByRole("main").textContent()).not.toMatch(/066|24000/);
  expect(await page.getByRole("button").count()).toBe(0);
  await page.unroute("**/view");
  await page.clock.runFor(11_000);
  await expect.poll(() => page.title()).toBe("The time for this reference has ended · Loja da Ribeira");
});

it("says on the pressed button alone that it sends, and after two seconds that the bank is being asked", async () => {
  const page = await open(view(1, choose, { phone: "919 999 999" }));
  const answer = Promise.withResolvers<void>();
  await page.route("**/mbway", async (route) => {
    await answer.promise;
    await route.fulfill({ json: view(2, waiting) });
  });
  const buttons = () => page.getByRole("main").getByRole("button").allTextContents();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  expect(await buttons()).toEqual(["Sending…", "Pay by Multibanco"]);
  await page.getByRole("button", { name: "Pay by Multibanco" }).click({ force: true });
  await page.clock.runFor(1_900);
  expect(await buttons()).toEqual(["Sending…", "Pay by Multibanco"]);
  await page.clock.runFor(200);
  expect(await buttons()).toEqual(["Asking the bank…", "Pay by Multibanco"]);
  expect(await page.locator("[aria-live]").textContent()).toContain("Asking the bank…");
  answer.resolve();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(server.sent).toEqual([]);
});

it("goes back to the shop five seconds after it was paid, and stays when asked to", async () => {
  const returnUrl = "http://127.0.0.1:1/orders/17?payment=pay_1&status=paid";
  const returning = view(2, { ...paid, returnAfterSeconds: 5 }, { returnUrl });
  const page = await open(view(1, waiting, { returnUrl }));
  await page.route("http://127.0.0.1:1/**", (route) => route.fulfill({ body: "the shop" }));
  await tell(returning);
  await page.getByRole("main").getByText("Going back to the shop in 5 seconds.").waitFor();
  await page.clock.runFor(4_000);
  await page.getByText("Going back to the shop in 1 second.").waitFor();
  await page.clock.runFor(1_500);
  await page.waitForURL(returnUrl);

  await page.goto(server.url);
  await page.getByRole("link", { name: "Stay here" }).click();
  await page.clock.runFor(10_000);
  expect(page.url()).toBe(server.url);
});

it.each([
  ["opened when it is paid", async (page: Page) => void (await page.bringToFront())],
  ["loaded again", async (page: Page) => void (await page.reload())],
])("stays where it is when it was %s, whatever it is told afterwards", async (_when, happens) => {
  const returnUrl = "http://127.0.0.1:1/orders/17?payment=pay_1&status=paid";
  const page = await open(view(2, paid, { returnUrl }));
  await happens(page);
  await lookAgain(page, view(3, { ...paid, returnAfterSeconds: 5 }, { returnUrl }));
  await page.clock.runFor(20_000);
  expect(page.url()).toBe(server.url);
  expect(await page.getByRole("link", { name: "Back to the shop" }).getAttribute("href")).toBe(returnUrl);
});

it("goes back to the shop when the customer comes paid from the bank's own page, and no second time", async () => {
  const returnUrl = "http://127.0.0.1:1/orders/17?payment=pay_1&status=paid";
  const page = await open(view(2, paid, { returnUrl }), {}, () => {
    if (location.pathname === "/pay/token" && window.name !== "again") {
      sessionStorage.setItem("caravela:at-bank", "/pay/token");
      window.name = "again";
    }
  });
  await page.route("http://127.0.0.1:1/**", (route) => route.fulfill({ body: "the shop" }));
  await lookAgain(page, view(3, { ...paid, returnAfterSeconds: 5 }, { returnUrl }));
  await page.getByText("Going back to the shop in").first().waitFor();
  await page.clock.runFor(6_000);
  await page.waitForURL(returnUrl);
  server.view = view(3, paid, { returnUrl });
  await page.goto(server.url);
  await page.clock.runFor(10_000);
  expect(page.url()).toBe(server.url);
});

it("works without script: a form leads back to the page, which refreshes itself and shows the shop's link", async () => {
  const page = await open(view(1, choose), { javaScriptEnabled: false });
  server.answers.push({ status: 200, view: view(2, waiting) });
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(await page.locator("meta[http-equiv=refresh]").getAttribute("content")).toBe("5; url=/pay/token");
  server.view = view(3, paid, { returnUrl: "http://127.0.0.1:1/orders/17" });
  await page.getByRole("link", { name: "Update" }).click();
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
  expect(await page.getByRole("link", { name: "Back to the shop" }).count()).toBe(1);
  expect(server.sent).toEqual([{ to: "mbway", fields: { request: "attempt-1", phone: "919999999" } }]);
});
