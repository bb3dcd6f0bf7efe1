import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openReceiver, type Receiver } from "../api/receiver.ts";
import { approve, askPhone, askReference, faults, payAtAtm, read } from "../support/actions.ts";
import { makeKey } from "../support/keys.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { PluginShop } from "./plugin.ts";

const SECRET = `whsec_${Buffer.from("thirty-two characters of secret!").toString("base64")}`;
const LOST = async () => ({ fault: "Operation timed out" });

let stage: Stage;
let shop: PluginShop;
let receiver: Receiver;
/** What the shop answered the events with. */
let answered: number[] = [];

beforeAll(async () => {
  stage = await setStage();
  const { secret: key } = await makeKey(stage, ["payments:read", "payments:write", "refunds:write"]);
  shop = await PluginShop.open({ enabled: "yes", server: stage.server.url, api_key: key, secret: SECRET });
  receiver = await openReceiver(stage, { secret: SECRET });
  receiver.answer = ({ body, headers }, response) =>
    void take(body, headers)
      .catch(() => 500)
      .then((status) => {
        answered.push(status);
        response.writeHead(status).end();
      });
});

afterAll(async () => {
  await receiver?.close();
  await stage?.close();
});

beforeEach(async () => {
  shop.answering = (_, really) => really();
  // what the test before brought about is told first: the plugin asks the server about each event
  await stage.settle();
  shop.sent.length = 0;
  answered = [];
});

const take = (body: string, headers: object) =>
  shop.run("gateway()->endpoint()->take($body, $headers, $now)", {
    body,
    headers,
    now: Math.floor(stage.now() / 1000),
  }) as Promise<number>;

const pay = (id: number) =>
  shop.run("gateway()->process_payment($id)", { id }) as Promise<{ result: string; redirect?: string }>;

const refund = (id: number, amount: string) => shop.run("gateway()->process_refund($id, $amount)", { id, amount });

let last = 100;
/** An order whose customer was led to the payment page. */
async function ordered(total = "12.50"): Promise<{ id: number; payment: string }> {
  const id = ++last;
  await shop.order(id, { total, status: "pending" });
  const { result } = await pay(id);
  expect(result).toBe("success");
  return { id, payment: await newestOf(id) };
}

async function newestOf(id: number): Promise<string> {
  const payments = (await shop.read(id)).meta?._caravela_payments as string[];
  return payments.at(-1) ?? "";
}

async function paid(total = "12.50"): Promise<{ id: number; payment: string }> {
  const order = await ordered(total);
  await askPhone(stage, order.payment);
  await approve(stage);
  await becomes(order.id, { status: "processing" });
  return order;
}

/** Waits until the shop's order is like this, and has all be done that is due meanwhile. */
async function becomes(id: number, order: object): Promise<void> {
  await expect
    .poll(async () => {
      await stage.settle();
      return shop.read(id);
    })
    .toMatchObject(order);
}

