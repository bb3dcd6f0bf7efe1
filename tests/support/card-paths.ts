import { connect } from "node:net";
import { expect } from "vitest";
import { createPayment, faults, read } from "./actions.ts";
import { ANA, answerChallenge, createCardPayment, goOn } from "./cards.ts";
import type { Answer, Json } from "./json.ts";
import type { WatchedStage } from "./watched-stage.ts";

/** A card to pay with, and its code. */
export interface TestCard {
  readonly number: string;
  readonly code: string;
}

/** Cards that the issuer approves, of numbers that stand nowhere by chance. */
export const VISA: TestCard = { number: "4539731826049589", code: "731" };
const MASTERCARD: TestCard = { number: "5296174830259615", code: "628" };
const AMEX: TestCard = { number: "374829163058274", code: "8265" };
const UNIONPAY: TestCard = { number: "6229384716502819465", code: "947" };
/** One that is only ever typed wrong. */
const MISTYPED: TestCard = { number: "4928715364082176", code: "583" };
/** SIBS's own test cards. */
const CHALLENGED: TestCard = { number: "4176660000000100", code: "597" };
const CHALLENGED_TOO: TestCard = { number: "5134148655197817", code: "419" };
const FRICTIONLESS: TestCard = { number: "4970417809609823", code: "914" };

/** Cards whose fate is settled, and what becomes of a payment by them. */
const FATES: Readonly<Record<string, string>> = {
  "4000000000000010": "approved",
  "4000000000000119": "declined",
  "4000000000000127": "declined",
  "4000000000000135": "declined",
  "4000000000000143": "declined",
  "4000000000000150": "declined",
  "4000000000000168": "failed",
  "4000000000000184": "submitted",
  "4000000000000192": "submitted",
  "4000000000000200": "pending",
  "4000000000000218": "pending",
};
const FATED_CODE = "864";

export const ALL_CARDS: readonly TestCard[] = [
  ...[VISA, MASTERCARD, AMEX, UNIONPAY, MISTYPED, CHALLENGED, CHALLENGED_TOO, FRICTIONLESS],
  ...[...Object.keys(FATES), "4000000000000028", "4000000000000036", "4000000000000044", "4000000000000176"].map(
    (number) => ({ number, code: FATED_CODE }),
  ),
];

/** A way in which a card can pass through the servers. */
export interface CardPath {
  readonly name: string;
  go(stage: WatchedStage): Promise<void>;
}

function cardBody({ number, code }: TestCard, changes: Json = {}): Json {
  return {
    method: "card",
    card: { number, expiry: "12/30", code, name: "Ana Sousa", ...changes },
    browser: { language: "pt-PT", userAgent: "test", ipAddress: "192.0.2.7" },
  };
}

function pay(stage: WatchedStage, payment: string, body: Json, headers?: Record<string, string>): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, body, headers);
}

/** What the customer's browser does with an action: it posts the fields to the issuer. */
async function visitIssuer(stage: WatchedStage, { action }: Answer["body"]): Promise<void> {
  const page = await stage.fetch(action.url, { method: "POST", body: new URLSearchParams(action.fields) });
  expect(page.status).toBe(200);
}

/** Whatever is sent, in the body of a request that is not understood. */
function sendRaw(stage: WatchedStage, payment: string, body: string, type = "application/json") {
  return stage.send(`/v1/payments/${payment}/attempts`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_watched", "idempotency-key": crypto.randomUUID(), "content-type": type },
    body,
  });
}

