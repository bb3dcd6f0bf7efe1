import { DAY, HOUR, type Instant, MINUTE } from "../time.ts";

/**
 * What SIBS's finding nothing by our own id has come to, of a call whose answer was lost. Nothing is known of how late
 * or how long that look-up sees: so finding nothing counts only while, within the same minute, it finds a call of the
 * same kind that was sent later and is known to have been done, and the transaction that ours was made on can be read.
 */
export interface Absence {
  /** How often it counted. */
  readonly count: number;
  readonly since: Instant;
  readonly lastAt: Instant;
}

/** How often nothing must be found before a call counts as never sent. */
const PROOF = 10;

/**
 * For how long nothing must be found: of an operation, and of a charge by the merchant, which its customer does not
 * watch.
 */
export const ABSENT_FOR = { operation: HOUR, charge: DAY } as const;

/** Within what time the look-ups must be made that count as one. */
export const SAME_MINUTE = MINUTE;

/** Whether finding nothing now would count: those that do are spread over the whole time. */
export function mayCount(absence: Absence | null, span: number, now: Instant): boolean {
  return absence === null || now >= nextCount(absence, span);
}

/** One more look-up that found nothing. */
export function countedOnce(absence: Absence | null, now: Instant): Absence {
  return { count: (absence?.count ?? 0) + 1, since: absence?.since ?? now, lastAt: now };
}

/** Whether nothing was found often and long enough: the call never arrived. */
export function isProof({ count, since, lastAt }: Absence, span: number): boolean {
  return count >= PROOF && lastAt - since >= span;
}

/**
 * When to look again so that it counts, once it has begun to; null: that moment has passed without counting, and the
 * usual schedule goes on.
 */
export function nextToCount(absence: Absence | null, span: number, after: Instant): Instant | null {
  if (absence === null) return null;
  const next = nextCount(absence, span);
  return next > after ? next : null;
}

function nextCount({ lastAt }: Absence, span: number): Instant {
  return lastAt + Math.ceil(span / (PROOF - 1));
}
