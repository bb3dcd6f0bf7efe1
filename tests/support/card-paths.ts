import { connect } from "node:net";
import { expect } from "vitest";
import { faults, read } from "./actions.ts";
import { ANA, answerChallenge, createCardPayment, goOn } from "./cards.ts";
import type { Answer, Json } from "./json.ts";
import {
  AMEX,
  CHALLENGED,
  CHALLENGED_TOO,
  cardBody,
  FRICTIONLESS,
  MASTERCARD,
  MISTYPED,
  SCENARIO_CODE,
  SCENARIOS,
  typedWrong,
  UNIONPAY,
  VISA,
} from "./test-cards.ts";
import type { WatchedStage } from "./watched-stage.ts";

/** A way in which a card can pass through the servers. */
export interface CardPath {
  readonly name: string;
  go(stage: WatchedStage): Promise<void>;
}

function pay(stage: WatchedStage, payment: string, body: Json, headers?: Record<string, string>): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, body, headers);
}

/** What the customer's browser does with an action: it posts the fields to the issuer. */
export async function visitIssuer(stage: WatchedStage, { action }: Answer["body"]): Promise<void> {
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
    name: "cards of every scenario",
    async go(stage) {
      for (const [number, status] of Object.entries(SCENARIOS)) {
        const payment = await createCardPayment(stage);
        const attempt = await pay(stage, payment, cardBody({ number, code: SCENARIO_CODE }));
        expect(status.split(" or "), number).toContain(attempt.body.status);
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
      const scripted = await createCardPayment(stage, { amount: 9_000_002 });
      expect((await pay(stage, scripted, cardBody(VISA))).body.status).toBe("declined");
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
        [{ number: "4000000000000028", code: SCENARIO_CODE }, "cancel", "declined"],
        [FRICTIONLESS, null, "approved"],
        [{ number: "4000000000000036", code: SCENARIO_CODE }, null, "approved"],
        [{ number: "4000000000000044", code: SCENARIO_CODE }, null, "declined"],
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
      const charge = { customer, token: saved.id, initiator: "merchant", reference: "rent", currency: "EUR" };
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
      const inDoubt: string[] = [];
      for (const fault of [{ html: 1 }, { dropAnswer: 1 }, { http: { 500: 1 } }, { http: { 503: 1 } }]) {
        for (const call of ["card/purchase", "payments"]) {
          // SIBS says nothing of it either: an inquiry settles at once what was done all the same
          await faults(stage, { [call]: fault, status: { http: { 503: 1 } } });
          const payment = await createCardPayment(stage);
          const attempt = await pay(stage, payment, cardBody(VISA));
          expect(attempt.status).toBe(201);
          expect(attempt.body.status).not.toBe("approved");
          if (attempt.body.inDoubt) inDoubt.push(payment);
        }
      }
      expect(inDoubt).not.toEqual([]);
      await faults(stage, {});
      await stage.advance(180);
      for (const payment of inDoubt) expect((await read(stage, payment)).attempts).toMatchObject([{ inDoubt: false }]);
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
      const slow = await pay(stage, payment, cardBody({ number: "4000000000000176", code: SCENARIO_CODE }));
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
