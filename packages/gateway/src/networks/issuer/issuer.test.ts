import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Json, type TestGateway, testGateway } from "../../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const FORM = { "content-type": "application/x-www-form-urlencoded", "accept-language": "en" };
const SHOP = "http://shop.example/back?payment=17";

/** Sends a form as a browser does, and gives the page that comes. */
async function post(url: string, fields: Record<string, string>) {
  const response = await fetch(url, { method: "POST", headers: FORM, body: new URLSearchParams(fields) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const fieldsOf = ({ data }: Json): Record<string, string> =>
  Object.fromEntries(data.params.map(({ key, value }: Json) => [key, value]));

/** An attribute's text, which HTML writes without a value where it is empty. */
const attribute = (text: string, name: string) => {
  const found = new RegExp(`<main[^>]* ${name}(?:="([^"]*)")?[ >]`).exec(text);
  return found === null ? undefined : (found[1] ?? "").replaceAll("&amp;", "&");
};

/** What the script of the last page is told. */
const told = (text: string) => ({
  action: attribute(text, "data-action"),
  ending: attribute(text, "data-ending"),
  returnUrl: attribute(text, "data-return-url"),
});

async function asked(number: string, code = "123") {
  const made = await gateway.cardCheckout();
  const action = (await gateway.payByCard(made, number, { code })).body.actionResponse as Json;
  const answer = (fields: Record<string, string>) =>
    post(`${gateway.url}/issuer/challenge/answer`, { id: action.id, press: "confirm", ...fields });
  return { made, action, answer, open: (more = {}) => post(action.data.url, { ...fieldsOf(action), ...more }) };
}

describe("the issuer's challenge", () => {
  it("shows shop, amount and card, to be framed by a shop's page, with a form that works without script", async () => {
    const { action, open } = await asked("4000000000000028");
    const { status, headers, text } = await open({ returnUrl: SHOP });
    expect(status).toBe(200);
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors http: https:");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
    for (const shown of ["Caravela", "€5.50", "4000 00•• •••• 0028", action.id, SHOP]) expect(text).toContain(shown);
  });

  it("is passed by the password, and the last page tells the shop's page and leads back", async () => {
    const { made, action, answer } = await asked("4000000000000028");
    const { text } = await answer({ password: "123456", returnUrl: SHOP });
    expect(told(text)).toEqual({ action: action.id, ending: "passed", returnUrl: SHOP });
    expect(text).toContain(`<a href="${SHOP}" target="_top">`);
    expect(text).toContain('<noscript><meta http-equiv="refresh"');
    expect((await gateway.continueCard(made, action)).body.paymentStatus).toBe("Success");
  });

  it("takes two wrong passwords and then the right one; a third wrong one fails it", async () => {
    const good = await asked("4000000000000028");
    expect((await good.answer({ password: "654321" })).text).toContain('role="alert"');
    await good.answer({ password: "" });
    expect(told((await good.answer({ password: " 123456 " })).text).ending).toBe("passed");
    const bad = await asked("4000000000000028");
    for (const password of ["1", "2", "3"]) await bad.answer({ password });
    expect(told((await bad.answer({ password: "123456" })).text).ending).toBe("failed");
    expect((await gateway.continueCard(bad.made, bad.action)).body.returnStatus.statusCode).toBe("E0118");
  });

  it("is given up by cancelling", async () => {
    const { made, action, answer } = await asked("4000000000000028");
    expect(told((await answer({ press: "cancel" })).text).ending).toBe("canceled");
    expect((await gateway.continueCard(made, action)).body.returnStatus.statusCode).toBe("E0118");
  });

  it("says how it ended when it is opened again, and that it is over when nothing is asked any more", async () => {
    const { action, answer, open } = await asked("4000000000000028");
    await answer({ password: "123456" });
    expect(told((await open()).text)).toEqual({ action: action.id, ending: "passed", returnUrl: "" });
    const late = await asked("4000000000000028");
    await gateway.advance(600);
    expect(told((await late.open()).text).ending).toBe("");
    expect(told((await late.answer({ password: "123456" })).text).ending).toBe("");
    const strange = await post(`${gateway.url}/issuer/challenge`, { creq: "???" });
    expect([strange.status, told(strange.text).ending]).toEqual([200, ""]);
  });

  it("leads back to a page of the web only, and shows what it is given as text", async () => {
    const { open, answer } = await asked("4000000000000028");
    expect((await open({ returnUrl: "javascript:alert(1)" })).text).not.toContain("javascript:");
    const page = await open({ returnUrl: 'http://shop.example/"><script>alert(1)</script>' });
    expect(page.text).not.toContain("<script>alert");
    expect(told((await answer({ press: "cancel", returnUrl: "data:text/html,x" })).text).returnUrl).toBe("");
  });
});

describe("the issuer's hidden page", () => {
  it("knows the browser then, and tells the page that framed it", async () => {
    const { made, action, open } = await asked("4176660000000100", "597");
    expect(told((await open()).text)).toEqual({ action: action.id, ending: "done", returnUrl: "" });
    const next = await gateway.continueCard(made, action);
    expect(next.body.actionResponse.type).toBe("THREEDS_CHALLENGE");
  });

  it("has its script and style in files of their own", async () => {
    const { open } = await asked("4176660000000100", "597");
    const { text } = await open();
    for (const [file, type] of [
      [/<script type="module" src="([^"]+)"/.exec(text)?.[1], "application/javascript; charset=utf-8"],
      [/<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1], "text/css; charset=utf-8"],
    ]) {
      const response = await fetch(`${gateway.url}${file}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    }
  });
});

describe("/issuer", () => {
  it("says what the bank is, and lists its cards", async () => {
    const response = await fetch(`${gateway.url}/issuer`, { headers: { "accept-language": "pt" } });
    const text = await response.text();
    expect(text).toContain("Banco da Rua");
    expect(text).toContain("4176 6600 0000 0100");
  });
});

describe("/sandbox/challenges", () => {
  it("lists what waits, oldest first, and ends it by the action's id or the transaction's", async () => {
    await gateway.sandbox("/reset", {});
    const [first, second] = [await asked("4000000000000028"), await asked("4000000000000028")];
    const { challenges } = (await gateway.sandbox("/challenges")).body;
    expect(challenges.map(({ id }: Json) => id)).toEqual([first.action.id, second.action.id]);
    expect(challenges[0]).toEqual({
      id: first.action.id,
      transactionID: first.made.id,
      card: "400000******0028",
      amount: "5.50",
      currency: "EUR",
      merchant: "Caravela",
      askedAt: expect.any(String),
      expiresAt: expect.any(String),
      ending: null,
    });
    const passed = await gateway.sandbox(`/challenges/${first.action.id}/pass`, {});
    expect(passed.body).toEqual({ id: first.action.id, transactionID: first.made.id, ending: "passed" });
    const failed = await gateway.sandbox(`/challenges/${second.made.id}/fail`, {});
    expect(failed.body).toEqual({ id: second.action.id, transactionID: second.made.id, ending: "failed" });
    expect((await gateway.sandbox("/challenges")).body.challenges).toEqual([]);
  });

  it("answers 404 for what is not wanted: unknown, ended, or a step of another kind", async () => {
    const { action } = await asked("4176660000000100", "597");
    for (const id of ["none", "%00", "s2AAAAAAAAAAAAAAAAAA", action.id]) {
      const { status, body } = await gateway.sandbox(`/challenges/${id}/pass`, {});
      expect([status, body.code]).toEqual([404, null]);
    }
    expect((await gateway.sandbox(`/methods/${action.id}/done`, {})).body.ending).toBe("done");
    expect((await gateway.sandbox(`/methods/${action.id}/done`, {})).status).toBe(404);
  });
});
