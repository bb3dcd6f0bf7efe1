/** Date and time as SIBS and its callers write them: `Z`, an offset, or no zone; none to nine fractional digits. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Reads a moment in every form met in production; digits beyond milliseconds are dropped, no zone means Lisbon time (inferred).
 * Answers `null` when it is none.
 */
export function parseTimestamp(text: unknown): Date | null {
  const match = typeof text === "string" ? TIMESTAMP.exec(text) : null;
  if (match === null) return null;
  const [, day = "", time = "", fraction = "", zone] = match;
  const local = `${day}T${time.padEnd(8, ":00")}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const moment = new Date(local + (zone === undefined ? "Z" : zone.replace(/(\d\d)(\d\d)$/, "$1:$2")));
  if (Number.isNaN(moment.getTime()) || !isOfCalendar(local)) return null;
  return zone === undefined ? new Date(moment.getTime() - lisbonOffsetMs(moment)) : moment;
}

/** 31 November and 24:00 roll over into another moment. */
function isOfCalendar(local: string): boolean {
  return new Date(`${local}Z`).toISOString() === `${local}Z`;
}

/** How far Lisbon's clock, showing this time of day, is ahead of UTC: an hour in summer, from the last Sunday of March to that of October, 01:00 UTC. */
function lisbonOffsetMs(local: Date): number {
  const year = local.getUTCFullYear();
  const isSummer = local.getTime() >= lastSunday(year, 2) && local.getTime() < lastSunday(year, 9);
  return isSummer ? 3_600_000 : 0;
}

/** 01:00 UTC on the last Sunday of a month (counted from 0) that has 31 days. */
function lastSunday(year: number, month: number): number {
  return Date.UTC(year, month, 31 - new Date(Date.UTC(year, month, 31)).getUTCDay(), 1);
}
