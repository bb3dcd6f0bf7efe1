import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@caravela/platform/secret";
import { cents } from "@caravela/sibs/money";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atmTexts } from "../../packages/web/src/atm/texts.ts";
import { euros } from "../../packages/web/src/parts/euros.ts";
import { mailForm } from "../../packages/web/src/pay/receipt/mail-texts.pt.ts";
import { receipt } from "../../packages/web/src/pay/receipt/texts.pt.ts";
import { activeMandate, approve, askPhone, createPayment, read } from "../support/actions.ts";
import { createCardPayment } from "../support/cards.ts";
import { accessibilityFaults, type Journey, setJourney } from "../support/journey.ts";
import { type MailServer, openMailServer } from "../support/mail-server.ts";

let journey: Journey;
let mail: MailServer;

beforeAll(async () => {
  mail = await openMailServer();
  journey = await setJourney({
    methods: ["mbway", "multibanco", "card"],
    cardsInside: true,
    customerMail: { smtpUrl: new Secret(`smtp://127.0.0.1:${mail.port}`), from: "pagamentos@example.pt" },
  });
});

afterEach(async () => {
  await journey.goHome();
  expect(journey.complaints.splice(0)).toEqual([]);
});

afterAll(async () => {
  await journey.close();
  await mail.close();
});

it("goes on with Multibanco after the phone declined, and the shop's own page turns to paid when the ATM is paid", async () => {
  const phone = "912000011";
  const customer = await journey.customer();
  const { says, shopSays, page } = customer;
  await customer.order();
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  await customer.answerOnPhone(phone, "decline");
  await customer.sees(says.declined.refused.title);
  await customer.openWay("multibanco");
  await customer.press(says.reference.choose);
  await customer.sees(says.reference.title);
  const reference = await customer.readReference();
  const order = await page.context().newPage();
  await order.goto(`${journey.shopUrl}/orders/${await customer.orderNumber()}`);
  await order.getByRole("heading", { name: shopSays.unpaid.title }).waitFor();
  expect(await customer.payAtAtm(reference)).toContain(atmTexts.pt.receipt.thanks);
  await customer.sees(says.paid.title);
  await order.getByRole("heading", { name: shopSays.paid.title }).waitFor();
});

it("withdraws the reference when the customer leaves it for MB WAY", async () => {
  const phone = "912000012";
  const customer = await journey.customer();
  const { says, shopSays } = customer;
  await customer.order();
  await customer.openWay("multibanco");
  await customer.press(says.reference.choose);
  await customer.sees(says.reference.title);
  const reference = await customer.readReference();
  await customer.press(says.reference.instead);
  await customer.payByMbway(phone);
  await customer.sees(says.waiting.title);
  expect(await customer.payAtAtm(reference)).toContain(atmTexts.pt.refused.canceled);
  await customer.answerOnPhone(phone, "approve");
  await customer.sees(says.paid.title);
  await customer.goesBack();
  await customer.sees(shopSays.paid.title);
});

it("pays inside the shop's own page, under a strict policy: a reference, then the phone, and on to the order that is paid", async () => {
  const phone = "912000013";
  const customer = await journey.customer();
  const { says, shopSays, page } = customer;
  await page.goto(journey.shopUrl);
  await customer.press(`${shopSays.payHere}: Sabonete de alfazema`);
  await customer.sees(shopSays.checkout);
  const order = new URL(page.url()).pathname.replace(/\/pay$/, "");
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    for (const name of ["pending", "paid", "canceled"])
      document.body.addEventListener(name, (event) => heard.push([name, (event as CustomEvent).detail.status]));
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  const frame = page.locator("caravela-pay iframe");
  const inside = frame.contentFrame();
  const height = async () => (await frame.boundingBox())?.height ?? 0;
  const heading = (name: string) => inside.getByRole("heading", { level: 1, name, exact: true });

  await heading(says.choose.title).waitFor();
  await expect.poll(() => frame.getAttribute("title")).toBe(`${says.choose.title} · Loja do Cais`);
  expect(await page.locator("caravela-pay > a").isVisible()).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
  await inside.locator("summary", { hasText: says.methods.multibanco }).click();
  await inside.getByRole("button", { name: says.reference.choose }).click();
  await heading(says.reference.title).waitFor();
  await expect.poll(heard).toEqual([["pending", "pending"]]);
  const content = () => inside.locator("#page").evaluate((element: HTMLElement) => element.offsetHeight);
  await expect.poll(async () => (await height()) - (await content())).toBe(0);
  const before = await height();
  await inside.locator("summary", { hasText: says.reference.instead }).click();
  await expect.poll(height).toBeGreaterThan(before);

  await inside.getByLabel(says.phone.label).fill(phone);
  await inside.locator("form[action$='/mbway']").getByRole("button").click();
  await heading(says.waiting.title).waitFor();
  await customer.answerOnPhone(phone, "approve");
  await customer.sees(shopSays.paid.title);
  expect(new URL(page.url()).pathname).toBe(order);
});

