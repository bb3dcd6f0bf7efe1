import { DAY, HOUR, type Instant } from "../time.ts";

/** A day of the calendar, `2026-12-01`. Two of them compare as texts do. */
export type CivilDate = string;

/** At what hour of the day, in Lisbon, a plan charges. */
export const CHARGE_HOUR = 9;

/** Whether a text is a day that the calendar has: `2026-02-30` is none. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && dateOf(midnight) === text;
}

/** What day it is in Lisbon. */
export function lisbonDate(at: Instant): CivilDate {
  return dateOf(at + lisbonOffset(at));
}

/** The moment at which a plan charges on a date: nine o'clock in Lisbon, in summer time as in winter. */
export function chargeTime(date: CivilDate): Instant {
  return lisbonTime(date, CHARGE_HOUR);
}

/** The first moment of a day in Lisbon. */
export function startOfDay(date: CivilDate): Instant {
  return lisbonTime(date, 0);
}

/** The date so many days later, or earlier. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOf(utcMidnight(date) + days * DAY);
}

/** The same day so many months later; where that month is too short, its last day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

const utcMidnight = (date: CivilDate): Instant => Date.parse(`${date}T00:00:00Z`);

const dateOf = (utc: Instant): CivilDate => new Date(utc).toISOString().slice(0, 10);

/** The moment of a full hour in Lisbon, other than the one that summer time leaves out or has twice (01:00). */
function lisbonTime(date: CivilDate, hour: number): Instant {
  const winter = utcMidnight(date) + hour * HOUR;
  return winter - lisbonOffset(winter - HOUR);
}

/**
 * How far Lisbon is ahead of UTC: an hour from the last Sunday of March to the last Sunday of October, both at 01:00 UTC (Directive
 * 2000/84/EC). Reckoned here, so that a plan's dates depend on no table of time zones that a machine may have or not.
 */
function lisbonOffset(at: Instant): number {
  const year = new Date(at).getUTCFullYear();
  return at >= summerTimeChange(year, MARCH) && at < summerTimeChange(year, OCTOBER) ? HOUR : 0;
}

const MARCH = 2;
const OCTOBER = 9;

/** 01:00 UTC on the last Sunday of a month of 31 days. */
function summerTimeChange(year: number, month: number): Instant {
  const weekday = new Date(Date.UTC(year, month, 31)).getUTCDay();
  return Date.UTC(year, month, 31 - weekday, 1);
}
