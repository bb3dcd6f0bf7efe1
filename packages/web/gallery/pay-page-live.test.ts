import { cents } from "@caravela/sibs/money";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { choose, confirming, paid, payPages, reference, view, waiting } from "./pay-page.ts";

const pages = payPages();
const { open, tell, lookAgain } = pages;

it("turns to paid by the server's event, without reloading, and leaves older views aside", async () => {
  const page = await open(view(2, waiting));
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  await tell(view(3, paid));
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
  pages.server.tell(view(2, waiting));
  pages.server.tell(view(4, { kind: "refunded", amount: cents(550), amountRefunded: cents(550) }));
  await page.getByRole("heading", { name: "Refunded" }).waitFor();
  expect(await page.locator("body[data-same-page]").count()).toBe(1);
});

it("keeps to its own words when it is told in those of another tab, and asks in its own", async () => {
  const page = await open(view(1, waiting));
  const asked: (string | undefined)[] = [];
  await expect.poll(() => pages.server.listening).toBe(1);
  await page.route("**/view", (route) => {
    asked.push(route.request().headers()["caravela-language"]);
    return route.abort();
  });
  pages.server.tell(view(2, paid, { lang: "fr" }));
  await expect.poll(() => asked[0]).toBe("en");
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(await page.getByText("5,50").count()).toBe(0);
  await page.unroute("**/view");
  await lookAgain(page, view(2, paid));
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
});

it("is fetched anew where a server of another version tells what is new or answers a form, and else stays", async () => {
  const page = await open(view(2, choose));
  const isSame = () => page.evaluate(() => document.body.hasAttribute("data-same-page"));
  const mark = () => page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  const before = (version: number) => JSON.stringify({ ...view(version, waiting), shop: undefined });
  let told = before(2);
  await page.route("**/view", (route) => route.fulfill({ body: told }));
  const look = async () => {
    const answered = page.waitForResponse("**/view");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await answered;
  };
  await mark();
  await expect.poll(() => pages.server.listening).toBe(1);
  await look();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await isSame()).toBe(true);

  await page.route("**/mbway", (route) => route.fulfill({ status: 422, body: before(2) }));
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await expect.poll(isSame).toBe(false);

  await mark();
  await expect.poll(() => pages.server.listening).toBe(1);
  pages.server.view = view(3, waiting);
  told = before(3);
  await look();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(await isSame()).toBe(false);
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
  await expect.poll(() => pages.server.listening).toBe(1);
  await page.clock.runFor(3_000);
  await expect.poll(() => pages.server.looks).toBe(1);
  pages.server.view = view(2, confirming);
  await page.clock.runFor(10_000);
  await page.getByText("Do not pay again.").waitFor();
  await page.clock.runFor(3_000);
  await expect.poll(() => pages.server.looks).toBe(3);
  await page.clock.runFor(5_500);
  await expect.poll(() => pages.server.looks).toBe(4);
  const [first, second, third, fourth] = await waitsOf(page);
  expect([first, second, fourth]).toEqual([2, 10, 5]);
  // two seconds after the view, which came a while after it was asked for
  expect(third).toBeGreaterThanOrEqual(2);
  expect(third).toBeLessThan(5);
});

it("looks at once when the time is over", async () => {
  const page = await open(view(1, { ...waiting, secondsLeft: 9 }), {}, noteMoments);
  await expect.poll(() => pages.server.listening).toBe(1);
  pages.server.view = view(1, { ...waiting, secondsLeft: 5 });
  await page.clock.runFor(3_000);
  await expect.poll(() => pages.server.looks).toBe(1);
  pages.server.view = view(1, confirming);
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

it("takes a reference's figures away by itself when its time has ended, also while the server cannot be asked", async () => {
  const page = await open(view(1, { ...reference, secondsLeft: 60 }));
  await page.getByText("066 295 419").waitFor();
  pages.server.view = view(2, { kind: "reference_over", endsAt: reference.endsAt });
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

  await page.goto(pages.server.url);
  await page.getByRole("link", { name: "Stay here" }).click();
  await page.clock.runFor(10_000);
  expect(page.url()).toBe(pages.server.url);
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
  expect(page.url()).toBe(pages.server.url);
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
  pages.server.view = view(3, paid, { returnUrl });
  await page.goto(pages.server.url);
  await page.clock.runFor(10_000);
  expect(page.url()).toBe(pages.server.url);
});