describe("an order", () => {
  it("is led to the payment page by a payment of its own, the same one for each press", async () => {
    const { id, payment } = await ordered();
    expect(await read(stage, payment)).toMatchObject({
      amount: 1_250,
      currency: "EUR",
      reference: `S-${id}`,
      returnUrl: `https://shop.example.pt/received/${id}`,
      cancelUrl: `https://shop.example.pt/pay/${id}`,
      locale: "pt",
      customer: { name: "Ana Sousa", email: "ana@example.pt" },
      metadata: { shop: "https://shop.example.pt/", order: String(id) },
    });
    expect(await pay(id)).toEqual({ result: "success", redirect: (await read(stage, payment)).payUrl });
    expect(await newestOf(id)).toBe(payment);
  });

  it("has the same payment where its answer was lost, and another where its total is another", async () => {
    const id = ++last;
    await shop.order(id, { total: "5", status: "pending" });
    shop.answering = async (_, really) => {
      await really();
      return LOST();
    };
    expect(await pay(id)).toEqual({ result: "failure" });
    shop.answering = (_, really) => really();
    await pay(id);
    const keys = shop.sent.map(({ headers }) => headers["Idempotency-Key"]);
    expect(keys[0]).toBe(keys[1]);
    const first = await newestOf(id);
    await shop.order(id, { total: "6.00" });
    await pay(id);
    expect(await read(stage, first)).toMatchObject({ status: "canceled", amount: 500 });
    expect(await read(stage, await newestOf(id))).toMatchObject({ status: "open", amount: 600 });
  });

  it("that was refused by a setting can be paid once that is mended", async () => {
    const id = ++last;
    await shop.order(id, { total: "12.50", status: "pending" });
    const most = { least: null, most: cents(1_000) };
    await stage.restartServer({ limits: { mbway: most, multibanco: most } });
    expect(await pay(id)).toEqual({ result: "failure" });
    await stage.restartServer({ limits: {} });
    expect((await pay(id)).result).toBe("success");
    expect((await shop.read(id)).meta?._caravela_payments).toHaveLength(1);
    await stage.settle();
  });

  it("is complete once the event says so and the server too, however often it comes", async () => {
    const { id, payment } = await paid();
    expect(await shop.read(id)).toMatchObject({ status: "processing", transaction: payment });
    expect(new Set(answered)).toEqual(new Set([204]));
    const arrival = receiver.arrivals.find(
      ({ event }) => event.type === "payment.paid" && event.data.payment.id === payment,
    );
    shop.sent.length = 0;
    const before = await shop.read(id);
    expect(await take(arrival?.body ?? "", arrival?.headers ?? {})).toBe(204);
    expect(shop.sent).toEqual([]);
    expect(await shop.read(id)).toEqual(before);
  });

  it("waits on hold for a reference, and is complete when that is paid at an ATM", async () => {
    const { id, payment } = await ordered("20.00");
    const { status, body } = await askReference(stage, payment);
    expect(status).toBe(201);
    await becomes(id, { status: "on-hold" });
    await payAtAtm(stage, body.multibanco, "20.00");
    await becomes(id, { status: "processing" });
  });

  it("is not complete by another sum than its own: a person is told", async () => {
    const { id, payment } = await ordered("12.50");
    await shop.order(id, { total: "13.00" });
    await askPhone(stage, payment);
    await approve(stage);
    await becomes(id, { status: "on-hold" });
    expect((await shop.read(id)).notes?.at(-1)).toContain("12.50 € were paid");
  });

  it("is not complete by another sum either where it waits for a reference: a person is told, once", async () => {
    const { id, payment } = await ordered("20.00");
    const { body } = await askReference(stage, payment);
    await becomes(id, { status: "on-hold" });
    await shop.order(id, { total: "21.00" });
    await payAtAtm(stage, body.multibanco, "20.00");
    await becomes(id, { status: "on-hold", meta: { _caravela_paid_by: payment } });
    expect((await shop.read(id)).notes?.filter((note) => note.includes("20.00 € were paid"))).toHaveLength(1);
  });

  it("that could not be completed is, when the event comes again", async () => {
    const { id, payment } = await ordered();
    await shop.order(id, { breaks: true });
    await askPhone(stage, payment);
    await approve(stage);
    await stage.settle();
    await expect.poll(() => answered).toContain(503);
    await shop.order(id, { breaks: false });
    await stage.advance(10);
    await becomes(id, { status: "processing", transaction: payment });
  });

  it("that is given up can no longer be paid", async () => {
    const { id, payment } = await ordered();
    await shop.run("wc_get_order($id)->update_status('cancelled')", { id });
    expect(await read(stage, payment)).toMatchObject({ status: "canceled" });
    await stage.settle();
    expect(await shop.read(id)).toMatchObject({ status: "cancelled" });
  });
});

