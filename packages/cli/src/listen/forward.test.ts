import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { verifyEvent } from "@caravela/client";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { FedEvent } from "./feed.ts";
import { Forwarder, type Tried } from "./forward.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** How the shop answers next; 200 when nothing is said. */
let answers: { status: number; headers?: Record<string, string> }[] = [];
let received: { body: string; headers: IncomingHttpHeaders }[] = [];
const shop = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  received.push({ body, headers: request.headers });
  const { status, headers = {} } = answers.shift() ?? { status: 200 };
  response.writeHead(status, headers).end();
});
let url: string;
beforeAll(async () => {
  await once(shop.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/events`;
});
afterAll(() => void shop.close());
beforeEach(() => {
  answers = [];
  received = [];
});

const event = (payment: string, sequence: number): FedEvent => ({
  id: `evt_${payment}_${sequence}`,
  type: "payment.pending",
  timestamp: "2026-11-28T10:00:00.000Z",
  sequence,
  data: { payment: { id: payment } },
});

/** Forwards these, with pauses that are noted and take no time, until so many tries were made. */
async function forward(events: readonly FedEvent[], wanted: number, to = url) {
  const tried: Tried[] = [];
  const pauses: number[] = [];
  const ends = new AbortController();
  let gone = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const forwarder = new Forwarder({
    url: to,
    secret: SECRET,
    signal: ends.signal,
    pause: async (ms) => void pauses.push(ms),
    onTried: (one) => tried.push(one) === wanted && resolve(),
    onGone: () => {
      gone = true;
    },
  });
  for (const one of events) forwarder.take(one);
  await promise;
  ends.abort();
  return { tried, pauses, gone };
}

it("posts an event as an endpoint gets it: signed, and nothing else in it", async () => {
  await forward([event("pay_1", 1)], 1);
  const [{ body, headers } = { body: "", headers: {} }] = received;
  expect(await verifyEvent(body, headers, SECRET)).toEqual(event("pay_1", 1));
});

it("keeps the order of one payment, and lets another pass", async () => {
  answers = [{ status: 500 }, { status: 200 }, { status: 503 }];
  const { tried } = await forward([event("pay_1", 1), event("pay_1", 2), event("pay_2", 1)], 5);
  const ofOne = tried.filter(({ event: { id } }) => id.startsWith("evt_pay_1"));
  expect(ofOne.filter(({ taken }) => taken).map(({ event: { sequence } }) => sequence)).toEqual([1, 2]);
  expect(tried.filter(({ taken }) => taken)).toHaveLength(3);
});

it("is as patient as the server is with an endpoint, and gives up after three days", async () => {
  const { pauses, tried } = await forward([event("pay_1", 1)], 15, "http://127.0.0.1:1/");
  const hours = pauses.map((ms) => ms / 3_600_000);
  expect(pauses.slice(0, 5)).toEqual([5_000, 30_000, 120_000, 600_000, 1_800_000]);
  expect(hours.slice(5, -1)).toEqual([1, 3, 6, 12, 12, 12, 12, 12]);
  expect(hours.reduce((sum, pause) => sum + pause)).toBeCloseTo(72);
  expect(tried.at(-1)).toMatchObject({ status: null, taken: false, againInMs: null });
});

it("spares who asks for it, and ends where nothing shall come any more", async () => {
  answers = [
    { status: 429, headers: { "retry-after": "600" } },
    { status: 302, headers: { location: "/" } },
  ];
  expect((await forward([event("pay_1", 1)], 3)).pauses).toEqual([600_000, 30_000]);
  answers = [{ status: 410 }];
  expect(await forward([event("pay_2", 1)], 1)).toMatchObject({ gone: true, pauses: [] });
});
