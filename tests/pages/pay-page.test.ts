import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import { openPage as openAt } from "../support/open-page.ts";
import { rawPost } from "../support/raw-post.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(async () => {
  await stage.close();
});

/** A payment's page, used as a browser without script uses it. */
async function openPage(changes: object = {}) {
  const id = await createPayment(stage, changes);
  const page = openAt<PayView>((await read(stage, id)).payUrl);
  return {
    ...page,
    id,
    /** Posts a form as the page would at this moment, or with the `request` of an earlier one. */
    post: async (to: string, fields: Record<string, string> = {}, accept = "text/html") =>
      page.post(to, { request: (await page.view()).request, ...fields }, accept),
  };
}

it("leads from a phone number to paid, by forms alone", async () => {
  const page = await openPage({ description: "Two mugs", returnUrl: "https://shop.example/o?a=1" });
  expect(await page.html()).toContain("How would you like to pay?");
  const sent = await page.post("mbway", { phone: "+351 919 999 999" });
  expect([sent.status, sent.headers.get("location")]).toEqual([303, new URL(page.url).pathname]);
  expect((await page.view()).screen).toMatchObject({ kind: "mbway_waiting", phone: "351#*****9999" });
  await approve(stage);
  await stage.settle();
  const view = await page.view();
  expect(view.screen).toMatchObject({ kind: "paid", method: "mbway", returnAfterSeconds: 5, givenBack: null });
  expect(view.returnUrl).toBe(`https://shop.example/o?a=1&payment=${page.id}&status=paid`);
  const opened = await page.html();
  expect(opened).toContain("Paid. Thank you!");
  // opened when it was paid: it shows the way back, and goes there only when it is pressed
  expect(opened).not.toMatch(/http-equiv="refresh"|Going back to the shop/);
  expect(opened).toContain('"returnAfterSeconds":null');
  expect(opened).toContain("Back to the shop");
  expect((await (await fetch(`${page.url}/view?stay`)).json()).screen.returnAfterSeconds).toBeNull();
});

it("takes its forms from no page of another site, and answers a page", async () => {
  const page = await openPage();
  for (const headers of [
    ["Sec-Fetch-Site", "cross-site"],
    ["Origin", "https://evil.example"],
  ]) {
    const form = new URLSearchParams({ phone: "919999999", request: (await page.view()).request });
    const all = [...headers, "Content-Type", "application/x-www-form-urlencoded"];
    const answer = await rawPost(`${page.url}/mbway`, all, form.toString());
    expect([answer.status, answer.type]).toEqual([403, "text/html; charset=utf-8"]);
  }
  expect((await read(stage, page.id)).attempts).toEqual([]);
});

it("moves no clock for a page of another site, nor under a foreign name", async () => {
  const step = `${stage.server.url}/sandbox/clock/step`;
  for (const headers of [
    ["Sec-Fetch-Site", "cross-site"],
    ["Origin", "https://evil.example"],
    ["Host", "rebound.example"],
  ]) {
    expect((await rawPost(step, headers, "")).status).toBe(403);
  }
});

it("says beside the field what is wrong with a phone, keeps what was typed, and starts nothing", async () => {
  const page = await openPage();
  const answer = await page.post("mbway", { phone: "21 123 <b>" });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain("There are letters or symbols in it.");
  expect(html).toContain('value="21 123 &lt;b>"');
  const view = await page.post("mbway", { phone: "211234567" }, "application/json");
  expect(view.status).toBe(422);
  expect(await view.json()).toMatchObject({ typed: { phone: "211234567", problem: "not_mobile" } });
  expect((await read(stage, page.id)).attempts).toEqual([]);
});

it("makes one attempt of a press that is sent twice, and of two tabs", async () => {
  const page = await openPage();
  const { request } = await page.view();
  const presses = [1, 2, 3].map(() => page.post("mbway", { phone: "919999999", request }, "application/json"));
  const answers = await Promise.all(presses);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await read(stage, page.id)).attempts).toHaveLength(1);
  await page.post("multibanco", { request });
  await page.post("again", { request });
  await page.post("again", { request: "nonsense" });
  expect((await read(stage, page.id)).attempts).toHaveLength(1);
});

it("gives a reference, leaves it for MB WAY, and shows that the reference cannot be paid any more", async () => {
  const page = await openPage();
  await page.post("multibanco");
  const { screen } = await page.view();
  expect(screen).toMatchObject({ kind: "reference", entity: "24000", reference: expect.stringMatching(/^\d{9}$/) });
  await page.post("mbway", { phone: "912345678" });
  expect((await page.view()).screen.kind).toBe("mbway_waiting");
  expect((await payAtAtm(stage, screen as Extract<typeof screen, { kind: "reference" }>)).status).toBe(409);
});

it("names each way of not being paid, and asks the same phone again in one press", async () => {
  const page = await openPage();
  await page.post("mbway", { phone: "961234567" });
  await stage.sandbox("POST", "/phones/351%23961234567/decline");
  await stage.settle();
  expect((await page.view()).screen).toEqual({ kind: "declined", reason: "refused", phone: "351#*****4567" });
  await page.post("again");
  expect((await page.view()).screen.kind).toBe("mbway_waiting");
  await approve(stage, "961234567");
  await stage.settle();
  expect((await page.view()).screen.kind).toBe("paid");
});

