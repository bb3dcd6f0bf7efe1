import { describe, expect, it } from "vitest";
import type { DaySum } from "../api/today.ts";
import { byMethod, byReason, dayByDay, daysBefore, growth, sumsOf } from "./figures.ts";

const line = (day: string, method: string, taken: number, refunded = 0, count = 1): DaySum => ({
  day,
  method,
  terminal: "600077",
  currency: "EUR",
  taken,
  refunded,
  held: 0,
  count,
});

const lines = [
  line("2026-11-28", "mbway", 1_000, 200, 2),
  { ...line("2026-11-28", "mbway", 500), terminal: "600078" },
  line("2026-11-28", "multibanco", 4_000),
  line("2026-11-21", "mbway", 3_000),
];

describe("what is added up for a day", () => {
  it("is all terminals together, and loses nothing", () => {
    expect(sumsOf(lines)).toEqual({ taken: 8_500, refunded: 200, count: 5 });
    expect(byMethod(lines, "2026-11-28")).toEqual([
      { method: "multibanco", sums: { taken: 4_000, refunded: 0, count: 1 } },
      { method: "mbway", sums: { taken: 1_500, refunded: 200, count: 3 } },
    ]);
  });

  it("has a place for days on which nothing moved, over the ends of months and years", () => {
    const days = dayByDay(lines, "2026-11-28", 8);
    expect(days.map(({ day }) => day)).toEqual([21, 22, 23, 24, 25, 26, 27, 28].map((day) => `2026-11-${day}`));
    expect(days.map(({ sums }) => sums.taken)).toEqual([3_000, 0, 0, 0, 0, 0, 0, 5_500]);
    expect(daysBefore("2027-01-03", 7)).toBe("2026-12-27");
    expect(daysBefore("2028-03-01", 1)).toBe("2028-02-29");
    // the clocks of Lisbon are put on and back in between
    expect(daysBefore("2026-10-26", 1)).toBe("2026-10-25");
    expect(daysBefore("2026-03-30", 1)).toBe("2026-03-29");
  });

  it("is compared in whole per cent, and with nothing not at all", () => {
    expect([growth(5_500, 3_000), growth(0, 3_000), growth(3_000, 3_000), growth(1, 0)]).toEqual([83, -100, 0, null]);
  });

  it("counts a reason once for all terminals, and each way to pay by itself", () => {
    const count = (method: string, terminal: string, count: number) => ({
      reason: "declined",
      method,
      terminal,
      count,
    });
    expect(byReason([count("card", "1", 2), count("mbway", "1", 4), count("card", "2", 3)])).toEqual([
      { reason: "declined", method: "card", count: 5 },
      { reason: "declined", method: "mbway", count: 4 },
    ]);
  });
});