const typedWrong: Readonly<Record<string, Json>> = {
  "a digit too many": cardBody(MISTYPED, { number: `${MISTYPED.number}1` }),
  "twice the number": cardBody(MISTYPED, { number: MISTYPED.number.repeat(2) }),
  "thrice the number": cardBody(MISTYPED, { number: MISTYPED.number.repeat(3) }),
  "a letter": cardBody(MISTYPED, { number: `${MISTYPED.number.slice(0, 15)}O` }),
  "a digit that is wrong": cardBody(MISTYPED, { number: `${MISTYPED.number.slice(0, 15)}7` }),
  "too few digits": cardBody(MISTYPED, { number: MISTYPED.number.slice(0, 13) }),
  "a number that is a number": cardBody(MISTYPED, { number: Number(MISTYPED.number) }),
  "the number in a list": cardBody(MISTYPED, { number: [MISTYPED.number] }),
  "no code": cardBody(MISTYPED, { code: undefined }),
  "a long code": cardBody({ ...MISTYPED, code: `${MISTYPED.code}19` }),
  "the number for a code": cardBody({ ...MISTYPED, code: MISTYPED.number }),
  "a code of letters": cardBody(MISTYPED, { code: `${MISTYPED.code}a` }),
  "the number for an expiry": cardBody(MISTYPED, { expiry: MISTYPED.number }),
  "an expiry in the past": cardBody(MISTYPED, { expiry: "01/20" }),
  "the number for a name": cardBody(MISTYPED, { name: MISTYPED.number }),
  "the number in a name": cardBody(MISTYPED, { name: `Ana ${MISTYPED.number} Sousa` }),
  "the number for a method": { method: MISTYPED.number },
  "the number for a phone": { method: "mbway", phone: MISTYPED.number },
  "the number for a token": { method: "token", token: MISTYPED.number },
  "the number for a saved card's code": { method: "token", token: "tok_1", secureCode: MISTYPED.number.slice(0, 10) },
  "the number for an address on the network": {
    ...cardBody(MISTYPED),
    browser: { ipAddress: MISTYPED.number },
  },
  "a card where none belongs": { method: "mbway", phone: "919999999", card: cardBody(MISTYPED).card },
  "a card of another name": { ...cardBody(MISTYPED), cardInfo: { PAN: MISTYPED.number, secureCode: MISTYPED.code } },
  "a member too many": cardBody(MISTYPED, { pan: MISTYPED.number, cvv: MISTYPED.code }),
  "the number for a member's name": cardBody(MISTYPED, { [MISTYPED.number]: MISTYPED.code }),
  "a card that is a text": { method: "card", card: MISTYPED.number },
  "the number in a list for a body": [MISTYPED.number] as unknown as Json,
};

