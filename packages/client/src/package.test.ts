import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { json, scriptedServer } from "../../sibs/src/testing/scripted-server.ts";
import { bundle, gzippedSize, LIMIT } from "../build.ts";

/** What every modern runtime offers, and nothing of Node. */
const web = {
  AbortController,
  atob,
  clearTimeout,
  crypto,
  fetch,
  Headers,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

it("costs little, imports nothing, and runs where there is fetch and WebCrypto and nothing of Node", async () => {
  expect(await gzippedSize()).toBeLessThanOrEqual(LIMIT);
  const code = await bundle("iife", false);
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
