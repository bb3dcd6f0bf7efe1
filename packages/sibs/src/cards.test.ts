import { describe, expect, it } from "vitest";
import { type CardStep, InDoubtError, Sibs } from "./index.ts";
import {
  exampleCardChallengeResponse,
  exampleCardContinuationRequest,
  exampleCardPurchaseRequest,
  exampleCardPurchaseResponse,
} from "./protocol/card.ts";
import { exampleTokenPurchaseRequest } from "./protocol/token.ts";
import { checkout, credentials, scriptedClients, testCard } from "./testing/clients.ts";
import { json } from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const { transactionId } = checkout;
const card = testCard();
const device = exampleCardPurchaseRequest.info?.deviceInfo;

/** The card's, and the saved card's, which belong to nobody. */
const number = "4111111111111111";
const code = "123";

const threeDSMethod = {
  ...exampleCardChallengeResponse,
  actionResponse: {
    id: "a7f0c3f2",
    type: "THREEDS_METHOD",
    data: { url: "https://acs.example/method", params: { threeDSMethodData: "eyJ0aHJlZURTTWV0aG9k" } },
  },
};

/** The answer that wants a challenge, its action changed. */
function wanting(actionResponse: unknown, paymentStatus = "Partial") {
  return { ...exampleCardChallengeResponse, paymentStatus, actionResponse };
}

/** The action of a step, which must be one. */
function actionOf(step: CardStep) {
  if (step.kind !== "action") throw new Error(`no action: ${step.operation.paymentStatus}`);
  return step;
}

