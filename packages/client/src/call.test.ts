import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Arrived,
  cut,
  html,
  json,
  reset,
  type Step,
  scriptedServer,
  text,
} from "../../sibs/src/testing/scripted-server.ts";
import { Caravela, CaravelaError, NoAnswerError, ProblemError, UnreadableAnswerError } from "./index.ts";

const apiKey = "sk_test_secret";
const payment = { id: "pay_1", status: "open" };
const input = { amount: 550, currency: "EUR", reference: "order-17" } as const;
const at = { "Retry-After": "0" };
const problem = (status: number, code: string, more = {}) => ({
  type: `/problems/${code}`,
  title: "A title.",
  status,
  detail: "A detail.",
  errors: [],
  ...more,
});

/** What a client is answered by a server that follows a script, and what had arrived there. */
async function against<T>(
  steps: readonly Step[],
  ask: (caravela: Caravela) => Promise<T>,
  options = {},
): Promise<{ answer: T | undefined; error: unknown; arrived: readonly Arrived[] }> {
  const server = await scriptedServer(...steps);
  try {
    const caravela = new Caravela({ baseUrl: `${server.url}/`, apiKey, ...options });
    const { answer, error } = await ask(caravela).then(
      (answer) => ({ answer, error: undefined }),
      (error: unknown) => ({ answer: undefined, error }),
    );
    return { answer, error, arrived: server.arrived };
  } finally {
    await server.close();
  }
}

const create = (caravela: Caravela) => caravela.payments.create(input);
const keysOf = (arrived: readonly Arrived[]) => arrived.map(({ headers }) => headers["idempotency-key"]);

