import type { AuthorizeView } from "@caravela/web/authorize";
import type { MandateView } from "@caravela/web/mandate";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  activeMandate,
  agree,
  askMandate,
  createPayment,
  eventTypesOfMandate,
  faults,
  inTheApp,
  readMandate,
} from "../support/actions.ts";
import { headers, openPage } from "../support/open-page.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

const authorizePage = (mandate: { authorizeUrl: string }) => openPage<AuthorizeView>(mandate.authorizeUrl);
const managePage = (mandate: { manageUrl: string }) => openPage<MandateView>(mandate.manageUrl);

describe("the page where a mandate is agreed to", () => {
  it("tells who asks, what for and what the customer sets, counts down, and shows what was agreed to", async () => {
    const returnUrl = "https://shop.example/subscriptions?a=1";
    const asked = await askMandate(stage, { description: "Café do mês", reference: "sub-7", returnUrl });
    const page = authorizePage(asked);
    const waiting = await page.view();
    expect(waiting).toMatchObject({
      shop: { name: "Loja do Cais", logo: null },
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

  it("lets a request be withdrawn that is not answered yet, and calls it that", async () => {
    const asked = await askMandate(stage, { phone: "912000015" });
    const page = managePage(asked);
    expect(await page.html()).toContain("Withdraw this request");
    const asking = await page.html("?end");
    expect(asking).toContain("<title>Withdraw this request? · Loja do Cais</title>");
    expect(asking).toContain("even if you still approve the request");
    await page.post("cancel", { confirmed: "yes" });
    await agree(stage, {}, "912000015");
    await stage.settle();
    expect((await readMandate(stage, asked.id)).status).toBe("canceled");
    const { mandates } = (await stage.sandbox("GET", "/phones/351%23912000015")).body;
    expect(mandates).toMatchObject([{ status: "canceled" }]);
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
    expect(eventTypesOfMandate(stage, mandate.id)).toEqual([
      "mandate.created",
      "mandate.activated",
      "mandate.canceled",
    ]);
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
    expect(await page.html()).toContain("Approve it in your MB WAY app.");
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
      ...wanted,
      every: { days: 14 },
      description: "Pão de centeio",
      endDate: dateIn(60),
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

  it("says of a charge that waits, since the mandate is paused or was ended meanwhile, that it is unpaid", async () => {
    const asked = await askMandate(stage);
    const creation = await agree(stage);
    const firstDate = dateIn(3);
    await stage.api("POST", `/v1/mandates/${asked.id}/plans`, {
      amount: 990,
      currency: "EUR",
      every: "month",
      firstDate,
    });
    await stage.settle();
    await inTheApp(stage, "suspend", creation);
    await stage.advance(4 * 86_400);
    const page = managePage(asked);
    const waiting = [{ state: "unpaid", payPath: expect.stringMatching(/^\/pay\/\w+$/) }];
    const { screen, charges } = await page.view();
    expect({ screen, charges }).toMatchObject({ screen: { kind: "suspended" }, charges: waiting });
    // The shop gave it no number, and ours says nothing to a customer.
    expect(await openPage(`${stage.server.url}${charges[0]?.payPath}`).html()).not.toContain("plan_");
    await page.post("cancel", { confirmed: "yes" });
    await stage.advance(86_400);
    expect(await page.view()).toMatchObject({ screen: { kind: "canceled" }, charges: waiting });
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
    const ended = await openPage(`${url}/mandates/${token(mandate.authorizeUrl)}`).post("cancel", { confirmed: "yes" });
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
