import type { AuthorizeView } from "@caravela/web/authorize";
import type { MandateView } from "@caravela/web/mandate";
import type { PayView } from "@caravela/web/pay";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  activeMandate,
  agree,
  approve,
  askMandate,
  createPayment,
  faults,
  inTheApp,
  read,
  readMandate,
  toldOfMandate,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

const headers = { "accept-language": "en" };

/** A page as a browser without script uses it. */
function open<View extends { path: string }>(url: string) {
  const at = new URL(url);
  return {
    url,
    path: at.pathname,
    answer: (query = "") => fetch(`${url}${query}`, { headers, redirect: "manual" }),
    html: async (query = "") => (await fetch(`${url}${query}`, { headers })).text(),
    view: async (query = ""): Promise<View> =>
      (await fetch(`${url}/view${query}`, { headers })).json() as Promise<View>,
    post: (to: string, fields: Record<string, string> = {}, accept = "text/html") =>
      fetch(`${url}/${to}`, {
        method: "POST",
        redirect: "manual",
        headers: { ...headers, accept },
        body: new URLSearchParams(fields),
      }),
  };
}

const authorizePage = (mandate: { authorizeUrl: string }) => open<AuthorizeView>(mandate.authorizeUrl);
const managePage = (mandate: { manageUrl: string }) => open<MandateView>(mandate.manageUrl);

describe("the page where a mandate is agreed to", () => {
  it("tells who asks, what for and what the customer sets, counts down, and shows what was agreed to", async () => {
    const returnUrl = "https://shop.example/subscriptions?a=1";
    const asked = await askMandate(stage, { description: "Café do mês", reference: "sub-7", returnUrl });
    const page = authorizePage(asked);
    const waiting = await page.view();
    expect(waiting).toMatchObject({
      merchant: "Loja do Cais",
      description: "Café do mês",
      reference: "sub-7",
      type: "subscription",
      phone: "351#*****9999",
      limit: null,
      screen: { kind: "waiting" },
    });
    const html = await page.html();
    expect(html).toContain("Authorise it in your MB WAY app");
    expect(html).toContain("The limit per month that you choose in the app.");
    expect(html).toContain(`href="${waiting.managePath}"`);
    expect(html).toContain(`content="5; url=${page.path}"`);

    await agree(stage, { limit: "30.00", validUntil: "2030-12-31" });
    await stage.settle();
    const active = await page.view();
    expect(active.screen).toEqual({ kind: "active", returnAfterSeconds: 5 });
    expect(active).toMatchObject({ limit: 3000, validUntil: "2030-12-31" });
    expect(active.returnUrl).toBe(`${returnUrl}&mandate=${asked.id}&status=active`);
    expect(active.version).toBeGreaterThan(waiting.version);
    expect(await page.html()).toContain("€30.00 per month");
    expect((await page.view("?stay")).screen).toEqual({ kind: "active", returnAfterSeconds: null });
  });

  it("names each way of not agreeing, and the way on", async () => {
    const declined = authorizePage(await askMandate(stage));
    await stage.sandbox("POST", "/phones/351%23919999999/decline");
    await stage.settle();
    expect((await declined.view()).screen).toEqual({ kind: "refused", reason: "refused" });
    expect(await declined.html()).toContain("ask Loja do Cais for a new request");

    const stranger = authorizePage(await askMandate(stage, { phone: "960000003" }));
    expect((await stranger.view()).screen).toEqual({ kind: "refused", reason: "unknown_phone" });

    const withdrawn = await askMandate(stage, { phone: "912000011" });
    await stage.api("POST", `/v1/mandates/${withdrawn.id}/cancel`);
    expect((await authorizePage(withdrawn).view()).screen).toEqual({ kind: "refused", reason: "withdrawn" });
    expect((await managePage(withdrawn).view()).screen).toEqual({ kind: "refused" });
  });

  it("says that SIBS is late when the four minutes are over, and in the end that nobody answered", async () => {
    const page = authorizePage(await askMandate(stage, { phone: "912000012" }));
    await faults(stage, { "mbway-mandates/inquiry": { http: { 503: 1 } } }, { drop: 1 });
    await stage.advance(245);
    expect((await page.view()).screen).toEqual({ kind: "confirming" });
    await faults(stage, {});
    await stage.advance(90);
    expect((await page.view()).screen).toEqual({ kind: "refused", reason: "not_answered" });
    expect(await page.html()).toContain("The request was not approved in time");
  });

  it("counts nothing down while nobody knows whether the request arrived", async () => {
    await faults(stage, { "mbway-mandates/creation": { dropAnswer: 1 }, status: { http: { 503: 1 } } });
    const page = authorizePage(await askMandate(stage, { phone: "912000013" }));
    expect((await page.view()).screen).toEqual({ kind: "unconfirmed" });
  });

  it("says that it is paused, and when it is over, what was ended", async () => {
    const asked = await askMandate(stage);
    const creation = await agree(stage);
    await stage.settle();
    const page = authorizePage(asked);
    await inTheApp(stage, "suspend", creation);
    await stage.settle();
    expect((await page.view()).screen).toEqual({ kind: "suspended" });
    expect((await managePage(asked).view()).screen).toEqual({ kind: "suspended" });
    await inTheApp(stage, "cancel", creation);
    await stage.settle();
    expect((await page.view()).screen).toEqual({ kind: "over", why: "canceled" });
    expect((await managePage(asked).view()).screen).toEqual({ kind: "canceled" });
  });
});

