import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readGatewaySettings, startGateway } from "@caravela/gateway";
import { createPool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { readServerSettings, startServer } from "@caravela/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openMailServer } from "../../../../tests/support/mail-server.ts";
import type { Running } from "../program.ts";
import { examine } from "./examination.ts";
import { examineShop } from "./shop.ts";

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
  server = await startServer(
    readServerSettings({ ...common, SIBS_BASE_URL, CARAVELA_API_KEY: "sk_test_of_the_doctor" }),
  );
  env = { SIBS_BASE_URL, CARAVELA_PUBLIC_URL: server.url, DATABASE_URL: database.url };
});

afterAll(async () => {
  await server.close();
  await gateway.close();
  await database.drop();
});

/** Credentials of no terminal that there is. */
const ANOTHER = {
  SIBS_TERMINAL_ID: "52221",
  SIBS_CLIENT_ID: "c",
  SIBS_TOKEN: "t",
  SIBS_ENTITY: "24000",
  SIBS_WEBHOOK_SECRET: Buffer.alloc(32).toString("base64"),
};

const wrong = async (changes: Record<string, string>) =>
  (await examine({ ...env, ...changes })).filter(({ isWell }) => !isWell);

it("finds nothing to do where all is well, and says what it looked at", async () => {
  const findings = await examine(env);
  expect(findings.filter(({ isWell }) => !isWell)).toEqual([]);
  expect(findings.map(({ says }) => says)).toEqual([
    expect.stringContaining("SIBS takes the credentials of terminal 52221"),
    expect.stringMatching(/^the terminal has .*MBWAY.*: all that SIBS_METHODS offers \(mbway, multibanco, card\)$/),
    expect.stringContaining("SIBS answers about authorised payments at"),
    expect.stringContaining("clock agrees with SIBS's"),
    expect.stringContaining("/notifications/sibs answers (400"),
    expect.stringContaining("under /pay/, /authorize/, /mandates/"),
    "the local gateway notifies terminal 52221 here",
    expect.stringMatching(/^the database test_\w+ is a PostgreSQL 18.+ in which caravela may do all that is needed$/),
    "the database sets no time limit that is too short",
    "the database's clock agrees with this machine's",
    "the database's log is not set to show more of customers than PostgreSQL does by default",
  ]);
});

it("names a method that is offered and that the terminal does not have", async () => {
  await fetch(new URL("/sandbox/terminals/60001", gateway.url), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: "c", token: "t", methods: ["MBWAY"] }),
  });
  const terminal = { ...ANOTHER, SIBS_TERMINAL_ID: "60001", SIBS_CLIENT_ID: "c", SIBS_TOKEN: "t" };
  const unpointed = { says: "the local gateway notifies terminal 60001 at no address, not here" };
  expect(await wrong(terminal)).toMatchObject([
    { says: expect.stringContaining("SIBS_METHODS offers multibanco, card too"), todo: expect.any(String) },
    unpointed,
  ]);
  expect(await wrong({ ...terminal, SIBS_METHODS: "mbway" })).toMatchObject([unpointed]);
});

it("tries the mail server, where one is set, and sends nothing", async () => {
  const mail = await openMailServer();
  const set = { CARAVELA_MAIL_FROM: "caravela@example.pt", CARAVELA_TASKS_MAIL_TO: "ana@example.pt" };
  expect(await wrong({ ...set, CARAVELA_SMTP_URL: `smtp://127.0.0.1:${mail.port}` })).toEqual([]);
  const { port } = mail;
  await mail.close();
  const [fault] = await wrong({ ...set, CARAVELA_SMTP_URL: `smtp://shop:s3cr3t@127.0.0.1:${port}` });
  expect(fault?.says).toBe("the mail server of CARAVELA_SMTP_URL does not let us in: nobody answers there (ESOCKET)");
  expect(mail.mails).toEqual([]);
});

it("says what to do about credentials that SIBS does not take", async () => {
  const terminal = { ...ANOTHER, SIBS_CLIENT_ID: "nobody", SIBS_TOKEN: "wrong" };
  expect(await wrong(terminal)).toMatchObject([
    { says: expect.stringContaining("failed"), todo: expect.stringMatching(/token|client id/) },
  ]);
});