it("shows that a kept wish is kept, and sends it when SIBS is done with the old request", async () => {
  const page = await openPage();
  const { scenarios } = (await stage.sandbox("GET", "/scenarios")).body;
  const slow = scenarios.find((one: { outcome: string }) => /300/.test(one.outcome + JSON.stringify(one)));
  const phone = String(slow.match).slice(4);
  await page.post("mbway", { phone });
  await stage.advance(245);
  expect((await page.view()).screen).toMatchObject({ kind: "mbway_confirming", again: "offered" });
  await page.post("again");
  expect((await page.view()).screen).toMatchObject({ kind: "mbway_confirming", again: "kept" });
  await stage.advance(90);
  const payment = await read(stage, page.id);
  expect(payment.attempts).toHaveLength(2);
  expect((await page.view()).screen.kind).toBe("mbway_waiting");
});

it("says not to pay again while nobody knows whether a request arrived", async () => {
  const page = await openPage();
  await faults(stage, { "mbway-id/purchase": { dropAnswer: 1 }, status: { http: { 503: 1 } } });
  await page.post("mbway", { phone: "919999999" });
  expect((await page.view()).screen).toEqual({ kind: "unconfirmed", method: "mbway" });
  expect(await page.html()).toContain("Do not pay again.");
  await faults(stage, {});
});

it("tells that a payment is over: canceled, expired, refunded in part and in full", async () => {
  const canceled = await openPage();
  await stage.api("POST", `/v1/payments/${canceled.id}/cancel`, {});
  expect((await canceled.view()).screen).toEqual({ kind: "canceled", givenBack: null });

  const page = await openPage();
  await page.post("mbway", { phone: "934567890" });
  await approve(stage, "934567890");
  await stage.settle();
  await stage.api("POST", `/v1/payments/${page.id}/refunds`, { amount: 100 });
  await stage.settle();
  expect((await page.view()).screen).toEqual({ kind: "refunded", amount: 550, amountRefunded: 100 });

  const left = await openPage({ expiresAt: new Date(stage.now() + 600_000).toISOString() });
  await stage.advance(660);
  expect((await left.view()).screen).toEqual({ kind: "expired", givenBack: null });
});

it("tells where money went that came after the payment was canceled", async () => {
  const page = await openPage();
  await page.post("mbway", { phone: "918765432" });
  await stage.api("POST", `/v1/payments/${page.id}/cancel`, {});
  await approve(stage, "918765432");
  await stage.settle();
  expect((await page.view()).screen).toEqual({ kind: "canceled", givenBack: { amount: 550, state: "done" } });
});

it("is a friendly page where there is no payment, also for ids that belong to something else", async () => {
  const page = await openPage();
  await page.post("mbway", { phone: "919999999" });
  const { attempts } = await read(stage, page.id);
  const base = new URL("/pay/", page.url).href;
  for (const token of ["x".repeat(36), page.id, attempts[0].id, attempts[0].transactionId, "%00", "a'b"]) {
    const answer = await fetch(`${base}${token}`, { headers: { "accept-language": "en" } });
    expect([token, answer.status]).toEqual([token, 404]);
    expect(await answer.text()).toContain("We cannot find this payment");
  }
  expect((await fetch(`${base}${"x".repeat(36)}/events`)).status).toBe(404);
});

it("answers bodies that are no form with a page, not with a problem", async () => {
  const page = await openPage();
  const tooLarge = await page.post("mbway", { phone: "9".repeat(10_000) });
  expect([tooLarge.status, tooLarge.headers.get("content-type")]).toEqual([413, "text/html; charset=utf-8"]);
  const json = await fetch(`${page.url}/mbway`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"phone": ["x"]',
  });
  expect([json.status, json.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
});

it("sends pages that load nothing but our own files, keep nothing, and let files be kept for long", async () => {
  const page = await openPage();
  const answer = await fetch(page.url);
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[\w+/]{43}='; style-src 'self'; /);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const html = await answer.text();
  expect(html).toContain('<html lang="en-GB">');
  // the one script that is not loaded is on pages that look again, this one not among them
  expect(html).not.toContain("<script>");
  const [script = ""] = /\/assets\/pay-en-[\w-]+\.js/.exec(html) ?? [];
  const file = await fetch(new URL(script, page.url));
  expect([file.status, file.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
});

/** Reads events until one is as wished for, then hangs up. @returns all that came. */
async function listen(
  url: string,
  wished: (view: PayView) => boolean,
  headers: Record<string, string> = {},
): Promise<PayView[]> {
  const hangUp = new AbortController();
  const { body } = await fetch(`${url}/events`, { headers, signal: hangUp.signal });
  const events: PayView[] = [];
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(part) ?? [];
      if (data === undefined) continue;
      const view = JSON.parse(data) as PayView;
      expect(Number(id)).toBe(view.version);
      events.push(view);
    }
    if (events.some(wished)) break;
  }
  hangUp.abort();
  return events;
}

it("tells open pages of every change, and anew how much time is left when the clock has moved", async () => {
  const page = await openPage();
  await page.post("mbway", { phone: "917654321" });
  const late = listen(page.url, ({ screen }) => screen.kind === "mbway_waiting" && screen.secondsLeft <= 140);
  const paid = listen(page.url, ({ screen }) => screen.kind === "paid");
  await stage.advance(100);
  await late;
  await approve(stage, "917654321");
  await paid;
});

it("sends nothing at once to a page that has the newest view already", async () => {
  const page = await openPage();
  const { version } = await page.view();
  const heard = listen(page.url, () => true, { "last-event-id": String(version) });
  await page.post("multibanco");
  expect((await heard)[0]?.version).toBeGreaterThan(version);
});
