import { lisbonText } from "@caravela/platform/lisbon";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTimestamp } from "./timestamp.ts";

describe("a timestamp", () => {
  it("is read back from what is printed, in winter and in summer", () => {
    const moments = fc.date({
      min: new Date("1997-01-01T00:00:00Z"),
      max: new Date("2096-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readTimestamp(lisbonText(moment, "milliseconds"))).toEqual(moment);
        expect(readTimestamp(moment.toISOString())).toEqual(moment);
      }),
    );
  });

  it.each([
    ["2026-03-29T00:59:59", "2026-03-29T00:59:59.000Z"],
    ["2026-03-29T02:00:00", "2026-03-29T01:00:00.000Z"],
    ["2026-10-25T00:30:00", "2026-10-24T23:30:00.000Z"],
    ["2026-10-25T02:00:00", "2026-10-25T02:00:00.000Z"],
    ["2022-09-28T17:37:31.4095147+00:00", "2022-09-28T17:37:31.409Z"],
    ["2026-07-01T10:00:00-0530", "2026-07-01T15:30:00.000Z"],
    ["2026-11-22T10:00Z", "2026-11-22T10:00:00.000Z"],
    ["2026-07-01T10:00+01:00", "2026-07-01T09:00:00.000Z"],
    ["2026-07-01T10:00", "2026-07-01T09:00:00.000Z"],
  ])("%s is %s", (text, moment) => {
    expect(readTimestamp(text)?.toISOString()).toBe(moment);
  });

  it.each([
    "",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T24:00Z",
    "2026-02-30T00:00Z",
    "2026-01-01T10Z",
    "2026-01-01T10:00.5Z",
    "2026-01-01",
    "2026-01-01 10:00:00Z",
    "now",
  ])("is not %j", (text) => {
    expect(readTimestamp(text)).toBeNull();
  });
});