describe("the page where a mandate is looked after", () => {
  it("asks before it ends the mandate: a press alone ends nothing", async () => {
    const mandate = await activeMandate(stage);
    const page = managePage(mandate);
    expect(await page.html()).toContain(`href="${page.path}?end"`);
    const unconfirmed = await page.post("cancel");
    expect([unconfirmed.status, unconfirmed.headers.get("location")]).toEqual([303, `${page.path}?end`]);
    const asking = await page.html("?end");
    expect(asking).toContain("End this authorised payment?");
    expect(asking).toContain(`action="${page.path}/cancel"`);
    expect((await readMandate(stage, mandate.id)).status).toBe("active");
  });

  it("ends it once however often it is pressed, here and in the app, and tells the shop once", async () => {
    const mandate = await activeMandate(stage);
    const page = managePage(mandate);
    const presses = [1, 2, 3].map(() => page.post("cancel", { confirmed: "yes" }, "application/json"));
    const answers = await Promise.all(presses);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await (answers[0] as Response).json()).toMatchObject({ screen: { kind: "canceled" } });
    const late = await page.post("cancel", { confirmed: "yes" });
    expect([late.status, late.headers.get("location")]).toEqual([303, page.path]);
    await stage.settle();
    expect(toldOfMandate(stage, mandate.id)).toEqual(["mandate.created", "mandate.activated", "mandate.canceled"]);
    const { mandates } = (await stage.sandbox("GET", "/phones/351%23919999999")).body;
    expect(mandates[0]).toMatchObject({ status: "canceled" });
    const html = await page.html("?end");
    expect(html).toContain("Authorised payment: ended");
    expect(html).not.toContain("/cancel");
  });

  it("tells what was charged, with what became of each charge, the newest first", async () => {
    const mandate = await activeMandate(stage, {}, { limit: "20.00" });
    const page = managePage(mandate);
    expect(await page.html()).toContain("Nothing, so far.");
    const paid = await charge(mandate.id, { amount: 990, description: "Box of November" });
    await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 90 });
    const above = await charge(mandate.id, { amount: 2500 });
    await stage.settle();
    const { charges } = await page.view();
    expect(charges).toMatchObject([
      { id: above, amount: 2500, state: "to_approve", payPath: null },
      { id: paid, amount: 990, state: "partly_refunded", description: "Box of November", payPath: null },
    ]);
    await stage.sandbox("POST", "/phones/351%23919999999/decline");
    await stage.settle();
    const [unpaid] = (await page.view()).charges;
    expect(unpaid).toMatchObject({ id: above, state: "unpaid", payPath: expect.stringMatching(/^\/pay\/\w+$/) });
    expect(await page.html()).toContain(`<a href="${unpaid?.payPath}">Pay now</a>`);
  });

  it("tells how much and how often before it is agreed to, and afterwards what comes next and what was charged", async () => {
    const asked = await askMandate(stage, { description: "Café do mês" });
    const firstDate = dateIn(40);
    const wanted = { amount: 990, currency: "EUR", every: "month", firstDate, reference: "box" };
    await stage.api("POST", `/v1/mandates/${asked.id}/plans`, wanted);
    await stage.api("POST", `/v1/mandates/${asked.id}/plans`, {
      ...{ ...wanted, every: { days: 14 }, description: "Pão de centeio", endDate: dateIn(60) },
    });
    const html = await authorizePage(asked).html();
    expect(html).toContain("€9.90 every month");
    expect(html).toContain(`from ${inWords(firstDate)}`);
    expect(html).toContain("€9.90 every 14 days");
    expect(html).toContain(`Pão de centeio, from ${inWords(firstDate)} until ${inWords(dateIn(60))}`);

    await agree(stage, { validUntil: dateIn(55) });
    await stage.settle();
    const page = managePage(asked);
    expect((await page.view()).plans).toMatchObject([{ nextDate: firstDate }, { nextDate: firstDate }]);
    await stage.advance(41 * 86_400);
    const { plans, charges } = await page.view();
    // A month later is past the end that the customer set, two weeks later is not.
    expect(plans).toMatchObject([{ nextDate: null }, { nextDate: dateIn(13) }]);
    expect(charges).toMatchObject([
      { amount: 990, state: "paid" },
      { amount: 990, state: "paid" },
    ]);
    await stage.api("POST", `/v1/plans/${plans[1]?.id}/pause`);
    expect((await page.view()).plans[1]).toMatchObject({ state: "paused", nextDate: null });
    await page.post("cancel", { confirmed: "yes" });
    expect((await page.view()).plans).toMatchObject([{ state: "over" }, { state: "over" }]);
  });

  it("stands behind a word of its own: no page opens with another page's, and unknown ones lead nowhere", async () => {
    const mandate = await activeMandate(stage);
    const token = (url: string) => new URL(url).pathname.split("/")[2];
    const { url } = stage.server;
    const strangers = [
      `/mandates/${token(mandate.authorizeUrl)}`,
      `/authorize/${token(mandate.manageUrl)}`,
      `/mandates/${mandate.id}`,
      `/pay/${token(mandate.manageUrl)}`,
      "/authorize/nobody",
      "/mandates/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    for (const path of strangers) {
      const answer = await fetch(`${url}${path}`, { headers });
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        404,
        "text/html; charset=utf-8",
      ]);
      expect((await fetch(`${url}${path}/view`, { headers: { accept: "application/json" } })).status).toBe(404);
    }
    const ended = await open(`${url}/mandates/${token(mandate.authorizeUrl)}`).post("cancel", { confirmed: "yes" });
    expect(ended.status).toBe(404);
    expect((await readMandate(stage, mandate.id)).status).toBe("active");
  });

  it("is as closed to others as the payment's page: no script, style or frame but ours, and kept by no cache", async () => {
    const mandate = await activeMandate(stage);
    for (const url of [mandate.authorizeUrl, mandate.manageUrl]) {
      const answer = await fetch(url);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      const policy = answer.headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("form-action 'self'");
    }
  });
});

