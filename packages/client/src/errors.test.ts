import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { html, json, reset, type Step, scriptedServer, text } from "../../sibs/src/testing/scripted-server.ts";
import { Caravela, NoAnswerError, ProblemError, UnreadableAnswerError } from "./index.ts";
import { against, apiKey, create, input, keysOf, payment, problem } from "./testing/against.ts";

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

  it("is a problem of the last try, and says that there was another before, and its key", async () => {
    const { error, arrived } = await against([reset, json(401, problem(401, "unauthorized"))], create);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: "unauthorized", tries: 2, idempotencyKey: keysOf(arrived)[0] });
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
