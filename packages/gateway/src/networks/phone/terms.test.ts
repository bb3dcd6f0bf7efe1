import { cents, eurosText } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { euros } from "../../../../web/src/parts/euros.ts";
import { readTerms } from "./terms.ts";

const TODAY = "2026-11-22";

it("takes nothing for not set", () => {
  expect(readTerms({}, TODAY)).toEqual({ ok: true, terms: { limit: null, validUntil: null } });
});

it("reads every limit above zero, however it is typed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (limit) => {
      const text = eurosText(cents(limit));
      for (const typed of [
        text,
        text.replace(".", ","),
        `${text} €`,
        ` ${text}`,
        euros(cents(limit), "pt"),
        euros(cents(limit), "en"),
      ]) {
        expect(readTerms({ limit: typed }, TODAY)).toEqual({ ok: true, terms: { limit, validUntil: null } });
      }
    }),
  );
  expect(readTerms({ limit: 50.5 }, TODAY)).toMatchObject({ terms: { limit: 5_050 } });
});

it.each(["0", "0.00", 0, "-0.01", "-5", -5])("refuses %j: not above zero", (limit) => {
  expect(readTerms({ limit }, TODAY)).toEqual({ ok: false, problems: { limit: "not_above_zero", validUntil: null } });
});

it.each(["", "abc", "1e3", "5.0001", 5.001, "1.00,00", 1e-7, 1e21, "-", "٥"])("refuses %j: no amount", (limit) => {
  expect(readTerms({ limit }, TODAY)).toEqual({ ok: false, problems: { limit: "not_an_amount", validUntil: null } });
});

it.each([
  [TODAY, TODAY],
  ["2027-12-31", "2027-12-31"],
  ["2028-02-29", "2028-02-29"],
  ["2027-12-31T23:59:59.000+01:00", "2027-12-31"],
])("reads %j as the day %s", (validUntil, day) => {
  expect(readTerms({ validUntil }, TODAY)).toEqual({ ok: true, terms: { limit: null, validUntil: day } });
});

it.each(["2026-11-21", "2026-11-21T23:59:59Z", "1999-01-01"])("refuses %j: past", (validUntil) => {
  expect(readTerms({ validUntil }, TODAY)).toEqual({ ok: false, problems: { limit: null, validUntil: "past" } });
});

it.each(["", "tomorrow", "2027-02-30", "2027-13-01", "31/12/2027", "12027-01-01", "2027-12-311", "2027-12"])(
  "refuses %j: no day",
  (validUntil) => {
    expect(readTerms({ validUntil }, TODAY)).toEqual({
      ok: false,
      problems: { limit: null, validUntil: "not_a_date" },
    });
  },
);

it("says of both fields at once what is wrong", () => {
  expect(readTerms({ limit: "0", validUntil: "2026-01-01" }, TODAY)).toEqual({
    ok: false,
    problems: { limit: "not_above_zero", validUntil: "past" },
  });
});
