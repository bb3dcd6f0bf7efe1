import { expect, it } from "vitest";
import { type Consent, given } from "./consent.ts";

const asked: Consent = {
  type: "SUBSCRIPTION",
  customerName: "Jane Doe",
  status: "PEND",
  limit: null,
  validUntil: null,
  collected: null,
};

it.each([
  ["2026-11-22T10:00:00Z", "2027-11-22"],
  ["2028-02-29T12:00:00Z", "2029-02-28"],
  ["2027-02-28T12:00:00Z", "2028-02-28"],
  ["2027-06-30T23:30:00Z", "2028-07-01"],
])("a consent given at %s without an end is good until %s, by the calendar of Lisbon", (at, validUntil) => {
  expect(given(asked, new Date(at)).validUntil).toBe(validUntil);
});
