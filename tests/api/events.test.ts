import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { type Arrival, answerWith, openReceiver, type Receiver } from "./receiver.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

let stage: Stage;
let receiver: Receiver;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  receiver = await openReceiver(stage);
});
afterEach(() => receiver.close());

/** A payment that was paid, refunded in part, and told of. */
async function paidAndRefunded(): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id);
  await approve(stage);
  await stage.settle();
  await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 });
  await stage.settle();
  return id;
}

/** A payment of which nothing is told for a long while. */
const longPayment = () => createPayment(stage, { expiresAt: new Date(stage.now() + 60 * DAY * 1000).toISOString() });

async function eventOf(payment: string, type: string): Promise<string> {
  const { body } = await stage.api("GET", "/v1/events?limit=100");
  const isIt = (one: { type: string; data: { payment: { id: string } } }) =>
    one.type === type && one.data.payment.id === payment;
  return body.data.find(isIt).id;
}

const deliveriesOf = async (event: string) =>
  (await stage.api("GET", `/v1/events/${event}`)).body.deliveries.filter(
    (one: { endpoint: string }) => one.endpoint === receiver.id,
  );

describe("an event", () => {
  it("is what Standard Webhooks say, and holds the payment as it was at that moment", async () => {
    const id = await paidAndRefunded();
    expect(receiver.typesOf(id)).toEqual([
      "payment.created",
      "payment.pending",
      "payment.paid",
      "refund.created",
      "refund.succeeded",
    ]);
    for (const [place, arrival] of receiver.arrivals.entries()) {
      const { event, headers } = arrival;
      expect(receiver.verifies(arrival)).toBe(true);
      expect(receiver.verifies({ ...arrival, body: arrival.body.replace("550", "551") })).toBe(false);
      expect(headers["webhook-id"]).toBe(event.id);
      expect(headers["content-type"]).toBe("application/json");
      expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
      expect(Object.keys(event)).toEqual(["id", "type", "timestamp", "sequence", "data"]);
      expect(event).toMatchObject({ id: expect.stringMatching(/^evt_[0-9a-z]{20}$/), sequence: place + 1 });
    }
    const [created, pending, paid, asked, back] = receiver.arrivals.map(({ event }) => event.data);
    expect(created?.payment).toMatchObject({ id, status: "open", attempts: [], paidAt: null });
    expect(pending?.payment).toMatchObject({ id, status: "pending", attempts: [{ status: "submitted" }] });
    expect(paid?.payment).toMatchObject({ id, status: "paid", amountCaptured: 550, refunds: [] });
    expect(asked?.refund).toMatchObject({ payment: id, amount: 100, status: "pending" });
    expect(back?.refund).toMatchObject({ payment: id, amount: 100, status: "succeeded" });
    expect(back?.payment).toMatchObject({ id, amountRefunded: 100 });
    const { body: now } = await stage.api("GET", `/v1/payments/${id}`);
    expect(back?.payment).toEqual(now);
  });

  it("is listed, and read with every try to deliver it", async () => {
    const id = await createPayment(stage);
    await stage.settle();
    const event = await eventOf(id, "payment.created");
    const { status, body } = await stage.api("GET", `/v1/events/${event}`);
    expect(status).toBe(200);
    const { deliveries, endpoints, ...sent } = body;
    expect(sent).toEqual(receiver.arrivals[0]?.event);
    expect(endpoints).toContainEqual({ endpoint: receiver.id, standing: "delivered", tries: 1, nextTryAt: null });
    expect(deliveries).toHaveLength(2); // this receiver's and the stage's own shop's
    expect(await deliveriesOf(event)).toEqual([
      { endpoint: receiver.id, at: expect.stringMatching(/Z$/), status: 204, ms: expect.any(Number) },
    ]);
  });

  it("goes to those that want its type", async () => {
    const picky = await openReceiver(stage, { types: ["payment.paid", "refund.succeeded"] });
    const id = await paidAndRefunded();
    expect(picky.typesOf(id)).toEqual(["payment.paid", "refund.succeeded"]);
    expect(picky.arrivals.map(({ event }) => event.sequence)).toEqual([3, 5]);
    await picky.close();
  });

  it("can be sent again, with the same id, also to an endpoint that is newer than it", async () => {
    const id = await createPayment(stage);
    await stage.settle();
    const event = await eventOf(id, "payment.created");
    const newer = await openReceiver(stage);
    const { status, body } = await stage.api("POST", `/v1/events/${event}/resend`);
    expect([status, body.id]).toEqual([200, event]);
    await stage.settle();
    expect(receiver.arrivals.map(({ headers }) => headers["webhook-id"])).toEqual([event, event]);
    expect(newer.arrivals.map(({ headers }) => headers["webhook-id"])).toEqual([event]);
    expect(receiver.arrivals[0]?.body).toBe(receiver.arrivals[1]?.body);
    expect(await deliveriesOf(event)).toHaveLength(2);
    await newer.close();
  });
});

