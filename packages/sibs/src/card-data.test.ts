import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  brandName,
  type CardBrand,
  cardBrand,
  codeLengths,
  expiryText,
  groupCardNumber,
  groupExpiry,
  parseCardCode,
  parseCardholder,
  parseCardNumber,
  parseExpiry,
  passesLuhn,
  readExpiry,
} from "./card-data.ts";

// Numbers stand in titles by their kind, and in assertions as booleans: no card's number is printed, be it nobody's.

/** SIBS's published test cards and others that belong to nobody. */
const cards: readonly [kind: string, brand: CardBrand | null, number: string][] = [
  ["SIBS's Visa, challenge", "visa", "4176660000000100"],
  ["SIBS's Visa, outside 3-D Secure", "visa", "4761340000000035"],
  ["SIBS's Mastercard, challenge", "mastercard", "5185520050000010"],
  ["SIBS's Mastercard, frictionless", "mastercard", "5204740000001002"],
  ["SIBS's Mastercard, outside 3-D Secure", "mastercard", "5206361000001351"],
  ["SIBS's first Cartes Bancaires by Visa", "visa", "4970417809609823"],
  ["SIBS's first Cartes Bancaires by Mastercard", "mastercard", "5134148655197817"],
  ["SIBS's second Cartes Bancaires by Visa", "visa", "4010056200000018"],
  ["SIBS's second Cartes Bancaires by Mastercard", "mastercard", "5137210000000018"],
  ["gateway 3's example", "mastercard", "5236410030000927"],
  ["V2's example", "visa", "4111111111111111"],
  ["a Mastercard of the second range", "mastercard", "2223000048400011"],
  ["an American Express", "amex", "378282246310005"],
  ["a UnionPay", "unionpay", "6200000000000005"],
  ["a UnionPay whose check digit is wrong", "unionpay", "6200000000000006"],
  ["a UnionPay of nineteen digits", "unionpay", "6205500000000000004"],
  ["a Discover", null, "6011111111111117"],
  ["a Diners Club of fourteen digits", null, "30569309025904"],
  ["a Maestro of twelve digits", null, "501800000009"],
];

/** A number of a brand, with its check digit. */
function numberFrom(prefix: string, length: number, filling: string): string {
  const body = (prefix + filling).slice(0, length - 1);
  const digit = [..."0123456789"].find((candidate) => passesLuhn(body + candidate)) ?? "";
  return body + digit;
}

const digitsOf = (length: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length });
const visa = digitsOf(16).map((filling) => numberFrom("4", 16, filling));

