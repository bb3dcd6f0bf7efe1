import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { euros } from "./euros.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

it.each([
  [0, "0,00 €", "€0.00"],
  [5, "0,05 €", "€0.05"],
  [550, "5,50 €", "€5.50"],
  [123_450, "1 234,50 €", "€1,234.50"],
  [99_999_999, "999 999,99 €", "€999,999.99"],
])("prints %i cents as %s and %s", (amount, pt, en) => {
  expect(plain(euros(cents(amount), "pt"))).toBe(pt);
  expect(euros(cents(amount), "en")).toBe(en);
});

it("never loses a cent of any amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom("pt", "en"), (amount, lang) => {
      expect(Number(euros(cents(amount), lang).replace(/\D/g, ""))).toBe(amount);
    }),
  );
});
