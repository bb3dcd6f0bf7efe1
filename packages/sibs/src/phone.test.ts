import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { formatPhone, maskPhone, type Phone, parsePhone } from "./phone.ts";

/** The phone of a text that must be one. */
function phone(text: string): Phone {
  const parsed = parsePhone(text);
  if (!parsed.ok) throw new Error(`refused as ${parsed.reason}`);
  return parsed.phone;
}

describe("parsePhone", () => {
  it.each([
    "919999999",
    "919 999 999",
    " 91 999 99 99 ",
    "91-999-99-99",
    "919.999.999",
    "+351 919999999",
    "+351-919-999-999",
    "(+351) 919 999 999",
    "00351919999999",
    "00 351 919 999 999",
    "351919999999",
    "351#919999999",
    "+351#919999999",
    "\u202a+351 919\u00a0999\u00a0999\u202c",
  ])("reads %j", (text) => {
    expect(phone(text)).toBe("351#919999999");
  });

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["nine", "not_digits"],
    ["91999999x", "not_digits"],
    ["+", "not_digits"],
    ["#919999999", "not_digits"],
    ["٩١٩٩٩٩٩٩٩", "not_digits"],
    ["+34 612 345 678", "foreign"],
    ["0044 7911 123456", "foreign"],
    ["34#612345678", "foreign"],
    ["+35", "too_short"],
    ["00", "too_short"],
    ["+351", "too_short"],
    ["91999999", "too_short"],
    ["351#91999999", "too_short"],
    ["9199999999", "too_long"],
    ["+351 9199 999 999", "too_long"],
    ["219999999", "not_mobile"],
    ["351#300123456", "not_mobile"],
    ["949999999", "not_mobile"],
    ["800 200 300", "not_mobile"],
  ])("refuses %j as %s", (text, reason) => {
    expect(parsePhone(text)).toEqual({ ok: false, reason });
  });

  it("agrees with libphonenumber about which nine digits beginning with 9 are a mobile number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 900_000_000, max: 999_999_999 }), (digits) => {
        const oracle = parsePhoneNumberFromString(`+351${digits}`);
        const isMobile = oracle?.isValid() === true && oracle.getType() === "MOBILE";
        expect(parsePhone(String(digits)).ok).toBe(isMobile);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes no number that libphonenumber does not call a Portuguese mobile number, however it is typed", () => {
    const typed = fc.string({ unit: fc.constantFrom(..."0123456789+#() -."), maxLength: 18 });
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parsePhone(text);
        if (!parsed.ok) return;
        const oracle = parsePhoneNumberFromString(parsed.phone.replace("351#", "+351"));
        expect([oracle?.country, oracle?.getType()]).toEqual(["PT", "MOBILE"]);
      }),
      { numRuns: 5000 },
    );
  });

  it("reads back what it prints", () => {
    fc.assert(
      fc.property(fc.integer({ min: 910_000_000, max: 939_999_999 }), (digits) => {
        const known = phone(String(digits));
        expect(phone(known)).toBe(known);
        expect(phone(formatPhone(known))).toBe(known);
      }),
    );
  });
});

describe("printing a phone", () => {
  it("masks all but the last four digits", () => {
    expect(maskPhone(phone("912349999"))).toBe("351#*****9999");
  });

  it("sets nine digits in threes", () => {
    expect(formatPhone(phone("351#919999999"))).toBe("919 999 999");
  });
});
