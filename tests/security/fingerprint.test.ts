import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "../support/actions.ts";
import { createCardPayment } from "../support/cards.ts";
import { type Stage, setStage } from "../support/stage.ts";

/** Two Visa cards that differ in all but what may be kept of them. */
const ONE = { number: "4539731826049589", expiry: "12/30", code: "731", name: "Ana Sousa" };
const OTHER = { ...ONE, number: "4111 1110 0003 9589", code: "265", expiry: "12 / 2030", name: "Rui Sousa" };

describe("the fingerprint of an idempotent request", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  });
  afterAll(() => stage.close());

  const attempt = (payment: string, key: string, body: object) =>
    stage.api("POST", `/v1/payments/${payment}/attempts`, body, { "idempotency-key": key });

  it("knows of a card its brand, last four digits and expiry alone: another of the same is a replay", async () => {
    const payment = await createCardPayment(stage);
    const first = await attempt(payment, "one key", { method: "card", card: ONE });
    const replay = await attempt(payment, "one key", { method: "card", card: OTHER });
    expect([first.status, replay.status]).toEqual([201, 201]);
    expect(replay.headers.get("idempotent-replayed")).toBe("true");
    expect(replay.body.id).toBe(first.body.id);
    expect((await read(stage, payment)).attempts).toHaveLength(1);
  });

  it.each([
    ["last four digits", { ...ONE, number: "4111111111111111" }],
    ["brand", { ...ONE, number: "5500000000049589" }],
    ["expiry", { ...ONE, expiry: "11/30" }],
  ])("tells cards of another %s apart", async (_what, card) => {
    const payment = await createCardPayment(stage);
    const key = crypto.randomUUID();
    await attempt(payment, key, { method: "card", card: ONE });
    expect((await attempt(payment, key, { method: "card", card })).body.type).toBe("/problems/idempotency_key_reused");
  });

  it("does not know a saved card's code", async () => {
    const payment = await createCardPayment(stage);
    const key = crypto.randomUUID();
    for (const secureCode of ["731", "265"]) {
      const refused = await attempt(payment, key, { method: "token", token: "tok_1", secureCode });
      expect(refused.body.type).toBe("/problems/unknown_token");
    }
  });

  it.each([
    ["phone", (text: string) => ({ method: "mbway", phone: text }), "not_possible"],
    ["token", (text: string) => ({ method: "token", token: text }), "unknown_token"],
    ["method", (text: string) => ({ method: text }), "method_not_served"],
    ["browser", (text: string) => ({ method: "multibanco", browser: { language: text } }), "not_possible"],
  ])("does not know a card's number that was typed into the field %s", async (_field, body, code) => {
    const payment = await createCardPayment(stage);
    const key = crypto.randomUUID();
    for (const number of [ONE.number, "4539 7318 2604 9589", OTHER.number]) {
      expect((await attempt(payment, key, body(number))).body.type).toBe(`/problems/${code}`);
    }
  });

  it("tells phones apart, also those with their country's code", async () => {
    const payment = await createCardPayment(stage);
    await attempt(payment, "a phone", { method: "mbway", phone: "+351 919 999 999" });
    const other = await attempt(payment, "a phone", { method: "mbway", phone: "00351 912 345 678" });
    expect(other.body.type).toBe("/problems/idempotency_key_reused");
  });
});
