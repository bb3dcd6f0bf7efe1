import { parseTimestamp } from "@caravela/sibs";

/**
 * Reads a timestamp of a request; null when it is none. No zone means Lisbon time (inferred; met in production,
 * reference §18). SIBS writes some that no caller was seen to send: with a space for the `T`, or with a fraction of a
 * minute.
 */
export function readTimestamp(text: string): Date | null {
  return /^.{10} |^.{16}\./.test(text) ? null : parseTimestamp(text);
}

/** The moment of a timestamp that was found to be one. @throws RangeError when it is none */
export function momentOf(text: string): Date {
  const moment = readTimestamp(text);
  if (moment === null) throw new RangeError("not a date and time of ISO 8601");
  return moment;
}
