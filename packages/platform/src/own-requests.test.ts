import { fastify } from "fastify";
import { describe, expect, it } from "vitest";
import { isFromElsewhere, type OwnNames, ownRequestsOnly } from "./own-requests.ts";
import { Problem } from "./problems.ts";

/** How a request with these headers is answered. */
async function ask(names: OwnNames, method: "GET" | "POST", headers: Record<string, string>): Promise<number> {
  const http = fastify();
  http.setErrorHandler((error, _request, reply) => reply.code(error instanceof Problem ? error.status : 500).send());
  http.route({ method: ["GET", "POST"], url: "/", onRequest: ownRequestsOnly(names), handler: async () => "in" });
  const { statusCode } = await http.inject({ url: "/", method, headers });
  await http.close();
  return statusCode;
}

const here = { host: "127.0.0.1", publicUrls: ["https://pay.example.pt/"] };
const own = { host: "127.0.0.1:4010" };

describe("what asks for no password", () => {
  it.each([
    ["a program", {}],
    ["our own page", { origin: "http://127.0.0.1:4010", "sec-fetch-site": "same-origin" }],
    ["our own page whose address is kept back", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["the browser's own bar", { "sec-fetch-site": "none" }],
    ["our own page in an older browser", { origin: "http://127.0.0.1:4010" }],
    ["localhost", { host: "localhost:4010" }],
    ["a name below localhost", { host: "gateway.localhost" }],
    ["IPv6", { host: "[::1]:4010", origin: "http://[::1]:4010" }],
    ["its public name", { host: "PAY.example.pt", origin: "https://pay.example.pt" }],
  ])("takes %s", async (_who, headers) => {
    expect(await ask(here, "POST", { ...own, ...headers })).toBe(200);
  });

  it.each([
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a page of another port", { origin: "http://127.0.0.1:8080", "sec-fetch-site": "same-site" }],
    ["another site, in an older browser", { origin: "https://shop.example" }],
    ["another port, in an older browser", { origin: "http://127.0.0.1:8080" }],
    ["a page that hides where it is", { origin: "null" }],
    ["what is no origin", { origin: "file://" }],
  ])("refuses %s, but for reading", async (_who, headers) => {
    expect(await ask(here, "POST", { ...own, ...headers })).toBe(403);
    expect(await ask(here, "GET", { ...own, ...headers })).toBe(200);
  });

  it.each([
    "rebound.example",
    "127.0.0.1.rebound.example:4010",
    "localhost.rebound.example",
    "127.rebound.example",
    "192.0.2.7",
    "gateway",
    "notlocalhost",
    "pay.example.pt.rebound.example",
  ])("refuses the foreign name %s, for reading too", async (host) => {
    expect(await ask(here, "POST", { host })).toBe(403);
    expect(await ask(here, "GET", { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" })).toBe(403);
  });

  it("takes addresses and names of one word where it is open to others, and no name that somebody outside could have", async () => {
    const open = { host: "0.0.0.0" };
    for (const host of ["192.0.2.7:4010", "gateway:4010", "[fd00::7]:4010"]) {
      expect([host, await ask(open, "POST", { host })]).toEqual([host, 200]);
    }
    expect(await ask(open, "POST", { host: "rebound.example" })).toBe(403);
    expect(await ask({ host: "192.0.2.7" }, "POST", { host: "192.0.2.7" })).toBe(200);
  });
});

describe("a form at a secret address", () => {
  it.each([
    [false, {}],
    [false, { origin: "null" }],
    [false, { origin: "https://pay.example.pt" }],
    [false, { origin: "http://127.0.0.1:3000" }],
    [false, { origin: "null", "sec-fetch-site": "same-origin" }],
    [true, { origin: "https://evil.example" }],
    [true, { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    [true, { "sec-fetch-site": "cross-site" }],
  ])("is from elsewhere: %s, %j", async (expected, headers) => {
    const request = { headers: { host: "127.0.0.1:3000", ...headers } };
    expect(isFromElsewhere(request as never, "https://pay.example.pt")).toBe(expected);
  });
});
