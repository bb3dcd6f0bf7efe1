import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cut, html, json, reset, type Step, text } from "../../sibs/src/testing/scripted-server.ts";
import { Caravela, CaravelaError, UnreadableAnswerError } from "./index.ts";
import { against, apiKey, create, input, keysOf, payment, problem } from "./testing/against.ts";

const at = { "Retry-After": "0" };

describe("a call is sent again with the same key", () => {
  const inFlight = problem(409, "idempotency_in_flight");
  it.each<[string, Step]>([
    ["503, whatever stands in it", text(503, "<h1>Sorry</h1>", { "content-type": "text/html", ...at })],
    ["502 of a proxy", text(502, "", at)],
    ["429 that says when", json(429, problem(429, "phone_asked_too_often"), at)],
    ["409 of a call that is still under way", json(409, inFlight, at)],
    ["408", json(408, problem(408, "request_timeout"), at)],
  ])("after %s", async (_, step) => {
    const { answer, arrived } = await against([step, step, json(201, payment)], create);
    expect(answer).toEqual(payment);
    expect(arrived).toHaveLength(3);
    expect(new Set(keysOf(arrived)).size).toBe(1);
  });

  it.each<[string, Step]>([
    ["a connection that was dropped", reset],
    ["an answer that was cut off", cut],
  ])("after %s, and what it is then answered is the answer", async (_, step) => {
    const { answer, arrived } = await against([step, json(201, payment)], create);
    expect(answer).toEqual(payment);
    expect(new Set(keysOf(arrived)).size).toBe(1);
  });

  it.each<[string, Step]>([
    ["dropped", reset],
    ["cut off", cut],
    ["502 of a proxy", text(502, "", at)],
  ])("and what it then finds removed is removed, where the answer to it was %s", async (_, step) => {
    const remove = (caravela: Caravela) => caravela.endpoints.delete("ep_1");
    const gone = json(404, problem(404, "not_found"));
    const { error, arrived } = await against([step, gone], remove);
    expect([error, arrived.length]).toEqual([undefined, 2]);
    expect((await against([gone], remove)).error).toMatchObject({ code: "not_found" });
    expect((await against([step, html(404)], remove)).error).toBeInstanceOf(UnreadableAnswerError);
    expect((await against([step, gone], create)).error).toMatchObject({ code: "not_found" });
  });

  it.each<[string, Step]>([
    ["409 of the state of things", json(409, problem(409, "payment_already_paid"), at)],
    ["422", json(422, problem(422, "refund_exceeds_captured"), at)],
    ["429 that does not say when", json(429, problem(429, "too_many_tries"))],
    ["500", json(500, problem(500, "internal_error"), at)],
    ["503 that asks to wait longer than the call may last", json(503, problem(503, "busy"), { "Retry-After": "60" })],
    ["a redirect", text(307, "", { location: "https://elsewhere.example/v1/payments" })],
    ["200 with a page", html(200)],
  ])("but not after %s", async (_, step) => {
    const { error, arrived } = await against([step, json(201, payment)], create);
    expect(error).toBeInstanceOf(CaravelaError);
    expect(arrived).toHaveLength(1);
  });

  it("as often as it is told, and no more", async () => {
    const busy = json(503, problem(503, "busy"), at);
    const { error, arrived } = await against([busy], (caravela) => caravela.payments.create(input, { retries: 1 }));
    expect(error).toMatchObject({ code: "busy", tries: 2, idempotencyKey: keysOf(arrived)[0] });
    expect(arrived).toHaveLength(2);
  });
});

