import type { DaySum, FailureCount, Health, ReferenceSum } from "../api/today.ts";

/** What the first screen of a day shows. What whoever looks may not see is null. */
export interface TodayView {
  /** The day in Lisbon that it is. */
  today: string;
  /** What was taken and given back, day by day, of the last fifteen days. */
  days: readonly DaySum[];
  /** References that are still to be paid, by the day on which they end. */
  references: readonly ReferenceSum[] | null;
  /** Why tries to pay ended without money in the last seven days. */
  failures: { readonly from: string; readonly counts: readonly FailureCount[] } | null;
  health: Health;
}
