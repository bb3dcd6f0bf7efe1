import { once } from "node:events";
import { connect } from "node:net";
import type { InjectOptions } from "fastify";
import { type TSchema, Type } from "typebox";
import { afterEach, expect, it } from "vitest";
import { createHttp, type Http, loopbackOnly } from "./http.ts";
import { createLog } from "./log.ts";
import { Problem } from "./problems.ts";

const lines: string[] = [];
const log = createLog({ name: "test", destination: { write: (line) => void lines.push(line) } });
const servers: Http[] = [];

afterEach(async () => {
  lines.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function server(): Http {
  const http = createHttp({ log, bodyLimit: 1_000 });
  servers.push(http);
  http.post(
    "/things/:name",
    {
      schema: {
        body: Type.Object(
          {
            amount: Type.Integer({ minimum: 1 }),
            kind: Type.Optional(Type.Union([Type.Literal("a"), Type.Literal("b")], { "x-remedy": "must be a, or b" })),
            note: Type.Optional(Type.Union([Type.String({ maxLength: 3 }), Type.Null()])),
          },
          { additionalProperties: false },
        ),
        querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }) }),
      },
    },
    async (request) => ({ double: request.body.amount * 2, limit: request.query.limit }),
  );
  http.get("/broken", async () => {
    throw new Error("the password is swordfish");
  });
  http.get("/conflict", async () => {
    throw new Problem({ code: "too_late", status: 409, title: "Too late.", headers: { "retry-after": "1" } });
  });
  return http;
}

const post = (payload: unknown, url = "/things/x") =>
  server().inject({ method: "POST", url, headers: { "content-type": "application/json" }, payload: payload as string });

it("hands the route what its schemas describe, query parameters read as numbers", async () => {
  const answer = await post({ amount: 21 }, "/things/x?limit=5");
  expect(answer.json()).toEqual({ double: 42, limit: 5 });
  expect(answer.headers["x-request-id"]).toMatch(/^req_[0-9a-z]{20}$/);
});

it.each([
  [{}, "/amount", "is missing"],
  [{ amount: "21" }, "/amount", "must be a whole number"],
  [{ amount: 0 }, "/amount", "must be 1 or more"],
  [{ amount: 1, "a/b": 1 }, "/a~1b", "is not known here"],
  [{ amount: 1, note: "long" }, "/note", "must have 3 characters at most"],
  [{ amount: 1, note: 5 }, "/note", "must be a text"],
  [{ amount: 1, kind: "c" }, "/kind", "must be a, or b"],
])("names the field at fault in %j", async (body, field, message) => {
  const answer = await post(body);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.json()).toMatchObject({ type: "/problems/invalid_request", status: 400, errors: [{ field, message }] });
  expect(answer.json().errors).toHaveLength(1);
});

it("has no route that refuses by a rule that nobody is told in words: it does not start", async () => {
  const served = (some: TSchema) => () =>
    createHttp({ log }).get("/some", { schema: { querystring: Type.Object({ some }) } }, async () => ({}));
  const remedy = { "x-remedy": "must be `all`, or digits" };
  const digits = { pattern: "^\\d+$" };
  const either = [Type.Literal("all"), Type.Integer()];
  const names = { additionalProperties: false };
  for (const [wordless, said] of [
    [Type.String(digits), Type.String({ ...digits, ...remedy })],
    [Type.Union(either), Type.Union(either, remedy)],
    [Type.Record(Type.String(digits), Type.Null(), names), Type.Record(Type.String(), Type.Null())],
  ] as const) {
    expect(served(wordless)).toThrow("GET /some says by no `x-remedy` what must stand at /querystring/properties/some");
    served(said)();
  }
});

it("names the query parameter at fault", async () => {
  expect((await post({ amount: 1 }, "/things/x?limit=1000")).json().errors).toEqual([
    { field: "limit", message: "must be 100 or less" },
  ]);
});

it.each([
  ["half a JSON", "{", 400, "malformed_body"],
  ["a body beyond the limit", JSON.stringify({ amount: 1, x: "x".repeat(2_000) }), 413, "body_too_large"],
  ["a poisoned prototype", '{"__proto__": {"admin": true}, "amount": 1}', 400, "malformed_body"],
])("answers %s with a problem", async (_what, body, status, code) => {
  const answer = await post(body);
  expect(answer.statusCode).toBe(status);
  expect(answer.json().type).toBe(`/problems/${code}`);
});

it.each([
  ["of a known length", "content-length: 20000000", "x".repeat(20_000_000)],
  ["in chunks", "transfer-encoding: chunked", `1312d00\r\n${"x".repeat(20_000_000)}\r\n0\r\n\r\n`],
])("answers 413 to a client that sends all of an enormous body before it reads, %s", async (_what, header, body) => {
  const { port } = new URL(await server().listen({ host: "127.0.0.1", port: 0 }));
  const socket = connect(Number(port), "127.0.0.1").pause();
  const head = `POST /things/x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${header}\r\n\r\n`;
  await new Promise<void>((resolve, reject) => {
    socket.on("close", () => reject(new Error("the connection was closed"))).on("error", reject);
    socket.write(head + body, () => resolve());
  });
  const [answer] = await once(socket.resume(), "data");
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
});

it("answers an unknown address, an unreadable one and an unknown type of body with problems", async () => {
  const http = server();
  const type = async (request: InjectOptions) => (await http.inject(request)).json().type;
  expect(await type({ url: "/nowhere" })).toBe("/problems/not_found");
  expect(await type({ url: "/things/%zz" })).toBe("/problems/malformed_url");
  expect(await type({ method: "POST", url: "/things/x", headers: { "content-type": "text/csv" }, payload: "a" })).toBe(
    "/problems/unsupported_media_type",
  );
});

it("sends a problem with its status and headers", async () => {
  const answer = await server().inject("/conflict");
  expect(answer.statusCode).toBe(409);
  expect(answer.headers["retry-after"]).toBe("1");
  expect(answer.json()).toEqual({
    type: "/problems/too_late",
    title: "Too late.",
    status: 409,
    detail: "Too late.",
    errors: [],
  });
});

it("tells the log and not the client what broke", async () => {
  const answer = await server().inject("/broken");
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain("swordfish");
  expect(lines.join("")).toContain("swordfish");
});

it("logs the pattern of a route and the request's id, never the address", async () => {
  const answer = await post({ amount: 1 }, "/things/secret-token");
  expect(lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === "answered")).toMatchObject({
    reqId: answer.headers["x-request-id"],
    method: "POST",
    route: "/things/:name",
    status: 200,
  });
  expect(lines.join("")).not.toContain("secret-token");
});

it("lets only this machine in where the guard stands", async () => {
  const http = server();
  http.get("/inside", { onRequest: loopbackOnly }, async () => "in");
  for (const [remoteAddress, status] of [
    ["127.0.0.1", 200],
    ["::1", 200],
    ["::ffff:127.0.0.1", 200],
    ["10.0.0.1", 403],
    ["::ffff:10.0.0.1", 403],
  ] as const) {
    expect((await http.inject({ url: "/inside", remoteAddress })).statusCode).toBe(status);
  }
});