describe("time", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  /** A server that never answers: it hears when it is hung up on. */
  const silent = (_: unknown, { signal }: RequestInit = {}) =>
    new Promise<Response>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  const client = (options = {}) =>
    new Caravela({ baseUrl: "http://pay.example", apiKey, fetch: silent as typeof fetch, ...options });

  it("ends a call with all its tries within its limit", async () => {
    const fetch = vi.fn(silent);
    const ended = client({ timeoutMs: 10_000, fetch })
      .payments.retrieve("pay_1")
      .catch((error) => error);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(fetch).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toMatchObject({ name: "NoAnswerError", tries: 3, idempotencyKey: null });
  });

  it("is not more because the machine's clock is put back, nor less because it is put on", async () => {
    for (const steps of [-3_600_000, 3_600_000]) {
      const startedAt = performance.now();
      let tookMs: number | undefined;
      const call = client({ timeoutMs: 1_000 })
        .payments.retrieve("pay_1")
        .catch(() => {
          tookMs = performance.now() - startedAt;
        });
      await vi.advanceTimersByTimeAsync(100);
      vi.setSystemTime(Date.now() + steps);
      await vi.advanceTimersByTimeAsync(10_000);
      await call;
      expect(tookMs).toBeGreaterThan(500);
      expect(tookMs).toBeLessThanOrEqual(1_001);
    }
  });

  it("may be as long as one likes, and is one's own for a call", async () => {
    const ended = client({ timeoutMs: Number.POSITIVE_INFINITY }).payments.retrieve("pay_1", {
      timeoutMs: 50,
      retries: 0,
    });
    const error = ended.catch((error) => error);
    await vi.advanceTimersByTimeAsync(50);
    expect((await error).message).toBe("No answer from http://pay.example: nothing within 50 ms");
    const fetch = vi.fn(silent);
    void client({ fetch, timeoutMs: Number.POSITIVE_INFINITY }).payments.retrieve("pay_1");
    await vi.advanceTimersByTimeAsync(1_000_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(() => client({ timeoutMs: 0 })).toThrow(RangeError);
    expect(() => client({ timeoutMs: Number.NaN })).toThrow(RangeError);
    for (const retries of [-1, Number.NaN]) {
      expect(() => client({ retries })).toThrow(RangeError);
      await expect(client().payments.retrieve("pay_1", { retries })).rejects.toThrow(RangeError);
    }
  });

  it("is up for an answer that never ends, also where fetch is somebody's own and heeds no signal", async () => {
    const fetch = vi.fn(async () => Response.json(payment));
    fetch.mockImplementationOnce(async () => new Response(new ReadableStream()));
    const asked = client({ fetch, timeoutMs: 10_000 }).payments.retrieve("pay_1");
    await vi.advanceTimersByTimeAsync(5_500);
    expect(await asked).toEqual(payment);
  });

  it("is up when the caller's signal says so: before, during a try, and while the next one waits", async () => {
    const why = new Error("the customer has left");
    await expect(client().payments.retrieve("pay_1", { signal: AbortSignal.abort(why) })).rejects.toBe(why);
    const during = new AbortController();
    const asked = client().payments.retrieve("pay_1", { signal: during.signal });
    during.abort(why);
    await expect(asked).rejects.toBe(why);
    const between = new AbortController();
    const fetch = vi.fn(async () => new Response("", { status: 503, headers: { "retry-after": "5" } }));
    const waiting = client({ fetch })
      .payments.retrieve("pay_1", { signal: between.signal })
      .catch((error) => error);
    await vi.advanceTimersByTimeAsync(1);
    between.abort(why);
    expect(await waiting).toBe(why);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("is waited for as the server asks, in seconds or by a date", async () => {
    vi.setSystemTime(new Date("2026-11-29T10:00:00Z"));
    const answers = ["3", "Sun, 29 Nov 2026 10:00:07 GMT"].map(
      (text) => new Response("", { status: 503, headers: { "retry-after": text } }),
    );
    const fetch = vi.fn(async () => answers.shift() ?? Response.json(payment));
    const asked = client({ fetch }).payments.retrieve("pay_1");
    await vi.advanceTimersByTimeAsync(2_999);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3_999);
    expect(fetch).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toEqual(payment);
  });
});