describe("a purchase by card", () => {
  it("sends the documented request with the checkout's signature, and is done when SIBS is", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCardPurchaseResponse));
    const step = await sibs.cardPurchase(checkout, { card, device, createToken: false });
    expect(step).toEqual({
      kind: "done",
      operation: {
        transactionId,
        paymentStatus: "Success",
        returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
        httpStatus: 200,
        paymentMethod: "CARD",
        amount: 550,
        body: exampleCardPurchaseResponse,
      },
      token: {
        type: "Card",
        value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac",
        maskedPan: "411111******1111",
        expiry: { month: 12, year: 2028 },
        name: "Visa",
      },
      threeDSecure: {
        transStatus: "Y",
        eci: "05",
        hasAuthenticationValue: true,
        dsTransId: "c4e59ceb-a382-4d6a-bc87-385d591fa09d",
        acsTransId: "13c701a3-5a88-4c45-89e9-ef65e50a8bf9",
        serverTransId: null,
        version: "2.2.0",
      },
    });
    const [request] = server.arrived;
    expect(request?.url).toBe("/api/v2/payments/s2CB2CH3U91PdGDHsacJ/card/purchase");
    expect(request?.headers.authorization).toBe(`Digest ${checkout.signature}`);
    expect(request?.body === JSON.stringify(exampleCardPurchaseRequest)).toBe(true);
  });

  it("sends neither browser nor wish for a token where none is given", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCardPurchaseResponse));
    await sibs.cardPurchase(checkout, { card });
    const { cardInfo, ...rest } = JSON.parse(server.arrived[0]?.body ?? "");
    expect([Object.keys(cardInfo), rest]).toEqual([["PAN", "secureCode", "validationDate", "cardholderName"], {}]);
  });

  it.each([
    [200, "Declined"],
    [400, "Declined"],
    [200, "Pending"],
    [200, "Timeout"],
    [402, "A status nobody knows yet"],
  ])("that SIBS answers with HTTP %i and %s is done, a value", async (status, paymentStatus) => {
    const returnStatus = { statusCode: "E0119", statusMsg: "Declined", statusDescription: "declined" };
    const { sibs } = await clientOf(json(status, { transactionID: transactionId, paymentStatus, returnStatus }));
    const step = await sibs.cardPurchase(checkout, { card });
    expect(step).toMatchObject({ kind: "done", token: null, threeDSecure: null });
    expect(step.operation).toMatchObject({ paymentStatus, httpStatus: status, returnStatus });
  });

  it("walks through 3-D Secure: method, challenge, done", async () => {
    const answers = [threeDSMethod, exampleCardChallengeResponse, exampleCardPurchaseResponse];
    const { sibs, server } = await clientOf(...answers.map((answer) => json(200, answer)));
    const method = actionOf(await sibs.cardPurchase(checkout, { card, device }));
    expect(method.action).toEqual({
      id: "a7f0c3f2",
      type: "THREEDS_METHOD",
      url: "https://acs.example/method",
      fields: { threeDSMethodData: "eyJ0aHJlZURTTWV0aG9k" },
    });
    const challenge = actionOf(await method.continue());
    expect(challenge.operation.paymentStatus).toBe("Partial");
    expect(challenge.action).toEqual({
      id: "b81e04aa",
      type: "THREEDS_CHALLENGE",
      url: "https://acs.example/challenge",
      fields: { creq: "eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ", threeDSSessionData: "czJDQjJDSDM" },
    });
    expect(await challenge.continue()).toMatchObject({ kind: "done", operation: { paymentStatus: "Success" } });
    const [first, second, third] = server.arrived;
    expect(first?.body.includes(number)).toBe(true);
    expect(second?.body).toBe(JSON.stringify(exampleCardContinuationRequest));
    expect(third?.body).toBe('{"actionProcessed":{"id":"b81e04aa","type":"THREEDS_CHALLENGE","executed":true}}');
    expect(new Set(server.arrived.map(({ url, headers }) => `${url} ${headers.authorization}`)).size).toBe(1);
  });

  it("says that the browser could not do what was asked", async () => {
    const { sibs, server } = await clientOf(json(200, threeDSMethod), json(200, exampleCardPurchaseResponse));
    const method = actionOf(await sibs.cardPurchase(checkout, { card }));
    await method.continue(false);
    expect(server.arrived[1]?.body).toBe(
      '{"actionProcessed":{"id":"a7f0c3f2","type":"THREEDS_METHOD","executed":false}}',
    );
  });

  it("goes on in another process, which knows the action's id and type alone", async () => {
    const { server } = await clientOf(json(200, exampleCardChallengeResponse));
    const other = new Sibs({ ...credentials, baseUrl: server.url });
    const step = await other.continueCard(checkout, { id: "a7f0c3f2", type: "THREEDS_METHOD", executed: true });
    expect(actionOf(step).action.type).toBe("THREEDS_CHALLENGE");
    expect(server.arrived[0]?.body).toBe(JSON.stringify(exampleCardContinuationRequest));
  });

  it("goes on only once at SIBS: a continuation that comes too late is a conflict", async () => {
    const conflict = { returnStatus: { statusCode: "E0101", statusMsg: "Error", statusDescription: "done already" } };
    const { sibs } = await clientOf(json(200, threeDSMethod), json(409, conflict));
    const method = actionOf(await sibs.cardPurchase(checkout, { card }));
    await expect(method.continue()).rejects.toMatchObject({ name: "ConflictError", inDoubt: false });
  });

  it("takes time limit and signal for each of its steps", async () => {
    const { sibs } = await clientOf(json(200, threeDSMethod), json(200, exampleCardPurchaseResponse));
    const method = actionOf(await sibs.cardPurchase(checkout, { card }, { timeoutMs: 1_000 }));
    const ended = method.continue(true, { signal: AbortSignal.abort() });
    await expect(ended).rejects.toMatchObject({ name: "ConnectionError", tries: 0 });
  });

  it.each([
    [
      "pairs, some of them none",
      [{ key: "creq", value: "" }, { value: "x" }, null, { key: 1, value: 2 }],
      { creq: "", "1": "2" },
    ],
    ["an object", { creq: "x", attempts: 3 }, { creq: "x", attempts: "3" }],
    ["a member named like no other", JSON.parse('{"__proto__":"x"}'), JSON.parse('{"__proto__":"x"}')],
    ["nothing", undefined, {}],
    ["a text", "creq=x", {}],
  ])("reads an action's parameters from %s", async (_, params, fields) => {
    const data = { url: "http://127.0.0.1:4010/acs", params };
    const { sibs } = await clientOf(json(200, wanting({ id: 17, type: "SOMETHING_NEW", data })));
    const { action } = actionOf(await sibs.cardPurchase(checkout, { card }));
    expect(action).toEqual({ id: "17", type: "SOMETHING_NEW", url: "http://127.0.0.1:4010/acs", fields });
  });

  it.each([
    ["no action", undefined],
    ["an action without id", { type: "THREEDS_CHALLENGE", data: { url: "https://acs.example" } }],
    ["an action without type", { id: "x", data: { url: "https://acs.example" } }],
    ["an action without address", { id: "x", type: "THREEDS_CHALLENGE", data: {} }],
    ["an address that is a program", { id: "x", type: "THREEDS_CHALLENGE", data: { url: "javascript:alert(1)" } }],
    ["an address without a host", { id: "x", type: "THREEDS_CHALLENGE", data: { url: "/challenge" } }],
  ])("is in doubt when SIBS wants an action that nobody could take: %s", async (_, actionResponse) => {
    const { sibs } = await clientOf(json(200, wanting(actionResponse)));
    await expect(sibs.cardPurchase(checkout, { card })).rejects.toBeInstanceOf(InDoubtError);
  });

  it("wants no action beside any other status, whatever else the answer holds", async () => {
    const { sibs } = await clientOf(json(200, wanting(threeDSMethod.actionResponse, "Declined")));
    expect(await sibs.cardPurchase(checkout, { card })).toMatchObject({ kind: "done" });
  });

  it("is not sent without a card, a transaction or a signature", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCardPurchaseResponse));
    await expect(sibs.cardPurchase(checkout, JSON.parse('{"card":"[card]"}'))).rejects.toThrow(TypeError);
    const refused = { name: "InvalidRequestError", tries: 0 };
    await expect(sibs.cardPurchase({ ...checkout, transactionId: "" }, { card })).rejects.toMatchObject(refused);
    await expect(sibs.cardPurchase({ ...checkout, signature: "" }, { card })).rejects.toMatchObject(refused);
    expect(server.arrived).toHaveLength(0);
  });
});

