import { readServerSettings } from "@caravela/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askPhone, read } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import type { Answer } from "../support/json.ts";
import { type Stage, setStage } from "../support/stage.ts";

const DECLINED = "4000000000000127";
const NO_LIMITS = { perPayment: 0, perAddress: 0, perTerminal: 0 };

let stage: Stage;

/** Nobody has tried anything yet, and these limits hold. */
async function limit(limits: Partial<typeof NO_LIMITS>): Promise<void> {
  await stage.pool.query("delete from card_try");
  await stage.restartServer({ cardLimits: { ...NO_LIMITS, ...limits } });
}

/** A try to pay a payment of its own, from an address. */
async function tryFrom(ipAddress: string | null, payment?: string, number = DECLINED): Promise<Answer> {
  const id = payment ?? (await createCardPayment(stage));
  return stage.api("POST", `/v1/payments/${id}/attempts`, {
    method: "card",
    card: { number, expiry: "12/30", code: "123", name: "Ana Sousa" },
    browser: { ipAddress },
  });
}

/** The statuses of tries on pages of their own, from these addresses as a proxy tells them. */
async function eachFromPage(addresses: readonly string[]): Promise<number[]> {
  const statuses = [];
  for (const address of addresses) {
    const { payUrl } = await read(stage, await createCardPayment(stage));
    const card = { number: DECLINED, expiry: "12/30", code: "123", name: "Ana Sousa" };
    const headers = { "x-forwarded-for": address, accept: "application/json" };
    const body = new URLSearchParams({ ...card, request: "0" });
    statuses.push((await fetch(`${payUrl}/card`, { method: "POST", body, headers })).status);
  }
  return statuses;
}

async function statusesOf(tries: readonly (() => Promise<Answer>)[]): Promise<number[]> {
  const statuses = [];
  for (const one of tries) statuses.push((await one()).status);
  return statuses;
}

async function transactionsAtSibs(): Promise<number> {
  return (await stage.sandbox("GET", "/transactions?limit=100")).body.transactions.length;
}

