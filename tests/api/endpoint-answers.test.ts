import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { type Arrival, answerWith, openReceiver, type Receiver } from "./receiver.ts";

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

const endpoint = async () =>
  (await stage.api("GET", "/v1/event-endpoints")).body.data.find((one: { id: string }) => one.id === receiver.id);

const sparing = (status: number, after: string) => (_: Arrival, response: ServerResponse) =>
  void response.writeHead(status, { "retry-after": after }).end();

describe("an endpoint that answers 410", () => {
  it("has ended: nothing more is sent there, which the API tells, until it is registered again", async () => {
    receiver.answer = answerWith(410);
    await createPayment(stage);
    await stage.settle();
    await createPayment(stage);
    await stage.advance(4 * 3_600);
    expect(receiver.arrivals).toHaveLength(1);
    expect(await endpoint()).toMatchObject({ endedAt: expect.stringMatching(/Z$/), endReason: "gone" });
    const event = receiver.arrivals[0]?.event.id;
    await stage.api("POST", `/v1/events/${event}/resend`);
    await stage.settle();
    expect(receiver.arrivals).toHaveLength(1);

    receiver.answer = answerWith(204);
    const again = await stage.api("POST", "/v1/event-endpoints", { url: receiver.url });
    expect(again).toMatchObject({ status: 200, body: { id: receiver.id, endedAt: null, endReason: null } });
    const later = await createPayment(stage);
    await stage.settle();
    expect(receiver.typesOf(later)).toEqual(["payment.created"]);
  });

  it("has missed what was due there, which is sent once it is asked for", async () => {
    receiver.answer = answerWith(500);
    const payments = [await createPayment(stage), await createPayment(stage), await createPayment(stage)];
    await stage.settle();
    receiver.answer = answerWith(410);
    await stage.advance(10);
    expect(await endpoint()).toMatchObject({ endReason: "gone" });
    receiver.answer = answerWith(204);
    await stage.api("POST", "/v1/event-endpoints", { url: receiver.url });
    for (const payment of payments) expect(receiver.typesOf(payment).length).toBeGreaterThan(0);
    receiver.arrivals.splice(0);
    await stage.api("POST", "/v1/events/resend", { filter: { endpoint: receiver.id, undelivered: true } });
    await stage.settle();
    for (const payment of payments) expect(receiver.typesOf(payment)).toEqual(["payment.created"]);
  });

  it("and takes what was on its way by then has missed nothing of that", async () => {
    const held: ServerResponse[] = [];
    receiver.answer = (_, response) => void held.push(response);
    await createPayment(stage);
    const taken = await createPayment(stage);
    await until(() => held.length === 2);
    const isOfTaken = receiver.arrivals.findIndex(({ event }) => event.data.payment.id === taken);
    held[1 - isOfTaken]?.writeHead(410).end();
    await until(async () => (await endpoint()).endedAt !== null);
    held[isOfTaken]?.writeHead(204).end();
    await stage.settle();
    const { data } = (await stage.api("GET", `/v1/events?payment=${taken}`)).body;
    expect(data).toMatchObject([{ type: "payment.created", undelivered: false }]);
  });

  it("and had been registered again meanwhile goes on", async () => {
    const held: ServerResponse[] = [];
    receiver.answer = (_, response) => void held.push(response);
    const payment = await createPayment(stage);
    await until(() => held.length === 1);
    await stage.api("POST", "/v1/event-endpoints", { url: receiver.url });
    receiver.answer = answerWith(204);
    for (const response of held) response.writeHead(410).end();
    await stage.settle();
    expect(await endpoint()).toMatchObject({ endedAt: null });
    // what the address said before it was registered again is not held against what it says since: it is sent once more
    expect(receiver.typesOf(payment)).toEqual(["payment.created", "payment.created"]);
    const { data } = (await stage.api("GET", `/v1/events?payment=${payment}`)).body;
    expect(data).toMatchObject([{ type: "payment.created", undelivered: false }]);
  });
});

describe("an endpoint that asks to be spared", () => {
  it.each([
    ["429, in seconds", () => sparing(429, "1200")],
    ["503, by a date", () => sparing(503, new Date(Date.now() + 1_200_000).toUTCString())],
  ])("by %s gets nothing until then, other events included", async (_how, answer) => {
    receiver.answer = answer();
    await createPayment(stage);
    await stage.settle();
    const other = await createPayment(stage);
    await stage.advance(1_150);
    expect(receiver.arrivals).toHaveLength(1);
    receiver.answer = answerWith(204);
    await stage.advance(60);
    expect(receiver.arrivals).toHaveLength(3);
    expect(receiver.typesOf(other)).toEqual(["payment.created"]);
  });

  it("for ever is asked again after a day", async () => {
    receiver.answer = sparing(503, "99999999");
    await createPayment(stage, { expiresAt: new Date(stage.now() + 30 * 86_400_000).toISOString() });
    await stage.settle();
    await stage.advance(86_000);
    expect(receiver.arrivals).toHaveLength(1);
    await stage.advance(500);
    expect(receiver.arrivals).toHaveLength(2);
  });
});

describe("an event that is asked for again while it is under way", () => {
  it.each([204, 500])("is sent again, although the first is then answered %i", async (status) => {
    const held: ServerResponse[] = [];
    receiver.answer = (_, response) => void held.push(response);
    await createPayment(stage);
    await until(() => held.length === 1);
    const event = receiver.arrivals[0]?.event.id;
    await stage.api("POST", `/v1/events/${event}/resend`);
    receiver.answer = answerWith(204);
    for (const response of held) response.writeHead(status).end();
    await until(() => receiver.arrivals.length === 2);
    await stage.settle();
    const { body } = await stage.api("GET", `/v1/events/${event}`);
    const tries = body.deliveries.filter((one: { endpoint: string }) => one.endpoint === receiver.id);
    expect(tries.map((one: { status: number }) => one.status)).toEqual([status, 204]);
  });
});
