import { afterAll, beforeAll, expect, it } from "vitest";
import { API_KEY, type Stage, setStage } from "../../../tests/support/stage.ts";
import { Accounts } from "./accounts.ts";
import { startShop } from "./main.ts";
import { newOrderId } from "./orders.ts";

let stage: Stage;
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  stage = await setStage({ methods: ["card", "mbway", "multibanco"] });
  shop = await startShop({
    host: "127.0.0.1",
    port: 0,
    serverUrl: stage.server.url,
    apiKey: API_KEY,
    log: () => undefined,
  });
});

afterAll(async () => {
  await shop.close();
  await stage.close();
});

/** Posts a form, as a browser that holds this cookie. */
function post(path: string, cookie = "", form: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${shop.url}${path}`, { method: "POST", headers: { cookie }, body, redirect: "manual" });
}

/** Signs in, and gives the cookie as a browser sends it back. */
async function signIn(): Promise<string> {
  const answer = await post("/sign-in");
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** Orders a soap, and gives the customer who was told with it, and whether the payment page offers to keep a card. */
async function toldByOrder(cookie?: string) {
  const order = newOrderId();
  const { status } = await post("/orders", cookie, { order, good: "soap", quantity: "1" });
  expect(status).toBe(303);
  const { customer, payUrl } = (await stage.api("GET", `/v1/payments?reference=${order}`)).body.data[0];
  const page = await (await fetch(payUrl)).text();
  return { customer, mayKeep: page.includes('name="keep"') };
}

it("tells who orders, and that it is them, while somebody is signed in", async () => {
  const { customer, mayKeep } = await toldByOrder(await signIn());
  expect(mayKeep).toBe(true);
  expect(customer).toMatchObject({
    id: "ana",
    name: "Ana Sousa",
    email: "ana@example.pt",
    billingAddress: { city: "Lisboa", country: "PT" },
    signedIn: true,
  });
});

it.each([undefined, "shop_session=", "shop_session=ana", "another=1; shop_session"])(
  "tells of nobody to whoever comes with the cookie %s",
  async (cookie) => {
    expect(await toldByOrder(cookie)).toEqual({ customer: null, mayKeep: false });
  },
);

it("tells of nobody after signing out, not even with the cookie of before", async () => {
  const [left, stays] = [await signIn(), await signIn()];
  const answer = await post("/sign-out", left);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^shop_session=; Max-Age=0;/);
  expect(await toldByOrder(left)).toEqual({ customer: null, mayKeep: false });
  expect(await toldByOrder(`lang=pt; ${stays}`)).toMatchObject({ customer: { id: "ana" }, mayKeep: true });
});

it("signs in by a cookie that no script reads and no other site's form sends, and leads back to the shop", async () => {
  const answer = await post("/sign-in");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^shop_session=[\w-]{36}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(new Accounts("https://shop.example").signIn()).toMatch(/; Secure$/);
});

it.each([
  ["pt-PT", "Entrar como Ana", "Olá, Ana Sousa", "Sair"],
  ["en-GB", "Sign in as Ana", "Hello, Ana Sousa", "Sign out"],
])("says who is signed in, in %s", async (language, signInWords, hello, signOutWords) => {
  const read = async (cookie: string) =>
    (await fetch(shop.url, { headers: { cookie, "accept-language": language } })).text();
  const [stranger, ana] = [await read(""), await read(await signIn())];
  expect(stranger).toContain(signInWords);
  expect(stranger).not.toContain(signOutWords);
  expect(ana).toContain(hello);
  expect(ana).toContain(signOutWords);
  expect(ana).not.toContain(signInWords);
});
