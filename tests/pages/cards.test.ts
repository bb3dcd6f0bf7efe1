import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { rawPost } from "../support/raw-post.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ methods: ["card", "mbway"] });
});

afterAll(() => stage.close());

const NUMBER = "4111111111111111";
const CHALLENGED = "4000000000000028";
const headers = { "accept-language": "en" };

/** A card as it is typed. */
const typed = (changes: Record<string, string> = {}) => ({
  number: "4111 1111 1111 1111",
  expiry: "12/30",
  code: "123",
  name: "Ana Sousa",
  ...changes,
});

/** A payment's page, used as a browser without script uses it. */
async function openPage(changes: object = {}) {
  const id = await createCardPayment(stage, changes);
  const url = String((await read(stage, id)).payUrl);
  const view = async () => (await (await fetch(`${url}/view`, { headers })).json()) as PayView;
  return {
    id,
    url,
    view,
    get: (path = "", more: Record<string, string> = {}) =>
      fetch(`${url}${path}`, { headers: { ...headers, ...more }, redirect: "manual" }),
    post: async (to: string, fields: Record<string, string>, accept = "text/html") =>
      fetch(`${url}/${to}`, {
        method: "POST",
        redirect: "manual",
        headers: { ...headers, accept },
        body: new URLSearchParams({ request: (await view()).request, ...fields }),
      }),
  };
}

/** The page of a payment whose issuer waits for its customer. */
async function openChallenged() {
  const page = await openPage();
  await page.post("card", typed({ number: CHALLENGED }));
  const { screen } = await page.view();
  if (screen.kind !== "card_challenge") throw new Error(`the page shows ${screen.kind}`);
  return { ...page, action: screen.action };
}

