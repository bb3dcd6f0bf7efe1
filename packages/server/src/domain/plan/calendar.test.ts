import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../time.ts";
import { addDays, addMonths, chargeTime, isCivilDate, lisbonDate, startOfDay } from "./calendar.ts";

const FIRST = Date.parse("2000-01-01T00:00:00Z");
/** Every hour of a hundred years: summer time has changed by the same rule since 1996. */
const moment = fc.integer({ min: 0, max: 36_524 * 24 - 1 }).map((hour) => FIRST + hour * HOUR);
const date = moment.map(lisbonDate);

const inLisbon = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Lisbon",
  dateStyle: "short",
  timeStyle: "medium",
});

/** What a clock and a calendar in Lisbon show, by the machine's table of time zones: `2026-12-01 09:00:00`. */
function shownInLisbon(at: number): string {
  const parts = Object.fromEntries(inLisbon.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

const check = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) =>
  fc.assert(
    fc.property(arbitrary, (value) => void holds(value)),
    { numRuns: 5_000 },
  );

describe("Lisbon's calendar", () => {
  it("knows what day it is, in any hour of a hundred years", () => {
    check(moment, (at) => expect(lisbonDate(at)).toBe(shownInLisbon(at).slice(0, 10)));
  });

  it("charges when clocks in Lisbon show nine, and begins a day when they show midnight", () => {
    check(date, (day) => {
      expect(shownInLisbon(chargeTime(day))).toBe(`${day} 09:00:00`);
      expect(shownInLisbon(startOfDay(day))).toBe(`${day} 00:00:00`);
    });
  });

  it.each([
    ["the last hour before summer time", "2027-03-28T00:59:59Z", "2027-03-28 00:59:59"],
    ["the first moment of summer time", "2027-03-28T01:00:00Z", "2027-03-28 02:00:00"],
    ["the last hour of summer time", "2027-10-31T00:59:59Z", "2027-10-31 01:59:59"],
    ["the first moment of winter time", "2027-10-31T01:00:00Z", "2027-10-31 01:00:00"],
  ])("agrees with the machine's table about %s", (_, at, shown) => {
    expect(shownInLisbon(Date.parse(at))).toBe(shown);
    expect(lisbonDate(Date.parse(at))).toBe(shown.slice(0, 10));
  });

  it("has nine o'clock an hour earlier in UTC from the Sunday on which summer time begins to the one on which it ends", () => {
    const inUtc = (day: string) => new Date(chargeTime(day)).toISOString().slice(11, 16);
    expect(inUtc("2027-03-27")).toBe("09:00");
    expect(inUtc("2027-03-28")).toBe("08:00");
    expect(inUtc("2027-10-30")).toBe("08:00");
    expect(inUtc("2027-10-31")).toBe("09:00");
  });

  it("goes forth and back by days, over any change of time", () => {
    check(fc.tuple(date, fc.integer({ min: -4_000, max: 4_000 })), ([day, days]) => {
      expect(addDays(addDays(day, days), -days)).toBe(day);
      expect(Date.parse(addDays(day, days)) - Date.parse(day)).toBe(days * DAY);
    });
  });

  it("keeps the day of the month, or takes the month's last day where it has no such day", () => {
    check(fc.tuple(date, fc.integer({ min: 0, max: 600 })), ([day, months]) => {
      const later = addMonths(day, months);
      const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      expect(count(later) - count(day)).toBe(months);
      const isLastDay = addDays(later, 1).endsWith("-01");
      expect(later.slice(8) === day.slice(8) || (isLastDay && later.slice(8) < day.slice(8))).toBe(true);
    });
  });

  it.each([
    ["2026-12-31", 2, "2027-02-28"],
    ["2026-12-31", 3, "2027-03-31"],
    ["2027-12-31", 2, "2028-02-29"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2028-02-29", 48, "2032-02-29"],
    ["2026-08-31", 1, "2026-09-30"],
  ])("%s and %i months is %s", (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it("reads back every day that it can write", () => {
    check(date, (day) => expect(isCivilDate(day)).toBe(true));
  });

  it.each(["2027-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01", "2026-01-01T00:00:00Z", ""])(
    "refuses %j as a day",
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );
});