describe("a call", () => {
  it("is sent with the key, what is asked for, and an idempotency key of its own", async () => {
    const { answer, arrived } = await against([json(201, payment)], async (caravela) => [
      await create(caravela),
      await create(caravela),
    ]);
    expect(answer).toEqual([payment, payment]);
    const [{ method, url, headers, body }] = arrived as [Arrived];
    expect([method, url, JSON.parse(body)]).toEqual(["POST", "/api/v2/v1/payments", input]);
    expect(headers).toMatchObject({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
    expect(new Set(keysOf(arrived)).size).toBe(2);
  });

  it("is sent with the caller's own idempotency key, and in their language; one that only reads needs none", async () => {
    const { arrived } = await against([json(200, payment)], async (caravela) => {
      await caravela.refunds.create("pay_1", undefined, { idempotencyKey: "order-17-refund-1" });
      await caravela.payments.journal("pay_1", { language: "pt" });
      await caravela.payments.list({ reference: "order 17&status=paid", limit: 1, status: undefined });
    });
    expect(keysOf(arrived)).toEqual(["order-17-refund-1", undefined, undefined]);
    expect(arrived.map(({ url }) => url.replace("/api/v2", ""))).toEqual([
      "/v1/payments/pay_1/refunds",
      "/v1/payments/pay_1/journal",
      "/v1/payments?reference=order+17%26status%3Dpaid&limit=1",
    ]);
    expect(arrived.map(({ headers }) => [headers["content-type"], headers["accept-language"]])).toEqual([
      [undefined, expect.anything()],
      [undefined, "pt"],
      [undefined, expect.anything()],
    ]);
  });

  it("is not sent at all by an id that would lead elsewhere, or by an idempotency key that no header can carry", async () => {
    const ids = ["", ".", "..", undefined as unknown as string];
    const { arrived, error } = await against([json(200, payment)], async (caravela) => {
      for (const id of ids) {
        expect(() => caravela.refunds.create(id)).toThrow(TypeError);
        expect(() => caravela.customers.erase(id)).toThrow(TypeError);
      }
      await caravela.customers.erase("a/b ?c");
      await caravela.payments.create(input, { idempotencyKey: "order\n17" });
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(arrived.map(({ url }) => url)).toEqual(["/api/v2/v1/customers/a%2Fb%20%3Fc/erase"]);
  });
});

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

describe("what went wrong", () => {
  it("is the problem that the server answered, with its code, fields and further members", async () => {
    const answered = problem(409, "attempt_in_progress", {
      secondsLeft: 100,
      errors: [{ field: "/phone", message: "m" }],
    });
    const step = json(409, answered, { "x-request-id": "req_1", "Retry-After": "7" });
    const { error } = await against([step], create);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      name: "ProblemError",
      message: "409 attempt_in_progress: A detail.",
      status: 409,
      code: "attempt_in_progress",
      problem: { secondsLeft: 100 },
      errors: [{ field: "/phone" }],
      requestId: "req_1",
      retryAfterMs: 7000,
      tries: 1,
    });
  });

  it("is the cause, where nothing answered", async () => {
    const server = await scriptedServer();
    await server.close();
    const { origin, host } = new URL(server.url);
    const caravela = new Caravela({ baseUrl: origin, apiKey, retries: 0 });
    const error = await caravela.payments.create(input, { idempotencyKey: "order-17" }).catch((error) => error);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error.message).toBe(`No answer from ${origin}: connect ECONNREFUSED ${host}`);
    expect(error.idempotencyKey).toBe("order-17");
  });

  it.each<[string, Step, string]>([
    ["a page", html(404), "answered 404 and text/html"],
    ["a page that says that all is well", html(200), "answered 200 and text/html"],
    ["nothing at all", text(200, ""), "answered 200 and nothing that could be read"],
    ["JSON that is no answer", json(200, null), "answered 200"],
    ["a list where one was asked for", json(200, [payment]), "answered 200 and application/json"],
    ["less than was asked for", text(204, ""), "answered 204 and nothing that could be read"],
    ["half a JSON", text(201, '{"id":', { "content-type": "application/json" }), "answered 201 and application/json"],
    ["a redirect", text(301, "", { location: "/else" }), "answered 301"],
    ["JSON of something else", json(404, { message: "no Route matched" }), "answered 404"],
  ])("is said of %s", async (_, step, says) => {
    const { error } = await against([step], create);
    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect((error as Error).message).toContain(says);
  });

  it("is said of a page without a list, and what ends no list ends it", async () => {
    const first = (caravela: Caravela) => caravela.payments.list();
    for (const step of [json(200, payment), json(200, {}), json(200, { data: null, next: null })])
      expect((await against([step], first)).error).toBeInstanceOf(UnreadableAnswerError);
    const { answer, arrived } = await against([json(200, { data: [payment] })], async (caravela) => {
      const found: unknown[] = [];
      for await (const one of caravela.payments.list()) found.push(one);
      return found;
    });
    expect([answer, arrived.length]).toEqual([[payment], 1]);
  });

  it("is read whatever the case of its type", async () => {
    const step = text(201, JSON.stringify(payment), { "content-type": "Application/JSON; charset=UTF-8" });
    expect((await against([step], create)).answer).toEqual(payment);
  });

  it("repeats no secret: neither the key, nor what was sent, nor an address's password", async () => {
    const card = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana" };
    const pay = (caravela: Caravela) => caravela.attempts.start("pay_1", { method: "card", card });
    const found = [
      (await against([html(200)], pay)).error,
      (await against([json(422, problem(422, "card_not_valid"))], pay)).error,
      (await against([reset], pay, { retries: 0 })).error,
      new Caravela({ baseUrl: "http://127.0.0.1:1", apiKey }),
    ];
    const options = { baseUrl: "https://pay.example", apiKey };
    for (const wrong of [
      { ...options, baseUrl: "https://user:sk_test_secret@pay.example" },
      { ...options, baseUrl: "sk_test_secret" },
      { ...options, apiKey: "sk_test_secret\n" },
      { ...options, apiKey: "" },
      { ...options, apiKey: undefined as unknown as string },
    ]) {
      let thrown: unknown;
      try {
        new Caravela(wrong);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TypeError);
      found.push(thrown);
    }
    for (const one of found) {
      expect(inspect(one, { depth: 9, showHidden: true, getters: true })).not.toMatch(
        /sk_test_secret|4111111111111111/,
      );
      expect(JSON.stringify(one)).not.toMatch(/sk_test_secret|4111111111111111/);
    }
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

describe("a list", () => {
  const page = (ids: string[], next: string | null) =>
    json(200, { data: ids.map((id) => ({ id })), hasMore: next !== null, next });

  it("is its first page when it is awaited, and all there is when it is gone through", async () => {
    const pages = [page(["a", "b"], "two"), page([], "three"), page(["c"], null)];
    const { answer, arrived } = await against(pages, async (caravela) => {
      const ids: string[] = [];
      for await (const { id } of caravela.payments.list({ status: "paid", limit: 2 })) ids.push(id);
      return ids;
    });
    expect(answer).toEqual(["a", "b", "c"]);
    expect(arrived.map(({ url }) => url.split("?")[1])).toEqual([
      "status=paid&limit=2",
      "status=paid&limit=2&after=two",
      "status=paid&limit=2&after=three",
    ]);
    const first = await against(pages, async (caravela) => caravela.refunds.list());
    expect(first.answer).toMatchObject({ data: [{ id: "a" }, { id: "b" }], hasMore: true, next: "two" });
    expect(first.arrived).toHaveLength(1);
  });

  it("asks for no page more than is gone through, and throws what a page is refused by", async () => {
    const left = await against([page(["a", "b"], "two")], async (caravela) => {
      for await (const { id } of caravela.events.list()) return id;
      return undefined;
    });
    expect([left.answer, left.arrived.length]).toEqual(["a", 1]);
    const refused = json(401, problem(401, "unauthorized"));
    const { error } = await against([page(["a"], "two"), refused], async (caravela) => {
      for await (const _ of caravela.plans.list());
    });
    expect(error).toMatchObject({ code: "unauthorized" });
  });
});
