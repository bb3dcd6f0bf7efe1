import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { approve, askPhone, askReference, payAtAtm } from "../../../tests/support/actions.ts";
import { freePort, type ReceivedEvent } from "../../../tests/support/shop.ts";
import { API_KEY, type Stage, setStage } from "../../../tests/support/stage.ts";
import { startShop } from "./main.ts";
import { newOrderId } from "./orders.ts";

let stage: Stage;
let port: number;
let shop: Awaited<ReturnType<typeof startShop>>;

const said: string[] = [];
const log = (line: string) => said.push(line);
const open = () => startShop({ host: "127.0.0.1", port, serverUrl: stage.server.url, apiKey: API_KEY, log });

beforeAll(async () => {
  stage = await setStage();
  port = await freePort();
  shop = await open();
});

afterAll(async () => {
  await shop.close();
  await stage.close();
});

/** Orders something, as the form of the page does, and gives where the browser is sent. */
async function order(form: Record<string, string> = {}) {
  const id = form.order ?? newOrderId();
  const answer = await fetch(`${shop.url}/orders`, {
    method: "POST",
    body: new URLSearchParams({ order: id, good: "soap", quantity: "1", ...form }),
    redirect: "manual",
  });
  return { id, status: answer.status, location: answer.headers.get("location") };
}

/** What the order's page says of it. */
async function stateOf(id: string, query = ""): Promise<string | undefined> {
  const page = await (await fetch(`${shop.url}/orders/${id}${query}`)).text();
  return /data-state="(\w+)"/.exec(page)?.[1];
}

/** The payment that an order asked for. */
async function paymentOf(id: string) {
  return (await stage.api("GET", `/v1/payments?reference=${id}`)).body.data[0];
}

it("asks for the payment of what was ordered and sends the customer to pay it", async () => {
  const { id, status, location } = await order({ good: "mug", quantity: "3" });
  const payment = await paymentOf(id);
  expect(status).toBe(303);
  expect(location).toBe(payment.payUrl);
  expect(payment).toMatchObject({
    amount: 3570,
    description: "3 × Caneca de grés",
    returnUrl: `${shop.url}/orders/${id}`,
    metadata: { good: "mug", quantity: "3" },
  });
  expect(await stateOf(id)).toBe("unpaid");
});

it("shows the payment inside a page of its own, whose policy lets in the payments server and nobody else", async () => {
  const { id, status, location } = await order({ pay: "here" });
  expect([status, location]).toEqual([303, `/orders/${id}/pay`]);
  const page = await fetch(`${shop.url}${location}`);
  const { payUrl } = await paymentOf(id);
  const { origin } = new URL(payUrl);
  expect(page.headers.get("content-security-policy")).toContain(`script-src 'self' ${origin};`);
  expect(page.headers.get("content-security-policy")).toMatch(new RegExp(`frame-src ${origin}$`));
  expect(await page.text()).toContain(`<caravela-pay pay-url="${payUrl}"`);
  expect((await fetch(`${shop.url}/orders/${newOrderId()}/pay`)).status).toBe(404);
});

it("shows an order as paid when the signed event has come", async () => {
  const { id } = await order();
  expect(await stateOf(id)).toBe("unpaid");
  await askPhone(stage, (await paymentOf(id)).id);
  expect(await stateOf(id)).toBe("unpaid");
  await approve(stage);
  await stage.settle();
  expect(await stateOf(id)).toBe("paid");
});

it("does not believe the query with which the customer comes back", async () => {
  const { id } = await order();
  expect(await stateOf(id, "?payment=pay_1&status=paid")).toBe("unpaid");
});

it("makes one payment of an order that is sent twice, and another of another choice on the same page", async () => {
  const first = await order();
  const again = await order({ order: first.id });
  const other = await order({ order: first.id, good: "tile" });
  expect(again.location).toBe(first.location);
  expect(other.status).toBe(303);
  expect(other.location).not.toBe(first.location);
});

it.each([{ good: "gold" }, { quantity: "0" }, { quantity: "1.5" }, { order: "order-1" }])(
  "takes no order of %j",
  async (form) => {
    expect((await order(form)).status).toBe(404);
  },
);

