import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import { choose, confirming, openWay, paid, payPages, reference, view, waiting } from "./pay-page.ts";

const pages = payPages();
const { open } = pages;

it("sends a well-typed phone without leaving the page, and once however often it is pressed", async () => {
  const page = await open(view(1, choose));
  pages.server.answers.push({ status: 200, view: view(2, waiting) });
  await page.getByLabel("Mobile number").fill("+351 919 999 999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).dblclick();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(pages.server.sent).toEqual([{ to: "mbway", fields: { request: "attempt-1", phone: "+351 919 999 999" } }]);
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
  expect(pages.server.sent).toEqual([]);
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
  expect(pages.server.sent).toEqual([]);
});

it("says the same when it is the server that refuses the phone", async () => {
  const page = await open(view(1, choose));
  const typed = { phone: "919999999", problem: "not_mobile" } as const;
  pages.server.answers.push({ status: 422, view: view(1, choose, { typed }) });
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await page.getByText("This is not a mobile number.").waitFor();
});

it("says that nothing is lost when a form did not get through, and sends the same attempt again", async () => {
  const page = await open(view(1, choose));
  await page.route("**/multibanco", (route) => route.abort(), { times: 1 });
  await openWay(page, "Multibanco");
  await page.getByRole("button", { name: "Pay by Multibanco" }).click();
  await page.getByRole("main").getByText("there is no risk of paying twice").waitFor();
  pages.server.answers.push({ status: 200, view: view(2, reference) });
  await page.getByRole("button", { name: "Pay by Multibanco" }).click();
  await page.getByRole("heading", { name: "Your Multibanco reference" }).waitFor();
  expect(pages.server.sent.map(({ fields }) => fields.request)).toEqual(["attempt-1"]);
});

it.each([
  ["choosing", choose, "Back to Loja da Ribeira"],
  ["the phone is asked", waiting, "Back to Loja da Ribeira"],
  ["a reference is to be paid", reference, "Back to the shop"],
] as const)("leads back to the shop while %s", async (_while, screen, name) => {
  const back = "http://127.0.0.1:1/orders/17?payment=pay_1&status=open";
  const page = await open(view(1, screen, { back }), { javaScriptEnabled: false });
  const link = page.getByRole("link", { name, exact: true });
  expect(await link.getAttribute("href")).toBe(back);
  expect(
    await page
      .getByRole("link", { name: /^Back to/ })
      .first()
      .innerText(),
  ).toBe("Back to Loja da Ribeira");
});

it("keeps the wish for a new request while SIBS has not ended the first", async () => {
  const page = await open(view(1, confirming));
  const wish = { way: "mbway", phone: confirming.phone } as const;
  pages.server.answers.push({ status: 200, view: view(2, { ...confirming, again: "kept" }, { wish }) });
  await page.getByRole("button", { name: "Send a new request" }).click();
  await page.getByText("Kept: next, the request goes to the phone ending in 9999.").waitFor();
  expect(pages.server.sent).toEqual([{ to: "again", fields: { request: "attempt-1" } }]);
  expect(await page.getByRole("button", { name: "Send a new request" }).count()).toBe(0);
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
  expect(await buttons()).toEqual(["Sending…"]);
  await page.clock.runFor(1_900);
  expect(await buttons()).toEqual(["Sending…"]);
  await page.clock.runFor(200);
  expect(await buttons()).toEqual(["Asking the bank…"]);
  await openWay(page, "Multibanco");
  expect(await buttons()).toEqual(["Pay by Multibanco"]);
  await page.getByRole("button", { name: "Pay by Multibanco" }).click({ force: true });
  expect(await page.locator("[aria-live]").textContent()).toContain("Asking the bank…");
  answer.resolve();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(pages.server.sent).toEqual([]);
});

it("works without script: a form leads back to the page, which refreshes itself and shows the shop's link", async () => {
  const page = await open(view(1, choose), { javaScriptEnabled: false });
  pages.server.answers.push({ status: 200, view: view(2, waiting) });
  await page.getByLabel("Mobile number").fill("919999999");
  await page.getByRole("button", { name: "Pay €5.50 with MB WAY" }).click();
  await page.getByRole("heading", { name: "Open your MB WAY app" }).waitFor();
  expect(await page.locator("meta[http-equiv=refresh]").getAttribute("content")).toBe("5; url=/pay/token");
  pages.server.view = view(3, paid, { returnUrl: "http://127.0.0.1:1/orders/17" });
  await page.getByRole("link", { name: "Update" }).click();
  await page.getByRole("heading", { name: "Paid. Thank you!" }).waitFor();
  expect(await page.getByRole("link", { name: "Back to the shop" }).count()).toBe(1);
  expect(pages.server.sent).toEqual([{ to: "mbway", fields: { request: "attempt-1", phone: "919999999" } }]);
});