it("tells of every setting that is missing or wrong, and looks at nothing else before they are right", async () => {
  const faults = await wrong({ SIBS_TOKEN: "Bearer alone", CARAVELA_LOG_LEVEL: "verbose" });
  expect(faults.map(({ says }) => says.split(" ")[0])).toEqual([
    "SIBS_TERMINAL_ID",
    "SIBS_CLIENT_ID",
    "SIBS_TOKEN",
    "SIBS_WEBHOOK_SECRET",
    "SIBS_ENTITY",
    "CARAVELA_LOG_LEVEL",
  ]);
  const elsewhere = await wrong({ SIBS_BASE_URL: "https://sibs.example" });
  expect(elsewhere.map(({ says }) => says.split(" ")[0])).toContain("CARAVELA_API_KEY");
});

it("says that SIBS cannot reach this machine's own address, and that customers want HTTPS", async () => {
  const real = { ...ANOTHER, SIBS_BASE_URL: "https://127.0.0.1.example", CARAVELA_API_KEY: "sk_live_of_the_doctor" };
  const findings = async (CARAVELA_PUBLIC_URL: string) =>
    (await wrong({ ...real, CARAVELA_PUBLIC_URL })).map(({ says }) => says);
  expect(await findings("http://127.0.0.1:3000")).toContainEqual(expect.stringContaining("SIBS cannot reach"));
  expect(await findings("http://pay.invalid")).toContain("customers reach http://pay.invalid unencrypted");
});

it("says what to do when the gateway or the server does not answer", async () => {
  const nobody = "http://127.0.0.1:1";
  expect(await wrong({ SIBS_BASE_URL: `${nobody}/api/v2`, CARAVELA_PUBLIC_URL: nobody })).toMatchObject([
    { says: expect.stringContaining("the local gateway does not answer"), todo: expect.stringContaining("npm start") },
    { says: expect.stringContaining("does not answer"), todo: expect.stringContaining("start the server") },
    { says: expect.stringContaining("customers' pages do not answer") },
  ]);
});

it("says what a database does not let us do", async () => {
  const url = new URL(database.url);
  url.searchParams.set("options", "-c statement_timeout=1000 -c default_transaction_read_only=on");
  expect(await wrong({ DATABASE_URL: url.href })).toMatchObject([
    { says: expect.stringContaining("takes no changes") },
    { says: "the database's time limits are too short: statement_timeout 1000 ms" },
  ]);
  expect(await wrong({ DATABASE_URL: "postgres://127.0.0.1:1/nowhere" })).toMatchObject([
    { says: expect.stringContaining("cannot be used") },
  ]);
});

it("asks of a role that only serves no more than that it can, of a schema that is the server's", async () => {
  const role = `only_${database.url.slice(-8)}`;
  const admin = createPool({ url: database.url, schema: "caravela", max: 1 });
  await admin.query(
    `create role ${role}; grant usage on schema caravela to ${role}; grant select on migration_standing to ${role}`,
  );
  const url = new URL(database.url);
  url.searchParams.set("options", `-c role=${role}`);
  const serving = { DATABASE_URL: url.href, CARAVELA_MIGRATE: "0" };
  expect(await wrong(serving)).toMatchObject([
    { says: expect.stringMatching(/^the user .* of .*caravela\.payment\b/) },
  ]);
  await admin.query(`grant select, insert, update, delete on all tables in schema caravela to ${role}`);
  expect(await wrong(serving)).toEqual([]);
  await admin.query("update migration_standing set serves = 9999");
  expect(await wrong(serving)).toMatchObject([{ says: expect.stringContaining("is newer than this program") }]);
  await admin.query(`update migration_standing set serves = 0; drop owned by ${role}; drop role ${role}`);
  await admin.end();
});

it("wants limits of PostgreSQL's own where a pooler stands before it, and takes those that the server would set", async () => {
  const pooled = { CARAVELA_DATABASE_POOLER: "unnamed", CARAVELA_MIGRATE: "0" };
  expect(await wrong(pooled)).toMatchObject([{ says: expect.stringMatching(/^nothing ends in PostgreSQL/) }]);
  const url = new URL(database.url);
  url.searchParams.set("options", "-c statement_timeout=4800 -c idle_in_transaction_session_timeout=12000");
  expect(await wrong({ ...pooled, DATABASE_URL: url.href })).toEqual([]);
});

