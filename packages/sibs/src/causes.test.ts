import { createServer } from "node:net";
import { expect, it } from "vitest";
import { inWords } from "./causes.ts";
import { type CheckoutInput, cents, Sibs } from "./index.ts";
import { credentials } from "./testing/clients.ts";

const refused = (address: string) =>
  Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" });
const failed = (cause: unknown) => new TypeError("fetch failed", { cause });

/** A port of this machine on which nobody listens. */
async function nobodysPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const circle = new Error("round");
circle.cause = circle;

it.each([
  ["a cause", failed(refused("127.0.0.1:4010")), "fetch failed: connect ECONNREFUSED 127.0.0.1:4010"],
  ["a cause of a cause", new Error("no", { cause: failed(refused("a")) }), "no: fetch failed: connect ECONNREFUSED a"],
  [
    "each address that was tried",
    failed(
      Object.assign(new AggregateError([refused("::1:4010"), refused("127.0.0.1:4010")]), { code: "ECONNREFUSED" }),
    ),
    "fetch failed: connect ECONNREFUSED ::1:4010, connect ECONNREFUSED 127.0.0.1:4010",
  ],
  [
    "those inside of those",
    failed(new AggregateError([new AggregateError([failed(refused("a"))]), refused("b")])),
    "fetch failed: fetch failed: connect ECONNREFUSED a, connect ECONNREFUSED b",
  ],
  ["a code, where that is all", failed(Object.assign(new Error(), { code: "ENOTFOUND" })), "fetch failed: ENOTFOUND"],
  ["a name, where that is all", failed(new RangeError()), "fetch failed: RangeError"],
  ["once what is said twice", failed(new Error("fetch failed")), "fetch failed"],
  ["text that was thrown", "no longer wanted", "no longer wanted"],
  ["nothing that was thrown", undefined, "no reason was given"],
  ["an error that is its own cause", circle, "round"],
  ["an object without words", {}, "no reason was given"],
] as const)("tells %s", (_what, thrown, words) => {
  expect(inWords(thrown)).toBe(words);
});

it("tells never more than a few lines, however much there is", () => {
  const many = new AggregateError(Array.from({ length: 5_000 }, (_, n) => new Error(`number ${n} `.repeat(40))));
  expect(inWords(many).length).toBeLessThanOrEqual(300);
});

it("names the address at which nobody listens, in the message that the client throws", async () => {
  const port = await nobodysPort();
  const order = { merchantTransactionId: "1", amount: cents(1), description: "", methods: [] } satisfies CheckoutInput;
  for (const host of ["127.0.0.1", "localhost"]) {
    const sibs = new Sibs({ ...credentials, baseUrl: `http://${host}:${port}`, retries: 0 });
    await expect(sibs.checkout(order)).rejects.toThrow(new RegExp(`ECONNREFUSED 127\\.0\\.0\\.1:${port}`));
  }
  const sibs = new Sibs({ ...credentials, baseUrl: `http://127.0.0.1:${port}` });
  const signal = AbortSignal.abort(new Error("no longer wanted"));
  await expect(sibs.checkout(order, { signal })).rejects.toThrow("called off before it was sent: no longer wanted");
});
