/**
 * Time as SIBS writes and reads it: UTC with milliseconds in most answers, Lisbon time with its offset in backoffice answers and
 * notifications (captured, reference 8.2 and 10.4), and anything from minutes to nine decimals, with or without a zone, in requests.
 */

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

const LISBON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Lisbon",
  timeZoneName: "longOffset",
  year: "numeric",
});

/**
 * Reads a timestamp of a request; null when it is none. No zone means Lisbon time (inferred; met in production, reference §18).
 * What is finer than a millisecond is cut; seconds that are not written, as Java leaves them out on the full minute, are none.
 */
export function readTimestamp(text: string): Date | null {
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = "00", fraction = "", zone] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.slice(0, 3).padEnd(3, "0")),
  );
  // 31 November and 25:61 roll over into another moment: they are no time at all
  if (!new Date(local).toISOString().startsWith(`${text.slice(0, 16)}:${second}`)) return null;
  return new Date(local - (zone === undefined ? offsetOfLocal(local) : offsetOf(zone)) * 60_000);
}

/** The moment of a timestamp that was found to be one. @throws RangeError when it is none */
export function momentOf(text: string): Date {
  const moment = readTimestamp(text);
  if (moment === null) throw new RangeError("not a date and time of ISO 8601");
  return moment;
}

/** `2025-09-12T08:50:33.284+01:00`, and `Z` in winter; without milliseconds when they are not wanted, as in notifications. */
export function lisbonText(moment: Date, precision: "milliseconds" | "seconds"): string {
  const offset = lisbonOffset(moment.getTime());
  const local = new Date(moment.getTime() + offset * 60_000).toISOString();
  const digits = local.slice(0, precision === "milliseconds" ? 23 : 19);
  return offset === 0 ? `${digits}Z` : `${digits}+0${offset / 60}:00`;
}

/** Minutes that a zone is ahead of UTC. */
function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}

/** The offset of a Lisbon wall clock's reading; in the hour that autumn repeats, the earlier one. */
function offsetOfLocal(local: number): number {
  const summer = lisbonOffset(local - 3_600_000);
  return summer === 60 ? 60 : lisbonOffset(local);
}

/** Minutes that Lisbon is ahead of UTC at that moment: 0 or 60. */
function lisbonOffset(moment: number): number {
  return LISBON.format(moment).includes("+01") ? 60 : 0;
}