/** Every way there is by the API: what ends well, what ends badly, and what ends in the middle. */
export const apiPaths: readonly CardPath[] = [
  {
    name: "cards that are approved, as people type them",
    async go(stage) {
      const numbers = [VISA.number, "4539 7318 2604 9589", "4539-7318-2604-9589", " 4539.7318.2604.9589 "];
      const cards = [...numbers.map((number) => ({ ...VISA, number })), MASTERCARD, AMEX, UNIONPAY];
      for (const card of cards) {
        const payment = await createCardPayment(stage);
        const attempt = await pay(stage, payment, cardBody(card));
        expect(attempt.body.status).toBe("approved");
      }
    },
  },
  {
    name: "cards of every fate",
    async go(stage) {
      for (const [number, status] of Object.entries(FATES)) {
        const payment = await createCardPayment(stage);
        const attempt = await pay(stage, payment, cardBody({ number, code: FATED_CODE }));
        expect([number, attempt.body.status]).toEqual([number, status]);
      }
      await stage.advance(120);
    },
  },
  {
    name: "a code that is wrong, and an amount that is declined",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const attempt = await pay(stage, payment, cardBody({ ...CHALLENGED, code: "583" }));
      expect(attempt.body.failure.reason).toBe("wrong_code");
      const fated = await createCardPayment(stage, { amount: 9_000_002 });
      expect((await pay(stage, fated, cardBody(VISA))).body.status).toBe("declined");
    },
  },
  {
    name: "cards that are typed wrong",
    async go(stage) {
      for (const [what, body] of Object.entries(typedWrong)) {
        const payment = await createCardPayment(stage);
        const answer = await pay(stage, payment, body);
        expect([what, [400, 422].includes(answer.status)]).toEqual([what, true]);
        expect((await read(stage, payment)).attempts).toEqual([]);
      }
    },
  },
  {
    name: "cards in requests that cannot be read",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const body = JSON.stringify(cardBody(MISTYPED));
      const form = new URLSearchParams({ number: MISTYPED.number, code: MISTYPED.code }).toString();
      const statuses = [
        await sendRaw(stage, payment, body.slice(0, -20)),
        await sendRaw(stage, payment, `${MISTYPED.number}`),
        await sendRaw(stage, payment, `"${MISTYPED.number}`),
        await sendRaw(stage, payment, `{"card":{"number":"${MISTYPED.number}","code":${MISTYPED.code}x}}`),
        await sendRaw(stage, payment, `{"__proto__":{"number":"${MISTYPED.number}"}}`),
        await sendRaw(stage, payment, `{"number":"${MISTYPED.number}","fill":"${"x".repeat(200_000)}"}`),
        await sendRaw(stage, payment, body, "text/plain"),
        await sendRaw(stage, payment, form, "application/x-www-form-urlencoded"),
        await sendRaw(stage, payment, body, `application/${MISTYPED.number}`),
        await stage.send(`/v1/payments/${MISTYPED.number}`, { method: "POST", body: MISTYPED.number }),
        await stage.send(`/v1/payments/${payment}/attempts?number=${MISTYPED.number}`, { method: "POST" }),
        await stage.send(`/pay/${MISTYPED.number}?code=${MISTYPED.code}`, {}),
        await stage.send(`/%F0/${MISTYPED.number}`, {}),
      ].map(({ status }) => status);
      expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
      stage.keep("what is no HTTP", await sendNonsense(stage, `${body}\r\n${MISTYPED.number}\r\n\r\n`));
    },
  },
  {
    name: "3-D Secure in each way",
    async go(stage) {
      for (const [card, ending, status] of [
        [CHALLENGED, "pass", "approved"],
        [CHALLENGED_TOO, "fail", "declined"],
        [{ number: "4000000000000028", code: FATED_CODE }, "cancel", "declined"],
        [FRICTIONLESS, null, "approved"],
        [{ number: "4000000000000036", code: FATED_CODE }, null, "approved"],
        [{ number: "4000000000000044", code: FATED_CODE }, null, "declined"],
      ] as const) {
        const payment = await createCardPayment(stage);
        let attempt = await pay(stage, payment, cardBody(card));
        while (attempt.body.status === "action_required") {
          await visitIssuer(stage, attempt.body);
          const { id, type } = attempt.body.action;
          if (type === "3ds_challenge" && ending !== null) await answerChallenge(stage, id, ending);
          attempt = await goOn(stage, attempt.body);
        }
        expect([card.number, attempt.body.status]).toEqual([card.number, status]);
      }
      const nobody = await createCardPayment(stage);
      await pay(stage, nobody, cardBody(CHALLENGED));
      await stage.advance(11 * 60);
      expect((await read(stage, nobody)).attempts[0].status).toBe("timed_out");
    },
  },
  {
    name: "cards that are saved, charged again and forgotten",
    async go(stage) {
      const customer = { ...ANA, id: "c-saved" };
      const first = await createCardPayment(stage, { customer, saveCard: true });
      await pay(stage, first, cardBody(VISA));
      const [saved] = (await stage.api("GET", "/v1/tokens?customer=c-saved")).body.data;
      const again = await createCardPayment(stage, { customer });
      const attempt = await pay(stage, again, { method: "token", token: saved.id, secureCode: VISA.code });
      expect(attempt.body.status).toBe("approved");
      const wrong = await createCardPayment(stage, { customer });
      await pay(stage, wrong, { method: "token", token: saved.id, secureCode: `${VISA.code}00` });
      const charge = { ...{ customer, token: saved.id, initiator: "merchant" }, reference: "rent", currency: "EUR" };
      expect((await stage.api("POST", "/v1/payments", { ...charge, amount: 990 })).body.status).toBe("paid");
      expect((await stage.api("DELETE", `/v1/tokens/${saved.id}`)).status).toBe(204);
    },
  },
  {
    name: "holds that are captured, given up and refunded",
    async go(stage) {
      const payment = await createCardPayment(stage, { capture: "manual" });
      await pay(stage, payment, cardBody(AMEX));
      const does = (what: string, amount: number) => stage.api("POST", `/v1/payments/${payment}/${what}`, { amount });
      expect((await does("capture", 300)).status).toBe(200);
      expect((await does("cancel", 250)).status).toBe(200);
      expect((await does("refunds", 100)).status).toBe(201);
    },
  },
  {
    name: "requests that are sent again",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const key = { "idempotency-key": crypto.randomUUID() };
      const [one, same] = await Promise.all([
        pay(stage, payment, cardBody(MASTERCARD), key),
        pay(stage, payment, cardBody(MASTERCARD), key),
      ]);
      expect(one.body.id).toBe(same.body.id);
      expect((await pay(stage, payment, cardBody(VISA), key)).status).toBe(422);
    },
  },
  {
    name: "answers of the gateway that are lost, broken or refusals",
    async go(stage) {
      for (const fault of [{ html: 1 }, { dropAnswer: 1 }, { http: { 500: 1 } }, { http: { 503: 1 } }]) {
        for (const call of ["card/purchase", "payments"]) {
          await faults(stage, { [call]: fault });
          const payment = await createCardPayment(stage);
          const attempt = await pay(stage, payment, cardBody(VISA));
          expect(attempt.status).toBe(201);
          expect(attempt.body.status).not.toBe("approved");
        }
      }
      await faults(stage, {});
      await stage.advance(180);
    },
  },
  {
    name: "too many tries",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const tries = await Promise.all(Array.from({ length: 8 }, () => pay(stage, payment, cardBody(MASTERCARD))));
      expect(tries.map(({ status }) => status)).toContain(429);
    },
  },
  {
    name: "an answer that takes longer than anybody waits",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const slow = await pay(stage, payment, cardBody({ number: "4000000000000176", code: FATED_CODE }));
      expect(slow.status).toBe(201);
      await stage.advance(5);
      expect((await read(stage, payment)).status).toBe("paid");
    },
  },
  {
    name: "a server that dies while the card is at the issuer, and a gateway that does",
    async go(stage) {
      for (const where of ["answer", "request"] as const) {
        const payment = await createCardPayment(stage);
        const held = stage.line.hold("card/purchase", where);
        const lost = pay(stage, payment, cardBody(VISA)).catch(() => null);
        await held;
        await (where === "answer" ? stage.server : stage.gateway).restart();
        stage.line.release();
        await lost;
      }
      await stage.advance(180);
    },
  },
];

