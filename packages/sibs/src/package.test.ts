import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleEntry, compile, gzippedSize, LIMITS } from "../../../scripts/packages/library.ts";
import * as errors from "./errors.ts";
import { exampleCardChallengeResponse } from "./protocol/card.ts";
import { exampleCheckoutResponse } from "./protocol/checkout.ts";
import { exampleMandateInquiryResponse } from "./protocol/mandate.ts";
import { exampleMbwayPurchaseResponse } from "./protocol/mbway.ts";
import { exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
import { exampleNotification } from "./protocol/notification.ts";
import { json, type Step, scriptedServer } from "./testing/scripted-server.ts";

const run = promisify(execFile);
const packageFolder = join(import.meta.dirname, "..");

/** What every modern runtime offers, and nothing of Node. */
const web = {
  AbortController,
  atob,
  btoa,
  clearTimeout,
  crypto,
  DOMException,
  fetch,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
};

/**
 * Runs in a world of web globals alone: a checkout, purchases by phone and by card, a lost refund, and a notification
 * sealed and opened.
 */
const program = `(async () => {
  const { Card, Sibs, cents, openNotification, sealNotification } = sibs;
  const client = new Sibs({ terminalId: 52221, clientId: "id", token: "token", baseUrl });
  const checkout = await client.checkout({ merchantTransactionId: "order-17", amount: cents(550), description: "Two mugs", methods: ["MBWAY"] });
  const purchase = await client.mbwayPurchase(checkout, { phone: "919 999 999" });
  const { card } = Card.parse({ number: "4111 1111 1111 1111", expiry: "12/28", code: "123", name: "Jane Doe" }, new Date(0));
  const step = await client.cardPurchase(checkout, { card });
  const refund = await client.refund(checkout.transactionId, { merchantTransactionId: "r", amount: cents(1), description: "" }).catch((error) => error.name);
  const sealed = await sealNotification(notification, secret);
  const opened = await openNotification({ ...sealed, secrets: secret });
  return JSON.stringify([purchase.paymentStatus, step.kind, card, refund, opened.amount]);
})()`;

describe("the package", () => {
  it("runs where there is fetch and WebCrypto and nothing of Node", async () => {
    const answers = [exampleCheckoutResponse, exampleMbwayPurchaseResponse, exampleCardChallengeResponse].map(
      (answer) => json(200, answer),
    );
    const server = await scriptedServer(...answers, json(500, {}));
    const secret = "6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=";
    const world = createContext({ ...web, baseUrl: server.url, notification: exampleNotification, secret });
    runInContext(await bundleEntry("sibs", "index.ts", "iife", false), world);
    expect(await runInContext(program, world)).toBe('["Timeout","action","[card]","InDoubtError",1590]');
    await server.close();
  });

  it.each(["index.ts", "notification.ts", "money.ts", "phone.ts", "card-data.ts", "examples.ts"])(
    "imports nothing from outside, neither node: nor a package: %s",
    async (entry) => {
      expect(await bundleEntry("sibs", entry, "esm", false)).not.toMatch(/^\s*import\b|\brequire\(|\bimport\(/m);
    },
  );

  it.each(Object.entries<number>(LIMITS.sibs))("costs little: %s at most %i bytes gzipped", async (entry, limit) => {
    expect(await gzippedSize("sibs", entry)).toBeLessThanOrEqual(limit);
  });
});

describe("the README", () => {
  it("has a row for every error", async () => {
    const readme = await readFile(join(packageFolder, "README.md"), "utf8");
    for (const name of Object.keys(errors).filter((name) => name !== "SibsError")) {
      expect(readme).toContain(`\n| \`${name}\` |`);
    }
  });
});

describe("a project that installs the package and nothing else", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "caravela-sibs-"));
    const installed = join(folder, "node_modules/@caravela/sibs");
    compile("sibs", join(installed, "dist"));
    await cp(join(packageFolder, "package.json"), join(installed, "package.json"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Type-checks a program there, with the strictest settings and no types but the platform's. */
  async function typecheck(source: string): Promise<string> {
    await writeFile(join(folder, "main.ts"), source);
    const compilerOptions = {
      target: "es2022",
      lib: ["es2022", "dom"],
      module: "nodenext",
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
    return run(process.execPath, [compiler, "-p", folder]).then(
      () => "",
      (failure: { stdout: string }) => failure.stdout,
    );
  }

  it("finds its types, and is told where they are broken", async () => {
    const good = `
      import { Card, type CardStep, type Checkout, cents, type MandateCreation, Sibs, SibsError } from "@caravela/sibs";
      import { cardBrand } from "@caravela/sibs/card-data";
      import { exampleCheckoutRequest } from "@caravela/sibs/examples";
      import { eurosText } from "@caravela/sibs/money";
      import { openNotification } from "@caravela/sibs/notification";
      import { parsePhone } from "@caravela/sibs/phone";
      const sibs = new Sibs({ terminalId: 52221, clientId: "id", token: "token", environment: "quality" });
      const checkout: Checkout = await sibs.checkout({ merchantTransactionId: "1", amount: cents(550), description: "", methods: ["MBWAY"] });
      // @ts-expect-error a method that SIBS does not have
      export const unknown = () => sibs.checkout({ merchantTransactionId: "1", amount: cents(1), description: "", methods: ["MB WAY"] });
      // @ts-expect-error one of the two
      export const both = () => new Sibs({ terminalId: 1, clientId: "", token: "", environment: "quality", baseUrl: "" });
      // @ts-expect-error neither of the two
      export const neither = () => new Sibs({ terminalId: 1, clientId: "", token: "" });
      const parsed = parsePhone("919999999");
      if (parsed.ok) await sibs.mbwayPurchase(checkout, { phone: parsed.phone }).catch((error: SibsError) => error.next);
      const typed = Card.parse({ number: "", expiry: "", code: "", name: "" }, new Date());
      if (typed.ok) {
        const step: CardStep = await sibs.cardPurchase(checkout, { card: typed.card });
        if (step.kind === "action") await step.continue();
      }
      const mandate: MandateCreation = await sibs.createMandate({ merchantTransactionId: "2", type: "ONECLICK", phone: "919999999", customerName: "" });
      if (mandate.transactionId !== null) await sibs.inquireMandate(mandate.transactionId, { phone: "919999999" });
      const { amount } = await openNotification({ body: "", headers: new Headers(), secrets: "" });
      export const texts: string[] = [amount === null ? "" : eurosText(amount), exampleCheckoutRequest.merchant.channel, cardBrand("") ?? ""];
    `;
    expect(await typecheck(good)).toBe("");
    expect(await typecheck(good.replace("cents(550)", "550"))).toContain("TS2322");
    const lookalike = '{ firstSix: "", lastFour: "", brand: null, expiry: { month: 1, year: 2028 } }';
    expect(await typecheck(good.replace("typed.card }", `${lookalike} }`))).toMatch(/TS27(39|40|41)/);
    expect(await typecheck(good.replace("Card.parse({", "new Card({"))).toContain("TS2673");
  });

  /** Runs the README's programs, one after another, against answers in this order; the last one is repeated. */
  async function runReadme(...steps: Step[]) {
    const readme = await readFile(join(packageFolder, "README.md"), "utf8");
    const programs = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, program = ""]) => program).join("\n");
    expect(await typecheck(programs)).toBe("");
    const server = await scriptedServer(...steps);
    await writeFile(join(folder, "main.ts"), programs.replace('environment: "quality"', `baseUrl: "${server.url}"`));
    const { stdout, stderr } = await run(process.execPath, ["main.ts"], { cwd: folder }).catch((failed) => failed);
    await server.close();
    return { stdout, stderr, called: server.arrived.map(({ url }) => url.split("/").at(-1)) };
  }

  const { mandate } = exampleMandateInquiryResponse;
  const answer = { ...exampleGenerateReferenceResponse, ...exampleCheckoutResponse, mandate };
  const usual = json(200, answer);
  // What is done with a transaction is a transaction of its own.
  const own = json(200, { ...answer, transactionID: "s2OWNxxxxxxxxxxxxxxx" });
  // The seventh call is the purchase by card: its issuer wants a challenge.
  const upToCard = [usual, usual, usual, usual, usual, usual, json(200, exampleCardChallengeResponse)];

  it("can run the README's programs, one after another, and sees what they say", async () => {
    const { stdout, stderr, called } = await runReadme(...upToCard, own);
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      "Pending",
      "Pending",
      "24000 256309828 2023-11-11T10:31:44.989Z",
      "[card] visa 0100",
      "THREEDS_CHALLENGE https://acs.example/challenge {",
      "  creq: 'eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ',",
      "  threeDSSessionData: 'czJDQjJDSDM'",
      "}",
      "Pending",
      "3782 8224 12/28 { ok: false, reason: 'luhn' }",
      "done Pending",
      "ACTV 10000 2027-12-31",
      "Pending REFERENCE",
      "000",
      "Pending s2OWNxxxxxxxxxxxxxxx",
      "",
    ]);
    expect(called).toEqual([
      "payments",
      "purchase",
      "status",
      "payments",
      "generate",
      "payments",
      "purchase",
      "purchase",
      "capture",
      "cancellation",
      "payments",
      "purchase",
      "mit",
      "capture",
      "creation",
      "inquiry",
      "payments",
      "purchase",
      "cancel",
      "refund",
      "cancellation",
      "purchase",
    ]);
  });

  it("ends in the README's program where SIBS refuses a mandate with HTTP 200, its transaction's id beside the code", async () => {
    const returnStatus = { statusCode: "E0506", statusMsg: "Declined", statusDescription: "The alias does not exist" };
    const refused = json(200, { returnStatus, transactionId: "s2MANDATExxxxxxxxxxx" });
    const { stderr, called } = await runReadme(...upToCard, ...Array<Step>(7).fill(own), refused);
    expect(stderr).toContain("The alias does not exist");
    expect(called.at(-1)).toBe("creation");
  });

  it("needs typebox for the schemas alone", async () => {
    const load = (entry: string) => run(process.execPath, ["-e", `import("@caravela/sibs${entry}")`], { cwd: folder });
    for (const entry of ["", "/card-data", "/examples", "/money", "/notification", "/phone"]) await load(entry);
    await expect(load("/schemas")).rejects.toThrow(/Cannot find package 'typebox'/);
  });

  it("is given what package.json promises: every entry with its types", async () => {
    const { exports } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8"));
    for (const entry of Object.values<string | Record<string, string>>(exports)) {
      for (const file of typeof entry === "string" ? [entry] : [entry.types, entry.default]) {
        await expect(readFile(join(folder, "node_modules/@caravela/sibs", file ?? ""))).resolves.toBeDefined();
      }
    }
  });

  it("can refuse the package every module of Node's: it asks for none", async () => {
    const refuse = `
      import { isBuiltin, registerHooks } from "node:module";
      registerHooks({ resolve(specifier, context, next) {
        if (isBuiltin(specifier)) throw new Error("refused: " + specifier);
        return next(specifier, context);
      } });`;
    const hooks = `data:text/javascript,${encodeURIComponent(refuse)}`;
    const load = (source: string) =>
      run(process.execPath, ["--import", hooks, "--input-type=module", "-e", source], { cwd: folder });
    const { stdout } = await load('const { Sibs } = await import("@caravela/sibs"); console.log(Sibs.name)');
    expect(stdout.trim()).toBe("Sibs");
    await expect(load('import "node:fs"')).rejects.toThrow(/refused: node:fs/);
  });
});
