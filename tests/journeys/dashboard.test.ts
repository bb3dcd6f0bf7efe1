import { cents } from "@caravela/sibs/money";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { CHOSEN_COLUMNS } from "../../packages/web/src/dashboard/payments/columns.ts";
import { approve, askPhone, askReference, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import { type Journey, setJourney } from "../support/journey.ts";
import { asOperator } from "../support/operators.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await setJourney({ alone: { above: cents(300), day: null } });
});
afterEach(() => Promise.all([journey.goHome(), faults(journey.stage, {})]));
afterAll(() => journey.close());

const DESK = { locale: "en-GB", viewport: { width: 1440, height: 900 } };
type Looks = BrowserContextOptions & { readonly name?: string };

/** The browser of a colleague who is signed in, at the dashboard. */
async function colleague(role: string, { name: called = "Marta", ...options }: Looks = {}): Promise<Page> {
  const { stage } = journey;
  const { cookie } = await asOperator(stage, role, { name: called });
  const [name = "", value = ""] = cookie.split("=");
  const { page } = await journey.customer({ ...DESK, ...options });
  const url = stage.server.url.replace("http:", "https:");
  await page.context().addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Strict" }]);
  await page.goto(`${stage.server.url}/dashboard/payments`);
  await page.getByRole("heading", { level: 1, name: /Payments|Pagamentos/ }).waitFor();
  return page;
}

it("a reference is read out, found by the keyboard alone, seen to be paid as it happens, and refunded in part", async () => {
  const { stage } = journey;
  const id = await createPayment(stage, { reference: "order-atm" });
  const { multibanco } = (await askReference(stage, id)).body;
  const page = await colleague("refunder");
  await page.keyboard.press("/");
  await page.keyboard.type(multibanco.reference.replace(/(\d{3})/g, "$1 "));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "€5.50 Under way" }).waitFor();
  await page.getByText("Waits for the reference to be paid").waitFor();

  await page.evaluate(() => Object.assign(window, { stays: true }));
  await payAtAtm(stage, multibanco);
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: "€5.50 Paid" }).waitFor();
  await page.getByText("Nothing more happens by itself.").waitFor();
  expect(await page.evaluate(() => "stays" in window)).toBe(true);

  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await page.getByLabel("Amount, in euros").fill("1,50");
  await page.getByRole("button", { name: "Refund" }).dblclick();
  await page.getByText("The refund was asked for.").waitFor();
  await stage.settle();
  await page.getByRole("heading", { level: 1, name: "€5.50 Partly refunded" }).waitFor();
  expect((await read(stage, id)).refunds).toMatchObject([{ amount: 150, status: "succeeded" }]);
  expect(journey.complaints).toEqual([]);
});

