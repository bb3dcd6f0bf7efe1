const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const GIVE_UP_AFTER = 3 * DAY;
const BACKOFF = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
/** A receiver may ask for patience; more than this would be to forget about it. */
const LONGEST_SPARED = DAY;

/** How long a receiver of events has for its answer, in milliseconds. */
export const ANSWER_LIMIT_MS = 15 * SECOND;

/** How it stands with an event that was not taken; all times in milliseconds. */
export interface NotTaken {
  /** How many tries there were before this one. */
  readonly triesBefore: number;
  /** How long ago the first one was. */
  readonly sinceFirst: number;
  /** For how long its receiver asks to be spared. */
  readonly sparedFor: number;
}

/** In how many milliseconds it is tried again. The last try is three days after the first; null: it is given up. */
export function untilNextTry({ triesBefore, sinceFirst, sparedFor }: NotTaken): number | null {
  const left = GIVE_UP_AFTER - sinceFirst;
  const wait = Math.max(BACKOFF[triesBefore] ?? BACKOFF.at(-1) ?? HOUR, sparedFor);
  return left <= 0 ? null : Math.min(wait, left);
}

/**
 * For how long an answer asks to be spared (RFC 9110, section 10.2.3: seconds or a date), in milliseconds; 0 when it
 * does not ask, or not in words that can be read. Only 429 and 503 ask.
 */
export function sparedFor(
  { status, retryAfter }: { readonly status: number; readonly retryAfter: string | null },
  now: Date,
): number {
  if (status !== 429 && status !== 503) return 0;
  const asked = retryAfter?.trim() ?? "";
  const ms = /^\d+$/.test(asked)
    ? Number(asked) * SECOND
    : Date.parse(asked.endsWith("GMT") ? asked : "") - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), LONGEST_SPARED);
}
