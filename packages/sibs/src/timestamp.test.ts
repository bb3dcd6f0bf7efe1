import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp } from "./timestamp.ts";

describe("parseTimestamp", () => {
  it.each([
    ["2023-11-09T10:31:44.989Z", "2023-11-09T10:31:44.989Z"],
    ["2022-09-28T17:37:31.4095147+00:00", "2022-09-28T17:37:31.409Z"],
    ["2025-09-12T07:50:33.050874763Z", "2025-09-12T07:50:33.050Z"],
    ["2025-09-12T08:50:33.284+01:00", "2025-09-12T07:50:33.284Z"],
    ["2025-09-12T08:50:33.284+0100", "2025-09-12T07:50:33.284Z"],
    ["2026-03-12T10:48:44Z", "2026-03-12T10:48:44.000Z"],
    ["2026-03-12T10:48Z", "2026-03-12T10:48:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(parseTimestamp(text)?.toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "2023-11-09", "2023-13-09T10:31:44Z", "2023-11-09T25:31:44Z", "20231109T103144Z"])(
    "answers null to %j",
    (text) => {
      expect(parseTimestamp(text)).toBeNull();
    },
  );

  it.each<unknown>([undefined, null, 5, {}, { toString: "none" }])("answers null to %j", (value) => {
    expect(parseTimestamp(value)).toBeNull();
  });

  it("takes a time without a zone for Lisbon's, in winter and in summer", () => {
    const lisbon = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Lisbon",
      dateStyle: "short",
      timeStyle: "medium",
    });
    const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (moment) => {
        const local = lisbon.format(moment);
        const read = parseTimestamp(local.replace(" ", "T"));
        expect(read === null ? null : lisbon.format(read)).toBe(local);
      }),
      { numRuns: 2000 },
    );
  });
});

it.each(["2026-11-31T10:00:00Z", "2027-02-29T10:00:00.000+01:00", "2026-11-30T24:00:00", "2026-11-30T23:59:60Z"])(
  "a moment that no calendar has is none: %s",
  (text) => {
    expect(parseTimestamp(text)).toBeNull();
  },
);