describe("a card's number", () => {
  it.each(cards)("is taken, with its brand: %s", (_, brand, number) => {
    const parsed = parseCardNumber(number);
    expect(parsed.ok && parsed.digits === number).toBe(true);
    expect(parsed.ok && parsed.brand).toBe(brand);
  });

  it.each([
    ["spaces", "4176 6600 0000 0100"],
    ["dashes", "4176-6600-0000-0100"],
    ["long dashes", "4176–6600—0000‑0100"],
    ["dots", "4176.6600.0000.0100"],
    [
      "what copying adds: no-break and zero-width spaces, a line's end",
      "\u200b4176\u00a06600\u202f0000 0100\ufeff\r\n",
    ],
  ])("is read as people paste it: with %s", (_, text) => {
    const parsed = parseCardNumber(text);
    expect(parsed.ok && parsed.digits === "4176660000000100").toBe(true);
  });

  it.each([
    ["nothing", "", "empty"],
    ["spaces alone", " \u00a0", "empty"],
    ["letters", "4176 66OO 0000 0100", "not_digits"],
    ["an e-mail address", "ana@example.pt", "not_digits"],
    ["a masked number", "417666******0100", "not_digits"],
    ["digits of another script", "٤١٧٦٦٦٠٠٠٠٠٠٠١٠٠", "not_digits"],
    ["one digit too few", "417666000000010", "too_short"],
    ["seventeen digits, which no Visa has", "41766600000001000", "too_short"],
    ["twenty digits", "41766600000001000000", "too_long"],
    ["a Mastercard of seventeen digits", "51855200500000100", "too_long"],
    ["an American Express of sixteen digits", "3782822463100050", "too_long"],
    ["eleven digits of no known brand", "60111111111", "too_short"],
    ["twenty digits of no known brand", "60111111111111111111", "too_long"],
    ["a wrong check digit", "4176660000000101", "luhn"],
    ["two digits exchanged", "4716660000000100", "luhn"],
    ["zeros", "0000000000000000", "luhn"],
  ])("is refused with a reason: %s", (_, text, reason) => {
    expect(parseCardNumber(text)).toEqual({ ok: false, reason });
  });

  it("with any one digit wrong is refused", () => {
    const oneWrong = fc.tuple(visa, fc.nat(15), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(oneWrong, ([number, at, by]) => {
        const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        return passesLuhn(number) && !passesLuhn(wrong);
      }),
    );
  });

  it("is read back as it is grouped, and no digit typed on the way is lost", () => {
    fc.assert(
      fc.property(visa, fc.nat(16), (number, length) => {
        const parsed = parseCardNumber(groupCardNumber(number));
        const halfTyped = groupCardNumber(groupCardNumber(number.slice(0, length)));
        return parsed.ok && parsed.digits === number && halfTyped.replaceAll(" ", "") === number.slice(0, length);
      }),
    );
  });

  it.each([
    ["fours", "4176660000000100", [4, 4, 4, 4]],
    ["nineteen digits", "6205500000000000004", [4, 4, 4, 4, 3]],
    ["American Express's own way", "378282246310005", [4, 6, 5]],
    ["one half typed", "37828224", [4, 4]],
    ["more digits than there can be", "417666000000010099999999", [4, 4, 4, 4, 4, 4]],
    ["nothing", "", []],
  ])("is grouped as on the card: %s", (_, number, lengths) => {
    const groups = groupCardNumber(number).split(" ").filter(Boolean);
    expect(groups.map((group) => group.length)).toEqual(lengths);
  });
});

describe("a brand", () => {
  it.each([
    ["4", "visa"],
    ["5", null],
    ["50", null],
    ["51", "mastercard"],
    ["55", "mastercard"],
    ["56", null],
    ["2", null],
    ["22", null],
    ["2220", null],
    ["2221", "mastercard"],
    ["23", "mastercard"],
    ["27", null],
    ["2720", "mastercard"],
    ["2721", null],
    ["3", null],
    ["34", "amex"],
    ["35", null],
    ["37", "amex"],
    ["6", null],
    ["62", "unionpay"],
    ["81", null],
    ["810", "unionpay"],
    ["8171", "unionpay"],
    ["8172", null],
    ["", null],
    ["x4", null],
  ])("is told as soon as the first digits leave no other: %j is %s", (typed, brand) => {
    expect(cardBrand(typed)).toBe(brand);
  });

  it("is told of a masked number, and of one with spaces", () => {
    expect(cardBrand("401200******1112")).toBe("visa");
    expect(cardBrand("3 4")).toBe("amex");
  });

  it("has its owner's name, and the length of its code", () => {
    const brands: CardBrand[] = ["visa", "mastercard", "amex", "unionpay"];
    expect(brands.map(brandName)).toEqual(["Visa", "Mastercard", "American Express", "UnionPay"]);
    expect([...brands, null].map(codeLengths)).toEqual([[3], [3], [4], [3], [3, 4]]);
  });
});

