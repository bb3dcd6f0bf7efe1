import type { DaySum, Health, TodayView } from "@caravela/web/dashboard";
import { renderToday } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { shellOf } from "./visitors.ts";

const sum = (day: string, method: string, taken: number, count: number, refunded = 0): DaySum => ({
  day,
  method,
  terminal: "600077",
  currency: "EUR",
  taken,
  refunded,
  held: 0,
  count,
});

/** The two weeks before 28 November 2026, a Saturday. */
const days: DaySum[] = [
  sum("2026-11-28", "mbway", 184_350, 41, 4_950),
  sum("2026-11-28", "card", 96_120, 18),
  sum("2026-11-28", "multibanco", 61_900, 9),
  ...[212, 264, 187, 201, 178, 156, 301, 289, 240, 0, 198, 205, 231, 266].map((euros, index) =>
    sum(`2026-11-${27 - index}`, "mbway", euros * 1_000, Math.round(euros / 4)),
  ),
];

const well: Health = {
  at: "2026-11-28T15:04:05Z",
  sibs: { calls: 412, refusedShare: 0.01, medianMs: 184, slowestMs: 2_310, spared: [] },
  lastNotification: { at: "2026-11-28T15:03:41Z", seconds: 24 },
  oldestDue: null,
  undelivered: { count: 0, oldest: null },
  inDoubt: { attempts: 0, operations: 0, mandates: 0 },
  stalled: [],
};

/** A good day. */
const goodDay: TodayView = {
  today: "2026-11-28",
  days,
  references: [
    { day: "2026-11-28", terminal: "600077", currency: "EUR", count: 4, amount: 23_790 },
    { day: "2026-11-29", terminal: "600077", currency: "EUR", count: 11, amount: 71_205 },
    { day: "2026-12-01", terminal: "600077", currency: "EUR", count: 1, amount: 1_250 },
  ],
  failures: {
    from: "2026-11-22",
    counts: [
      { reason: "not_answered", method: "mbway", terminal: "600077", count: 23 },
      { reason: "declined_by_customer", method: "mbway", terminal: "600077", count: 9 },
      { reason: "insufficient_funds", method: "card", terminal: "600077", count: 3 },
    ],
  },
  health: well,
};

/** The first morning, with nothing there, and SIBS silent. */
const badMorning: TodayView = {
  today: "2026-11-28",
  days: [],
  references: [],
  failures: { from: "2026-11-22", counts: [] },
  health: {
    ...well,
    sibs: {
      calls: 30,
      refusedShare: 0.6,
      medianMs: 9_800,
      slowestMs: 10_012,
      spared: [{ terminal: "600077", until: "2026-11-28T15:05:00Z" }],
    },
    lastNotification: null,
    oldestDue: { what: "payment", since: "2026-11-28T14:40:00Z", seconds: 1_445 },
    undelivered: { count: 17, oldest: "2026-11-28T11:00:00Z" },
    inDoubt: { attempts: 2, operations: 0, mandates: 0 },
    stalled: ["payments"],
  },
};

/** The screen of the day in its states. */
export const todayStates: Record<string, (lang: Lang) => string> = {
  today: (lang) => renderToday(shellOf(lang, "/dashboard/today"), goodDay),
  morning: (lang) => renderToday(shellOf(lang, "/dashboard/today", { tasks: null }), badMorning),
};