/** A connection that speaks no HTTP. */
function sendNonsense(stage: WatchedStage, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(stage.serverUrl).port), "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("close", () => resolve(answer));
  });
}

/** The same cards on the customer's page, with script and without. */
export const pagePaths: readonly CardPath[] = [
  {
    name: "a card's number typed into the page's field for a phone",
    async go(stage) {
      const { body: payment } = await stage.api("GET", `/v1/payments/${await createPayment(stage)}`);
      const { pathname } = new URL(payment.payUrl);
      for (const accept of ["text/html", "application/json"]) {
        for (const phone of [MISTYPED.number, "4928 7153 6408 2176"]) {
          const body = new URLSearchParams({ phone, request: "0" });
          await stage.send(`${pathname}/mbway`, { method: "POST", body, headers: { accept } });
        }
      }
      await stage.send(pathname, {});
    },
  },
  {
    name: "the page's form, with script and without",
    async go(stage) {
      for (const accept of ["text/html", "application/json"]) {
        for (const card of [VISA, AMEX, { number: "4000000000000127", code: FATED_CODE }]) {
          const sent = await sendForm(stage, await createCardPayment(stage), { ...formOf(card), accept });
          expect([card.number, sent.status]).toEqual([card.number, accept === "text/html" ? 303 : 200]);
        }
      }
    },
  },
  {
    name: "the page's form, filled in wrong",
    async go(stage) {
      const { number, code } = MISTYPED;
      const everywhere = Object.fromEntries(
        ["expiry", "name", "email", "street1", "postcode", "city", "country", "keep", "saved"].map((name) => [
          name,
          number,
        ]),
      );
      const forms: Record<string, string>[] = [
        { number: `${number}1` },
        { number: `${number.slice(0, 15)}O` },
        { code: `${code}9123` },
        { code: number },
        { name: number },
        { name: `Ana 4928 7153 6408 2176` },
        { email: `${number}@example.pt` },
        everywhere,
        { expiry: "01/20" },
      ];
      for (const accept of ["text/html", "application/json"]) {
        for (const wrong of forms) {
          const payment = await createPayment(stage, { customer: null });
          const sent = await sendForm(stage, payment, { ...formOf(MISTYPED), accept, ...wrong });
          expect([wrong, sent.status]).toEqual([wrong, 422]);
          expect((await read(stage, payment)).attempts).toEqual([]);
        }
      }
    },
  },
  {
    name: "the page's form, cut off, too long, of another type",
    async go(stage) {
      const path = await pageOf(stage, await createCardPayment(stage));
      const text = new URLSearchParams(formOf(MISTYPED)).toString();
      for (const [type, body] of [
        ["application/x-www-form-urlencoded", `${text}&fill=${"x".repeat(100_000)}`],
        ["application/json", JSON.stringify(formOf(MISTYPED))],
        ["application/json", JSON.stringify(formOf(MISTYPED)).slice(0, -10)],
        ["text/plain", text],
        ["multipart/form-data; boundary=x", text],
      ] as const) {
        const sent = await stage.send(`${path}/card`, { method: "POST", headers: { "content-type": type }, body });
        expect([type, sent.status]).not.toEqual([type, 200]);
      }
      await stage.send(`${path}/card?${text}`, { method: "GET" });
    },
  },
  {
    name: "3-D Secure from the page, in full pages",
    async go(stage) {
      const payment = await createCardPayment(stage);
      const path = await pageOf(stage, payment);
      await sendForm(stage, payment, { ...formOf(CHALLENGED), accept: "text/html" });
      const [{ action }] = (await read(stage, payment)).attempts;
      expect(action.type).toBe("3ds_challenge");
      await stage.send(path, {});
      await stage.send(`${path}/bank?action=${action.id}`, {});
      await visitIssuer(stage, {
        action: { ...action, fields: { ...action.fields, returnUrl: `${stage.serverUrl}/x` } },
      });
      await answerChallenge(stage, action.id, "pass");
      await stage.send(`${path}/return?action=${action.id}`, {});
      await stage.send(path, {});
      expect((await read(stage, payment)).status).toBe("paid");
    },
  },
  {
    name: "a saved card on the page",
    async go(stage) {
      const customer = { ...ANA, id: "c-page", signedIn: true };
      const first = await createCardPayment(stage, { customer, saveCard: true });
      await sendForm(stage, first, { ...formOf(VISA), keep: "1", accept: "text/html" });
      const [saved] = (await stage.api("GET", "/v1/tokens?customer=c-page")).body.data;
      const again = await createCardPayment(stage, { customer });
      await stage.send(await pageOf(stage, again), {});
      for (const code of [`${VISA.code}12`, VISA.code]) {
        const form = { saved: saved.id, code, request: "0", accept: "application/json" };
        await sendForm(stage, again, form, "token");
      }
      expect((await read(stage, again)).status).toBe("paid");
    },
  },
];

function formOf({ number, code }: TestCard): Record<string, string> {
  return { number, code, expiry: "12/30", name: "Ana Sousa", language: "pt-PT", request: "0" };
}

async function pageOf(stage: WatchedStage, payment: string): Promise<string> {
  return new URL((await read(stage, payment)).payUrl).pathname;
}

async function sendForm(
  stage: WatchedStage,
  payment: string,
  { accept = "text/html", ...fields }: Record<string, string>,
  method = "card",
) {
  const body = new URLSearchParams(fields);
  return stage.send(`${await pageOf(stage, payment)}/${method}`, { method: "POST", body, headers: { accept } });
}