describe("a card's code", () => {
  it.each([
    ["three digits of a Visa", "visa", "012"],
    ["four of an American Express", "amex", " 0123 "],
    ["three of another brand", null, "012"],
    ["four of another brand", null, "0123"],
  ] as const)("is taken: %s", (_, brand, text) => {
    const parsed = parseCardCode(text, brand);
    expect(parsed.ok && parsed.code === text.trim()).toBe(true);
  });

  it.each([
    ["nothing", "visa", " ", "empty"],
    ["a letter", "visa", "12a", "not_digits"],
    ["two digits", "visa", "12", "too_short"],
    ["four digits of a Visa", "visa", "1234", "too_long"],
    ["three digits of an American Express", "amex", "123", "too_short"],
    ["two digits of another brand", null, "12", "too_short"],
    ["five digits of another brand", null, "12345", "too_long"],
  ] as const)("is refused with a reason: %s", (_, brand, text, reason) => {
    expect(parseCardCode(text, brand)).toEqual({ ok: false, reason });
  });
});

describe("an expiry date", () => {
  it.each([
    "12/28",
    "12 / 28",
    "12-28",
    "12–28",
    "1228",
    "12/2028",
    "122028",
    "2028-12",
    "2028/12",
    "2028-12-31",
    "2028-12-31T00:00:00.000Z",
  ])("is read: %s", (text) => {
    expect(readExpiry(text)).toEqual({ month: 12, year: 2028 });
  });

  it.each([
    "",
    "12",
    "128",
    "1/2/28",
    "13/28",
    "00/28",
    "0/28",
    "12/128",
    "12/1999",
    "12//28",
    "2028-13",
    "December 28",
  ])("is none: %j", (text) => {
    expect(readExpiry(text)).toBeNull();
  });

  it("is read back as it is printed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2000, max: 2099 }), (month, year) => {
        expect(readExpiry(expiryText({ month, year }))).toEqual({ month, year });
      }),
    );
  });

  it("is over when its last day has ended everywhere on earth, and not before", () => {
    const at = (now: string) => parseExpiry("11/26", new Date(now));
    expect(at("2026-11-30T23:59:59Z")).toEqual({ ok: true, expiry: { month: 11, year: 2026 } });
    expect(at("2026-12-01T11:59:59Z").ok).toBe(true);
    expect(at("2026-12-01T12:00:00Z")).toEqual({ ok: false, reason: "expired" });
    expect(parseExpiry("12/99", new Date("2026-11-22T12:00:00Z")).ok).toBe(true);
  });

  it("is refused with a reason when it is empty or none", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(parseExpiry(" ", now)).toEqual({ ok: false, reason: "empty" });
    expect(parseExpiry("13/28", now)).toEqual({ ok: false, reason: "not_a_date" });
  });

  it.each([
    ["", ""],
    ["1", "1"],
    ["2", "02"],
    ["5", "05"],
    ["1/", "01/"],
    ["12", "12"],
    ["12/", "12/"],
    ["122", "12/2"],
    ["1228", "12/28"],
    ["12 / 28", "12/28"],
    ["5/28", "05/28"],
    ["12/2028", "12/2028"],
    ["2028-12", "12/28"],
    ["x", ""],
  ])("gets its slash while it is typed: %j becomes %j", (typed, shown) => {
    expect(groupExpiry(typed)).toBe(shown);
  });

  it("that has its slash is left as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789/"), maxLength: 8 }), (typed) => {
        const once = groupExpiry(typed);
        expect(groupExpiry(once)).toBe(once);
      }),
    );
  });
});

describe("a holder's name", () => {
  it.each([
    ["  Jane   Doe\n", "Jane Doe"],
    ["João d'Ávila-Sá", "João d'Ávila-Sá"],
    ["Oficina 2000, Lda.", "Oficina 2000, Lda."],
    ["x".repeat(45), "x".repeat(45)],
  ])("is taken: %j", (text, name) => {
    expect(parseCardholder(text)).toEqual({ ok: true, name });
  });

  it.each([
    ["nothing", " ", "empty"],
    ["46 letters", "x".repeat(46), "too_long"],
    ["a card's number in the wrong field", "4176 6600 0000 0100", "not_a_name"],
  ])("is refused with a reason: %s", (_, text, reason) => {
    expect(parseCardholder(text)).toEqual({ ok: false, reason });
  });
});
