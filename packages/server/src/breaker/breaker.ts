import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { SibsError } from "@caravela/sibs";
import { HOUR, type Instant, SECOND } from "../domain/time.ts";

/** After so many inquiries in a row that SIBS could not answer, it is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const REST = 5 * SECOND;
/** A probe that is never heard of again is forgotten after so long: no inquiry takes longer. */
const PROBE_LIMIT = 10 * SECOND;
/** No word of SIBS keeps it from being asked for longer. */
const LONGEST_REST = HOUR;

/** How an inquiry went. */
export interface Went {
  /** Whether SIBS could be reached and was not too busy to answer. */
  readonly reached: boolean;
  /** For how long SIBS asked to be left alone, in milliseconds; null: it did not say. */
  readonly retryAfterMs: number | null;
}

/** SIBS answered. */
export const ANSWERED: Went = { reached: true, retryAfterMs: null };

/** How an inquiry went that brought no answer; `error` null: it spoke of another's transaction. A 429 says that SIBS wants to be spared. */
export function wentWrong(error: SibsError | null): Went {
  if (error === null) return ANSWERED;
  const { httpStatus, retryAfterMs } = error;
  return { reached: httpStatus !== null && httpStatus < 500 && httpStatus !== 429, retryAfterMs };
}

/**
 * Spares a SIBS that is down or asks for it: while it rests, inquiries wait; the wait has jitter, so that they do not all return at once. Then one
 * goes first, and the others only once it was answered.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #chance: Chance;
  #failures = 0;
  #restsUntil: Instant = 0;
  /** Since when one inquiry is on its way to see whether SIBS is back; null: none is. */
  #probeSince: Instant | null = null;
  #isOpen = false;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Until when nothing is to be asked; null when SIBS may be asked. Whoever is told so after a rest is the probe. */
  restsUntil(): Instant | null {
    const now = this.#clock.now().getTime();
    if (now < this.#restsUntil) return this.#restsUntil + this.#jitter();
    if (!this.#isOpen) return null;
    if (this.#probeSince !== null && now < this.#probeSince + PROBE_LIMIT) return now + SECOND + this.#jitter();
    this.#probeSince = now;
    return null;
  }

  /** Takes note of how an inquiry went. */
  note({ reached, retryAfterMs }: Went): void {
    if (reached) {
      this.#failures = 0;
      this.#isOpen = false;
      this.#probeSince = null;
      return;
    }
    this.#failures += 1;
    const mustRest = this.#isOpen || retryAfterMs !== null || this.#failures >= FAILURES_TO_OPEN;
    if (!mustRest) return;
    this.#failures = 0;
    this.#isOpen = true;
    this.#probeSince = null;
    const rest = Math.min(Math.max(retryAfterMs ?? 0, REST), LONGEST_REST);
    this.#restsUntil = Math.max(this.#restsUntil, this.#clock.now().getTime() + rest);
  }

  #jitter(): number {
    return Math.floor(this.#chance.number() * REST);
  }
}
