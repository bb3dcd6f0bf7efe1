import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { askReference } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";
import { expectProblem, postRaw } from "./problem.ts";

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage();
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults).toEqual([]));

describe("whatever is unknown", () => {
  const unknown = "0".repeat(20);
  it.each([
    ["GET", `/v1/payments/pay_${unknown}`],
    ["GET", "/v1/payments/1"],
    ["GET", "/v1/payments/%00"],
    ["GET", "/v1/payments/pay_%F0%9F%9A%A2"],
    ["POST", `/v1/payments/pay_${unknown}/cancel`],
    ["POST", `/v1/payments/pay_${unknown}/refunds`],
    ["GET", `/v1/events/evt_${unknown}`],
    ["GET", "/v1/events/%00"],
    ["POST", `/v1/events/evt_${unknown}/resend`],
    ["DELETE", `/v1/event-endpoints/ep_${unknown}`],
    ["DELETE", "/v1/event-endpoints/%00"],
  ])("%s %s is 404", async (method, path) => {
    expectProblem(await stage.api(method, path), 404, "not_found");
  });

  it("a payment that an attempt is for, too", async () => {
    expectProblem(await askReference(stage, `pay_${unknown}`), 404, "not_found");
  });

  it.each([
    ["DELETE", "/v1/mandates"],
    ["GET", "/v1/nothing"],
    ["PUT", "/v1/payments"],
    ["GET", "/v1"],
  ])("%s %s is not built", async (method, path) => {
    // not by the described stage: what is not built is not described
    const answer = await fetch(stage.server.url + path, { method });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ type: "/problems/not_found", status: 404 });
  });
});

describe("a request that cannot be read", () => {
  it.each([
    ["half a JSON", '{"amount": 5', {}, 400, "malformed_body"],
    ["no JSON", "amount=5", {}, 400, "malformed_body"],
    ["a poisoned prototype", '{"__proto__": {"amount": 1}}', {}, 400, "malformed_body"],
    ["a poisoned constructor", '{"constructor": {"prototype": {}}}', {}, 400, "malformed_body"],
    ["a prototype in what is free", '{"amount":1,"metadata":{"__proto__":"a"}}', {}, 400, "malformed_body"],
    ["nothing", "", {}, 400, "invalid_request"],
    ["a deep list", "[".repeat(30_000) + "]".repeat(30_000), {}, 400, "invalid_request"],
    ["a deep object", `{"customer":${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}}`, {}, 400, "invalid_request"],
    ["a deep number", `{"amount":${"[".repeat(30_000)}${"]".repeat(30_000)}}`, {}, 400, "invalid_request"],
    ["an enormous body", JSON.stringify({ reference: "x".repeat(300_000) }), {}, 413, "body_too_large"],
    ["a form", "amount=5", { "content-type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
    ["a text", "{}", { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["a nameless type", "{}", { "content-type": ";;;" }, 415, "unsupported_media_type"],
  ])("of %s is refused", async (_what, body, headers, status, code) => {
    const answer = await postRaw(stage, "/v1/payments", body, { "content-type": "application/json", ...headers });
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  it.each([
    ["latin1", "application/json; charset=ISO-8859-1", 201],
    ["utf8", 'application/json; charset="UTF-8"', 201],
    ["utf8", "application/json; charset=utf-7", 415],
    ["latin1", "application/json", 400],
  ] as const)("in %s, said to be %s, is kept as it was written or refused (%i)", async (encoding, type, status) => {
    const order = '{"amount":550,"currency":"EUR","reference":"São João"}';
    const answer = await fetch(`${stage.server.url}/v1/payments`, {
      method: "POST",
      headers: {
        authorization: "Bearer sk_test_stage",
        "idempotency-key": crypto.randomUUID(),
        "content-type": type,
      },
      body: Buffer.from(order, encoding),
    });
    const body = (await answer.json()) as { reference?: string; detail?: string };
    expect(answer.status).toBe(status);
    if (status === 201) expect(body.reference).toBe("São João");
    else expect(body.detail).toContain("UTF-8");
  });

  it.each([
    ["/v1/payments", '{"amount":100,"currency":"EUR","amount":999}', "/amount"],
    ["/v1/payments", '{"amount":100,"currency":"EUR","customer":{"id":"c1","id":"c2"}}', "/customer/id"],
    ["/v1/payments", '{"amount":100,"currency":"EUR","metadata":{"a":"1","\\u0061":"2"}}', "/metadata/a"],
    [`/v1/payments/pay_${"0".repeat(20)}/refunds`, '{"amount":1,"amount":9}', "/amount"],
    [`/v1/mandates/man_${"0".repeat(20)}/plans`, '{"amount":1,"amount":9}', "/amount"],
    ["/v1/event-endpoints", '{"url":"https://a.pt","url":"https://b.pt"}', "/url"],
  ])("at %s with a member that stands twice is refused, and the member is named: %s", async (path, body, field) => {
    const answer = await postRaw(stage, path, body, { "content-type": "application/json" });
    expectProblem(answer, 400, "invalid_request", field);
    expect(answer.body.errors).toEqual([{ field, message: "stands more than once: send it once" }]);
  });

  it("of JSON behind a mark of its encoding is read", async () => {
    const order = '\ufeff{"amount":550,"currency":"EUR","reference":"marked"}';
    const answer = await postRaw(stage, "/v1/payments", order, { "content-type": "application/json" });
    expect([answer.status, answer.body.reference]).toEqual([201, "marked"]);
  });

  it.each([
    ["none", undefined],
    ["a wrong one", "Bearer sk_test_wrong"],
    ["one of another kind", "Basic c2tfdGVzdF9zdGFnZTo="],
    ["the bare key", "sk_test_stage"],
  ])("with %s for a key is refused before anything else is looked at", async (_what, authorization) => {
    for (const [method, path] of [
      ["GET", "/v1/payments"],
      ["POST", "/v1/payments"],
      ["GET", "/v1/events"],
      ["DELETE", `/v1/event-endpoints/ep_${"0".repeat(20)}`],
    ] as const) {
      const answer = await fetch(stage.server.url + path, {
        method,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await answer.json()).toMatchObject({ type: "/problems/unauthorized", status: 401 });
    }
  });

  it("takes the scheme in any case, as RFC 9110 says", async () => {
    const answer = await stage.api("GET", "/v1/payments", undefined, { authorization: "bearer sk_test_stage" });
    expect(answer.status).toBe(200);
  });

  it("is answered even when it is no HTTP", async () => {
    const port = Number(new URL(stage.server.url).port);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end("NONSENSE\r\n\r\n"));
      let text = "";
      socket.on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
