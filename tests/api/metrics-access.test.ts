import { get, type OutgoingHttpHeaders } from "node:http";
import { Secret } from "@caravela/platform/secret";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/stage.ts";

const TOKEN = "a-token-of-this-test";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What a request is answered. By `http`, for `fetch` sets the host itself. */
function status(stage: Stage, headers: OutgoingHttpHeaders): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${stage.server.url}/metrics`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
}

/** As proxies pass requests on. */
const PASSED_ON: OutgoingHttpHeaders[] = [
  { "x-forwarded-for": "127.0.0.1" },
  { "x-forwarded-for": "" },
  { forwarded: "for=127.0.0.1" },
  { via: "1.1 proxy" },
  { "x-real-ip": "127.0.0.1" },
  { host: "pay.example.pt" },
  { host: "127.0.0.1.example.pt" },
];

describe("/metrics", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ metricsToken: new Secret(TOKEN) });
  });
  afterAll(() => stage.close());

  it("answers this machine itself", async () => {
    const { port } = new URL(stage.server.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect(await status(stage, { host })).toBe(200);
  });

  it.each(PASSED_ON)("wants the token of what a proxy passed on: %o", async (headers) => {
    expect(await status(stage, headers)).toBe(401);
    expect(await status(stage, { ...headers, ...bearer("another") })).toBe(401);
    expect(await status(stage, { ...headers, ...bearer("sk_test_stage") })).toBe(401);
    expect(await status(stage, { ...headers, ...bearer(TOKEN) })).toBe(200);
  });

  it("answers nobody else where there is no token", async () => {
    const closed = await setStage();
    for (const headers of PASSED_ON) expect(await status(closed, { ...headers, ...bearer("undefined") })).toBe(403);
    expect(await status(closed, {})).toBe(200);
    await closed.close();
  });
});
