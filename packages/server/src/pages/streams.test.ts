import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "@caravela/platform/log";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Streams } from "./streams.ts";

const log = createLog({ name: "test", level: "silent" });
let server: Server;
let closing: AbortController;
let streams: Streams;
let handle: (response: ServerResponse, request: IncomingMessage) => void;
const listeners = new Set<() => void>();
let rendered = 0;
let version = 1;

beforeEach(async () => {
  [rendered, version] = [0, 1];
  closing = new AbortController();
  streams = new Streams(closing.signal, log);
  handle = (response, request) => open(response, request.headers["last-event-id"]?.toString() ?? null);
  server = createServer((request, response) => handle(response, request));
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(() => {
  closing.abort();
  server.closeAllConnections();
  server.close();
  listeners.clear();
});

function open(response: ServerResponse, seen: string | null, of = "page"): void {
  streams.open({
    response,
    seen,
    of,
    view: async () => {
      rendered += 1;
      return { version };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
}

const change = () => {
  version += 1;
  for (const listener of listeners) listener();
};

/** Listens as a browser does; what it heard grows. */
function listen(headers: Record<string, string> = {}) {
  const heard = { text: "", over: false, hangUp: () => request.destroy() };
  const request = get({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, headers }, (answer) => {
    answer.setEncoding("utf8").on("data", (text: string) => {
      heard.text += text;
    });
    answer.on("close", () => {
      heard.over = true;
    });
  });
  request.on("error", () => undefined);
  return heard;
}

const has = (heard: { text: string }, text: string) => expect.poll(() => heard.text).toContain(text);

describe("pages that show the same", () => {
  it("share one rendering, also those that come a moment later, and each is sent every change once", async () => {
    const first = listen();
    await has(first, '{"version":1}');
    const others = Array.from({ length: 20 }, () => listen());
    for (const one of others) await has(one, '{"version":1}');
    expect(rendered).toBe(1);
    change();
    for (const one of [first, ...others]) await has(one, '{"version":2}');
    expect(rendered).toBe(2);
    expect(listeners.size).toBe(1);
    expect(first.text).toBe('id: 1\ndata: {"version":1}\n\nid: 2\ndata: {"version":2}\n\n');
  });

  it("are sent nothing at once where they have it, and the next change", async () => {
    const one = listen({ "last-event-id": "1" });
    await expect.poll(() => rendered).toBe(1);
    change();
    await has(one, '{"version":2}');
    expect(one.text).not.toContain('{"version":1}');
  });

  it("end with the server, and leave nothing behind", async () => {
    const one = listen();
    await has(one, '{"version":1}');
    closing.abort();
    await expect.poll(() => one.over).toBe(true);
    expect(listeners.size).toBe(0);
  });
});

it("keeps nothing for a page that was closed before its stream began", async () => {
  const tried = Promise.withResolvers<void>();
  handle = (response) => {
    response.on("close", () => {
      open(response, null);
      tried.resolve();
    });
    one.hangUp();
  };
  const one = listen();
  await tried.promise;
  expect(listeners.size).toBe(0);
});

describe("a place among the streams", () => {
  const limits = { perAddress: 2, perPage: 3, perProcess: 4 };
  const admit = (page: string, address: string | null) => streams.admit(page, address);

  beforeEach(() => {
    streams = new Streams(closing.signal, log, limits);
  });

  it("is for a few of one page and address, an IPv6 network being one, and comes free again once", () => {
    const first = admit("/pay/a", "2001:db8::1");
    expect(admit("/pay/a", "2001:db8::ffff")).toHaveProperty("leave");
    expect(admit("/pay/a", "2001:db8::2")).toEqual({ refused: 429 });
    expect(admit("/pay/b", "2001:db8::2")).toHaveProperty("leave");
    if ("leave" in first) {
      first.leave();
      first.leave();
    }
    expect(admit("/pay/a", "2001:db8::2")).toHaveProperty("leave");
    expect(admit("/pay/a", "2001:db8::2")).toEqual({ refused: 429 });
  });

  it("is for so many of one page, whoever they are, and so many of all", () => {
    for (const address of ["10.0.0.1", "10.0.0.2", null]) expect(admit("/pay/a", address)).toHaveProperty("leave");
    expect(admit("/pay/a", "10.0.0.3")).toEqual({ refused: 429 });
    expect(admit("/pay/b", "10.0.0.3")).toHaveProperty("leave");
    expect(admit("/pay/c", "10.0.0.3")).toEqual({ refused: 503 });
  });
});
