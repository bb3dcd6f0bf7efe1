import { addDays, type CivilDate, lisbonTime } from "@caravela/platform/lisbon";
import type { Instant } from "./time.ts";

/** A stretch of time; null: without an end on that side. */
export interface Span {
  readonly from: Instant | null;
  /** The first moment that is no longer in it. */
  readonly before: Instant | null;
}

/** All of time. */
export const ALWAYS: Span = { from: null, before: null };

/** A whole day in Lisbon, of 23 or 25 hours where the clocks are put on or back. */
export function daySpan(day: CivilDate): Span {
  return { from: lisbonTime(day, 0), before: day === LAST_DAY ? null : lisbonTime(addDays(day, 1), 0) };
}

/** What many say who mean no end. */
const LAST_DAY: CivilDate = "9999-12-31";

/** Whether a span has an end. */
export function isBounded({ from, before }: Span): boolean {
  return from !== null || before !== null;
}