describe("an endpoint that fails", () => {
  it("is tried again, later and later, for three days, by the same id; then the event is given up", async () => {
    receiver.answer = answerWith(500);
    const id = await longPayment();
    const triesUntilNow = () => receiver.typesOf(id).length;
    await stage.settle();
    expect(triesUntilNow()).toBe(1);
    await stage.advance(3 * DAY - 60);
    const before = triesUntilNow();
    await stage.advance(120);
    expect(triesUntilNow()).toBe(before + 1);
    await stage.advance(5 * DAY);
    expect(triesUntilNow()).toBe(before + 1);
    const event = await eventOf(id, "payment.created");
    const ofThis = receiver.arrivals.filter((arrival) => arrival.event.data.payment.id === id);
    expect(new Set(ofThis.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([event]));

    const tries: { at: string; status: number }[] = await deliveriesOf(event);
    expect(tries.map(({ status }) => status)).toEqual(Array(before + 1).fill(500));
    const moments = tries.map(({ at }) => Date.parse(at));
    const waits = moments.slice(1).map((at, place) => Math.round((at - (moments[place] ?? 0)) / 1000));
    expect(waits.slice(0, -1)).toEqual([...waits.slice(0, -1)].sort((one, other) => one - other));
    expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeGreaterThan((3 * DAY - 60) * 1000);
    expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeLessThanOrEqual((3 * DAY + 60) * 1000);
  });

  it("gets what was given up when it is asked for, and its three days begin anew", async () => {
    receiver.answer = answerWith(503);
    const id = await longPayment();
    await stage.advance(4 * DAY);
    const event = await eventOf(id, "payment.created");
    const triesUntilNow = () => receiver.typesOf(id).length;
    const tries = triesUntilNow();
    await stage.api("POST", `/v1/events/${event}/resend`);
    await stage.settle();
    await stage.advance(10);
    expect(triesUntilNow()).toBe(tries + 2); // at once, and five seconds later
    receiver.answer = answerWith(200);
    await stage.advance(60);
    expect(triesUntilNow()).toBe(tries + 3);
    await stage.advance(DAY);
    expect(triesUntilNow()).toBe(tries + 3);
  });

  it("gets nothing later of that payment before the failed event, and of other payments everything meanwhile", async () => {
    const failing = await createPayment(stage);
    await stage.settle();
    receiver.answer = (arrival, response) =>
      answerWith(arrival.event.data.payment.id === failing ? 500 : 200)(arrival, response);
    await askPhone(stage, failing);
    await approve(stage);
    await stage.settle();
    await stage.advance(10);
    expect(new Set(receiver.typesOf(failing))).toEqual(new Set(["payment.created", "payment.pending"]));

    const other = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${other}/cancel`);
    await stage.settle();
    expect(receiver.typesOf(other)).toEqual(["payment.created", "payment.canceled"]);

    receiver.answer = answerWith(200);
    await stage.advance(HOUR);
    const types = receiver.typesOf(failing);
    expect(types.slice(types.lastIndexOf("payment.pending"))).toEqual(["payment.pending", "payment.paid"]);
    const taken = await deliveriesOf(await eventOf(failing, "payment.pending"));
    expect(taken.at(-1)).toMatchObject({ status: 200 });
  });

  it("gets the later ones once the failed one is given up", async () => {
    receiver.answer = (arrival, response) =>
      answerWith(arrival.event.type === "payment.created" ? 500 : 200)(arrival, response);
    const id = await longPayment();
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.advance(3 * DAY - HOUR);
    expect(new Set(receiver.typesOf(id))).toEqual(new Set(["payment.created"]));
    await stage.advance(2 * HOUR);
    expect(receiver.typesOf(id).at(-1)).toBe("payment.canceled");
  });

  it("gets what came behind the failed one with it, and at once where that is asked for again and taken", async () => {
    receiver.answer = answerWith(500);
    const id = await longPayment();
    await stage.settle();
    await stage.advance(3 * HOUR);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.settle();
    const { rows } = await stage.pool.query(
      "select due_at from delivery where subject_id = $1 and endpoint_id = $2 order by sequence",
      [id, receiver.id],
    );
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[0].due_at.getTime()).toBeGreaterThan(stage.now());

    receiver.answer = answerWith(200);
    receiver.arrivals.length = 0;
    await stage.api("POST", `/v1/events/${await eventOf(id, "payment.created")}/resend`);
    await stage.settle();
    expect(receiver.typesOf(id)).toEqual(["payment.created", "payment.canceled"]);
  });

  it.each([
    ["redirects", (_: Arrival, response: ServerResponse) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["moves away", (_: Arrival, response: ServerResponse) => response.writeHead(308, { location: "/there" }).end()],
  ])("because it %s is not followed", async (_what, answer) => {
    receiver.answer = answer;
    const id = await createPayment(stage);
    await stage.settle();
    expect(receiver.arrivals).toHaveLength(1);
    const [tried] = await deliveriesOf(await eventOf(id, "payment.created"));
    expect([302, 308]).toContain(tried.status);
  });

  it("because nobody is there is a try without a status", async () => {
    const gone = await openReceiver(stage);
    await gone.close();
    await stage.api("POST", "/v1/event-endpoints", { url: gone.url });
    const id = await createPayment(stage);
    await stage.settle();
    const { body } = await stage.api("GET", `/v1/events/${await eventOf(id, "payment.created")}`);
    expect(body.deliveries.map((one: { status: number | null }) => one.status).sort()).toEqual([200, 204, null]);
    const { body: endpoints } = await stage.api("GET", "/v1/event-endpoints");
    const { id: endpoint } = endpoints.data.find((one: { url: string }) => one.url === gone.url);
    await stage.api("DELETE", `/v1/event-endpoints/${endpoint}`);
  });
});

describe("an endpoint that hangs", () => {
  it("does not stop the others, however much it is sent", async () => {
    const hanging = await openReceiver(stage);
    const held: ServerResponse[] = [];
    hanging.answer = (_, response) => void held.push(response);
    const made: string[] = [];
    for (let n = 0; n < 80; n += 1) made.push(await createPayment(stage));
    const isTold = (payment: string) => receiver.typesOf(payment).length === 1;
    // sooner than the fifteen seconds for which an answer is waited
    await until(() => made.every(isTold), 14_000);
    const last = await createPayment(stage);
    await until(() => isTold(last), 14_000);
    expect(held.length).toBeLessThan(made.length);
    hanging.answer = answerWith(200);
    for (const response of held) answerWith(200)(hanging.arrivals[0] as Arrival, response);
    await stage.settle();
    expect(hanging.arrivals).toHaveLength(made.length + 1);
    await hanging.close();
  });
});

describe("deliveries", () => {
  it("go on after a restart, in order and by the same id", async () => {
    receiver.answer = answerWith(500);
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.settle();
    await stage.restartServer();
    receiver.answer = answerWith(200);
    await approve(stage);
    await stage.advance(HOUR);
    const taken = receiver.arrivals.slice(-3).map(({ event }) => event);
    expect(taken.map(({ type, sequence }) => [type, sequence])).toEqual([
      ["payment.created", 1],
      ["payment.pending", 2],
      ["payment.paid", 3],
    ]);
    expect(receiver.arrivals.find(({ event }) => event.sequence === 1)?.event.id).toBe(taken[0]?.id);
  });
});
