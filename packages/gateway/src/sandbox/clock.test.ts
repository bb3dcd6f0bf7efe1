import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestGateway, testGateway } from "../../testing/gateway.ts";
import { type TestReceiver, testReceiver } from "../../testing/receiver.ts";

/** A program whose clock follows: it has work due at some moments, each of which it does once. */
async function testFollower() {
  const steps: number[] = [];
  const due = new Set<number>();
  let broken = false;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (broken || request.url !== "/sandbox/clock/step") return void response.writeHead(500).end();
    const { offsetMs } = JSON.parse(body);
    steps.push(offsetMs);
    const now = Date.now() + offsetMs;
    const done = [...due].filter((at) => at <= now);
    for (const at of done) due.delete(at);
    const next = due.size === 0 ? null : new Date(Math.min(...due)).toISOString();
    response.end(JSON.stringify({ now: new Date(now).toISOString(), nextDue: next, worked: done.length }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    steps,
    due,
    break: (now: boolean) => {
      broken = now;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let gateway: TestGateway;
let merchant: TestReceiver;
let follower: Awaited<ReturnType<typeof testFollower>>;
beforeAll(async () => {
  follower = await testFollower();
  gateway = await testGateway({ clockFollowers: [follower.url] });
  merchant = await testReceiver();
  await gateway.notifyAt(merchant.webhook);
});
afterAll(async () => {
  await gateway.close();
  await merchant.close();
  follower.close();
});

const offset = async (): Promise<number> => (await gateway.sandbox("/clock")).body.offsetSeconds;

describe("the clock", () => {
  it("says the time and how far it is ahead", async () => {
    const { body } = await gateway.sandbox("/clock");
    expect(body).toEqual({ now: expect.stringMatching(/Z$/), offsetSeconds: 0 });
  });

  it("advances by seconds, and to a moment", async () => {
    const before = await offset();
    expect((await gateway.advance(240)).body).toEqual({ now: expect.any(String), offsetSeconds: before + 240 });
    const to = new Date((await gateway.now()).getTime() + 3_600_000).toISOString();
    const { status, body } = await gateway.sandbox("/clock/advance", { to });
    expect(status).toBe(200);
    expect(Math.abs(Date.parse(body.now) - Date.parse(to))).toBeLessThan(5_000);
  });

  it("never goes back", async () => {
    const { status } = await gateway.sandbox("/clock/advance", { to: "2020-01-01T00:00:00Z" });
    expect(status).toBe(422);
    for (const nonsense of [
      {},
      { seconds: -1 },
      { seconds: "240" },
      { to: "tomorrow" },
      { seconds: 1, to: "2030-01-01T00:00:00Z" },
    ]) {
      expect((await gateway.sandbox("/clock/advance", nonsense)).status).toBe(400);
    }
  });

  it("stops at every due moment on the way: what is due there is done, and told, before time goes on", async () => {
    const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
    await gateway.purchase(made);
    const asked = await gateway.now();
    merchant.answerWith(() => ({ status: 500, body: "" }));
    await gateway.advance(86_400);
    const { plaintext, tries } = (await gateway.sandbox("/notifications")).body.notifications[0];
    expect(Math.abs(Date.parse(plaintext.transactionDateTime) - asked.getTime() - 240_000)).toBeLessThan(3_000);
    expect(tries).toHaveLength(1 + 5 + 4 + 5 + 2);
    expect(Date.parse(tries[1].at) - Date.parse(tries[0].at)).toBeLessThan(301_000);
  });
});

describe("a follower of the clock", () => {
  it("is moved to the same offset, to its own due moments on the way, and again until it has no more work", async () => {
    const from = (await offset()) * 1_000;
    const now = (await gateway.now()).getTime();
    follower.due.add(now + 60_000).add(now + 90_000);
    follower.steps.length = 0;
    await gateway.advance(120);
    const visited = [...new Set(follower.steps.map((at) => Math.round((at - from) / 1_000)))];
    expect(visited).toEqual([0, 60, 90, 120]);
    expect(follower.steps.filter((at) => Math.round((at - from) / 1_000) === 60)).toHaveLength(2);
  });

  it("that does not follow stops the advance with 503, which says where the clock stands", async () => {
    follower.break(true);
    const before = await offset();
    const { status, body } = await gateway.advance(60);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      offsetSeconds: before,
      now: expect.any(String),
      detail: expect.stringContaining(follower.url),
    });
    follower.break(false);
    expect((await gateway.advance(60)).body.offsetSeconds).toBe(before + 60);
  });
});
