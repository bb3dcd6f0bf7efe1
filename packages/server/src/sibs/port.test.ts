import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { PHONE } from "../domain/payment/testing/builders.ts";
import { Card } from "./inputs.ts";
import { SibsPort } from "./port.ts";

const SAID = { returnStatus: { statusCode: "E0301", statusMsg: "No", statusDescription: "" } };
const BUSY = { returnStatus: { statusCode: "T9999", statusMsg: "Busy", statusDescription: "" } };
const PAGE = "<html>not here</html>";

type Answer = () => Response | Promise<Response>;

const json =
  (status: number, body: object = SAID, headers?: Record<string, string>): Answer =>
  () =>
    Response.json(body, { status, ...(headers && { headers }) });
const page =
  (status: number): Answer =>
  () =>
    new Response(PAGE, { status });
const broken =
  (code: string): Answer =>
  () =>
    Promise.reject(new TypeError("fetch failed", { cause: { code } }));
const timeOut: Answer = () => Promise.reject(new DOMException("no answer within 5000 ms", "TimeoutError"));

const answering = (answer: Answer) =>
  new SibsPort({
    terminalId: 52221,
    clientId: "id",
    token: "token",
    baseUrl: "http://127.0.0.1:9",
    retries: 0,
    fetch: async () => answer(),
  });

const checkout = { transactionId: "s2t", signature: "signed" };
const words = { amount: cents(550), description: "Two mugs" };
const charge = { ...words, merchantTransactionId: "att_own" } as const;
const terms = { ...words, merchantTransactionId: "can_own" } as const;
const phone = PHONE;
const parsed = Card.parse({ number: "4111111111111111", expiry: "12/40", code: "123", name: "Ana" }, new Date(0));

if (!parsed.ok) throw new TypeError("the card of this test is none");
const { card } = parsed;

