import { describe, expect, it } from "vitest";
import { RateLimitedError, Sibs, type SibsOptions, type TryOutcome } from "./index.ts";
import {
  all,
  calls,
  credentials,
  fitting,
  fittingId,
  limitFor,
  moving,
  scriptedClients,
  scriptedFaults,
} from "./testing/clients.ts";
import {
  json,
  refusal,
  reset,
  type Step,
  scriptedServer,
  silence,
  stall,
  temporary,
} from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const fault = scriptedFaults(clientOf);

const soon = { "Retry-After": "0" };

describe("what SIBS says it did not do", () => {
  it.each(all)("is sent again: %s after 429 and 503 with T9999", async (name) => {
    const { sibs, server } = await clientOf(json(429, {}, soon), temporary, json(200, fitting));
    expect(await calls[name](sibs)).toMatchObject({ transactionId: fittingId });
    const [first, ...others] = server.arrived.map(({ url, body }) => url + body);
    expect(others).toEqual([first, first]);
  });

  it.each(all)("ends as itself after two repeats: %s", async (name) => {
    const limited = await fault(name, json(429, {}, soon));
    expect(limited.error).toBeInstanceOf(RateLimitedError);
    expect(limited).toMatchObject({ sent: 3, error: { inDoubt: false, retryAfterMs: 0, httpStatus: 429 } });
    const unavailable = await fault(name, temporary);
    expect(unavailable).toMatchObject({
      sent: 3,
      error: { name: "UnavailableError", inDoubt: false, returnStatus: { statusCode: "T9999" } },
    });
  });

  it.each(moving)("is no decision, though a paymentStatus stands beside 429: %s", async (name) => {
    const { error } = await fault(name, json(429, { paymentStatus: "Declined" }, soon));
    expect(error).toMatchObject({ name: "RateLimitedError", tries: 3 });
  });

  it("is not waited for longer than eight seconds: the caller is told how long SIBS asks for", async () => {
    const T9999 = json(503, refusal("T9999"), { "Retry-After": "60" });
    expect(await fault("refund", T9999)).toMatchObject({ sent: 1, error: { retryAfterMs: 60_000, inDoubt: false } });
    const { error, sent } = await fault("refund", json(429, {}, { "Retry-After": "60" }));
    expect(error).toMatchObject({ name: "RateLimitedError", retryAfterMs: 60_000 });
    expect(sent).toBe(1);
  });

  it("is not sent again by a client that may not", async () => {
    const { server } = await clientOf(temporary);
    const sibs = new Sibs({ ...credentials, baseUrl: server.url, retries: 0 });
    await expect(calls.status(sibs)).rejects.toMatchObject({ name: "UnavailableError", tries: 1 });
  });

  it("counts among the tries that an error tells", async () => {
    const { error } = await fault("mbwayPurchase", json(429, {}, soon), reset);
    expect(error).toMatchObject({ name: "InDoubtError", tries: 2 });
  });
});

describe("a call that is called off", () => {
  it.each(all)("before it was sent did nothing: %s", async (name) => {
    const { sibs, server } = await clientOf(silence);
    const ended = calls[name](sibs, { signal: AbortSignal.abort(new Error("no longer wanted")) });
    await expect(ended).rejects.toMatchObject({ name: "ConnectionError", tries: 0, inDoubt: false });
    expect(server.arrived).toHaveLength(0);
  });

  it.each(moving)("after it was sent is in doubt when it moves money, and not sent again: %s", async (name) => {
    const controller = new AbortController();
    const { sibs, server } = await clientOf(() => controller.abort(new Error("no longer wanted")));
    const ended = calls[name](sibs, { signal: controller.signal, timeoutMs: 5_000 });
    await expect(ended).rejects.toMatchObject({ name: "InDoubtError", cause: { message: "no longer wanted" } });
    expect(server.arrived).toHaveLength(1);
  });

  it("while a repeat is awaited ends with what happened before", async () => {
    const controller = new AbortController();
    const fetch = async () => {
      setImmediate(() => controller.abort());
      return new Response(null, { status: 429, headers: { "Retry-After": "8" } });
    };
    const sibs = new Sibs({ ...credentials, baseUrl: "http://127.0.0.1:9/api/v2", fetch });
    const ended = calls.refund(sibs, { signal: controller.signal });
    await expect(ended).rejects.toMatchObject({ name: "RateLimitedError", tries: 1, inDoubt: false });
  });
});

describe("whoever listens to the tries", () => {
  const listening = (onTry: NonNullable<SibsOptions["onTry"]>, step: Step) =>
    scriptedServer(json(429, {}, soon), step).then((server) => ({
      server,
      sibs: new Sibs({ ...credentials, baseUrl: server.url, ...limitFor([step]), retries: 1, onTry }),
    }));

  it.each(all)("is told what came of each, by whatever call: %s", async (name) => {
    const told: TryOutcome[] = [];
    const { sibs, server } = await listening((came) => told.push(came), json(200, fitting));
    await calls[name](sibs);
    expect(told).toEqual([
      { httpStatus: 429, retryAfterMs: 0 },
      { httpStatus: 200, retryAfterMs: null },
    ]);
    await server.close();
  });

  it.each([
    ["no answer", silence],
    ["half an answer", stall],
    ["a broken connection", reset],
  ])("is told of %s", async (_what, step) => {
    const told: TryOutcome[] = [];
    const { sibs, server } = await listening((came) => told.push(came), step);
    await calls.refund(sibs).catch(() => undefined);
    expect(told.at(-1)).toEqual({ httpStatus: null, retryAfterMs: null });
    await server.close();
  });

  it("does not lose an answer by what they throw", async () => {
    const { sibs, server } = await listening(
      () => {
        throw new Error("not my day");
      },
      json(200, fitting),
    );
    await expect(calls.refund(sibs)).resolves.toMatchObject({ transactionId: fittingId });
    await server.close();
  });

  it("is not told of what the caller called off", async () => {
    const controller = new AbortController();
    const told: TryOutcome[] = [];
    const { sibs, server } = await listening(
      (came) => told.push(came),
      () => controller.abort(),
    );
    await calls.refund(sibs, { signal: controller.signal }).catch(() => undefined);
    expect(told).toEqual([{ httpStatus: 429, retryAfterMs: 0 }]);
    await server.close();
  });
});
