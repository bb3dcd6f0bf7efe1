import { describe, expect, it } from "vitest";
import { readSearch } from "./search.ts";

describe("the words of a search", () => {
  it.each([
    ["123 456 789", ["multibanco:123456789"]],
    ["123456789", ["multibanco:123456789"]],
    ["24000 123 456 789", ["multibanco:123456789"]],
    ["9999", ["last4:9999"]],
    ["**** 9999", ["last4:9999"]],
    ["Ana@Example.PT ", ["email:ana@example.pt"]],
    ["order-17", []],
    ["%", []],
    ["12345", []],
    // an amount has as many digits as a card's last, or a reference
    ["12.50", []],
    ["12 50.00", []],
    ["12.50 27-11-2026", []],
  ])("%s may mean %j", (text, terms) => {
    expect(readSearch(text)).toMatchObject({ words: text.trim(), terms });
  });

  it.each([
    ["12,50", 1250, null],
    ["12.50", 1250, null],
    ["12,50 €", 1250, null],
    ["12.50€", 1250, null],
    ["€ 12,50", 1250, null],
    ["12 EUR", 1200, null],
    ["12 euros", 1200, null],
    ["1 euro", 100, null],
    ["1.250,00", 125_000, null],
    ["1 250,00 €", 125_000, null],
    ["12,50 2026-11-27", 1250, "2026-11-27"],
    ["12.50 € 27/11/2026", 1250, "2026-11-27"],
    ["12 27-11-2026", 1200, "2026-11-27"],
    ["1,250.00", 125_000, null],
    ["€234,567.89", 23_456_789, null],
    ["1 250.00", 125_000, null],
    ["1\u00a0250,00\u00a0€", 125_000, null],
    ["27/11/2026 12,50 €", 1250, "2026-11-27"],
    ["2026-11-27 12", 1200, "2026-11-27"],
    ["12,50 1/2/2027", 1250, "2027-02-01"],
  ])("%s are an amount", (text, cents, day) => {
    expect(readSearch(text).amount).toEqual({ cents, day });
  });

  it.each([
    "12",
    "order 12,50",
    "12,5",
    "0,00",
    "12,50 2026-02-30",
    "2026-11-27",
    "12,50,00",
    "1,250",
    "12,50.00",
    "1.250,000.00",
    "12,50 2026-11-27 2026-11-28",
    "12,50 31/9/2026",
    "99999999999999999999,00",
    "90071992547409,91",
    "1.000.000.000,00",
  ])("%s are none", (text) => expect(readSearch(text).amount).toBeNull());
});
