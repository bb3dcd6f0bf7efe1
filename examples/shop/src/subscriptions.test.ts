import { afterAll, beforeAll, expect, it } from "vitest";
import { approve } from "../../../tests/support/actions.ts";
import type { ReceivedEvent } from "../../../tests/support/shop.ts";
import { API_KEY, type Stage, setStage } from "../../../tests/support/stage.ts";
import { startShop } from "./main.ts";
import { newSubscriptionNumber } from "./subscriptions.ts";

const DAY = 86_400;

let stage: Stage;
let shop: Awaited<ReturnType<typeof startShop>>;
let cookie: string;

const said: string[] = [];
const log = (line: string) => said.push(line);
const open = () => startShop({ host: "127.0.0.1", port: 0, serverUrl: stage.server.url, apiKey: API_KEY, log });

beforeAll(async () => {
  stage = await setStage();
  shop = await open();
  cookie = await signIn();
  // a forenoon, on a day that every month has: charges are made from nine o'clock on
  const now = new Date(stage.now());
  const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15, 10);
  await stage.advance(Math.ceil((then - now.getTime()) / 1000));
});

afterAll(async () => {
  await shop.close();
  await stage.close();
});

/** Posts a form, as a browser does. */
function post(path: string, form: Record<string, string> = {}, as = cookie): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${shop.url}${path}`, { method: "POST", headers: { cookie: as }, body, redirect: "manual" });
}

async function signIn(): Promise<string> {
  return (await post("/sign-in", {}, "")).headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

let phones = 912_500_000;
/** The day that it is on the stage. */
const today = () => new Date(stage.now()).toISOString().slice(0, 10);
/** A phone that nobody else in this file has. */
const newPhone = () => String(++phones);

/** Subscribes, as the form of the page does, and gives where the browser is sent. */
async function subscribe({ number = newSubscriptionNumber(), phone = newPhone() } = {}) {
  const answer = await post("/subscriptions", { subscription: number, phone });
  return { number, phone, status: answer.status, location: answer.headers.get("location"), page: await answer.text() };
}

/** Subscribes, authorises it on the phone, and is charged for the first month. */
async function subscribeAndAuthorise() {
  const { number, phone } = await subscribe();
  await approve(stage, phone);
  await stage.settle();
  return { number, phone };
}

/** The mandates that were asked for under this number. */
async function mandatesOf(number: string) {
  return (await stage.api("GET", `/v1/mandates?reference=${number}`)).body.data;
}

/** What the subscription's page says of it. */
async function pageOf(number: string) {
  const page = await (await fetch(`${shop.url}/subscriptions/${number}`)).text();
  const [, state, charges, next] = /data-state="(\w+)" data-charges="([\w,]*)" data-next="([\d-]*)"/.exec(page) ?? [];
  return { state, charges, next, page };
}

it("offers the subscription to whoever is signed in, and the way in to anybody else", async () => {
  const read = async (as: string) => (await fetch(shop.url, { headers: { cookie: as } })).text();
  expect(await read(cookie)).toMatch(/action="\/subscriptions">[\s\S]*name="phone"[\s\S]*9,90/);
  const stranger = await read("");
  expect(stranger).not.toContain('action="/subscriptions"');
  expect(stranger).toContain("Entrar para subscrever");
});

it("asks for the customer's consent and plans a charge each month, then sends the customer to read it", async () => {
  const { number, phone, status, location } = await subscribe();
  const [mandate] = await mandatesOf(number);
  expect(status).toBe(303);
  expect(location).toBe(mandate.authorizeUrl);
  expect(mandate).toMatchObject({
    status: "pending",
    type: "subscription",
    phone: `351#*****${phone.slice(-4)}`,
    customer: { id: "ana", name: "Ana Sousa" },
    description: "Conservas do mês",
    returnUrl: `${shop.url}/subscriptions/${number}`,
  });
  expect(mandate.plans).toMatchObject([
    { amount: 990, every: "month", firstDate: today(), reference: number, endDate: null },
  ]);
  expect(await pageOf(number)).toMatchObject({ state: "pending", charges: "" });
});

it("charges the first month as soon as it is authorised, and each further month on its day, as the page shows", async () => {
  const { number } = await subscribeAndAuthorise();
  expect(await pageOf(number)).toMatchObject({ state: "active", charges: "paid" });
  await stage.advance(31 * DAY);
  expect(await pageOf(number)).toMatchObject({ state: "active", charges: "paid,paid" });
  expect((await pageOf(number)).next).toMatch(/-15$/);
});