describe("an event", () => {
  it("is refused unless it is the server's, and comes again where the server cannot be asked", async () => {
    const { id, payment } = await ordered();
    const created = () =>
      receiver.arrivals.find(({ event }) => event.type === "payment.created" && event.data.payment.id === payment);
    await expect.poll(created).toBeDefined();
    const { body = "", headers = {} } = created() ?? {};
    expect(await take(body.replace("open", "paid"), headers)).toBe(401);
    expect(await take(body, { ...headers, "webhook-id": "evt_other" })).toBe(401);
    expect(await take(body, {})).toBe(401);
    const late = { body, headers, now: Math.floor(stage.now() / 1000) + 301 };
    expect(await shop.run("gateway()->endpoint()->take($body, $headers, $now)", late)).toBe(401);

    await shop.run("delete_events($id)", { id });
    shop.answering = LOST;
    expect(await take(body, headers)).toBe(503);
    shop.answering = (_, really) => really();
    expect(await take(body, headers)).toBe(204);
  });

  it("that only tries the address is taken", async () => {
    const { body } = await stage.api("POST", `/v1/event-endpoints/${receiver.id}/ping`);
    expect(body).toMatchObject({ status: 204 });
  });

  it("of another shop's payment, or of a payment that the order did not ask for, changes nothing", async () => {
    const { id } = await ordered();
    const changes = {
      reference: `S-${id}`,
      amount: 1_250,
      metadata: { shop: "https://shop.example.pt/", order: String(id) },
    };
    const ask = (more: object) => stage.api("POST", "/v1/payments", { currency: "EUR", ...changes, ...more });
    const others = await ask({ metadata: { shop: "https://other.example.pt/", order: String(id) } });
    const forged = await ask({});
    for (const { body } of [others, forged]) {
      await askPhone(stage, body.id);
      await approve(stage);
      await stage.settle();
    }
    await becomes(id, { status: "pending", notes: [expect.stringContaining(forged.body.id)] });
  });
});

describe("a refund", () => {
  it("is made in parts, and noted with the order", async () => {
    const { id, payment } = await paid();
    expect(await refund(id, "2.5")).toBe(true);
    expect(await refund(id, "1.00")).toBe(true);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 350 });
    expect((await shop.read(id)).notes?.at(-1)).toMatch(/^1\.00 € were given back \(rfd_\w+\)\.$/);
    expect(await refund(id, "99.00")).toMatchObject({ error: expect.any(String) });
  });

  it("whose answer is lost has not failed: the next press asks for the same, and nothing goes back twice", async () => {
    const { id, payment } = await paid();
    shop.answering = async (_, really) => {
      await really();
      return LOST();
    };
    expect(await refund(id, "4.00")).toMatchObject({ error: expect.stringContaining("may have been given back") });
    shop.answering = (_, really) => really();
    expect(await refund(id, "5.00")).toMatchObject({ error: expect.stringContaining("not known yet whether 4.00") });
    expect(await refund(id, "4.00")).toBe(true);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 400 });
  });

  it("is made once by two presses of the same moment, and one of them is told of the other", async () => {
    const { id, payment } = await paid();
    const found = await shop.read(id);
    expect(await refund(id, "4.00")).toBe(true);
    await shop.order(id, found);
    expect(await refund(id, "4.00")).toMatchObject({ error: expect.stringContaining("at the same moment") });
    await shop.order(id, found);
    expect(await refund(id, "5.00")).toMatchObject({ error: expect.any(String) });
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 400 });
  });

  it.each([
    [401, "unauthorized"],
    [404, "not_found"],
    [429, "too_many_tries"],
    [422, "idempotency_key_reused"],
  ])("whose answer was lost is not forgotten by %i %s, which says nothing of it", async (status, code) => {
    const { id, payment } = await paid();
    const refused = async () => ({ status, body: JSON.stringify({ type: `/problems/${code}`, status }) });
    shop.answering = refused;
    expect(await refund(id, "9.00")).toMatchObject({ error: expect.any(String) });
    shop.answering = async (_, really) => {
      await really();
      return LOST();
    };
    expect(await refund(id, "4.00")).toMatchObject({ error: expect.stringContaining("may have been given back") });
    shop.answering = refused;
    expect(await refund(id, "4.00")).toMatchObject({ error: expect.any(String) });
    shop.answering = (_, really) => really();
    expect(await refund(id, "5.00")).toMatchObject({ error: expect.stringContaining("not known yet whether 4.00") });
    expect(await refund(id, "4.00")).toBe(true);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 400 });
  });

  it("that is in doubt at SIBS is neither failed nor done: whoever looks is told to wait", async () => {
    const { id } = await paid();
    await faults(stage, { refund: { html: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    expect(await refund(id, "3.00")).toBe(true);
    await faults(stage, {});
    expect((await shop.read(id)).notes?.at(-1)).toContain("do not give it back by another way");
  });

  it("that was made elsewhere is noted", async () => {
    const { id, payment } = await paid();
    await stage.api("POST", `/v1/payments/${payment}/refunds`, { amount: 700 });
    await becomes(id, { notes: [expect.stringMatching(/^7\.00 € were given back outside/)] });
  });
});
