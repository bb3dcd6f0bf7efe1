import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { type Arrival, answerWith, openReceiver } from "./receiver.ts";

describe("event endpoints", () => {
  const url = "http://127.0.0.1:8/kept";
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("are made by a url, changed by it, and removed", async () => {
    const first = await stage.api("POST", "/v1/event-endpoints", { url });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.stringMatching(/^ep_[0-9a-z]{20}$/),
      url,
      types: ["*"],
      terminal: null,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      createdAt: expect.stringMatching(/Z$/),
      endedAt: null,
      endReason: null,
      deliveries: { delivered: 0, failed: 0, waiting: 0, lastError: null, lastDeliveredAt: null },
    });
    const changed = await stage.api("POST", "/v1/event-endpoints", { url, types: ["payment.paid"] });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...first.body, types: ["payment.paid"], secret: null });
    const kept = await stage.api("POST", "/v1/event-endpoints", { url });
    expect(kept.body.types).toEqual(["payment.paid"]);
    const listed = (await stage.api("GET", "/v1/event-endpoints")).body.data;
    expect(listed).toContainEqual({ ...first.body, types: ["payment.paid"], secret: null });
    const removed = await stage.api("DELETE", `/v1/event-endpoints/${first.body.id}`);
    expect([removed.status, removed.body]).toEqual([204, null]);
    expect((await stage.api("DELETE", `/v1/event-endpoints/${first.body.id}`)).status).toBe(404);
    const anew = await stage.api("POST", "/v1/event-endpoints", { url });
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(first.body.id);
    await stage.api("DELETE", `/v1/event-endpoints/${anew.body.id}`);
  });

  it("are of all terminals when none is named, and not when an empty one is, as of a variable that is not set", async () => {
    for (const terminal of ["", " "]) {
      const { status, body } = await stage.api("POST", "/v1/event-endpoints", { url, terminal });
      expect([status, body.errors]).toMatchObject([400, [{ field: "/terminal" }]]);
    }
    const named = await stage.api("POST", "/v1/event-endpoints", { url, terminal: " 52221 " });
    expect([named.status, named.body.terminal]).toEqual([201, "52221"]);
    await stage.api("DELETE", `/v1/event-endpoints/${named.body.id}`);
  });

  it("sign with the secret that they were given last", async () => {
    const receiver = await openReceiver(stage);
    const secret = `whsec_${Buffer.from("another secret of thirty-two chr").toString("base64")}`;
    const { body } = await stage.api("POST", "/v1/event-endpoints", { url: receiver.url, secret });
    expect(body.id).toBe(receiver.id);
    await createPayment(stage);
    await stage.settle();
    const [arrival] = receiver.arrivals as [Arrival];
    expect(receiver.verifies(arrival)).toBe(false);
    expect(new Webhook(secret).verify(arrival.body, arrival.headers as Record<string, string>)).toEqual(arrival.event);
    await receiver.close();
  });
});

describe("how an endpoint takes what it is sent", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());
  const deliveriesAt = async ({ id }: { readonly id: string }) =>
    (await stage.api("GET", "/v1/event-endpoints")).body.data.find((one: { id: string }) => one.id === id).deliveries;

  it("is counted by the tries of a day, and told of each event", async () => {
    const receiver = await openReceiver(stage, { types: ["payment.created"] });
    receiver.answer = answerWith(503);
    const id = await createPayment(stage);
    await stage.settle();
    const [event] = (await stage.api("GET", `/v1/events?payment=${id}`)).body.data;
    const standing = async () =>
      (await stage.api("GET", `/v1/events/${event.id}`)).body.endpoints.find(
        ({ endpoint }: { endpoint: string }) => endpoint === receiver.id,
      );
    expect(await standing()).toMatchObject({ standing: "waiting", tries: 1, nextTryAt: expect.stringMatching(/Z$/) });
    const error = { at: expect.stringMatching(/Z$/), status: 503, failure: "refused" };
    expect(await deliveriesAt(receiver)).toEqual({
      delivered: 0,
      failed: 1,
      waiting: 1,
      lastError: error,
      lastDeliveredAt: null,
    });
    receiver.answer = answerWith(204);
    await createPayment(stage);
    await stage.advance(60);
    expect(await standing()).toEqual({ endpoint: receiver.id, standing: "delivered", tries: 2, nextTryAt: null });
    const taken = {
      delivered: 2,
      failed: 1,
      waiting: 0,
      lastError: error,
      lastDeliveredAt: expect.stringMatching(/Z$/),
    };
    expect(await deliveriesAt(receiver)).toEqual(taken);
    receiver.answer = answerWith(410);
    const { id: gone } = (await stage.api("GET", `/v1/events?payment=${await createPayment(stage)}`)).body.data[0];
    await stage.settle();
    const { endpoints } = (await stage.api("GET", `/v1/events/${gone}`)).body;
    expect(endpoints).toContainEqual({ endpoint: receiver.id, standing: "given_up", tries: 1, nextTryAt: null });
    await stage.advance(25 * 3_600);
    expect(await deliveriesAt(receiver)).toMatchObject({ delivered: 0, failed: 0, lastError: null });
    // the chores of the day
    await stage.advance(24 * 3_600);
    expect((await stage.pool.query("select from endpoint_hour where endpoint_id = $1", [receiver.id])).rowCount).toBe(
      0,
    );
    await receiver.close();
  });

  it("is tried by one event of its own, which tells of nothing and is in no list", async () => {
    const receiver = await openReceiver(stage, { types: ["payment.paid"] });
    const pinged = async () => (await stage.api("POST", `/v1/event-endpoints/${receiver.id}/ping`)).body;
    const { event, ...taken } = await pinged();
    expect(taken).toEqual({
      endpoint: receiver.id,
      delivered: true,
      status: 204,
      failure: null,
      ms: expect.any(Number),
    });
    const [arrival] = receiver.arrivals as [Arrival];
    expect(receiver.verifies(arrival)).toBe(true);
    expect(arrival.headers["webhook-id"]).toBe(event);
    expect(arrival.event).toMatchObject({ id: event, type: "endpoint.ping", data: {} });
    expect((await stage.api("GET", `/v1/events/${event}`)).status).toBe(404);
    receiver.answer = answerWith(500);
    expect(await pinged()).toMatchObject({ delivered: false, status: 500, failure: "refused" });
    expect(receiver.arrivals).toHaveLength(2);
    await receiver.close();
    expect((await stage.api("POST", `/v1/event-endpoints/${receiver.id}/ping`)).status).toBe(404);
    const nobody = (await stage.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:8/nobody" })).body;
    const unheard = (await stage.api("POST", `/v1/event-endpoints/${nobody.id}/ping`)).body;
    expect(unheard).toMatchObject({ delivered: false, status: null, failure: "unreachable" });
    await stage.api("DELETE", `/v1/event-endpoints/${nobody.id}`);
  });
});

