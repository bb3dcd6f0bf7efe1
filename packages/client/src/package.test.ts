import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { bundleEntry, gzippedSize, LIMITS } from "../../../scripts/packages/library.ts";
import { json, scriptedServer } from "../../sibs/src/testing/scripted-server.ts";
import * as errors from "./errors.ts";
import { Caravela } from "./index.ts";

/** What every modern runtime offers, and nothing of Node. */
const web = {
  AbortController,
  atob,
  clearTimeout,
  crypto,
  fetch,
  Headers,
  performance,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

it("costs little, imports nothing, and runs where there is fetch and WebCrypto and nothing of Node", async () => {
  expect(await gzippedSize("client", "index.ts")).toBeLessThanOrEqual(LIMITS.client["index.ts"]);
  const code = await bundleEntry("client", "index.ts", "iife", false);
  expect(code).not.toMatch(/^\s*import\b|\brequire\(|\bimport\(/m);

  const server = await scriptedServer(json(201, { id: "pay_1" }));
  const world = createContext({ ...web, globalThis: web, baseUrl: server.url });
  runInContext(code, world);
  const program = `(async () => {
    const caravela = new client.Caravela({ baseUrl, apiKey: "sk" });
    const { id } = await caravela.payments.create({ amount: 550, currency: "EUR", reference: "order-17" });
    const verified = await caravela.events.verify("{}", {}, "whsec_AAAA").catch((error) => error.reason);
    return [id, verified].join();
  })()`;
  expect(await runInContext(program, world)).toBe("pay_1,headers");
  await server.close();
});

it("has in its README all that there is, and nothing else", async () => {
  const readme = await readFile(join(import.meta.dirname, "..", "README.md"), "utf8");
  const told = [...readme.matchAll(/^\| (`[a-z]+`(?: · `[a-z]+`)*) \| (`.+`) \|$/gm)].flatMap(
    ([, names = "", rows = ""]) => names.split(" · ").map((name, place) => `${name}: ${rows.split(" · ")[place]}`),
  );
  const caravela = new Caravela({ baseUrl: "http://pay.example", apiKey: "sk" });
  const there = Object.entries(caravela).flatMap(([name, resource]: [string, object | string]) => {
    if (typeof resource === "string") return [];
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter((one) => one !== "constructor");
    const all = "verify" in resource ? ["verify", ...methods] : methods;
    return [`\`${name}\`: ${all.map((one) => `\`${one}\``).join(", ")}`];
  });
  const inOrder = (row: string) => row.split(/: |, /).sort().join();
  expect(told.map(inOrder).sort()).toEqual(there.map(inOrder).sort());
  for (const name of Object.keys(errors)) if (name !== "CaravelaError") expect(readme).toContain(`\n| \`${name}\` |`);
});
