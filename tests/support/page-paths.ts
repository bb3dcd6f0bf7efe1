import { expect } from "vitest";
import { createPayment, read } from "./actions.ts";
import { type CardPath, visitIssuer } from "./card-paths.ts";
import { ANA, answerChallenge, createCardPayment } from "./cards.ts";
import { AMEX, CHALLENGED, MISTYPED, SCENARIO_CODE, type TestCard, VISA } from "./test-cards.ts";
import type { WatchedStage } from "./watched-stage.ts";

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
        for (const card of [VISA, AMEX, { number: "4000000000000127", code: SCENARIO_CODE }]) {
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
