import { describe, expect, it } from "vitest";
import { ConnectionError, InDoubtError, Sibs } from "./index.ts";
import { exampleCheckoutResponse } from "./protocol/checkout.ts";
import { exampleStatusResponse } from "./protocol/status.ts";
import {
  all,
  calls,
  checkout,
  credentials,
  fitting,
  fittingId,
  limitFor,
  moving,
  reading,
  scriptedClients,
  scriptedFaults,
} from "./testing/clients.ts";
import {
  cut,
  html,
  json,
  refusal,
  reset,
  type Step,
  scriptedServer,
  silence,
  stall,
  text,
} from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const fault = scriptedFaults(clientOf);
const { transactionId } = checkout;

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
});