describe("a purchase by a saved card", () => {
  const { value = "" } = exampleTokenPurchaseRequest.tokenInfo ?? {};

  it("sends the documented request, and walks through 3-D Secure on its own path", async () => {
    const answers = [threeDSMethod, exampleCardPurchaseResponse, exampleCardPurchaseResponse];
    const { sibs, server } = await clientOf(...answers.map((answer) => json(200, answer)));
    const method = actionOf(await sibs.tokenPurchase(checkout, { token: value, secureCode: code }));
    expect(await method.continue()).toMatchObject({ kind: "done", operation: { paymentStatus: "Success" } });
    await sibs.continueToken(checkout, { id: "a7f0c3f2", type: "THREEDS_METHOD", executed: true });
    const [first, second, third] = server.arrived;
    expect(first?.url).toBe("/api/v2/payments/s2CB2CH3U91PdGDHsacJ/token/purchase");
    expect(first?.headers.authorization).toBe(`Digest ${checkout.signature}`);
    expect(first?.body).toBe(JSON.stringify(exampleTokenPurchaseRequest));
    for (const { url, body } of [second, third].flatMap((request) => request ?? [])) {
      expect([url, body]).toEqual([first?.url, JSON.stringify(exampleCardContinuationRequest)]);
    }
    expect(server.arrived).toHaveLength(3);
  });

  it("sends the browser where it is given, and no code where none is", async () => {
    const { sibs, server } = await clientOf(json(200, exampleCardPurchaseResponse));
    await sibs.tokenPurchase(checkout, { token: value, device: { browserLanguage: "pt-PT" } });
    expect(JSON.parse(server.arrived[0]?.body ?? "")).toEqual({
      tokenInfo: { value, tokenType: "Card" },
      info: { deviceInfo: { browserLanguage: "pt-PT" } },
    });
  });

  it.each([
    [{ token: "" }, "tokenInfo.value"],
    [{ token: value, secureCode: "" }, "tokenInfo.secureCode"],
    [{ token: value, secureCode: "12a" }, "tokenInfo.secureCode"],
    [{ token: value, secureCode: "12345" }, "tokenInfo.secureCode"],
  ])("is not sent without a token, nor with what is no code: case %#", async (input, field) => {
    const { sibs, server } = await clientOf(json(200, exampleCardPurchaseResponse));
    await expect(sibs.tokenPurchase(checkout, input)).rejects.toMatchObject({ name: "InvalidRequestError", field });
    expect(server.arrived).toHaveLength(0);
  });
});
