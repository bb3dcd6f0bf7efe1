import { inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { Card, type CardInput, cardInfoOf } from "./card.ts";
import { testCard } from "./testing/clients.ts";

const now = new Date("2026-11-22T12:00:00Z");
const number = "4176660000000100";
const code = "597";
const typed: CardInput = { number: "4176 6600 0000 0100", expiry: "12/28", code, name: " Jane  Doe" };

/** Whether a text tells anything of the card that is not to be known. */
function tells(text: string): boolean {
  return [number, code, "4176 6600 0000 0100", "Jane", btoa(number)].some((secret) => text.includes(secret));
}

describe("reading a card", () => {
  it("keeps what SIBS wants of it", () => {
    const card = testCard(typed);
    const info = cardInfoOf(card);
    expect(info.PAN === number && info.secureCode === code).toBe(true);
    expect([info.validationDate, info.cardholderName]).toEqual(["2028-12-31T00:00:00.000Z", "Jane Doe"]);
    expect(cardInfoOf(testCard({ expiry: "02/28" })).validationDate).toBe("2028-02-29T00:00:00.000Z");
  });

  it("tells what may be shown: brand, first six, last four, expiry", () => {
    const { brand, firstSix, lastFour, expiry } = testCard(typed);
    expect({ brand, firstSix, lastFour, expiry }).toEqual({
      brand: "visa",
      firstSix: "417666",
      lastFour: "0100",
      expiry: { month: 12, year: 2028 },
    });
  });

  it.each([
    ["numbers", { month: 12, year: 2028 }],
    ["texts", { month: "12", year: "28" }],
    ["a single digit", { month: 12, year: "2028" }],
  ])("takes month and year apart, as %s", (_, parts) => {
    const parsed = Card.parse({ ...typed, expiry: undefined, ...parts }, now);
    expect(parsed.ok && parsed.card.expiry).toEqual({ month: 12, year: 2028 });
  });

  it("takes a card of a brand that it does not know", () => {
    expect(testCard({ number: "6011111111111117" }).brand).toBeNull();
  });

  it("says of each field what is wrong with it, and nothing of those that are right", () => {
    expect(Card.parse({}, now)).toEqual({
      ok: false,
      reasons: { number: "empty", expiry: "empty", code: "empty", name: "empty" },
    });
    expect(Card.parse({ ...typed, number: "4176660000000101" }, now)).toEqual({
      ok: false,
      reasons: { number: "luhn" },
    });
    expect(Card.parse({ ...typed, expiry: "10/26" }, now)).toEqual({ ok: false, reasons: { expiry: "expired" } });
    expect(Card.parse({ ...typed, expiry: undefined, month: 12 }, now)).toEqual({
      ok: false,
      reasons: { expiry: "not_a_date" },
    });
    expect(Card.parse({ ...typed, name: number }, now)).toEqual({ ok: false, reasons: { name: "not_a_name" } });
  });

  it("wants the code that the number's brand has, even when the number is wrong", () => {
    const amex = { ...typed, number: "3782 822463 10004" };
    expect(Card.parse({ ...amex, code: "123" }, now)).toEqual({
      ok: false,
      reasons: { number: "luhn", code: "too_short" },
    });
    expect(Card.parse({ ...typed, code: "1234" }, now)).toEqual({ ok: false, reasons: { code: "too_long" } });
  });
});

describe("a card", () => {
  const card = testCard(typed);
  const holder = { attempt: "att_1", card };

  it("prints as [card], whatever prints it", () => {
    const texts = [
      `${card}`,
      String(card),
      card.toString(),
      inspect(card),
      JSON.parse(JSON.stringify(card)),
      new Error(String(card)).message,
    ];
    expect(new Set(texts)).toEqual(new Set(["[card]"]));
    expect(JSON.stringify(holder)).toBe('{"attempt":"att_1","card":"[card]"}');
    expect(inspect(holder)).toBe("{ attempt: 'att_1', card: [card] }");
  });

  it("tells nothing to a printer that heeds none of this, nor as the cause or a member of an error", () => {
    const shown = [
      inspect(card, { customInspect: false, showHidden: true, depth: null, getters: false }),
      inspect(new Error("declined", { cause: card })),
      inspect(Object.assign(new Error("declined"), { card })),
      JSON.stringify([...Object.entries(card), ...Reflect.ownKeys(card)]),
    ];
    expect(shown.some(tells)).toBe(false);
    expect(tells(`charged ${number}`)).toBe(true);
  });

  it("leaves nothing of itself in a structured clone, a spread or a worker's message", () => {
    expect([structuredClone(card), { ...card }, deserialize(serialize(card)), structuredClone(holder).card]).toEqual([
      {},
      {},
      {},
      {},
    ]);
  });

  it("cannot be made up: only one that was parsed is opened", () => {
    const forged = Object.create(Card.prototype, { firstSix: { value: "417666" } });
    expect(() => cardInfoOf(forged)).toThrow(/Card\.parse/);
  });

  it("hands out its expiry as a copy", () => {
    Object.assign(card.expiry, { year: 1999 });
    expect(card.expiry).toEqual({ month: 12, year: 2028 });
  });
});