it("sends the tins once for each month that is paid, however often the event comes", async () => {
  const { number } = await subscribeAndAuthorise();
  const isPaid = ({ type, data }: ReceivedEvent) => type === "payment.paid" && data.payment.reference === number;
  const { data: events } = (await stage.api("GET", "/v1/events?limit=100")).body;
  await stage.api("POST", `/v1/events/${events.find(isPaid).id}/resend`);
  await stage.settle();
  expect(stage.events.filter(isPaid)).toHaveLength(2);
  const line = `subscription ${number} is paid for a month: send the tins`;
  expect(said.filter((one) => one.includes(number))).toEqual([line]);
});

it("makes one subscription of a form that is sent twice, and another of another phone on the same page", async () => {
  const first = await subscribe();
  const again = await subscribe(first);
  const other = await subscribe({ number: first.number });
  expect(again.location).toBe(first.location);
  expect(other.status).toBe(303);
  expect(other.location).not.toBe(first.location);
  const mandates = await mandatesOf(first.number);
  expect(mandates.map(({ plans }: { plans: unknown[] }) => plans.length)).toEqual([1]);
});

it.each([
  ["12345", "Este não é um número de telemóvel português"],
  ["960000003", "O MB WAY não aceitou o pedido para este número"],
])("asks for another phone than %s, and says why", async (phone, why) => {
  const { status, page } = await subscribe({ phone });
  expect(status).toBe(422);
  expect(page).toContain(why);
  expect(page).toContain(`value="${phone}"`);
});

it("ends a subscription so that nothing is charged any more, and does not mind being asked twice", async () => {
  const { number } = await subscribeAndAuthorise();
  for (const _ of ["once", "twice"]) {
    const answer = await post(`/subscriptions/${number}/end`);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/subscriptions/${number}`]);
    expect(await pageOf(number)).toMatchObject({ state: "canceled", charges: "paid", next: "" });
  }
  await stage.advance(62 * DAY);
  expect(await pageOf(number)).toMatchObject({ state: "canceled", charges: "paid" });
});

it("learns by events that the customer paused it, went on and ended it on the phone", async () => {
  const { number, phone } = await subscribeAndAuthorise();
  const { body } = await stage.sandbox("GET", `/phones/351%23${phone}`);
  const states: unknown[] = [];
  for (const change of ["suspend", "reactivate", "cancel"]) {
    await stage.sandbox("POST", `/phones/351%23${phone}/mandates/${body.mandates[0].id}/${change}`);
    await stage.settle();
    states.push((await pageOf(number)).state);
  }
  expect(states).toEqual(["suspended", "active", "canceled"]);
});

it("leads to the payment of a charge that is above the limit, which the phone is asked for", async () => {
  const { number, phone } = await subscribe();
  await stage.sandbox("POST", `/phones/351%23${phone}/approve`, { limit: "5.00" });
  await stage.settle();
  const { charges, page } = await pageOf(number);
  const { data } = (await stage.api("GET", `/v1/payments?reference=${number}`)).body;
  expect(charges).toBe("unpaid");
  expect(page).toContain(`href="${data[0].payUrl}"`);
  await approve(stage, phone);
  await stage.settle();
  expect(await pageOf(number)).toMatchObject({ charges: "paid" });
});

it("still knows a subscription after its own restart, though it kept nothing", async () => {
  const { number } = await subscribeAndAuthorise();
  await shop.close();
  shop = await open();
  cookie = await signIn();
  expect(await pageOf(number)).toMatchObject({ state: "active", charges: "paid" });
});

it("says so when there is no such subscription, and lets nobody subscribe who is not signed in", async () => {
  expect((await fetch(`${shop.url}/subscriptions/${newSubscriptionNumber()}`)).status).toBe(404);
  expect((await fetch(`${shop.url}/subscriptions/1`)).status).toBe(404);
  expect((await post(`/subscriptions/${newSubscriptionNumber()}/end`)).status).toBe(404);
  expect((await post("/subscriptions", { subscription: "S-1", phone: newPhone() })).status).toBe(404);
  const number = newSubscriptionNumber();
  const answer = await post("/subscriptions", { subscription: number, phone: newPhone() }, "");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
  expect(await mandatesOf(number)).toEqual([]);
});
