import { parseTimestamp } from "@caravela/sibs";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { addMonths, isCivilDate, lisbonDate, lisbonText, lisbonTime } from "./lisbon.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** The change of time in autumn or in spring of a year. */
const changes = fc
  .integer({ min: 1997, max: 2096 })
  .chain((year) =>
    fc
      .constantFrom(2, 9)
      .map((month) => Date.UTC(year, month, 31 - new Date(Date.UTC(year, month, 31)).getUTCDay(), 1)),
  );

/** Any moment of a hundred years, every other one within two hours of a change of time. */
const moments = fc.oneof(
  fc.integer({ min: Date.UTC(1997, 0), max: Date.UTC(2096, 0) }),
  fc.tuple(changes, fc.integer({ min: -2 * HOUR, max: 2 * HOUR })).map(([change, ms]) => change + ms),
);

describe("Lisbon's time", () => {
  it("without a zone is read by the client as Temporal reads it, in the hour that autumn repeats and the one that spring lacks too", () => {
    fc.assert(
      fc.property(moments, (moment) => {
        // what a clock shows that never changes, so that hours which Lisbon has not, and has twice, are among them
        const shown = new Date(moment).toISOString().slice(0, -1);
        const read = Temporal.PlainDateTime.from(shown).toZonedDateTime("Europe/Lisbon").epochMilliseconds;
        expect(parseTimestamp(shown)?.getTime()).toBe(read);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["2026-10-25T00:59:59", "2026-10-24T23:59:59.000Z"],
    ["2026-10-25T01:30:00", "2026-10-25T00:30:00.000Z"],
    ["2026-10-25T02:00:00", "2026-10-25T02:00:00.000Z"],
    ["2026-03-29T01:30:00", "2026-03-29T01:30:00.000Z"],
    ["2026-03-29T02:00:00", "2026-03-29T01:00:00.000Z"],
  ])("%s is %s for the client", (shown, moment) => {
    expect(parseTimestamp(shown)?.toISOString()).toBe(moment);
  });

  it("is printed as the client reads it, and its day is the one printed", () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const text = lisbonText(moment, "milliseconds");
        expect(parseTimestamp(text)?.getTime()).toBe(moment);
        expect(text.startsWith(lisbonDate(new Date(moment)))).toBe(true);
      }),
    );
  });

  it("is printed with +01:00 in summer and Z in winter", () => {
    expect(lisbonText(new Date("2025-09-12T07:50:33.284Z"), "milliseconds")).toBe("2025-09-12T08:50:33.284+01:00");
    expect(lisbonText(new Date("2026-03-12T10:48:44.284Z"), "seconds")).toBe("2026-03-12T10:48:44Z");
  });

  it("shows a full hour at that moment, whatever the day", () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(0, 3, 9, 23), (moment, hour) => {
        const text = lisbonText(lisbonTime(lisbonDate(moment), hour), "seconds");
        expect(text.slice(0, 16)).toBe(`${lisbonDate(moment)}T${String(hour).padStart(2, "0")}:00`);
      }),
    );
  });
});

describe("a day", () => {
  it.each([
    "2026-02-30",
    "2026-13-01",
    "2027-02-29",
    "2026-1-1",
    "2026-01-01T00:00",
    "+002026-01-01",
    "0000-12-31",
    "",
  ])("that no calendar has is none: %j", (text) => {
    expect(isCivilDate(text)).toBe(false);
  });

  it("goes to the last one of a month that is too short", () => {
    expect(isCivilDate("2028-02-29")).toBe(true);
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
  });
});