describe("tries to pay by card", () => {
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterAll(() => stage.close());

  it("are so many for one payment within an hour, and nothing is asked of SIBS beyond them", async () => {
    await limit({ perPayment: 2 });
    const payment = await createCardPayment(stage);
    const once = () => payByCard(stage, payment, DECLINED);
    expect(await statusesOf([once, once])).toEqual([201, 201]);
    const before = await transactionsAtSibs();

    const refused = await once();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("3600");
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    expect(refused.body).toMatchObject({ type: "/problems/too_many_card_tries", status: 429 });
    expect(await transactionsAtSibs()).toBe(before);
    expect((await read(stage, payment)).attempts).toHaveLength(2);

    expect((await payByCard(stage, await createCardPayment(stage), DECLINED)).status).toBe(201);
    expect((await askPhone(stage, payment)).status).toBe(201);
  });

  it("are so many from one address, whatever they are for; an address that is not told has no such limit", async () => {
    await limit({ perAddress: 2 });
    const from = (address: string | null) => () => tryFrom(address);
    const [one, other] = [from("192.0.2.7"), from("2001:db8::7")];
    expect(await statusesOf([one, one, one, other, other, other])).toEqual([201, 201, 429, 201, 201, 429]);
    expect(await statusesOf([from(null), from(null), from(null)])).toEqual([201, 201, 201]);
  });

  it("on the page are counted by the address that the proxy in front tells", async () => {
    await limit({ perAddress: 1 });
    expect(await eachFromPage(["192.0.2.7", "192.0.2.7", "192.0.2.8"])).toEqual([200, 422, 200]);
  });

  it("from one address are those of all its spellings, and of its owner's whole IPv6 network", async () => {
    await limit({ perAddress: 1 });
    const each = (addresses: readonly string[]) => statusesOf(addresses.map((one) => () => tryFrom(one)));
    expect(await each(["192.0.2.7", "192.0.2.7:4711", "::ffff:192.0.2.7", "::FFFF:C000:207", "192.0.2.8"])).toEqual([
      201, 429, 429, 429, 201,
    ]);
    expect(
      await each(["2001:db8::7", "[2001:DB8::7]:443", "2001:0db8:0:0::7", "2001:db8::1:2:3:4", "2001:db8:0:1::7"]),
    ).toEqual([201, 429, 429, 429, 201]);
  });

  it("on the page are those of all spellings of what a proxy tells", async () => {
    await limit({ perAddress: 1 });
    const one = ["[2001:DB8::7]:5000", "2001:db8:0:0::9", "6.6.6.6, 2001:db8::7%eth0", "2001:db8::7, 127.0.0.1:99"];
    expect(await eachFromPage(one)).toEqual([200, 422, 422, 422]);
    const unreadable = ["unknown", "_hidden", "192.0.2.999"];
    expect(await eachFromPage(unreadable)).toEqual([200, 422, 422]);
    const { rows } = await stage.pool.query("select address from card_try order by address");
    expect(rows).toEqual([{ address: "127.0.0.1" }, { address: "2001:db8::/64" }]);
  });

  it("are so many for the whole terminal", async () => {
    await limit({ perTerminal: 3 });
    const anywhere = () => tryFrom(null);
    expect(await statusesOf([anywhere, anywhere, anywhere, anywhere])).toEqual([201, 201, 201, 429]);
  });

  it("are counted for an hour", async () => {
    await limit({ perPayment: 1 });
    const payment = await createCardPayment(stage);
    const once = () => payByCard(stage, payment, DECLINED);
    expect(await statusesOf([once, once])).toEqual([201, 429]);
    await stage.advance(59 * 60);
    expect((await once()).status).toBe(429);
    await stage.advance(61);
    expect(await statusesOf([once, once])).toEqual([201, 429]);
  });

  it("at the same moment see each other", async () => {
    await limit({ perAddress: 3 });
    const payments = await Promise.all(Array.from({ length: 8 }, () => createCardPayment(stage)));
    const tries = await Promise.all(payments.map((payment) => tryFrom("192.0.2.7", payment)));
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429]);
  });

  it("that are refused are looked at again under the same key, and a replay counts for nothing", async () => {
    await limit({ perPayment: 1 });
    const payment = await createCardPayment(stage);
    const body = { method: "card", card: { number: DECLINED, expiry: "12/30", code: "123", name: "Ana Sousa" } };
    const send = (key: string) =>
      stage.api("POST", `/v1/payments/${payment}/attempts`, body, { "idempotency-key": key });
    const first = await send("one");
    expect((await send("one")).body.id).toBe(first.body.id);
    expect((await send("two")).status).toBe(429);
    await stage.advance(3600);
    const made = await send("two");
    expect([made.status, made.headers.get("idempotent-replayed")]).toEqual([201, null]);
  });

  it("by a saved card count too, those by the merchant do not", async () => {
    await limit({ perTerminal: 2 });
    const paid = await createCardPayment(stage, { saveCard: true });
    await payByCard(stage, paid, "4111111111111111");
    const [{ id: token }] = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data;
    const byToken = async () =>
      stage.api("POST", `/v1/payments/${await createCardPayment(stage)}/attempts`, { method: "token", token });
    expect(await statusesOf([byToken, byToken])).toEqual([201, 429]);
    const charge = { token, initiator: "merchant", customer: { id: "c9" } };
    const charged = await stage.api("POST", "/v1/payments", {
      amount: 100,
      currency: "EUR",
      reference: "rent",
      ...charge,
    });
    expect(charged.body.status).toBe("paid");
  });

  it("are any number where no limit is set", async () => {
    await limit({});
    const payment = await createCardPayment(stage);
    for (let tries = 0; tries < 12; tries++) expect((await payByCard(stage, payment, DECLINED)).status).toBe(201);
    const { rows } = await stage.pool.query("select count(*)::int as n from card_try");
    expect(rows[0].n).toBe(0);
  });
});

describe("the settings of the limits", () => {
  const settings = (env: object) =>
    readServerSettings({ DATABASE_URL: "postgres://here/caravela", CARAVELA_API_KEY: "sk_test", ...env }).cardLimits;

  it("are on unless they are set to 0", () => {
    expect(settings({})).toEqual({ perPayment: 6, perAddress: 15, perTerminal: 1000 });
    expect(settings({ CARAVELA_CARD_TRIES_PER_ADDRESS: "0" }).perAddress).toBe(0);
  });

  it.each(["-1", "1.5", "many", "1e3", "9999999"])("take whole numbers alone, not %s", (value) => {
    expect(() => settings({ CARAVELA_CARD_TRIES_PER_PAYMENT: value })).toThrow(/CARAVELA_CARD_TRIES_PER_PAYMENT/);
  });
});
