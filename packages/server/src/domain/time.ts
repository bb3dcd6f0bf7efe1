/** A moment: milliseconds since 1970 in UTC. Plain data, so that a state can be stored and read back as it is. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The first of `start + offset` that lies after a moment; null when all have passed. Offsets in milliseconds,
 * ascending.
 */
export function firstAfter(start: Instant, offsets: readonly number[], after: Instant): Instant | null {
  for (const offset of offsets) if (start + offset > after) return start + offset;
  return null;
}

/** The first of `start`, `start + step`, `start + 2 × step`… that lies after a moment. */
export function nextBeat(start: Instant, step: number, after: Instant): Instant {
  return start > after ? start : start + (Math.floor((after - start) / step) + 1) * step;
}

/** Whole seconds until a moment; none once it has passed. */
export function secondsUntil(moment: Instant, now: Instant): number {
  return Math.max(0, Math.ceil((moment - now) / SECOND));
}

/** The earliest of some moments, leaving out those that are null. */
export function earliest(...moments: (Instant | null)[]): Instant | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