describe("an event endpoint", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());
  const register = (body: object) => stage.api("POST", "/v1/event-endpoints", body);
  const count = async () => (await stage.api("GET", "/v1/event-endpoints")).body.data.length;

  it("is known by its address, however that is spelt, and goes by the last spelling", async () => {
    const { body: first } = await register({ url: "http://127.0.0.1:8/events" });
    const before = await count();
    for (const url of ["http://127.0.0.1:8/events/", "HTTP://127.0.0.1:8/%65vents", "http://127.1:8/./events?"]) {
      expect(await register({ url })).toMatchObject({ status: 200, body: { id: first.id, url } });
    }
    expect(await count()).toBe(before);
    const atOnce = await Promise.all(["http://127.0.0.1:8/x", "http://127.0.0.1:8/x/"].map((url) => register({ url })));
    expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  it.each([
    ["a user", { url: "http://ana:secret@shop.pt/events" }, ["/url"]],
    ["a port of another protocol", { url: "http://shop.pt:6667/" }, ["/url"]],
    ["a fragment", { url: "http://shop.pt/#events" }, ["/url"]],
    [
      "a type that does not exist",
      { url: "http://127.0.0.1:8/", types: ["payment.paid", "payment.payed"] },
      ["/types/1"],
    ],
    ["all of it", { url: "http://a@shop.pt/", types: ["pay.ment", "re.fund"] }, ["/url", "/types/0", "/types/1"]],
  ])("is refused with %s, which is named with what to do", async (_what, body, fields) => {
    const before = await count();
    const answer = await register(body);
    expect(answer).toMatchObject({ status: 422, body: { type: "/problems/not_possible" } });
    expect(answer.body.errors.map((one: { field: string }) => one.field)).toEqual(fields);
    if (fields.includes("/types/1")) expect(answer.body.detail).toContain("payment.paid");
    expect(JSON.stringify(answer.body)).not.toContain("secret");
    expect(await count()).toBe(before);
  });
});

describe("in front of the real SIBS, an endpoint inside", () => {
  it("is refused; one that was there before goes on, is registered again, and is named at the start", async () => {
    const lines: string[] = [];
    const stage = await setStage({
      eventNetworks: [],
      logLevel: "warn",
      logDestination: { write: (line: string) => void lines.push(line) },
    });
    const inside = [
      "http://127.0.0.1:4000/",
      "http://localhost:4000/",
      "http://169.254.169.254/latest",
      "http://[fd00::1]/",
    ];
    for (const url of inside) {
      expect(await stage.api("POST", "/v1/event-endpoints", { url })).toMatchObject({
        status: 422,
        body: { errors: [{ field: "/url", message: expect.stringContaining("CARAVELA_EVENT_NETWORKS") }] },
      });
    }
    const url = stage.shop.url;
    await stage.pool.query(
      `insert into event_endpoint (id, url, types, secret, created_at, may_be_inside)
       values ('ep_old', $1, '{*}', $2, now(), true), ('ep_sly', $3, '{*}', $2, now(), false)`,
      [url, `whsec_${"A".repeat(43)}=`, `http://ana:secret@127.0.0.1:${new URL(url).port}/sly`],
    );
    await stage.restartServer();
    await until(() => lines.some((line) => line.includes("ep_old")) && lines.some((line) => line.includes("ep_sly")));
    expect(lines.join("")).not.toContain("ana:secret");
    const { body } = await stage.api("POST", "/v1/event-endpoints", { url, secret: `whsec_${"B".repeat(43)}=` });
    expect(body.id).toBe("ep_old");
    stage.shop.secret = body.secret;
    await createPayment(stage);
    await stage.settle();
    expect(stage.events.map(({ type }) => type)).toEqual(["payment.created"]);
    const { body: listed } = await stage.api("GET", "/v1/events");
    const { body: event } = await stage.api("GET", `/v1/events/${listed.data[0].id}`);
    const tries = event.deliveries.map((one: { endpoint: string; status: number }) => [one.endpoint, one.status]);
    expect(tries.sort()).toEqual([
      ["ep_old", 200],
      ["ep_sly", null],
    ]);
    await stage.close();
  });
});
