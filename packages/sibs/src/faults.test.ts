import { describe, expect, it } from "vitest";
import {
  ConnectionError,
  InDoubtError,
  RateLimitedError,
  Sibs,
  SibsError,
  type SibsOptions,
  type TryOutcome,
} from "./index.ts";
import { exampleCheckoutResponse } from "./protocol/checkout.ts";
import { exampleStatusResponse } from "./protocol/status.ts";
import {
  all,
  type CallName,
  calls,
  checkout,
  credentials,
  fitting,
  fittingId,
  moving,
  reading,
  scriptedClients,
} from "./testing/clients.ts";
import {
  cut,
  html,
  json,
  reset,
  type Step,
  scriptedServer,
  silence,
  stall,
  temporary,
  text,
} from "./testing/scripted-server.ts";

/** For how long an answer is waited that never comes; any other may take as long as the machine is busy. */
const LIMIT_MS = 300;
const isSilent = (steps: readonly Step[]) => steps.includes(silence) || steps.includes(stall);
const limitFor = (steps: readonly Step[], silentMs = LIMIT_MS) => ({ timeoutMs: isSilent(steps) ? silentMs : 30_000 });
const clientOf = scriptedClients();
const { transactionId } = checkout;

/** Makes a call to a server that follows the steps; the error it ends in, and how often it was sent. */
async function fault(name: CallName, ...steps: Step[]): Promise<{ error: SibsError; sent: number }> {
  const { sibs, server } = await clientOf(...steps);
  const error: unknown = await calls[name](sibs, limitFor(steps)).then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SibsError)) throw error;
  expect(error.tries).toBe(server.arrived.length);
  return { error, sent: server.arrived.length };
}

function refusal(statusCode: string, statusDescription = "") {
  return { returnStatus: { statusCode, statusMsg: "Error", statusDescription } };
}

const soon = { "Retry-After": "0" };

/** Every way to lose an answer after the request was sent. */
const losses: Readonly<Record<string, Step>> = {
  "HTTP 500": json(500, refusal("E0301")),
  "HTTP 500 with a paymentStatus": json(500, { ...refusal("E0301"), paymentStatus: "Declined" }),
  "HTTP 502 in HTML": html(502),
  "HTTP 503 without T9999": json(503, refusal("E0301")),
  "HTTP 503 in HTML": html(503),
  "HTTP 504": json(504, refusal("E0301")),
  "HTTP 408": json(408, refusal("E0301")),
  "HTML with 200": html(200),
  "half a JSON": text(200, '{"transactionID":"s2CB2CH3U9'),
  "an empty body": text(200, ""),
  "JSON that is no object": json(200, "Success"),
  "JSON without a status": json(200, { transactionID: transactionId }),
  "a redirect in JSON": json(307, refusal("E0101"), { Location: "/elsewhere" }),
  "a redirect": text(302, "", { Location: "/elsewhere" }),
  "a reset": reset,
  "a connection cut within the body": cut,
  "no answer in time": silence,
  "a body that does not end": stall,
};

describe("a lost answer", () => {
  for (const [loss, step] of Object.entries(losses)) {
    it.each(moving)(`leaves %s in doubt, sent once: ${loss}`, async (name) => {
      const { error, sent } = await fault(name, step);
      expect(error).toBeInstanceOf(InDoubtError);
      expect(error).toMatchObject({ inDoubt: true, transactionId, name: "InDoubtError" });
      expect(error.next).toMatch(/^Do not send it again/);
      expect(sent).toBe(1);
    });

    it(`never leaves a checkout in doubt, nor sends it twice: ${loss}`, async () => {
      const { error, sent } = await fault("checkout", step);
      expect(["ConnectionError", "UnavailableError", "MalformedAnswerError", "InvalidRequestError"]).toContain(
        error.name,
      );
      expect(error).toMatchObject({ inDoubt: false, transactionId: null });
      expect(sent).toBe(1);
    });
  }

  it.each(reading)("of %s is asked for again until it comes", async (name) => {
    const { "HTTP 500 with a paymentStatus": readable, ...others } = losses;
    expect(readable).toBeDefined();
    await Promise.all(
      Object.entries(others).map(async ([loss, step]) => {
        const { sibs, server } = await clientOf(step, json(200, fitting));
        // the second answer comes, and has to be in time
        expect(await calls[name](sibs, limitFor([step], 1_000)), loss).toMatchObject({ transactionId: fittingId });
        expect(server.arrived, loss).toHaveLength(2);
      }),
    );
  });

  it("of a status is none when it says how the transaction stands, whatever the HTTP status", async () => {
    const { sibs } = await clientOf(json(500, exampleStatusResponse));
    expect(await calls.status(sibs)).toMatchObject({ paymentStatus: "Timeout", httpStatus: 500 });
  });

  it.each([
    ["UnavailableError", html(502)],
    ["MalformedAnswerError", html(200)],
    ["ConnectionError", reset],
  ] as const)("of a status is given up after two repeats, as %s", async (name, step) => {
    const { error, sent } = await fault("status", step);
    expect(error).toMatchObject({ name, inDoubt: false, transactionId });
    expect(sent).toBe(3);
  });

  it("names the time limit that ended the wait", async () => {
    const { error } = await fault("refund", silence);
    expect(error.message).toContain("no answer within 300 ms");
    expect(error.cause).toMatchObject({ name: "TimeoutError" });
  });

  it("is noticed in time even when fetch does not heed its signal", async () => {
    const deaf: typeof fetch = () => new Promise(() => undefined);
    const sibs = new Sibs({ ...credentials, baseUrl: "http://127.0.0.1:9/api/v2", fetch: deaf, timeoutMs: 20 });
    await expect(calls.refund(sibs)).rejects.toBeInstanceOf(InDoubtError);
  });
});

