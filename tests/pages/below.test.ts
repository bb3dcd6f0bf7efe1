import { request as ask, get } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, createPayment } from "../support/actions.ts";
import { rawRequest, spelt } from "../support/raw-request.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function pages(): Promise<string[]> {
  const mandate = await activeMandate(stage);
  const payment = (await stage.api("GET", `/v1/payments/${await createPayment(stage)}`)).body;
  return [payment.payUrl, mandate.authorizeUrl, mandate.manageUrl];
}

const HTML = "text/html; charset=utf-8";

describe("below the address of a page", () => {
  it.each(["/", "/mbway", "/multibanco/", "/card", "/cancel", "/continue/", "/anything/else", "//"])(
    "%s leads a browser to the page",
    async (rest) => {
      for (const url of await pages()) {
        const answer = await fetch(`${url}${rest}`);
        expect([answer.url, answer.status, answer.headers.get("content-type")]).toEqual([url, 200, HTML]);
      }
    },
  );

  it("whatever is asked for of whatever word, in whatever way, is answered by a page and never by JSON", async () => {
    const unknown = "x".repeat(36);
    for (const known of await pages()) {
      const at = new URL(known).pathname.split("/")[1] ?? "";
      const rests = [`/${at}`, `/${at}/`, `/${at}/${unknown}`, `/${at}/${unknown}/mbway`, `/${at}/${unknown}/view`];
      const worse = [`/${at}/%`, `/${at}/%00/x`, `/${at}/${"y".repeat(300)}`, `/${at}/${"z".repeat(300)}/view`];
      for (const path of [...rests, ...worse, new URL(known).pathname, `${new URL(known).pathname}/x`]) {
        for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
          const { status, type } = await raw(method, path);
          expect([method, path, type], `${status}`).toEqual([method, path, HTML]);
          if (path.includes(unknown) && ["GET", "HEAD"].includes(method))
            expect([method, path, status]).toEqual([method, path, 404]);
        }
      }
    }
  });
});

/** Requests that HTTP itself refuses, below an address: none of them reaches a route. */
function oddly(at: string): (readonly [what: string, request: string])[] {
  const forms = ["content-type: application/x-www-form-urlencoded"];
  return [
    ["a path of 16 KB", spelt("GET", `${at}/${"x".repeat(16_384)}`)],
    ["a path of 60 KB", spelt("GET", `${at}/${"x".repeat(60_000)}`)],
    ["a query of 16 KB", spelt("GET", `${at}?x=${"x".repeat(16_384)}`)],
    ["headers of 40 KB", spelt("GET", at, [`cookie: ${"x".repeat(40_000)}`])],
    ["half a percent-escape", spelt("GET", `${at}/%`)],
    ["an escape of no UTF-8", spelt("POST", `${at}/%ff%fe`)],
    ["a NUL, escaped", spelt("GET", `${at}/%00`)],
    ["a NUL", spelt("GET", `${at}/\0`)],
    ["a byte beyond ASCII", spelt("GET", `${at}/\xe9`)],
    ["a way up", spelt("GET", `${at}/..%2f..%2fetc/passwd`)],
    ["PROPFIND", spelt("PROPFIND", at)],
    ["QUERY", spelt("QUERY", at)],
    ["a method that there is not", spelt("FETCH", at)],
    ["two lengths", spelt("POST", at, ["content-length: 1", "content-length: 2"])],
    ["a header that is none", spelt("GET", at, ["no colon"])],
    ["another protocol", `GET ${at} HTTP/9.9\r\nhost: x\r\n\r\n`],
    ["a form of 1 MB", spelt("POST", at, forms, `a=${"x".repeat(1_000_000)}`)],
    ["a body of no known type", spelt("POST", at, ["content-type: application/x-nothing"], "x")],
    ["a whole address", spelt("GET", `http://elsewhere${at}/x`)],
    ["capitals", spelt("GET", `${at.toUpperCase()}/x`)],
  ];
}

