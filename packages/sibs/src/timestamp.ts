/** Date and time as SIBS and its callers write them: `Z`, an offset, or no zone; none to nine fractional digits. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

const HOUR_MS = 3_600_000;

/**
 * Reads a moment in every form met in production; digits beyond milliseconds are dropped, no zone means Lisbon time
 * (inferred). Answers `null` when it is none.
 */
export function parseTimestamp(text: unknown): Date | null {
  const match = typeof text === "string" ? TIMESTAMP.exec(text) : null;
  if (match === null) return null;
  const [, day = "", time = "", fraction = "", zone] = match;
  const local = `${day}T${time.padEnd(8, ":00")}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const moment = new Date(local + (zone === undefined ? "Z" : zone.replace(/(\d\d)(\d\d)$/, "$1:$2")));
  if (Number.isNaN(moment.getTime()) || !isOfCalendar(local)) return null;
  return zone === undefined ? ofLisbon(moment.getTime()) : moment;
}

/** 31 November and 24:00 roll over into another moment. */
function isOfCalendar(local: string): boolean {
  return new Date(`${local}Z`).toISOString() === `${local}Z`;
}

/**
 * The moment at which Lisbon's clocks show a time of day, given as if it were UTC. Of the hour that autumn has twice it
 * is the first; the one that spring leaves out is an hour later: as Temporal has it.
 */
function ofLisbon(shown: number): Date {
  const inSummer = shown - HOUR_MS;
  return new Date(isSummer(inSummer) ? inSummer : shown);
}

/** Summer time is from the last Sunday of March to that of October, both at 01:00 UTC (Directive 2000/84/EC). */
function isSummer(moment: number): boolean {
  const year = new Date(moment).getUTCFullYear();
  return moment >= lastSunday(year, 2) && moment < lastSunday(year, 9);
}

/** 01:00 UTC on the last Sunday of a month (counted from 0) that has 31 days. */
function lastSunday(year: number, month: number): number {
  return Date.UTC(year, month, 31 - new Date(Date.UTC(year, month, 31)).getUTCDay(), 1);
}
