import type { PayScreen, PayView } from "@caravela/web/pay";
import { expect, it } from "vitest";
import { choose, payPages, view, waiting } from "./pay-page.ts";

const pages = payPages();
const { open } = pages;

const missed = { ...waiting, secondsLeft: 219 } satisfies PayScreen;
const MORE = { methods: ["mbway", "multibanco", "card"] } satisfies Partial<PayView>;
const ASKS = "Wrong number? Nothing received?";

it("asks after twenty seconds whether nothing has come, and keeps what is pressed then", async () => {
  const page = await open(view(1, waiting, MORE));
  expect(await page.getByRole("heading", { name: ASKS }).count()).toBe(0);
  await expect.poll(() => pages.server.listening).toBe(1);
  pages.server.view = view(1, missed, MORE);
  await page.clock.fastForward(21_000);
  await page.getByRole("heading", { name: ASKS }).waitFor();
  const wish = { way: "card", phone: null } as const;
  pages.server.answers.push({ status: 200, view: view(2, missed, { ...MORE, wish }) });
  await page.getByRole("button", { name: "Pay by card" }).click();
  await page.getByText("Kept: next, you can pay by card.").waitFor();
  pages.server.answers.push({ status: 200, view: view(3, missed, MORE) });
  await page.getByRole("button", { name: "Cancel this choice" }).click();
  await page.getByRole("button", { name: "Pay by Multibanco reference" }).click();
  await page.getByRole("link", { name: "Use another number" }).click();
  await page.getByLabel("mobile number", { exact: false }).fill("912 345 678");
  await page.getByRole("button", { name: "Ask this number" }).click();
  await expect
    .poll(() => pages.server.sent.map(({ to, fields }) => [to, fields.way, fields.phone]))
    .toEqual([
      ["wish", "card", undefined],
      ["wish", "", undefined],
      ["multibanco", undefined, undefined],
      ["mbway", undefined, "912 345 678"],
    ]);
});

it("shows the number in full where it was typed, also when the page is opened anew there, and nowhere else", async () => {
  const page = await open(view(1, choose, { methods: ["mbway"] }));
  await page.getByLabel("mobile number", { exact: false }).fill("919999999");
  pages.server.answers.push({ status: 200, view: view(2, waiting) });
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("on the phone 919 999 999").waitFor();
  pages.server.view = view(3, waiting);
  await page.reload();
  await page.getByText("on the phone 919 999 999").waitFor();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(pages.server.url);
  await elsewhere.getByText("phone ending in 9999").waitFor();
});

it("shows no number in full where another with the same ending was typed: nobody knows which is asked", async () => {
  const page = await open(view(1, choose, { methods: ["mbway"] }));
  const number = page.getByLabel("mobile number", { exact: false });
  await number.fill("919999999");
  pages.server.answers.push({ status: 200, view: view(2, missed, MORE) });
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("on the phone 919 999 999").waitFor();
  await page.getByRole("link", { name: "Use another number" }).click();
  await number.fill("969999999");
  const wish = { way: "mbway", phone: "351#*****9999" } as const;
  pages.server.answers.push({ status: 200, view: view(3, missed, { ...MORE, wish }) });
  await page.getByRole("button", { name: "Ask this number" }).click();
  await page.getByText("on the phone ending in 9999").waitFor();
});

it("is there without script, and takes nothing away that is typed", async () => {
  const page = await open(view(1, missed, MORE), { javaScriptEnabled: false });
  expect(await page.content()).toContain('http-equiv="refresh"');
  expect(await page.getByRole("link", { name: "Use another number" }).getAttribute("href")).toBe("/pay/token?other");
  pages.server.view = view(1, missed, { ...MORE, otherNumber: true });
  await page.reload();
  expect(await page.content()).not.toContain('http-equiv="refresh"');
  await page.getByRole("button", { name: "Ask this number" }).waitFor();
});

it("opens the app on Android alone", async () => {
  const link = { name: "Open the MB WAY app" };
  const android = await open(view(1, missed), { userAgent: "Mozilla/5.0 (Linux; Android 15; Pixel 9)" });
  const address = await android.getByRole("link", link).getAttribute("href");
  expect(address).toMatch(/^intent:#Intent;.*package=pt\.sibs\.android\.mbway;end$/);
});