it.each([
  ["log_error_verbosity=verbose", "log_error_verbosity"],
  ["log_parameter_max_length_on_error=-1", "log_parameter_max_length_on_error"],
  ["log_parameter_max_length=-1 -c log_statement=all", "log_statement"],
  ["log_parameter_max_length=64 -c log_min_duration_statement=0", "log_min_duration_statement"],
  ["log_parameter_max_length=-1 -c log_min_duration_sample=5", "log_min_duration_sample"],
  ["log_parameter_max_length=-1 -c log_transaction_sample_rate=0.1", "log_transaction_sample_rate"],
])("names a setting by which the database's log would show customers' phones: %s", async (set, name) => {
  const url = new URL(database.url);
  url.searchParams.set("options", `-c ${set}`);
  expect(await wrong({ DATABASE_URL: url.href })).toMatchObject([
    {
      says: expect.stringMatching(`customers' phones among it: ${name}$`),
      todo: expect.stringContaining("going-live.md"),
    },
  ]);
});

it("finds nothing wrong with a log as PostgreSQL sets it by default, nor with one that shows no parameters", async () => {
  for (const set of [
    "log_parameter_max_length=-1 -c log_error_verbosity=default",
    "log_parameter_max_length=0 -c log_statement=all",
  ]) {
    const url = new URL(database.url);
    url.searchParams.set("options", `-c ${set}`);
    expect(await wrong({ DATABASE_URL: url.href })).toEqual([]);
  }
});

it("notices a clock that is far from SIBS's", async () => {
  const late = createServer((_request, response) =>
    response.writeHead(500, { date: new Date(Date.now() + 120_000).toUTCString() }).end(),
  ).listen(0, "127.0.0.1");
  await once(late, "listening");
  const SIBS_BASE_URL = `http://127.0.0.1:${(late.address() as AddressInfo).port}`;
  const findings = await wrong({ ...ANOTHER, SIBS_BASE_URL });
  expect(findings.map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/^this machine's clock is (119|120) s behind SIBS's$/),
  );
  late.close();
});

it("examines each terminal of a file, and says which has something wrong", async () => {
  const { terminals } = (await (await fetch(new URL("/sandbox/terminals", gateway.url))).json()) as {
    terminals: { terminalId: string; clientId: string; token: string; webhook: { secret: string } | null }[];
  };
  const [own] = terminals;
  const secret = Buffer.alloc(32).toString("base64");
  const variables = { OWN_CLIENT: own?.clientId ?? "", OWN_TOKEN: own?.token ?? "", SECRET: secret, WRONG: "wrong" };
  const terminal = (id: string, client: string, token: string) => ({
    id,
    merchantName: "Loja",
    clientId: { env: client },
    token: { env: token },
    webhookSecrets: [{ env: "SECRET" }],
    entity: "24000",
  });
  const path = join(await testFolder(), "terminals.json");
  await writeFile(
    path,
    JSON.stringify({ terminals: [terminal("52221", "OWN_CLIENT", "OWN_TOKEN"), terminal("52222", "WRONG", "WRONG")] }),
  );
  const findings = await examine({ ...env, ...variables, CARAVELA_TERMINALS: path });
  expect(findings.filter(({ isWell }) => !isWell)).toEqual([
    expect.objectContaining({ says: expect.stringContaining("a checkout on terminal 52222 at") }),
  ]);
  const said = findings.map(({ says }) => says);
  expect(said).toContainEqual(expect.stringMatching(/^terminal 52221 has .*: all that CARAVELA_TERMINALS offers/));
  expect(said.filter((says) => says.includes("clock agrees with SIBS's"))).toHaveLength(1);
});

it("hints at what customers are not told of a shop, unless all of it plays on this machine", () => {
  const settings = readServerSettings({ ...env, ...ANOTHER, CARAVELA_API_KEY: "sk_test_of_the_doctor" });
  const elsewhere = { ...settings, sibsBaseUrl: "https://api.sibspayments.com/api/v2" };
  expect(examineShop(settings)).toEqual([]);
  expect(examineShop(elsewhere)).toEqual([
    { isWell: true, says: expect.stringContaining("is reached"), todo: expect.stringContaining("_MERCHANT_CONTACT") },
    { isWell: true, says: expect.stringContaining("terms"), todo: expect.stringContaining("_MERCHANT_TERMS_URL") },
  ]);
  const shop = { ...settings.shop, contact: "222 000 000", terms: "https://loja.example.pt/termos" };
  expect(examineShop({ ...elsewhere, shop })).toEqual([]);
});
