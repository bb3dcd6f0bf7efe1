import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemChance } from "@caravela/platform/chance";
import { openNotification } from "@caravela/sibs/notification";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { postByHttp, send } from "./send.ts";

const SECRET = Buffer.alloc(32, 7).toString("base64");
const NOTIFICATION = { notificationID: "n-1", transactionID: "t-1", paymentStatus: "Success" };

let server: Server;
let connections: number;
let answers: RequestListener;

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => answers(request, response));
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const notify = () => {
  const { port } = server.address() as AddressInfo;
  const webhook = { url: `http://127.0.0.1:${port}/notifications`, secret: SECRET };
  return send(webhook, JSON.stringify(NOTIFICATION), { corrupt: false, chance: systemChance, post: postByHttp });
};

describe("a notification that is posted", () => {
  it("opens with the webhook's secret, and has no headers of a browser", async () => {
    const arrived: { headers: IncomingMessage["headers"]; body: Buffer }[] = [];
    answers = async (request, response) => {
      arrived.push({ headers: request.headers, body: Buffer.concat(await Array.fromAsync(request)) });
      response.end("taken");
    };
    expect(await notify()).toEqual({ status: 200, body: "taken" });
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = arrived;
    expect(await openNotification({ headers, body, secrets: SECRET })).toMatchObject({ notificationId: "n-1" });
    expect(Object.keys(headers).sort()).toEqual([
      "accept",
      "connection",
      "content-length",
      "content-type",
      "host",
      "x-authentication-tag",
      "x-initialization-vector",
    ]);
  });

  it("comes over a connection that is kept", async () => {
    answers = (request, response) => request.resume().on("end", () => response.end("taken"));
    for (const status of [200, 200, 200]) expect(await notify()).toEqual({ status, body: "taken" });
    expect(connections).toBe(1);
  });

  it("follows no redirect: that is an answer like others", async () => {
    answers = (_, response) => response.writeHead(307, { Location: "/elsewhere" }).end("there");
    expect(await notify()).toEqual({ status: 307, body: "there" });
  });

  it("reads so much of an answer that does not end, and no more", async () => {
    answers = (_, response) => {
      response.on("drain", () => response.write("a".repeat(1_000)));
      while (response.write("a".repeat(1_000)));
    };
    const { status, body } = await notify();
    expect(status).toBe(200);
    expect(body.length).toBeGreaterThanOrEqual(65_536);
    expect(body.length).toBeLessThan(1_000_000);
  });

  it.each<[string, RequestListener]>([
    ["before", (request) => request.socket.destroy()],
    [
      "within",
      (request, response) => {
        response.writeHead(200, { "Content-Length": "1000" }).write("half");
        setImmediate(() => request.socket.destroy());
      },
    ],
  ])("has no answer where the connection is cut %s it, and says why", async (_where, cut) => {
    answers = cut;
    expect(await notify()).toEqual({ status: null, body: "ECONNRESET" });
  });

  it("has no answer where none came within ten seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = Promise.withResolvers<void>();
    answers = () => asked.resolve();
    const sent = notify();
    await asked.promise;
    vi.advanceTimersByTime(9_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.race([sent, "waiting"])).toBe("waiting");
    vi.advanceTimersByTime(1);
    expect(await sent).toEqual({ status: null, body: "no answer within 10 seconds" });
  });
});