it("shows the shop's own link where the payment may not be shown inside", async () => {
  const customer = await journey.customer();
  const { shopSays, page } = customer;
  await page.goto(journey.shopUrl);
  await customer.press(`${shopSays.payHere}: Sabonete de alfazema`);
  await customer.sees(shopSays.checkout);
  // the same page by another name of this machine, which the shop has not named
  await page.clock.install();
  await page.goto(page.url().replace("127.0.0.1", "localhost"));
  await page.locator("caravela-pay iframe").waitFor();
  await expect
    .poll(async () => {
      await page.clock.runFor(6_000);
      return page.locator("caravela-pay > a").isVisible();
    })
    .toBe(true);
  expect(await page.locator("caravela-pay iframe").isVisible()).toBe(false);
  const refused = journey.complaints.splice(0).join("\n");
  expect(refused).toContain("frame-ancestors");
  expect(refused).toContain("CARAVELA_SHOP_ORIGINS");
});

it("is shown inside a page by the lines of the guide as they stand, under the policy of the guide", async () => {
  const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "payment-page.md"), "utf8");
  const { stage, shopUrl } = journey;
  const id = await createPayment(stage);
  const { payUrl } = await read(stage, id);
  const block = (begins: string) => {
    const [, text = ""] = new RegExp(`^${begins}([\\s\\S]*?)^\`\`\``, "m").exec(guide) ?? [];
    return text
      .replaceAll("https://pay.example.pt/pay/…", payUrl)
      .replaceAll("https://pay.example.pt", stage.server.url);
  };
  const { page } = await journey.customer();
  const policy = block("```\\ndefault-src ").trim();
  await page.route(`${shopUrl}/guide`, (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": `default-src ${policy}` },
      body: `<!doctype html><title>x</title>${block("```html\\n")}<script type="module" src="/guide.js"></script>`,
    }),
  );
  await page.route(`${shopUrl}/guide.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: block("```js\\n") }),
  );
  // what a test answers in the shop's place counts as come from afar, and the server as near
  await page.context().grantPermissions(["local-network-access"]);
  await page.goto(`${shopUrl}/guide`);
  await page.locator("caravela-pay iframe").contentFrame().getByRole("heading", { level: 1 }).waitFor();
  await askPhone(stage, id, "912000014");
  await approve(stage, "912000014");
  await stage.settle();
  await page.waitForURL(`${shopUrl}/thanks?payment=${id}`);
  // the page that thanks is not there
  journey.complaints.splice(0);
});

