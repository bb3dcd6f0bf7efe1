import { isSeen } from "@caravela/sibs/text";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, read } from "../support/actions.ts";
import { ANA, payByCard } from "../support/cards.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

/** Texts whose end falls within a character where SIBS's lengths end, and others that only a person would write. */
const TEXTS = [
  `${"a".repeat(69)}😀`,
  `${"a".repeat(44)}😀`,
  `${"R".repeat(59)}🐟`,
  `${"R".repeat(56)}🐟${"R".repeat(20)}`,
  "👨‍👩‍👧‍👦".repeat(8),
  `e${"\u0301".repeat(99)}`,
  "line\none",
  "\u202ebackwards",
  "no\uffffcharacter",
  "\u200b?\u0007",
];

const anyText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 100 }),
);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
});
afterAll(() => stage.close());

interface Texts {
  readonly reference: string;
  readonly description: string;
  readonly name: string;
}

/** A payment with these texts; null: one of them is none that can be taken, which is said. */
async function ask({ reference, description, name }: Texts, more: object = {}): Promise<string | null> {
  const customer = { ...ANA, name };
  const body = { amount: 550, currency: "EUR", reference, description, customer, ...more };
  const answer = await stage.api("POST", "/v1/payments", body);
  if (answer.status === 201) return answer.body.id;
  expect([answer.status, answer.body.type]).toEqual([400, "/problems/invalid_request"]);
  return null;
}

const done = async (path: string, status: number) => {
  const answer = await stage.api("POST", path);
  expect([answer.status, answer.body.failure ?? null], path).toEqual([status, null]);
  return answer.body;
};

/** One payment by each method, refunded, withdrawn, captured or given up. */
async function live(texts: Texts, mandate: string): Promise<void> {
  const byPhone = await ask(texts);
  if (byPhone === null) return;
  expect((await askPhone(stage, byPhone)).body).toMatchObject({ status: "pending", failure: null });
  await approve(stage);
  await stage.settle();
  expect(await done(`/v1/payments/${byPhone}/refunds`, 201)).toMatchObject({ status: "succeeded" });

  const byReference = (await ask(texts)) ?? "";
  expect((await askReference(stage, byReference)).body).toMatchObject({ status: "pending", failure: null });
  expect(await done(`/v1/payments/${byReference}/cancel`, 200)).toMatchObject({ status: "canceled" });

  for (const [end, status] of [
    ["capture", "paid"],
    ["cancel", "canceled"],
  ] as const) {
    // a name in which there is nothing to see is none, and a card needs one
    if (!isSeen(texts.name)) continue;
    const held = (await ask(texts, { capture: "manual", methods: ["card"] })) ?? "";
    expect((await payByCard(stage, held, "4111111111111111")).body).toMatchObject({
      status: "approved",
      failure: null,
    });
    expect(await done(`/v1/payments/${held}/${end}`, 200)).toMatchObject({ status });
  }

  const byMandate = (await ask(texts)) ?? "";
  const charged = await stage.api("POST", `/v1/payments/${byMandate}/attempts`, { method: "mandate", mandate });
  expect(charged.body).toMatchObject({ status: "approved", failure: null });
  expect(await read(stage, byMandate)).toMatchObject({ reference: texts.reference, status: "paid" });
}

describe("whatever a shop and its customers write", () => {
  it.each(TEXTS.map((text) => [text]))(
    "as %j, it is paid by every way, refunded, captured and given up",
    async (text) => {
      const mandate = await authorise(stage, newPhone(), { customer: { name: text.substring(0, 40).toWellFormed() } });
      await live({ reference: text, description: text, name: text }, mandate);
    },
  );

  it("be it anything at all", async () => {
    const mandate = await authorise(stage, newPhone());
    await fc.assert(
      fc.asyncProperty(fc.record({ reference: anyText, description: anyText, name: anyText }), (texts) =>
        live(texts, mandate),
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it("has no postcode where the country has none, and is paid by card all the same", async () => {
    const billingAddress = { street1: "Rua da Missão 1", city: "Luanda", country: "ao" };
    const address = await stage.api("POST", "/v1/payments", {
      amount: 550,
      currency: "EUR",
      reference: "r",
      customer: { ...ANA, billingAddress },
    });
    expect(address.body.customer.billingAddress).toMatchObject({ postcode: null, country: "AO" });
    const paid = await payByCard(stage, address.body.id, "4111111111111111");
    expect(paid.body).toMatchObject({ status: "approved", failure: null });
  });

  it("is sent to SIBS whole where it fits, and shown to the customer's phone so", async () => {
    const description = `${"ã".repeat(68)}😀`;
    const id = (await ask({ reference: "r", description, name: "Ana" })) ?? "";
    await askPhone(stage, id);
    const { body } = await stage.sandbox("GET", "/phones/351%23919999999");
    expect(body.waiting[0].description).toBe(description);
    await approve(stage);
    await stage.settle();
  });
});
