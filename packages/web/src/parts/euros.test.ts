import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { PAGE_LANGS, TAGS } from "../lang.ts";
import { euros, typedEuros } from "./euros.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

it.each([
  [0, "0,00 €", "€0.00", "0,00 €"],
  [5, "0,05 €", "€0.05", "0,05 €"],
  [550, "5,50 €", "€5.50", "5,50 €"],
  [123_450, "1 234,50 €", "€1,234.50", "1234,50 €"],
  [1_234_550, "12 345,50 €", "€12,345.50", "12.345,50 €"],
  [99_999_999, "999 999,99 €", "€999,999.99", "999.999,99 €"],
])("prints %i cents as %s, %s and %s", (amount, pt, en, es) => {
  expect(plain(euros(cents(amount), "pt"))).toBe(pt);
  expect(euros(cents(amount), "en")).toBe(en);
  expect(plain(euros(cents(amount), "es"))).toBe(es);
  expect(plain(euros(cents(amount), "fr"))).toBe(pt);
});

it("writes what is typed with the mark that a language has before the cents", () => {
  expect(PAGE_LANGS.map((lang) => typedEuros(cents(123_450), lang))).toEqual([
    "1234,50",
    "1234.50",
    "1234,50",
    "1234,50",
  ]);
});

it("prints amounts as this Node does, where Portuguese groups four digits too, and breaks them nowhere", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(...PAGE_LANGS), (amount, lang) => {
      const printed = euros(cents(amount), lang);
      const format = { style: "currency", currency: "EUR", useGrouping: lang === "pt" ? "always" : "auto" } as const;
      expect(printed).toBe(new Intl.NumberFormat(TAGS[lang], format).format(amount / 100));
      expect(printed).not.toContain(" ");
    }),
  );
});

it("never loses a cent of any amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(...PAGE_LANGS), (amount, lang) => {
      expect(Number(euros(cents(amount), lang).replace(/\D/g, ""))).toBe(amount);
    }),
  );
});
