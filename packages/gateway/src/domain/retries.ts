const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** SIBS's tiers: up to which retry count, and how long after the try before (reference 10.7). */
const TIERS = [
  { upTo: 4, everyMs: 5 * MINUTE },
  { upTo: 8, everyMs: HOUR },
  { upTo: 13, everyMs: 2 * HOUR },
  { upTo: 19, everyMs: 4 * HOUR },
  { upTo: 26, everyMs: 6 * HOUR },
  { upTo: 34, everyMs: 12 * HOUR },
  { upTo: 43, everyMs: 24 * HOUR },
] as const;

/**
 * When a notification that was not acknowledged is tried again; null when it is given up: no tier is left, or two
 * months have passed since the first try.
 * @param tries how often it was tried so far, at least once
 */
export function nextTry(tries: number, firstTryAt: Date, now: Date): Date | null {
  const tier = TIERS.find(({ upTo }) => tries - 1 <= upTo);
  if (tier === undefined) return null;
  const next = new Date(now.getTime() + tier.everyMs);
  return next <= twoMonthsAfter(firstTryAt) ? next : null;
}

function twoMonthsAfter(moment: Date): Date {
  const end = new Date(moment);
  end.setUTCMonth(end.getUTCMonth() + 2);
  return end;
}
