import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shopCalled, shopFile } from "../../packages/server/src/shop/shop.ts";
import { approve, askMandate, read } from "../support/actions.ts";
import { createCardPayment } from "../support/cards.ts";
import { newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

const SHOP = "https://loja.example.pt";
const OTHER = "https://www.loja.example.pt";
const CHALLENGED = { number: "4000 0000 0000 0028", expiry: "12/30", code: "123", name: "Ana Sousa" };

const COLOURED = { ...shopCalled("Loja do Cais"), colour: shopFile(Buffer.from(":root{}"), "css", "text/css") };
/** What colours a page as the shop's. */
const STYLE = `href="/assets/shop/${COLOURED.colour.name}"`;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({
    methods: ["mbway", "multibanco", "card"],
    embedding: { origins: [SHOP, OTHER], cards: false },
  });
});

afterAll(() => stage.close());

/** A payment's page as it stands inside the shop's, used as a browser without script uses it. */
async function openEmbedded() {
  const id = await createCardPayment(stage, { returnUrl: `${SHOP}/thanks` });
  const full = String((await read(stage, id)).payUrl);
  const url = `${full}/embedded`;
  const get = (to = "", headers = {}) =>
    fetch(`${url}${to}`, { headers: { "accept-language": "en", ...headers }, redirect: "manual" });
  const view = async () => (await (await get("/view")).json()) as PayView;
  const post = async (to: string, fields: Record<string, string>) =>
    fetch(`${url}/${to}`, {
      method: "POST",
      redirect: "manual",
      headers: { "accept-language": "en" },
      body: new URLSearchParams({ request: (await view()).request, ...fields }),
    });
  return { id, full, url, get, view, post };
}

const framers = (answer: Response) =>
  /frame-ancestors ([^;]+)/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];

describe("the page inside the shop's", () => {
  it("may be framed by the shop's pages alone, and keeps nothing in the browser", async () => {
    const page = await openEmbedded();
    const answer = await page.get("?lang=fr");
    expect(answer.status).toBe(200);
    expect(framers(answer)).toBe(`${SHOP} ${OTHER}`);
    expect(answer.headers.get("x-frame-options")).toBeNull();
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.text()).toMatch(/<html lang="fr-FR"/);
  });

  it("says neither who is paid nor the way back, which the page around it does", async () => {
    const page = await openEmbedded();
    const [text, view] = [await (await page.get()).text(), await page.view()];
    for (const part of ["<header", "<footer", "way-back", "/thanks"]) expect(text).not.toContain(part);
    expect(view).toMatchObject({ path: new URL(page.url).pathname, returnUrl: null, back: null });
    expect(view.embedded).toEqual({
      payment: page.id,
      status: "open",
      origins: [SHOP, OTHER],
      full: new URL(page.full).pathname,
    });
  });

  it("pays by its own forms, and stays what it is on the way", async () => {
    const page = await openEmbedded();
    const sent = await page.post("mbway", { phone: "919 000 111" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, new URL(page.url).pathname]);
    expect((await page.view()).embedded?.status).toBe("pending");
    await approve(stage, "919000111");
    await stage.settle();
    const { embedded, screen } = await page.view();
    expect([embedded?.status, screen.kind]).toEqual(["paid", "paid"]);
    for (const to of ["/mbway", "/nowhere"]) {
      const led = await page.get(to);
      expect([led.status, led.headers.get("location")]).toEqual([303, new URL(page.url).pathname]);
    }
  });

  it("keeps to the language of the page around it on the way on, and in what is taken along", async () => {
    const page = await openEmbedded();
    const inFrench = async () => (await page.get("?lang=fr")).text();
    expect(await inFrench()).toContain(`href="${new URL(page.full).pathname}?lang=fr" target="_top"`);
    await page.post("multibanco", {});
    const [, calendar = ""] = /href="([^"]+\/reference\.ics[^"]*)"/.exec(await inFrench()) ?? [];
    expect(await (await fetch(new URL(calendar, page.url))).text()).toContain("SUMMARY:Payer ");
  });

  it("leads to the full page for a card, and takes none itself", async () => {
    const page = await openEmbedded();
    const text = await (await page.get()).text();
    expect(text).toContain(`href="${new URL(page.full).pathname}?lang=en" target="_top"`);
    expect(text).not.toContain('name="number"');
    await page.post("card", CHALLENGED);
    expect((await read(stage, page.id)).attempts).toEqual([]);
    // a saved card is one too: nothing of it is read, nor said to be wrong
    expect((await page.post("token", { saved: "tok_1", code: "123" })).status).toBe(303);
    // begun on the full page, it is the bank's and that page's business
    const { request } = await page.view();
    await fetch(`${page.full}/card`, { method: "POST", body: new URLSearchParams({ request, ...CHALLENGED }) });
    expect((await page.view()).screen).toEqual({ kind: "unconfirmed", method: "card" });
  });
});

