import { Temporal } from "temporal-polyfill";

/**
 * Lisbon's clock and calendar, by the table of time zones that comes with Node. The one place of server and gateway
 * that reckons them.
 */
const LISBON = "Europe/Lisbon";

const HOUR_MS = 3_600_000;

/** So many answers are kept: more than all that is due looks for within minutes, and little memory. */
const REMEMBERED = 20_000;

/** A day of the calendar, `2026-12-01`. Two of them compare as texts do. */
export type CivilDate = string;

/** The first that both this calendar and PostgreSQL write so. */
export const FIRST_DAY: CivilDate = "0001-01-01";

/** Whether a text is a day that the calendar has: `2026-02-30` is none, nor is any of a year 0. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && dateOf(midnight) === text && text >= FIRST_DAY;
}

/** What day it is in Lisbon at a moment (in milliseconds since 1970, where it is a number). */
export function lisbonDate(at: Date | number): CivilDate {
  return dateInHour(Math.floor(Number(at) / HOUR_MS));
}

/** Lisbon is whole hours ahead of UTC, or none: its day does not change within one. */
const dateInHour = remembered((hour: number) =>
  inLisbon(hour * HOUR_MS)
    .toPlainDate()
    .toString(),
);

/**
 * The moment at which Lisbon's clocks show a full hour of a day, in milliseconds since 1970. Of the hour that autumn
 * has twice it is the first; the one that spring leaves out is an hour later.
 */
export function lisbonTime(date: CivilDate, hour: number): number {
  return timeOf(`${date}T${String(hour).padStart(2, "0")}`);
}

const timeOf = remembered(
  (shown: string) => Temporal.PlainDateTime.from(shown).toZonedDateTime(LISBON).epochMilliseconds,
);

/** The date so many days later, or earlier. Days have no zone: these two need no table. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR_MS);
}

/** The same day so many months later; where that month is too short, its last day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

function dateOf(utc: number): CivilDate {
  return new Date(utc).toISOString().slice(0, 10);
}

/** `2025-09-12T08:50:33.284+01:00`, and `Z` in winter; without milliseconds when they are not wanted. */
export function lisbonText(at: Date | number, precision: "milliseconds" | "seconds"): string {
  const fractionalSecondDigits = precision === "milliseconds" ? 3 : 0;
  return inLisbon(at)
    .toString({ timeZoneName: "never", fractionalSecondDigits })
    .replace(/\+00:00$/, "Z");
}

function inLisbon(at: Date | number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Number(at)).toZonedDateTimeISO(LISBON);
}

/**
 * Keeps what a function answered: Temporal takes ten to twenty microseconds, and a plan asks for the same days again
 * and again.
 */
function remembered<Asked, Answer>(ask: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new Map<Asked, Answer>();
  return (asked) => {
    const found = known.get(asked);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const answer = ask(asked);
    known.set(asked, answer);
    return answer;
  };
}