it("refuses an event that the payments server did not sign", async () => {
  const { id } = await order();
  const payment = { ...(await paymentOf(id)), status: "paid" };
  const body = JSON.stringify({ id: "evt_1", type: "payment.paid", data: { payment } });
  const signature = new Webhook(`whsec_${btoa("another secret of the same length")}`).sign("evt_1", new Date(), body);
  const headers = {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
    "webhook-signature": signature,
  };
  const answers = [
    await fetch(`${shop.url}/events`, { method: "POST", body, headers }),
    await fetch(`${shop.url}/events`, { method: "POST", body }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  expect(await stateOf(id)).toBe("unpaid");
});

it("wraps an order once, however often the event of its payment comes", async () => {
  const { id } = await order();
  const payment = await paymentOf(id);
  await askPhone(stage, payment.id);
  await approve(stage);
  await stage.settle();
  const { data: events } = (await stage.api("GET", "/v1/events?limit=100")).body;
  const isPaid = (event: ReceivedEvent) => event.type === "payment.paid" && event.data.payment.id === payment.id;
  await stage.api("POST", `/v1/events/${events.find(isPaid).id}/resend`);
  await stage.settle();
  expect(said.filter((line) => line.includes(id))).toEqual([`order ${id} is paid: wrap it`]);
  expect(stage.events.filter(isPaid)).toHaveLength(2);
  expect(await stateOf(id)).toBe("paid");
});

it("shows an order as canceled, and one whose money went back as such", async () => {
  const [canceled, refunded] = [await order(), await order()];
  await stage.api("POST", `/v1/payments/${(await paymentOf(canceled.id)).id}/cancel`);
  const { id } = await paymentOf(refunded.id);
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  await stage.api("POST", `/v1/payments/${id}/refunds`);
  await stage.settle();
  expect([await stateOf(canceled.id), await stateOf(refunded.id)]).toEqual(["canceled", "refunded"]);
});

it("still knows an order after its own restart, though it kept nothing", async () => {
  const { id } = await order();
  await askPhone(stage, (await paymentOf(id)).id);
  await approve(stage);
  await stage.settle();
  await shop.close();
  shop = await open();
  expect(await stateOf(id)).toBe("paid");
});

it("is told of what is paid after its own restart, signed with its new secret", async () => {
  const { id } = await order({ good: "tile", quantity: "2" });
  const { multibanco } = (await askReference(stage, (await paymentOf(id)).id)).body;
  await shop.close();
  shop = await open();
  expect(await stateOf(id)).toBe("unpaid");
  await payAtAtm(stage, multibanco, "17.00");
  await stage.settle();
  expect(await stateOf(id)).toBe("paid");
});

it("says so when there is no such order, page or method", async () => {
  expect((await fetch(`${shop.url}/orders/${newOrderId()}`)).status).toBe(404);
  expect((await fetch(`${shop.url}/orders/1`)).status).toBe(404);
  expect((await fetch(`${shop.url}/../package.json`)).status).toBe(404);
  expect((await fetch(`${shop.url}/orders`, { method: "DELETE" })).status).toBe(404);
  expect((await fetch(`${shop.url}/events`, { method: "POST", body: "x".repeat(300_000) })).status).toBe(413);
});

/** A line to the payments server that can be cut. */
async function openLine() {
  const ends = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(new URL(stage.server.url).port), "127.0.0.1");
    for (const end of [near, far]) ends.add(end.on("error", () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    cut: () => {
      line.close();
      for (const end of ends) end.destroy();
    },
  };
}

it("offers the same order once more when its payment could not be asked for", async () => {
  const line = await openLine();
  const cutOff = await startShop({ host: "127.0.0.1", port: 0, serverUrl: line.url, apiKey: API_KEY, log });
  line.cut();
  const complained = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const id = newOrderId();
  const body = new URLSearchParams({ order: id, good: "soap", quantity: "1" });
  const answer = await fetch(`${cutOff.url}/orders`, { method: "POST", body, redirect: "manual" });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain(`name="order" value="${id}"`);
  expect(complained).toHaveBeenCalledOnce();
  complained.mockRestore();
  await cutOff.close();
});

it("does not open where the payments server cannot be asked for its events", async () => {
  const line = await openLine();
  line.cut();
  const opening = startShop({ host: "127.0.0.1", port: 0, serverUrl: line.url, apiKey: API_KEY });
  await expect(opening).rejects.toThrow(`The shop cannot ask ${line.url} for its events.`);
  const withAnotherKey = startShop({ host: "127.0.0.1", port: 0, serverUrl: stage.server.url, apiKey: "sk_test_no" });
  await expect(withAnotherKey).rejects.toThrow("for its events");
});
