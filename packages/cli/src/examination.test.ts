import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readGatewaySettings, startGateway } from "@caravela/gateway";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { readServerSettings, startServer } from "@caravela/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { examine } from "./examination.ts";
import type { Running } from "./program.ts";

let database: TestDatabase;
let gateway: Running;
let server: Running;
let env: Record<string, string>;

beforeAll(async () => {
  database = await testDatabase();
  const common = {
    DATABASE_URL: database.url,
    CARAVELA_PORT: "0",
    CARAVELA_GATEWAY_PORT: "0",
    CARAVELA_LOG_LEVEL: "silent",
  };
  gateway = await startGateway(readGatewaySettings(common));
  const SIBS_BASE_URL = `${gateway.url}/api/v2`;
  server = await startServer(readServerSettings({ ...common, SIBS_BASE_URL, CARAVELA_API_KEY: "sk_test_doctor" }));
  env = { SIBS_BASE_URL, CARAVELA_PUBLIC_URL: server.url };
});

afterAll(async () => {
  await server.close();
  await gateway.close();
  await database.drop();
});

const wrong = async (changes: Record<string, string>) =>
  (await examine({ ...env, ...changes })).filter(({ isWell }) => !isWell);

it("finds nothing to do where all is well, and says what it looked at", async () => {
  const findings = await examine(env);
  expect(findings.filter(({ isWell }) => !isWell)).toEqual([]);
  expect(findings.map(({ says }) => says)).toEqual([
    expect.stringContaining("SIBS takes the credentials of terminal 52221"),
    expect.stringMatching(/^the terminal has .*MBWAY.*: all that SIBS_METHODS offers \(mbway, multibanco\)$/),
    expect.stringContaining("clock agrees with SIBS's"),
    expect.stringContaining("/notifications/sibs answers"),
  ]);
});

it("names a method that is offered and that the terminal does not have", async () => {
  await fetch(new URL("/sandbox/terminals/60001", gateway.url), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: "c", token: "t", methods: ["MBWAY"] }),
  });
  const terminal = { SIBS_TERMINAL_ID: "60001", SIBS_CLIENT_ID: "c", SIBS_TOKEN: "t" };
  expect(await wrong(terminal)).toMatchObject([
    { says: expect.stringContaining("SIBS_METHODS offers multibanco too"), todo: expect.any(String) },
  ]);
  expect(await wrong({ ...terminal, SIBS_METHODS: "mbway" })).toEqual([]);
});

it("says what to do about credentials that SIBS does not take, or that are not complete", async () => {
  const terminal = { SIBS_TERMINAL_ID: "52221", SIBS_CLIENT_ID: "nobody", SIBS_TOKEN: "wrong" };
  expect(await wrong(terminal)).toMatchObject([
    { says: expect.stringContaining("failed"), todo: expect.stringMatching(/token|client id/) },
  ]);
  expect(await wrong({ SIBS_TOKEN: "alone" })).toMatchObject([{ says: "some credentials are set and some are not" }]);
  expect(await wrong({ SIBS_BASE_URL: "https://sibs.example" })).toMatchObject([
    { says: "there are no credentials for https://sibs.example" },
    { says: expect.stringContaining("SIBS cannot reach") },
  ]);
});

it("says what to do when the gateway or the server does not answer", async () => {
  const nobody = "http://127.0.0.1:1";
  expect(await wrong({ SIBS_BASE_URL: `${nobody}/api/v2`, CARAVELA_PUBLIC_URL: nobody })).toMatchObject([
    { says: expect.stringContaining("the local gateway does not answer"), todo: expect.stringContaining("npm start") },
    { says: expect.stringContaining("does not answer"), todo: expect.stringContaining("start the server") },
  ]);
});

it("notices a clock that is far from SIBS's", async () => {
  const late = createServer((_request, response) =>
    response.writeHead(500, { date: new Date(Date.now() + 120_000).toUTCString() }).end(),
  ).listen(0, "127.0.0.1");
  await once(late, "listening");
  const SIBS_BASE_URL = `http://127.0.0.1:${(late.address() as AddressInfo).port}`;
  const findings = await wrong({ SIBS_BASE_URL, SIBS_TERMINAL_ID: "1", SIBS_CLIENT_ID: "c", SIBS_TOKEN: "t" });
  expect(findings.map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/^this machine's clock is (119|120) s behind SIBS's$/),
  );
  late.close();
});