/** The day so many days from now, as the stage's clock has it. */
function dateIn(days: number): string {
  return new Date(stage.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function inWords(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}

/** Charges a mandate, as the shop does. @returns the payment's id. */
async function charge(mandate: string, changes: object): Promise<string> {
  const id = await createPayment(stage, { customer: { id: "c9" }, ...changes });
  const made = await stage.api("POST", `/v1/payments/${id}/attempts`, { method: "mandate", mandate });
  expect(made.status).toBe(201);
  return id;
}

describe("the payment's page", () => {
  let customers = 0;

  /** A customer of their own, who has agreed to a mandate, and a payment for them. */
  async function customerWith(payment: object = {}, terms: object = {}) {
    const customer = { id: `page-${++customers}`, name: "Ana" };
    const mandate = await activeMandate(stage, { customer }, terms);
    const id = await createPayment(stage, { customer: { ...customer, signedIn: true }, ...payment });
    const page = open<PayView>((await read(stage, id)).payUrl);
    const pay = async (fields: object = {}, accept = "text/html") =>
      page.post("mandate", { request: (await page.view()).request, mandate: mandate.id, ...fields }, accept);
    return { mandate, id, page, pay };
  }

  it("pays by the customer's mandate in one press, with no phone to type", async () => {
    const { mandate, page, pay, id } = await customerWith();
    const view = await page.view();
    expect(view.methods).toEqual(["mandate", "mbway", "multibanco"]);
    expect(view.mandates).toEqual([
      { id: mandate.id, phone: "351#*****9999", description: mandate.description, aboveLimit: false },
    ]);
    expect(await page.html()).toContain("Pay €5.50 with one press");
    const sent = await pay();
    expect([sent.status, sent.headers.get("location")]).toEqual([303, page.path]);
    expect((await page.view()).screen).toMatchObject({ kind: "paid", method: "mandate" });
    expect((await read(stage, id)).attempts).toMatchObject([{ method: "mandate", mandate: mandate.id }]);
  });

  it("makes one attempt of a press that is sent twice", async () => {
    const { id, page, pay } = await customerWith();
    const { request } = await page.view();
    await Promise.all([1, 2, 3].map(() => pay({ request }, "application/json")));
    const payment = await read(stage, id);
    expect([payment.attempts.length, payment.amountCaptured]).toEqual([1, 550]);
  });

  it("says before that an amount is above the limit, and waits on the phone as MB WAY does", async () => {
    const { page, pay } = await customerWith({ amount: 2100 }, { limit: "20.00" });
    expect((await page.view()).mandates).toMatchObject([{ aboveLimit: true }]);
    expect(await page.html()).toContain("your MB WAY app will ask you to approve it");
    await pay();
    expect((await page.view()).screen).toMatchObject({ kind: "mbway_waiting", phone: "351#*****9999" });
    await approve(stage);
    await stage.settle();
    expect((await page.view()).screen).toMatchObject({ kind: "paid" });
  });

  it("offers no mandate to somebody whom the shop did not call signed in, or half an hour ago", async () => {
    const customer = { id: "page-away", name: "Ana" };
    const { id: mandate } = await activeMandate(stage, { customer });
    for (const said of [customer, { ...customer, signedIn: false }, { name: "Ana", signedIn: true }, undefined]) {
      const id = await createPayment(stage, said === undefined ? {} : { customer: said });
      const page = open<PayView>((await read(stage, id)).payUrl);
      expect(await page.view()).toMatchObject({ mandates: [], methods: ["mbway", "multibanco"] });
      const { request } = await page.view();
      const tried = await page.post("mandate", { request, mandate });
      expect(tried.status).toBe(422);
      expect(await tried.text()).toContain("That authorised payment cannot be used on this page any more.");
      expect((await read(stage, id)).attempts).toEqual([]);
    }
    const id = await createPayment(stage, { customer: { ...customer, signedIn: true } });
    const page = open<PayView>((await read(stage, id)).payUrl);
    expect((await page.view()).mandates).toHaveLength(1);
    await stage.advance(30 * 60);
    expect((await page.view()).mandates).toEqual([]);
    const { request } = await page.view();
    expect((await page.post("mandate", { request, mandate })).status).toBe(422);
  });

  it("charges no mandate of another customer, and none that is paused", async () => {
    const { mandate, page, pay, id } = await customerWith();
    const other = await activeMandate(stage, { customer: { id: "page-other", name: "Rui" } });
    expect((await pay({ mandate: other.id })).status).toBe(422);
    const [newest, second] = (await stage.sandbox("GET", "/phones/351%23919999999")).body.mandates;
    expect(newest.status).toBe("active");
    await inTheApp(stage, "suspend", second.id);
    await stage.settle();
    expect((await readMandate(stage, mandate.id)).status).toBe("suspended");
    expect((await page.view()).mandates).toEqual([]);
    expect((await pay()).status).toBe(422);
    expect((await read(stage, id)).attempts).toEqual([]);
  });

  it("says kindly that there is nothing to choose where only a mandate was offered and none can be used", async () => {
    const id = await createPayment(stage, { methods: ["mandate"] });
    const page = open<PayView>((await read(stage, id)).payUrl);
    expect(await page.view()).toMatchObject({ methods: [], screen: { kind: "nothing_to_choose" } });
    const html = await page.html();
    expect(html).toContain("There is nothing for you to do");
    expect(html).not.toContain("<form");
  });

  it("leads to another way to pay when the mandate could not be used", async () => {
    const { mandate, page, pay } = await customerWith();
    const { mandates } = (await stage.sandbox("GET", "/phones/351%23919999999")).body;
    // Ended in the app, and the notification is lost: the server does not know yet.
    await faults(stage, {}, { drop: 1 });
    await inTheApp(stage, "cancel", mandates[0].id);
    await pay();
    await stage.settle();
    const view = await page.view();
    expect(view.screen).toEqual({ kind: "declined", reason: "mandate_refused", phone: null });
    expect([view.methods, view.mandates]).toEqual([["mbway", "multibanco"], []]);
    expect((await readMandate(stage, mandate.id)).status).toBe("canceled");
  });
});
