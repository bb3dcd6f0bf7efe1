import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { type Arrival, openReceiver } from "./receiver.ts";

describe("event endpoints", () => {
  const url = "http://127.0.0.1:1/kept";
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
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      createdAt: expect.stringMatching(/Z$/),
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
