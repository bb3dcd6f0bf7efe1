import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { euros, typedEuros } from "../../parts/euros.ts";
import { readAmount } from "./amounts.ts";

it.each([
  ["12", 1_200],
  ["12,5", 1_250],
  ["12.50", 1_250],
  [" 12,50 € ", 1_250],
  ["€12.50", 1_250],
  ["1.250,00", 125_000],
  ["1,250.00", 125_000],
  ["1 250,00", 125_000],
  ["1 250", 125_000],
  ["0,01", 1],
])("reads %s", (typed, amount) => {
  expect(readAmount(typed)).toBe(amount);
});

it.each([
  "",
  "0",
  "0,00",
  "-5",
  "12,345",
  "1.250",
  "1,250",
  "1.250.00",
  "12,50,00",
  "12 50",
  "1e3",
  "12,50 $",
  "٣",
  "999999999999",
])("does not guess what %s is", (typed) => {
  expect(readAmount(typed)).toBeNull();
});

it("reads whatever amount a page shows or puts into a field", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999 }),
      fc.constantFrom("pt" as const, "en" as const),
      (amount, lang) => {
        expect(readAmount(euros(cents(amount), lang))).toBe(amount);
        expect(readAmount(typedEuros(cents(amount), lang))).toBe(amount);
      },
    ),
  );
});