describe("a connection that cannot be made", () => {
  it.each(all)("is no doubt: %s was never sent", async (name) => {
    const closed = await scriptedServer(silence);
    await closed.close();
    const sibs = new Sibs({ ...credentials, baseUrl: closed.url, retries: 0 });
    const error: unknown = await calls[name](sibs).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ inDoubt: false, httpStatus: null });
  });

  it.each(all)("because fetch blocks its port is no doubt: %s was never sent", async (name) => {
    const sibs = new Sibs({ ...credentials, baseUrl: "http://127.0.0.1:6000/api/v2", retries: 0 });
    await expect(calls[name](sibs)).rejects.toMatchObject({ name: "ConnectionError", inDoubt: false });
  });

  it("is in doubt when the runtime does not tell that it was never made", async () => {
    const mute: typeof fetch = () => Promise.reject(new TypeError("network error"));
    const sibs = new Sibs({ ...credentials, baseUrl: "http://127.0.0.1:9/api/v2", fetch: mute });
    await expect(calls.mbwayPurchase(sibs)).rejects.toBeInstanceOf(InDoubtError);
    await expect(calls.checkout(sibs)).rejects.toBeInstanceOf(ConnectionError);
  });
});

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
});

describe("a refusal", () => {
  const cases: readonly [number, string][] = [
    [400, "InvalidRequestError"],
    [401, "AuthenticationError"],
    [403, "PermissionError"],
    [404, "NotFoundError"],
    [405, "InvalidRequestError"],
    [409, "ConflictError"],
    [415, "InvalidRequestError"],
  ];

  it.each(cases)("with HTTP %i is a %s, of whatever call, sent once", async (status, expected) => {
    for (const name of all) {
      const { error, sent } = await fault(name, json(status, refusal("E0101", "Something is wrong")));
      expect(error).toMatchObject({
        name: expected,
        inDoubt: false,
        httpStatus: status,
        returnStatus: { statusCode: "E0101", statusMsg: "Error", statusDescription: "Something is wrong" },
      });
      expect(error.next).toMatch(/^[A-Z].*\.$/);
      expect(sent).toBe(1);
    }
  });

  it.each([401, 403])("by the gateway in front, HTTP %i in HTML, is no doubt", async (status) => {
    const { error } = await fault("refund", html(status));
    expect(error).toMatchObject({ inDoubt: false, returnStatus: null });
  });

  it.each([400, 404, 409])("in HTML, HTTP %i, is nobody's word: in doubt", async (status) => {
    const { error } = await fault("refund", html(status));
    expect(error).toBeInstanceOf(InDoubtError);
  });

  it("with HTTP 409 is one even when a paymentStatus stands beside it, but not of an operation", async () => {
    const answer = json(409, { ...refusal("E0101"), paymentStatus: "Declined" });
    expect((await fault("mbwayPurchase", answer)).error.name).toBe("ConflictError");
    const { sibs } = await clientOf(answer);
    expect(await calls.cancel(sibs)).toMatchObject({ paymentStatus: "Declined", httpStatus: 409 });
  });

  it("of a checkout is one, whatever else its answer holds", async () => {
    const { error } = await fault("checkout", json(400, { ...exampleCheckoutResponse, ...refusal("E0101") }));
    expect(error).toMatchObject({ name: "InvalidRequestError" });
  });

  it("of a checkout with HTTP 200 and a code other than 000 is an invalid request", async () => {
    const { error } = await fault("checkout", json(200, refusal("12.110.1202", "wrong parameters")));
    expect(error).toMatchObject({ name: "InvalidRequestError", returnStatus: { statusCode: "12.110.1202" } });
  });

  it.each([
    ["transaction.amount.value must have at most two decimals", "transaction.amount.value"],
    ["/transaction/amount/value must be number", "transaction.amount.value"],
    ["The field 'customerPhone' is missing.", "customerPhone"],
    ["Invalid merchantTransactionId: too long", "merchantTransactionId"],
    ["paymentReference.finalDatetime lies in the past.", "paymentReference.finalDatetime"],
    ["tokenisation.paymentTokens[0].value is empty", "tokenisation.paymentTokens[0].value"],
    ["The transaction was refused. Please try again.", null],
    ["", null],
  ])("names the member that SIBS names: %j", async (description, field) => {
    const { error } = await fault("checkout", json(400, refusal("E0101", description)));
    expect(error).toMatchObject({ name: "InvalidRequestError", field });
  });
});

describe("an error", () => {
  it("tells no token, no signature and no phone", async () => {
    for (const name of all) {
      const { error } = await fault(name, json(400, refusal("E0504", "alias 351#919999999 is wrong")));
      const told = `${error.message} ${error.stack} ${error.next}`;
      for (const secret of [credentials.token, checkout.signature, "919999999"]) expect(told).not.toContain(secret);
    }
  });

  it("says how often the call was sent", async () => {
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
