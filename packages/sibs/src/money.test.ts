import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cents, eurosNumber, eurosText, parseEuros } from "./money.ts";

const amounts = fc.integer({ min: 0, max: 99_999_999_999 });

describe("money", () => {
  it("reads back every amount it prints, as text and as number", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseEuros(eurosText(cents(amount)))).toBe(amount);
        expect(parseEuros(eurosNumber(cents(amount)))).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  it("prints text with two decimals, and a number with the fewest on the wire", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const digits = String(amount).padStart(3, "0");
        const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(eurosText(cents(amount))).toBe(text);
        expect(JSON.stringify(eurosNumber(cents(amount)))).toBe(text.replace(/\.?0{1,2}$/, ""));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [5.5, 550],
    ["5.50", 550],
    [2, 200],
    ["0.0", 0],
    ["0.01", 1],
    ["19.20", 1920],
    ["12.990", 1299],
    ["999999999.99", 99_999_999_999],
  ])("reads %j as SIBS sends it", (euros, expected) => {
    expect(parseEuros(euros)).toBe(expected);
  });

  it.each([
    "",
    "5,50",
    "1e3",
    "-1",
    "+1",
    "0.001",
    " 5",
    "5 ",
    ".5",
    "5.",
    "٥",
    "1000000000",
    "NaN",
    0.1 + 0.2,
    -1,
    Number.NaN,
    1e21,
    5.555,
  ])("refuses %j", (euros) => {
    expect(() => parseEuros(euros)).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 100_000_000_000])("takes no %j for cents", (value) => {
    expect(() => cents(value)).toThrow(RangeError);
  });

  it("refuses every text that is no plain decimal", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^\d{1,9}(\.\d{1,2}0*)?$/.test(text));
        expect(() => parseEuros(text)).toThrow(RangeError);
      }),
    );
  });
});
