import type { PayView } from "@caravela/web/pay";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { activeMandate, approve, createPayment, faults, inTheApp, read, readMandate } from "../support/actions.ts";
import { openPage } from "../support/open-page.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

let customers = 0;

/** A customer of their own, who has agreed to a mandate, and a payment for them. */
async function customerWith(payment: object = {}, terms: object = {}) {
  const customer = { id: `page-${++customers}`, name: "Ana" };
  const mandate = await activeMandate(stage, { customer, type: "oneclick" }, terms);
  const id = await createPayment(stage, { customer: { ...customer, signedIn: true }, ...payment });
  const page = openPage<PayView>((await read(stage, id)).payUrl);
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
  const html = await page.html();
  expect(html).toContain("Pay €5.50 with one press");
  expect(html).toContain("phone ending in 9999");
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
  const html = await page.html();
  expect(html).toContain("Pay €21.00 and approve it in the app");
  expect(html).toContain("your MB WAY app will ask you to approve it");
  await pay();
  expect((await page.view()).screen).toMatchObject({
    kind: "mbway_waiting",
    phone: "351#*****9999",
    isAboveLimit: true,
  });
  expect(await page.html()).toContain("above the limit of the payment that you authorised");
  await approve(stage);
  await stage.settle();
  expect((await page.view()).screen).toMatchObject({ kind: "paid" });
});

it("offers no mandate to somebody whom the shop did not call signed in, or half an hour ago", async () => {
  const customer = { id: "page-away", name: "Ana" };
  const { id: mandate } = await activeMandate(stage, { customer, type: "oneclick" });
  for (const said of [customer, { ...customer, signedIn: false }, { name: "Ana", signedIn: true }, undefined]) {
    const id = await createPayment(stage, said === undefined ? {} : { customer: said });
    const page = openPage<PayView>((await read(stage, id)).payUrl);
    expect(await page.view()).toMatchObject({ mandates: [], methods: ["mbway", "multibanco"] });
    const { request } = await page.view();
    const tried = await page.post("mandate", { request, mandate });
    expect(tried.status).toBe(422);
    expect(await tried.text()).toContain("That authorised payment cannot be used on this page any more.");
    expect((await read(stage, id)).attempts).toEqual([]);
  }
  const id = await createPayment(stage, { customer: { ...customer, signedIn: true } });
  const page = openPage<PayView>((await read(stage, id)).payUrl);
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

it("offers a consent to single purchases by itself, and one to a subscription only where the shop names it", async () => {
  const customer = { id: `page-${++customers}`, name: "Ana" };
  const { id: tins } = await activeMandate(stage, { customer, description: "Tin of the month" });
  const said = { customer: { ...customer, signedIn: true } };
  const other = await createPayment(stage, said);
  const page = openPage<PayView>((await read(stage, other)).payUrl);
  expect(await page.view()).toMatchObject({ mandates: [], methods: ["mbway", "multibanco"] });
  expect(await page.html()).not.toContain("with one press");
  const { request } = await page.view();
  expect((await page.post("mandate", { request, mandate: tins })).status).toBe(422);
  expect((await read(stage, other)).attempts).toEqual([]);

  const own = await createPayment(stage, { ...said, mandates: [tins] });
  const named = openPage<PayView>((await read(stage, own)).payUrl);
  expect((await named.view()).mandates).toMatchObject([{ id: tins }]);
  const seen = (await named.view()).request;
  expect((await named.post("mandate", { request: seen, mandate: tins })).status).toBe(303);
  expect(await read(stage, own)).toMatchObject({ status: "paid", mandate: tins });
});

it("offers a named subscription to nobody whom the shop did not call signed in, and none that has ended", async () => {
  const customer = { id: `page-${++customers}`, name: "Ana" };
  const { id: tins } = await activeMandate(stage, { customer });
  const away = await createPayment(stage, { customer, mandates: [tins] });
  expect((await openPage<PayView>((await read(stage, away)).payUrl).view()).mandates).toEqual([]);
  const here = await createPayment(stage, { customer: { ...customer, signedIn: true }, mandates: [tins] });
  await stage.api("POST", `/v1/mandates/${tins}/cancel`);
  expect((await openPage<PayView>((await read(stage, here)).payUrl).view()).mandates).toEqual([]);
});

it("says kindly that there is nothing to choose where only a mandate was offered and none can be used", async () => {
  const id = await createPayment(stage, { methods: ["mandate"] });
  const page = openPage<PayView>((await read(stage, id)).payUrl);
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
