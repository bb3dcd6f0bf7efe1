/**
 * When a call may be sent again. SIBS has no idempotency key, so whatever may have moved money is sent again only when
 * SIBS says that it did nothing: 429, or 503 with `T9999`. A GET is safe to repeat.
 */

/**
 * What a lost answer means. `read`: nothing. `prepare`: a checkout nobody will use. `method`, `operation`: money may
 * have moved.
 */
export type Kind = "read" | "prepare" | "method" | "operation";

/** What came of one try; `httpStatus` is `null` when no answer came. */
export interface Happened {
  readonly httpStatus: number | null;
  readonly statusCode: string | null;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/** Says whether money may have moved when the answer to such a call is lost. */
export function movesMoney(kind: Kind): boolean {
  return kind === "method" || kind === "operation";
}

/** Says whether SIBS did nothing and asks to come again. */
export function didNothing({ httpStatus, statusCode }: Happened): boolean {
  return httpStatus === 429 || (httpStatus === 503 && statusCode === "T9999");
}

/** Says whether such a call may be sent again after what happened. */
export function mayRepeat(kind: Kind, happened: Happened): boolean {
  if (didNothing(happened)) return true;
  const { httpStatus } = happened;
  // 2xx here is one that could not be read: HTML, half a JSON.
  return kind === "read" && (httpStatus === null || httpStatus < 400 || httpStatus === 408 || httpStatus >= 500);
}

/**
 * How long to pause before the next try, in milliseconds: as SIBS asked, else doubling from 250 ms with jitter.
 * `null` when SIBS asks for more than 8 seconds: that is for the caller to plan.
 */
export function pauseBeforeRepeat(tries: number, retryAfterMs: number | null, random: () => number): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_PAUSE_MS ? retryAfterMs : null;
  const ceiling = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return ceiling / 2 + (random() * ceiling) / 2;
}

/** Reads a `Retry-After` header, seconds or a date, into milliseconds from now; `null` when there is none to read. */
export function readRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime());
}