/** Every call that the port has, by what its lost answer means. */
const CALLS = {
  checkout: { checkout: (sibs) => sibs.checkout({ ...charge, methods: ["MBWAY"] }) },
  charge: {
    chargePhone: (sibs) => sibs.chargePhone(checkout, phone),
    makeReference: (sibs) => sibs.makeReference(checkout),
    chargeCard: (sibs) => sibs.chargeCard(checkout, { card }),
    chargeToken: (sibs) => sibs.chargeToken(checkout, { token: "token" }),
    chargeMandate: (sibs) => sibs.chargeMandate(checkout),
    continueCard: (sibs) => sibs.continueCard(checkout, { id: "1", type: "3ds_challenge", executed: true }),
    continueToken: (sibs) => sibs.continueToken(checkout, { id: "1", type: "3ds_method", executed: false }),
    chargeSavedCard: (sibs) => sibs.chargeSavedCard("s2t", { ...charge, originalDatetime: new Date(0) }),
  },
  operation: {
    capture: (sibs) => sibs.operate("capture", "s2t", terms),
    cancellation: (sibs) => sibs.operate("cancellation", "s2t", terms),
    refund: (sibs) => sibs.operate("refund", "s2t", terms),
    withdraw: (sibs) => sibs.withdraw("s2t", terms),
    requestMandate: (sibs) =>
      sibs.requestMandate({
        merchantTransactionId: "man_own",
        type: "subscription",
        phone,
        customerName: "Ana",
        description: "Tea",
      }),
    endMandate: (sibs) => sibs.endMandate("s2t", { merchantTransactionId: "mcn_own", phone }),
  },
  inquiry: {
    status: (sibs) => sibs.status("s2t"),
    statusByOwnId: (sibs) => sibs.statusByOwnId("att_own"),
    inquireMandate: (sibs) => sibs.inquireMandate("s2t", phone),
    listMandates: (sibs) => sibs.listMandates(),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, (sibs: SibsPort) => Promise<{ readonly kind: string }>>>>>;

type Kind = keyof typeof CALLS;

const UNHEARD = { kind: "unheard", isTurnedAway: false, retryAfterMs: null };
const AWAY = { ...UNHEARD, isTurnedAway: true };
const everywhere = (outcome: object): Record<Kind, object> => ({
  checkout: outcome,
  charge: outcome,
  operation: outcome,
  inquiry: outcome,
});
const REFUSED = { kind: "refused", code: "E0301" };
const LOST = {
  checkout: UNHEARD,
  charge: { kind: "in_doubt", hasMovedOn: false },
  operation: { kind: "in_doubt" },
  inquiry: UNHEARD,
};
const REFUSAL = { ...everywhere(REFUSED), inquiry: UNHEARD };

/** Each row of the table in `reading.ts`, and each way in which it comes about. */
const ROWS: Readonly<Record<string, readonly [Answer, Record<Kind, object>]>> = {
  "401": [json(401), everywhere({ ...AWAY, code: "E0301" })],
  "401 as a page": [page(401), everywhere({ ...AWAY, code: null })],
  "403": [json(403), everywhere(AWAY)],
  "429": [json(429), everywhere(AWAY)],
  "429 as a page": [page(429), everywhere(AWAY)],
  "429 with Retry-After": [
    json(429, SAID, { "Retry-After": "60" }),
    everywhere({ ...AWAY, code: "E0301", retryAfterMs: 60_000 }),
  ],
  "a refused connection": [broken("ECONNREFUSED"), everywhere({ ...UNHEARD, code: null })],
  "an unknown host": [broken("ENOTFOUND"), everywhere(UNHEARD)],
  "503 with T9999": [json(503, BUSY), everywhere({ ...UNHEARD, code: "T9999" })],
  "503 with T9999 and Retry-After": [
    json(503, BUSY, { "Retry-After": "9" }),
    everywhere({ ...UNHEARD, retryAfterMs: 9_000 }),
  ],
  "503 without T9999": [json(503), LOST],
  "503 with Retry-After alone": [
    json(503, SAID, { "Retry-After": "9" }),
    { ...LOST, checkout: { ...UNHEARD, retryAfterMs: 9_000 }, inquiry: { ...UNHEARD, retryAfterMs: 9_000 } },
  ],
  "500": [json(500), LOST],
  "502 as a page": [page(502), LOST],
  "408": [json(408), LOST],
  "a connection that is cut": [broken("ECONNRESET"), LOST],
  "a time-out": [timeOut, LOST],
  "an answer that ends early": [() => new Response('{"transactionID": "s2', { status: 200 }), LOST],
  "a page with 200": [page(200), LOST],
  "a redirect": [page(302), LOST],
  "an answer that is no object": [() => Response.json([1]), LOST],
  "an answer that says nothing": [() => Response.json({}), LOST],
  "404 with SIBS's own code": [json(404), { ...everywhere(REFUSED), inquiry: { kind: "not_found" } }],
  "404 of what stands before SIBS, in JSON": [
    json(404, { httpCode: "404", httpMessage: "Not Found" }),
    { ...everywhere({ kind: "refused", code: null }), inquiry: UNHEARD },
  ],
  "404 as a page": [page(404), { ...LOST, checkout: { kind: "refused", code: null } }],
  "409": [json(409), { ...REFUSAL, charge: { kind: "in_doubt", hasMovedOn: true } }],
  "400": [json(400), REFUSAL],
  "422": [json(422), REFUSAL],
  "400 as a page": [page(400), LOST],
};

const each = Object.entries(ROWS).flatMap(([what, [answer, outcomes]]) =>
  (Object.keys(CALLS) as Kind[]).map((kind) => [what, kind, answer, outcomes[kind]] as const),
);

describe("what a call without a usable answer means", () => {
  it.each(each)("%s, of each %s", async (_what, kind, answer, outcome) => {
    for (const [name, call] of Object.entries(CALLS[kind])) {
      expect({ name, ...(await call(answering(answer))) }).toMatchObject({ name, ...outcome });
    }
  });

  it("names no answer's text in what a log gets", async () => {
    expect(await answering(json(429)).status("s2t")).toEqual({
      ...AWAY,
      code: "E0301",
      fault: { error: "RateLimitedError", httpStatus: 429 },
    });
  });
});

describe("a refusal in an answer", () => {
  const refused = json(200, { ...SAID, transactionID: "s2m" });

  it("is a value of its own where a mandate is asked for or ended, whatever the HTTP status", async () => {
    for (const name of ["requestMandate", "endMandate"] as const) {
      expect(await CALLS.operation[name](answering(refused))).toMatchObject(REFUSED);
    }
  });

  it("is an answer, and the rules' to judge, where SIBS says how a payment stands", async () => {
    const declined = json(400, { ...SAID, transactionID: "s2t", paymentStatus: "Declined" });
    for (const call of [CALLS.charge.chargePhone, CALLS.operation.refund]) {
      const said = { paymentStatus: "Declined", code: "E0301", source: "answer" };
      expect(await call(answering(declined))).toMatchObject({ kind: "answered", report: said });
    }
  });

  it("leaves a checkout that only has a code refused, and money that may have moved in doubt", async () => {
    const answer = json(200);
    expect(await CALLS.checkout.checkout(answering(answer))).toMatchObject(REFUSED);
    expect(await CALLS.charge.chargePhone(answering(answer))).toMatchObject(LOST.charge);
    expect(await CALLS.operation.refund(answering(answer))).toMatchObject(LOST.operation);
    expect(await CALLS.inquiry.status(answering(answer))).toMatchObject(UNHEARD);
  });

  it("of an inquiry about a mandate says that there is none yet", async () => {
    const none = json(404, { returnStatus: { ...SAID.returnStatus, statusCode: "E0507" } });
    const report = { status: null, mandateId: null, limit: null, validUntil: null };
    expect(await CALLS.inquiry.inquireMandate(answering(none))).toEqual({ kind: "answered", report });
  });
});

it("hands a fault of ours on: no word of SIBS's", async () => {
  const sibs = answering(json(200));
  const wrong = { ...charge, amount: cents(550), methods: [], timestamp: new Date(Number.NaN) };
  await expect(sibs.checkout(wrong)).rejects.toThrow();
});
