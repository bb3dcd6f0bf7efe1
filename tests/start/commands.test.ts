import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { createPool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { caravelaWith, compiled, root } from "../support/programs.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

function run(command: string, env: Record<string, string> = {}) {
  return spawn(process.execPath, caravelaWith(command), {
    cwd: root,
    // as under npm: it ends by itself when the test run is killed
    env: { PATH: process.env.PATH, ...compiled, npm_lifecycle_event: "start", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs to the end: the exit code, and what it said. */
async function said(command: string, env: Record<string, string> = {}) {
  const child = run(command, env);
  const [[code], output, errors] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}

it("migrate says in one line that it needs a database", async () => {
  const { code, errors } = await said("migrate", { CARAVELA_API_KEY: "sk_test_x" });
  expect(code).toBe(1);
  expect(errors).toBe(
    "DATABASE_URL is not set, and there is no default for it: set it to the PostgreSQL that the server uses, as postgres://user:password@host:5432/database; `npm start` prints where the one is that it brings along.\n",
  );
});

it.each(["server", "gateway"])("%s says in one line that its database cannot be reached", async (command) => {
  const { code, errors } = await said(command, {
    CARAVELA_API_KEY: "sk_test_x",
    DATABASE_URL: "postgres://a:b@127.0.0.1:1/c",
  });
  expect(code).toBe(1);
  expect(errors).toMatch(/^DATABASE_URL: 127\.0\.0\.1:1\/c cannot be used \(.+\): .+\n$/);
});

it("gateway brings a PostgreSQL along where it is given none, and ends it with itself", async () => {
  const folder = await testFolder();
  for (const _start of ["first", "again"]) {
    const gateway = run("gateway", { CARAVELA_DATA: folder, CARAVELA_GATEWAY_PORT: "0" });
    const ended = once(gateway, "exit");
    let log = "";
    for await (const chunk of gateway.stdout.setEncoding("utf8")) {
      log += chunk;
      // its own last word, after the log's: a second signal would not wait for the first
      if (/^listening at http/m.test(log) && !gateway.killed) gateway.kill("SIGTERM");
    }
    expect(await ended).toEqual([0, null]);
  }
});

it("gateway runs alone, and ends in order when it is asked to", async () => {
  const gateway = run("gateway", { DATABASE_URL: database.url, CARAVELA_GATEWAY_PORT: "0" });
  const ended = once(gateway, "exit");
  let log = "";
  for await (const chunk of gateway.stdout.setEncoding("utf8")) {
    log += chunk;
    if (/Server listening/.test(log)) gateway.kill("SIGTERM");
  }
  expect(await ended).toEqual([0, null]);
});

it("migrate makes both schemas in a database that is empty", async () => {
  const admin = createPool({ url: database.url, schema: "public" });
  await admin.query("drop schema caravela cascade; drop schema sibs_gateway cascade");
  const { code, output } = await said("migrate", { DATABASE_URL: database.url });
  const { rows } = await admin.query(
    "select to_regclass('caravela.payment') is not null and to_regclass('sibs_gateway.clock') is not null as made",
  );
  await admin.end();
  expect([code, output]).toEqual([0, "schema caravela is up to date\nschema sibs_gateway is up to date\n"]);
  expect(rows).toEqual([{ made: true }]);
});

it("doctor ends with 1 and says what to do where something is wrong", async () => {
  const { code, output } = await said("doctor", { CARAVELA_GATEWAY_PORT: "1", CARAVELA_PORT: "1" });
  expect(code).toBe(1);
  expect(output).toMatch(/^FAIL {2}the local gateway does not answer .+\n {6}→ start it \(npm start\)/);
  expect(output).toMatch(/3 of 3 checks found something to do\n$/);
});

it("a command that does not exist is answered with those that do", async () => {
  const { code, errors } = await said("strat");
  expect(code).toBe(1);
  expect(errors).toMatch(/unknown command 'strat'[\s\S]*start[\s\S]*doctor/);
});
