import { request as ask, get } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, createPayment } from "../support/actions.ts";
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