it("lets nobody frame any other page", async () => {
  const { full } = await openEmbedded();
  const { authorizeUrl, manageUrl } = await askMandate(stage, { phone: newPhone() });
  const { url } = stage.server;
  const pages = [full, `${full}/elsewhere`, authorizeUrl, manageUrl];
  const others = ["/pay/none/embedded", "/pay", "/dashboard/login", "/docs", "/nowhere"].map((path) => url + path);
  for (const address of [...pages, ...others]) {
    const policy = framers(await fetch(address));
    expect([address, policy ?? "'none'"]).toEqual([address, "'none'"]);
  }
});

it("takes cards inside the shop's page where the shop says so, its bank's page in a frame of that", async () => {
  await stage.restartServer({ embedding: { origins: [SHOP], cards: true }, shop: COLOURED });
  const page = await openEmbedded();
  expect(await (await page.get()).text()).toContain('name="number"');
  await page.post("card", CHALLENGED);
  const { screen } = await page.view();
  if (screen.kind !== "card_challenge") throw new Error(`the page shows ${screen.kind}`);
  const bank = await fetch(`${page.full}/bank?action=${screen.action.id}`);
  const back = await fetch(`${page.full}/return?action=${screen.action.id}`, {
    headers: { "sec-fetch-dest": "iframe" },
  });
  expect(await bank.text()).toContain(STYLE);
  expect([framers(bank), framers(back), framers(await fetch(page.full))]).toEqual([
    `'self' ${SHOP}`,
    `'self' ${SHOP}`,
    "'none'",
  ]);
});

it("says that it may not be framed where the shop has named no pages of its own, in the shop's colour, and leads to the full page", async () => {
  await stage.restartServer({ embedding: { origins: [], cards: true } });
  const page = await openEmbedded();
  const answer = await page.get();
  expect([answer.status, framers(answer)]).toEqual([403, "'none'"]);
  const text = await answer.text();
  expect(text).toContain("This payment has a page of its own");
  const nowhere = [`${stage.server.url}/pay/${"0".repeat(30)}`, `${stage.server.url}/mandates/${"0".repeat(30)}`];
  for (const page of [text, ...(await Promise.all(nowhere.map(async (url) => (await fetch(url)).text())))])
    expect(page).toContain(STYLE);
  expect(text).toContain(`href="${new URL(page.full).pathname}"`);
  expect((await page.get("/view", { accept: "application/json" })).status).toBe(403);
});

describe("/drop-in.js", () => {
  it("is one small script for pages elsewhere, which loads nothing more", async () => {
    const answer = await fetch(`${stage.server.url}/drop-in.js`, { headers: { "accept-encoding": "gzip" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^(text|application)\/javascript/);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(Number(answer.headers.get("content-length"))).toBeLessThan(2 * 1024);
    expect(await answer.text()).not.toMatch(/\bimport\b/);
  });
});