describe("inside a page of the shop's, where cards are taken too", () => {
  /** Opens a payment inside a page of the shop's, whose browser can share: what is shared is noted. */
  async function openInside(changes: object = {}) {
    const customer = await journey.customer();
    const { page, says } = customer;
    const { payUrl } = await read(journey.stage, await createCardPayment(journey.stage, changes));
    const { url } = journey.stage.server;
    const body = `<!doctype html><title>x</title><script type="module" src="${url}/drop-in.js"></script>
      <caravela-pay pay-url="${payUrl}" lang="pt"></caravela-pay>`;
    await page.route(`${journey.shopUrl}/inside`, (route) => route.fulfill({ contentType: "text/html", body }));
    // what a test answers in the shop's place counts as come from afar, and the server as near
    await page.context().grantPermissions(["local-network-access"]);
    await page.addInitScript(() => {
      const shared: unknown[] = [];
      const heard: string[] = [];
      Object.assign(window, { shared, heard });
      for (const name of ["pending", "paid", "canceled"]) addEventListener(name, () => heard.push(name));
      Object.defineProperty(navigator, "share", { value: async (what: unknown) => void shared.push(what) });
    });
    await page.goto(`${journey.shopUrl}/inside`);
    const inside = page.locator("caravela-pay iframe").contentFrame();
    return {
      customer,
      payUrl: String(payUrl),
      inside,
      heard: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard),
      sees: (title: string) => inside.getByRole("heading", { level: 1, name: title, exact: true }).waitFor(),
      opens: (name: string) => inside.locator("summary.way-line", { hasText: name }).click(),
      presses: (name: string) => inside.getByRole("button", { name, exact: true }).click(),
      shared: () => inside.locator("#page").evaluate(() => (window as unknown as { shared: object[] }).shared),
      says,
    };
  }

  it("pays by a card whose bank asks, in the frame, and shares the receipt by the browser's own choice of apps", async () => {
    const { customer, inside, heard, payUrl, sees, opens, presses, shared, says } = await openInside();
    await sees(says.choose.title);
    await opens(says.methods.card);
    const form = inside.locator("form[action$='/card']");
    const typed = { number: "4176 6600 0000 0100", expiry: "12/30", code: "597", name: "Ana Sousa" };
    for (const [name, text] of Object.entries(typed)) await form.locator(`[name=${name}]`).fill(text);
    await form.getByRole("button").click();
    await customer.answerBank("123456");
    await sees(says.paid.title);
    await expect.poll(async () => (await heard()).at(-1)).toBe("paid");
    await presses(receipt.share);
    expect(await shared()).toEqual([{ title: `${receipt.title} · Loja do Cais`, url: payUrl }]);
  });

  it("pays by an authorised payment, in one press", async () => {
    const ana = { id: "inside-1", name: "Ana" };
    await activeMandate(journey.stage, { customer: ana, type: "oneclick", reference: "inside-1" });
    const { heard, sees, opens, presses, says } = await openInside({ customer: { ...ana, signedIn: true } });
    await sees(says.choose.title);
    await opens(says.methods.mandate);
    await presses(says.mandate.pay(euros(cents(550), "pt")));
    await sees(says.paid.title);
    await expect.poll(async () => (await heard()).at(-1)).toBe("paid");
  });

  it("gives a reference to take along: as words to another app, into a calendar, and by e-mail", async () => {
    const { customer, inside, sees, opens, presses, shared, says } = await openInside();
    await sees(says.choose.title);
    await opens(says.methods.multibanco);
    await presses(says.reference.choose);
    await sees(says.reference.title);
    await presses(receipt.share);
    expect(await shared()).toEqual([
      {
        title: says.reference.title,
        text: expect.stringMatching(/^Entidade: \d{5}\nReferência: [\d ]{11}\nMontante: /),
      },
    ]);
    const download = customer.page.waitForEvent("download");
    await inside.getByRole("link", { name: receipt.calendar, exact: true }).click();
    expect((await download).suggestedFilename()).toBe("multibanco.ics");
    await inside.locator("summary", { hasText: mailForm.open.reference }).click();
    await inside.getByLabel(mailForm.address).fill("ana@example.pt");
    await presses(mailForm.send);
    await inside.getByText(mailForm.outcomes.sent, { exact: true }).waitFor();
    expect(mail.mails.at(-1)?.to).toEqual(["ana@example.pt"]);
    await sees(says.reference.title);
  });
});

it("is typed as the guide shows it", () => {
  const root = join(import.meta.dirname, "..", "..");
  const types = readFileSync(join(root, "packages/web/src/drop-in/element.d.ts"), "utf8");
  expect(readFileSync(join(root, "docs/payment-page.md"), "utf8")).toContain(types);
});
