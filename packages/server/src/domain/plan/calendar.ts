import { type CivilDate, lisbonTime } from "@caravela/platform/lisbon";
import type { Instant } from "../time.ts";

export { addDays, addMonths, type CivilDate, isCivilDate, lisbonDate } from "@caravela/platform/lisbon";

/** At what hour of the day, in Lisbon, a plan charges. */
export const CHARGE_HOUR = 9;

/** The moment at which a plan charges on a date: nine o'clock in Lisbon, in summer time as in winter. */
export function chargeTime(date: CivilDate): Instant {
  return lisbonTime(date, CHARGE_HOUR);
}

/** The first moment of a day in Lisbon. */
export function startOfDay(date: CivilDate): Instant {
  return lisbonTime(date, 0);
}
