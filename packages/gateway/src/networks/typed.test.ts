import { type Cents, cents, eurosText } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { euros } from "../../../web/src/parts/euros.ts";
import { inThrees } from "../../../web/src/parts/in-threes.ts";
import { readTypedDigits, readTypedEuros } from "./typed.ts";

/** Every way in which a page, a slip, an answer or a copy of ours writes an amount. */
const printed: readonly ((amount: Cents) => string)[] = [
  (amount) => euros(amount, "pt"),
  (amount) => euros(amount, "en"),
  eurosText,
  (amount) => eurosText(amount).replace(".", ","),
  (amount) => `${eurosText(amount)} EUR`,
  (amount) => String(Number(eurosText(amount))),
];

/** And what people, phones and clipboards make of it. */
const retyped: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => ` ${text}\n`,
  (text) => text.replaceAll("\u00a0", " "),
  (text) => text.replaceAll("\u00a0", "\u202f"),
  (text) => text.replaceAll("\u00a0", ""),
  (text) => text.replace("€", "").trim(),
  (text) => text.replace("€", "€ "),
];

describe("an amount", () => {
  it("is read as it was printed, in both languages, whoever types it (property)", () => {
    const amounts = fc.integer({ min: 0, max: 99_999_999_999 }).map(cents);
    fc.assert(
      fc.property(amounts, fc.constantFrom(...printed), fc.constantFrom(...retyped), (amount, print, type) => {
        expect(readTypedEuros(type(print(amount)))).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["€1,234.50", 123_450],
    ["1.234,50", 123_450],
    ["1.234,50 €", 123_450],
    ["1 234,50", 123_450],
    ["1234.5", 123_450],
    ["1234,5", 123_450],
    ["1,234.5", 123_450],
    ["1'234.50", 123_450],
    ["1’234,50", 123_450],
    ["EUR 1,234.50", 123_450],
    ["1234,50 euros", 123_450],
    ["1 euro", 100],
    ["1.234.567,89", 123_456_789],
    ["1,234,567.89", 123_456_789],
    ["1 234 567", 123_456_700],
    ["１２,５０", 1_250],
    ["5", 500],
    ["5,", 500],
    [",5", 50],
    ["0,05", 5],
    ["0012,50", 1_250],
    ["5.500000", 550],
    // three digits and one mark: groups of a thousand
    ["1.234", 123_400],
    ["1,234", 123_400],
    ["1.234.567", 123_456_700],
    ["12,500", 1_250_000],
    // unless there is no thousand to group
    ["0,500", 50],
    ["1234,500", 123_450],
  ])("%j is %i cents", (typed, amount) => {
    expect(readTypedEuros(typed)).toBe(amount);
  });

  it.each([
    "",
    " ",
    "€",
    ".",
    ",",
    "-5",
    "5-",
    "many",
    "1e3",
    "0x10",
    "5 50",
    "12 34,50",
    "1.23.4",
    "1,23,4.5",
    "1.234.50",
    "1,234,50",
    "1.234 567",
    "1.234.567.",
    "1 234.567",
    "5.001€x",
    "1234,567",
    "5,50,",
    "5..5",
    "5 $",
    "٥",
    "9".repeat(12),
    "1".repeat(60_000),
    " ".repeat(60_000),
  ])("%j is none", (typed) => {
    expect(readTypedEuros(typed)).toBeNull();
  });
});

describe("an entity or a reference", () => {
  it.each([
    inThrees("256309828"),
    "256309828",
    "256.309.828",
    "256-309-828",
    "256–309–828",
    "256\u00a0309\u00a0828",
    " 25 63 09 828 ",
    "２５６３０９８２８",
  ])("%j is 256309828", (typed) => {
    expect(readTypedDigits(typed)).toBe("256309828");
  });

  it.each(["256 309 82a", "256+309828", "entity"])("%j has no nine digits", (typed) => {
    expect(readTypedDigits(typed)).not.toMatch(/^\d{9}$/);
  });
});
