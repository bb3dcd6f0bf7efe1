import { DAY, SECOND } from "../domain/time.ts";
import type { Answer } from "./reach.ts";

/** A receiver may ask for patience; more than this would be to forget about it. */
const LONGEST = DAY;

/**
 * For how long an answer asks to be spared (RFC 9110, section 10.2.3: seconds or a date), in milliseconds; 0 when it
 * does not ask, or not in words that can be read. Only 429 and 503 ask.
 */
export function sparedFor({ status, retryAfter }: Answer, now: Date): number {
  if (status !== 429 && status !== 503) return 0;
  const asked = retryAfter?.trim() ?? "";
  const ms = /^\d+$/.test(asked)
    ? Number(asked) * SECOND
    : Date.parse(asked.endsWith("GMT") ? asked : "") - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), LONGEST);
}