describe("what HTTP itself refuses", () => {
  it("where customers are is a page, and never JSON or a bare text", async () => {
    for (const at of [
      "/pay",
      "/authorize",
      "/mandates",
      "/pay/xyz",
      "/mandates/xyz/cancel",
      "/assets",
      "/assets/x.js",
    ]) {
      for (const [what, request] of oddly(at)) {
        const answer = await rawRequest(stage.server.url, request);
        expect([at, what, answer.type], `${answer.status}`).toEqual([at, what, HTML]);
        expect([at, what, answer.status >= 400 && answer.status < 500]).toEqual([at, what, true]);
        expect(answer.body).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
      }
    }
  });

  it("where shops and SIBS are is a problem", async () => {
    for (const at of ["/v1/payments", "/v1", "/notifications/sibs", "/nothing"]) {
      for (const [what, request] of oddly(at)) {
        const { status, type, body } = await rawRequest(stage.server.url, request);
        expect([at, what, type], `${status} ${body}`).toEqual([at, what, "application/problem+json; charset=utf-8"]);
        expect([at, what, JSON.parse(body).status]).toEqual([at, what, status]);
        expect([at, what, status >= 400 && status < 500]).toEqual([at, what, true]);
        if (what === "a path of 16 KB")
          expect([status, JSON.parse(body).type]).toEqual([414, "/problems/url_too_long"]);
        if (what === "headers of 40 KB")
          expect([status, JSON.parse(body).type]).toEqual([431, "/problems/headers_too_large"]);
      }
    }
  });

  it("at the gateway is SIBS's envelope below its prefixes, a page where its pages are, and a problem elsewhere", async () => {
    for (const [at, type, says] of [
      ["/api/v2/payments", /^application\/json/, /^\{"returnStatus":\{"statusCode":"E/],
      ["/sibs/spg/v2", /^application\/json/, /^\{"returnStatus":\{"statusCode":"E/],
      ["/phone", /^text\/html/, /^<!doctype html>/],
      ["/atm/pay", /^text\/html/, /^<!doctype html>/],
      ["/issuer/challenge", /^text\/html/, /^<!doctype html>/],
      ["/assets/x.js", /^text\/html/, /^<!doctype html>/],
      ["/sandbox/clock", /^application\/problem\+json/, /^\{"type":"\/problems\//],
    ] as const) {
      for (const [what, request] of oddly(at)) {
        const answer = await rawRequest(stage.gateway.url, request);
        expect([at, what, answer.type], `${answer.status} ${answer.body}`).toEqual([
          at,
          what,
          expect.stringMatching(type),
        ]);
        expect([at, what, answer.status >= 400 && answer.status < 500]).toEqual([at, what, true]);
        expect([at, what, answer.body]).toEqual([at, what, expect.stringMatching(says)]);
      }
    }
  });
});

/** As nobody's library would spell it. */
function raw(method: string, path: string): Promise<{ status: number; type: string | undefined }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(stage.server.url);
    ask({ host: "127.0.0.1", port, method, path, headers: { "content-type": "application/json" } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? HTML });
    })
      .on("error", reject)
      .end(method === "POST" ? "{" : "");
  });
}

/** What is sent, as it is sent. */
function sent(url: string, encodings: string): Promise<{ headers: Record<string, unknown>; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": encodings } }, async (answer) => {
      const bytes = Buffer.concat(await Array.fromAsync(answer));
      resolve({ headers: answer.headers, bytes });
    }).on("error", reject);
  });
}

describe("pages and their files", () => {
  it("leave compressed, as the browser takes it", async () => {
    const [url = ""] = await pages();
    const plain = (await sent(url, "identity")).bytes.toString();
    const br = await sent(url, "gzip, deflate, br");
    expect(br.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(br.bytes).toString()).toBe(plain);
    const gz = await sent(url, "gzip;q=1, br;q=0");
    expect(gz.headers).toMatchObject({ "content-encoding": "gzip", "cache-control": "no-store" });
    expect(gunzipSync(gz.bytes).toString()).toBe(plain);

    for (const file of plain.match(/\/assets\/[\w.-]+\.(js|css)/g) ?? []) {
      const address = new URL(file, url).href;
      const whole = (await sent(address, "identity")).bytes;
      const small = await sent(address, "gzip, br");
      expect(small.headers).toMatchObject({
        vary: expect.stringMatching(/accept-encoding/i),
        etag: expect.any(String),
      });
      expect(small.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      if (whole.length < 300) continue;
      expect([file, small.headers["content-encoding"]]).toEqual([file, "br"]);
      expect(small.headers["content-type"]).toMatch(file.endsWith("js") ? /javascript/ : /css/);
      expect(brotliDecompressSync(small.bytes)).toEqual(whole);
    }
  });

  it("streams do not: each change arrives by itself", async () => {
    const [url = ""] = await pages();
    const hangUp = new AbortController();
    const answer = await fetch(`${url}/events`, { signal: hangUp.signal, headers: { "accept-encoding": "br, gzip" } });
    expect(answer.headers.get("content-encoding")).toBeNull();
    hangUp.abort();
  });
});