describe("the form for a card", () => {
  it("pays, and leads back to the page", async () => {
    const page = await openPage();
    const sent = await page.post("card", typed());
    expect([sent.status, sent.headers.get("location")]).toEqual([303, new URL(page.url).pathname]);
    expect((await page.view()).screen).toMatchObject({ kind: "paid", method: "card", amount: 550 });
    const { attempts } = await read(stage, page.id);
    expect(attempts[0].card).toEqual({ brand: "visa", firstSix: "411111", lastFour: "1111", expiry: null });
  });

  it("comes back with what is wrong beside each field, and never with the number or the code", async () => {
    const page = await openPage({ customer: null });
    const wrong = typed({ number: "4111 1111 1111 1112", code: "9876", expiry: "01/20", email: "ana@" });
    const answer = await page.post("card", { ...wrong, country: "PT", street1: "Rua <1>" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    for (const words of ["A digit is mistyped", "expired", "too many digits", "not complete", "Postcode", "missing"]) {
      expect(html).toContain(words);
    }
    expect(html).toContain('value="Ana Sousa"');
    expect(html).toContain('value="Rua &lt;1>"');
    expect(html).not.toMatch(/4111|9876/);
    const view = await (await page.post("card", { ...wrong, name: NUMBER, email: NUMBER }, "application/json")).text();
    expect(JSON.parse(view).cardTyped.problems).toMatchObject({ number: "luhn", code: "too_long", name: "not_a_name" });
    expect(view).not.toMatch(/4111|9876/);
    expect((await read(stage, page.id)).attempts).toEqual([]);
  });

  it("comes back empty when it is sent empty, twice filled or with a number for a phone", async () => {
    const page = await openPage();
    const { problems } = (await (await page.post("card", {}, "application/json")).json()).cardTyped;
    expect(problems).toEqual({ number: "empty", expiry: "empty", code: "empty", name: "empty" });
    const twice = await fetch(`${page.url}/card`, {
      method: "POST",
      headers,
      body: new URLSearchParams([["request", "0"], ...Object.entries(typed()), ["number", NUMBER]]),
    });
    expect([twice.status, (await twice.text()).includes("4111")]).toEqual([422, false]);
    const phone = await page.post("mbway", { phone: NUMBER });
    expect([phone.status, (await phone.text()).includes(NUMBER)]).toEqual([422, false]);
  });

  it("asks of whoever the shop does not know e-mail and address, and SIBS is told", async () => {
    const page = await openPage({ customer: null });
    const address = { street1: "Rua 123", postcode: "1200-999", city: "Lisboa", country: "PT" };
    await page.post("card", { ...typed(), email: "ana@example.pt", ...address });
    expect((await page.view()).screen.kind).toBe("paid");
    expect((await read(stage, page.id)).customer).toBeNull();
  });

  it("makes one attempt of a press that is sent twice", async () => {
    const page = await openPage();
    const { request } = await page.view();
    await Promise.all([1, 2, 3].map(() => page.post("card", { ...typed(), request })));
    expect((await read(stage, page.id)).attempts).toHaveLength(1);
  });

  it("keeps the card only where its owner ticked that and the shop offers it", async () => {
    const keeping = async (customer: string, saveCard: boolean, keep: Record<string, string>) => {
      const page = await openPage({ customer: { ...ANA, id: customer }, saveCard });
      await page.post("card", { ...typed(), ...keep });
      const tokens = (await stage.api("GET", `/v1/tokens?customer=${customer}`)).body.data;
      return [tokens.length, (await read(stage, page.id)).attempts[0].card.expiry];
    };
    expect(await keeping("keeps", true, { keep: "1" })).toEqual([1, "2030-12"]);
    expect(await keeping("does-not", true, {})).toEqual([0, null]);
    expect(await keeping("not-offered", false, { keep: "1" })).toEqual([0, null]);
  });
});

describe("3-D Secure on the page", () => {
  it("skips what needs a script where none runs, and asks the customer on a page of the bank's", async () => {
    const page = await openPage();
    await page.post("card", typed({ number: "4176660000000100", code: "597" }));
    const answer = await page.get();
    const issuer = stage.gateway.url;
    expect(answer.headers.get("content-security-policy")).toContain(`form-action 'self' ${issuer};`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const html = await answer.text();
    expect(html).toContain(`<form class="stack" method="post" action="${issuer}/issuer/challenge"`);
    expect(html).toContain(`${page.url}/return?action=`);
  });

  it("leaves it to the browser where a script runs", async () => {
    const page = await openPage();
    const fields = typed({ number: "4176660000000100", code: "597" });
    await page.post("card", { ...fields, script: "1", screenWidth: "360", timeZoneOffset: "-60" });
    expect((await page.view()).screen).toMatchObject({ kind: "card_moment", action: { id: expect.any(String) } });
  });

  it("lets in nobody but ourselves before, and on the way to the bank the issuer of this one action", async () => {
    const before = (await (await openPage()).get()).headers.get("content-security-policy");
    expect(before).toContain("frame-src 'self'");
    expect(before).toContain("form-action 'self';");
    expect(before).toContain("frame-ancestors 'none'");
    const page = await openChallenged();
    const bank = await page.get(`/bank?action=${page.action.id}`);
    const policy = bank.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).toContain(`form-action 'self' ${stage.gateway.url};`);
    expect(policy).toContain(`frame-src 'self' ${stage.gateway.url}`);
    expect(policy).toContain("frame-ancestors 'self'");
    expect((await page.get("/bank?action=another")).status).toBe(303);
  });

  it.each(["GET", "POST"])("goes on when the browser comes back by %s, once however often it does", async (method) => {
    const page = await openChallenged();
    await stage.sandbox("POST", `/challenges/${page.action.id}/pass`);
    for (const _time of [1, 2, 3]) {
      const back = await fetch(`${page.url}/return?action=${page.action.id}`, { method, redirect: "manual" });
      expect([back.status, back.headers.get("location")]).toEqual([303, new URL(page.url).pathname]);
    }
    expect((await page.view()).screen.kind).toBe("paid");
  });

  it.each([
    ["a form of 20 kB", "application/x-www-form-urlencoded", 20_000],
    ["a form of just 64 KiB", "application/x-www-form-urlencoded", 65_536],
    ["a form of many parts", "multipart/form-data; boundary=x", 9_000],
    ["JSON", "application/json", 500],
    ["a type that is none", "json", 500],
    ["XML", "text/xml; charset=iso-8859-1", 500],
    ["no type at all", null, 500],
  ])("goes on when the issuer's page posts %s", async (_what, type, length) => {
    const page = await openChallenged();
    await stage.sandbox("POST", `/challenges/${page.action.id}/pass`);
    const sent = type === null ? [] : ["Content-Type", type];
    const back = await rawPost(`${page.url}/return?action=${page.action.id}`, sent, "cres=".padEnd(length, "e"));
    expect([back.status, back.location]).toEqual([303, new URL(page.url).pathname]);
    expect((await page.view()).screen.kind).toBe("paid");
  });

  it.each(["text/html", "application/json"])(
    "answers a page, never JSON, to what is longer still (%s)",
    async (type) => {
      const page = await openChallenged();
      const long = "cres=".padEnd(65_537, "e");
      const back = await rawPost(`${page.url}/return?action=${page.action.id}`, ["Content-Type", type], long);
      expect([back.status, back.type]).toEqual([413, "text/html; charset=utf-8"]);
      expect(back.text).toContain(`href="${new URL(page.url).pathname}"`);
      expect((await page.view()).screen.kind).toBe("card_challenge");
    },
  );

  it("tells the page around it when the browser comes back in a frame, and may be framed by us alone", async () => {
    const page = await openChallenged();
    await stage.sandbox("POST", `/challenges/${page.action.id}/pass`);
    const back = await page.get(`/return?action=${page.action.id}`, { "sec-fetch-dest": "iframe" });
    expect(back.status).toBe(200);
    expect(back.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(await back.text()).toMatch(/<script type="module" src="\/assets\/pay-back-/);
    expect((await page.view()).screen.kind).toBe("paid");
  });

  it("ends when the customer prefers another way, and another is there", async () => {
    const page = await openChallenged();
    await page.post("continue", { action: page.action.id, executed: "false" });
    expect((await page.view()).screen).toEqual({ kind: "choose" });
    await page.post("mbway", { phone: "912000041" });
    expect((await page.view()).screen.kind).toBe("mbway_waiting");
  });

  it("minds no action that is not this payment's", async () => {
    const page = await openChallenged();
    const other = await openChallenged();
    await page.post("continue", { action: other.action.id, executed: "false" });
    await page.get(`/return?action=${other.action.id}`);
    await page.post("continue", {});
    expect((await other.view()).screen.kind).toBe("card_challenge");
    expect((await page.view()).screen.kind).toBe("card_challenge");
  });
});

describe("saved cards on the page", () => {
  const signedIn = { ...ANA, id: "c-returns", signedIn: true };
  let saved: string;

  beforeAll(async () => {
    const id = await createCardPayment(stage, { customer: signedIn, saveCard: true });
    await payByCard(stage, id, NUMBER);
    saved = (await stage.api("GET", "/v1/tokens?customer=c-returns")).body.data[0].id;
  });

  it("are what their owner knows them by, and pay by the code", async () => {
    const page = await openPage({ customer: signedIn });
    expect((await page.view()).card?.saved).toEqual([{ id: saved, brand: "visa", lastFour: "1111", expiry: "12/30" }]);
    const wrong = await page.post("token", { saved, code: "98765" });
    expect([wrong.status, (await wrong.text()).includes("98765")]).toEqual([422, false]);
    await page.post("token", { saved, code: "123" });
    expect((await page.view()).screen).toMatchObject({ kind: "paid", method: "card" });
  });

  it.each([
    ["whose customer is not signed in", { ...signedIn, signedIn: false }],
    ["of another customer", { ...signedIn, id: "c-other" }],
    ["of nobody the shop knows", { ...signedIn, id: null }],
  ])("are not shown, and not charged, on a page %s", async (_whose, customer) => {
    const page = await openPage({ customer });
    expect((await page.view()).card?.saved).toEqual([]);
    const answer = await page.post("token", { saved, code: "123" });
    expect([answer.status, (await answer.text()).includes("cannot be used here any more")]).toEqual([422, true]);
    expect((await read(stage, page.id)).attempts).toEqual([]);
  });

  it("are not shown, and not charged, on a link that is half an hour old", async () => {
    const page = await openPage({ customer: signedIn });
    // to the millisecond: packages/server/src/pages/pay/signed-in.test.ts
    await stage.advance(20 * 60);
    expect((await page.view()).card?.saved).toHaveLength(1);
    await stage.advance(10 * 60);
    expect((await page.view()).card?.saved).toEqual([]);
    expect((await page.post("token", { saved, code: "123" })).status).toBe(422);
    expect((await read(stage, page.id)).attempts).toEqual([]);
  });
});

it("says kindly that there were too many tries by card", async () => {
  const strict = await setStage({ methods: ["card"], cardLimits: { perPayment: 1, perAddress: 0, perTerminal: 0 } });
  const id = await createCardPayment(strict);
  const { payUrl } = await read(strict, id);
  const pay = (request: string) =>
    fetch(`${payUrl}/card`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ request, ...typed({ number: "4000000000000127" }) }),
    });
  await pay("0");
  const answer = await pay("1");
  expect([answer.status, (await answer.text()).includes("too many tries")]).toEqual([422, true]);
  await strict.close();
});