it("a list says how many are new and lets no row jump; a pause stops it; keys lead everywhere", async () => {
  const { stage } = journey;
  await createPayment(stage, { reference: "order-before" });
  const page = await colleague("viewer");
  const rows = () => page.locator("tbody tr td:first-child").allInnerTexts();
  await page.getByText("order-before").waitFor();
  const before = await rows();
  await createPayment(stage, { reference: "order-new" });
  const fresh = page.getByRole("button", { name: "1 new" });
  await fresh.waitFor();
  expect(await rows()).toEqual(before);
  await fresh.click();
  await page.getByText("order-new").waitFor();
  expect(await rows()).toEqual(["order-new", ...before]);

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused").waitFor();
  await createPayment(stage, { reference: "order-unseen" });
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "1 new" }).waitFor();

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByText("Go to Payments").waitFor();
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "order-new" }).click();
  await page.getByRole("heading", { level: 1, name: "€5.50 Not paid yet" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.getByText("order-unseen").waitFor();

  // with every column that there is, what each is called is read without a word broken, and nothing is cut off: beside
  // each other where there is room, else on cards
  const reach = (element: Element) => element.getBoundingClientRect().right;
  await page.goto(`${stage.server.url}/dashboard/payments?columns=${CHOSEN_COLUMNS.join()}`);
  for (const caption of ["Payments, newest first", "Pagamentos, os mais recentes primeiro"]) {
    if (caption.startsWith("Pag")) await page.getByRole("button", { name: "Português" }).click();
    const table = page.getByRole("table", { name: caption });
    expect(await table.getByRole("columnheader").count()).toBe(CHOSEN_COLUMNS.length + 1);
    for (const [width, display] of [
      [800, "block"],
      [1024, "block"],
      [1152, "table"],
      [1440, "table"],
    ] as const) {
      await page.setViewportSize({ width, height: 768 });
      expect([width, await table.evaluate((element) => getComputedStyle(element).display)]).toEqual([width, display]);
      expect(await table.evaluate(brokenWords)).toEqual([]);
      expect(await table.evaluate(reach)).toBeLessThanOrEqual(await page.getByRole("main").evaluate(reach));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
  expect(journey.complaints).toEqual([]);
});

/** The words of a table's head that stand on more than one line. */
function brokenWords(table: Element): string[] {
  return [...table.querySelectorAll("th")].flatMap(({ firstChild: text }) => {
    if (text === null) return [];
    const words = [...(text.textContent ?? "").matchAll(/\S+/g)];
    const lines = ({ 0: word, index }: RegExpExecArray): number => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      return range.getClientRects().length;
    };
    return words.filter((word) => lines(word) > 1).map(([word]) => word);
  });
}

it("all of it works on a phone without script", async () => {
  const { stage } = journey;
  const id = await createPayment(stage, { reference: "order-phone" });
  const page = await colleague("support", {
    locale: "pt-PT",
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
  });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Pagamentos" }).click();
  await page.getByRole("link", { name: "order-phone" }).click();
  await page.getByRole("link", { name: "Cancelar o pagamento" }).click();
  await page.getByRole("button", { name: "Cancelar o pagamento" }).click();
  await page.getByText("Pagamento cancelado.").waitFor();
  expect((await read(stage, id)).status).toBe("canceled");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("Nothing. Should money still come, it goes back to the customer by itself.").waitFor();
  expect(journey.complaints).toEqual([]);
});

it("a large part of what a customer reads out goes back once a second person approves it, and the audit knows both", async () => {
  const { stage } = journey;
  const customer = await journey.customer();
  await customer.order();
  await customer.openWay("multibanco");
  await customer.press(customer.says.reference.choose);
  await customer.sees(customer.says.reference.title);
  const readOut = await customer.readReference();
  await customer.payAtAtm(readOut);
  await customer.sees(customer.says.paid.title);

  const marta = await colleague("refunder", { name: "Marta Figueiredo" });
  await marta.getByRole("searchbox").fill(`${readOut.entity} ${readOut.reference}`);
  await marta.getByRole("searchbox").press("Enter");
  await marta.getByRole("heading", { level: 1, name: "€5.50 Paid" }).waitFor();
  await marta.getByRole("link", { name: "Refund", exact: true }).click();
  await marta.getByLabel("Amount, in euros").fill("4");
  await marta.getByLabel("Reason").selectOption("The customer asked for it");
  await marta.getByRole("button", { name: "Refund" }).click();
  await marta.getByText("The refund waits for a second person to approve it. Nothing went out yet.").waitFor();
  const id = /pay_\w+/.exec(marta.url())?.[0] ?? "";
  expect((await read(stage, id)).refunds).toEqual([]);

  const rui = await colleague("owner", { name: "Rui Leal" });
  await rui.getByRole("link", { name: "Needs attention 1" }).click();
  await rui.getByText("Marta Figueiredo").waitFor();
  await rui.getByRole("link", { name: "Approve" }).click();
  await rui.getByRole("button", { name: "Approve and refund" }).click();
  await rui.getByText("The refund was asked for.").waitFor();
  await stage.settle();
  expect(await read(stage, id)).toMatchObject({ amountRefunded: 400, refunds: [{ status: "succeeded" }] });
  await marta.getByRole("heading", { level: 1, name: "€5.50 Partly refunded" }).waitFor();

  await rui.getByRole("link", { name: "Audit", exact: true }).click();
  const entries = (name: string, did: string) =>
    rui.getByRole("row").filter({ hasText: name }).filter({ hasText: did });
  await entries("Marta Figueiredo", "asked to refund a payment").first().waitFor();
  await entries("Rui Leal", "approved a refund").first().waitFor();
  expect(journey.complaints).toEqual([]);
});

it("a refund whose answer is lost is not to be repeated, and is settled by who looked at SIBS Backoffice", async () => {
  const { stage } = journey;
  const id = await createPayment(stage, { reference: "order-lost" });
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  // nobody else may say first what became of it
  await faults(stage, { refund: { html: 1 }, status: { http: { 404: 1 } } }, { drop: 1 });
  const page = await colleague("refunder");
  await page.getByRole("link", { name: "order-lost" }).click();
  await page.getByRole("link", { name: "Refund", exact: true }).click();
  await page.getByLabel("Amount, in euros").fill("2");
  await page.getByRole("button", { name: "Refund" }).click();
  await page.getByText("In doubt: do not repeat it.").waitFor();
  // SIBS is asked again only in a minute
  await stage.advance(65);
  await faults(stage, {});
  await page.getByRole("link", { name: "Say what became of it" }).first().click();
  await page.getByRole("radio", { name: "It was not done" }).check();
  await page.getByLabel("Note", { exact: true }).fill("SIBS Backoffice has none.");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByText("That was recorded.").waitFor();
  await page.getByText("Decided by Marta").waitFor();
  expect((await read(stage, id)).refunds).toMatchObject([{ status: "failed", settled: { by: { name: "Marta" } } }]);
  expect(journey.complaints).toEqual([]);
});

it("whoever may only look finds neither what to press nor who a customer is, and is told so at a refund's address", async () => {
  const { stage } = journey;
  const customer = { name: "Ana Sousa", email: "ana.sousa@example.pt", phone: "912345678" };
  const id = await createPayment(stage, { reference: "order-private", customer });
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  const page = await colleague("viewer");
  await page.getByRole("link", { name: "order-private" }).click();
  await page.getByRole("heading", { level: 1, name: "€5.50 Paid" }).waitFor();
  const actions = page.getByRole("navigation", { name: "What you can do" }).getByRole("link");
  expect(await actions.allInnerTexts()).toEqual(["Receipt"]);
  expect(
    await page
      .getByRole("main")
      .getByRole("button", { name: /Send again|Keep the note/ })
      .count(),
  ).toBe(0);
  const html = await page.content();
  for (const part of Object.values(customer)) expect(html).not.toContain(part);
  await page.getByText("A. S.").waitFor();
  await page.goto(`${stage.server.url}/dashboard/payments/${id}/refund`);
  await page.getByRole("heading", { level: 1, name: "You have no access" }).waitFor();
  journey.complaints.length = 0; // the browser logs the 403 that was asked for here
});
