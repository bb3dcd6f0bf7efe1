import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { TryOutcome } from "@caravela/sibs";
import { ANSWER_LIMIT } from "../domain/patience.ts";
import { HOUR, type Instant, SECOND } from "../domain/time.ts";

/** After so many calls in a row that SIBS could not answer, it is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const REST = 5 * SECOND;
/** No word of SIBS keeps it from being asked for longer. */
const LONGEST_REST = HOUR;

/**
 * Spares a SIBS that is down or asks for it. It hears of every call; while SIBS rests, what nobody waits for waits,
 * with jitter, so that it does not all return at once. Then one goes first, and the others only once it was answered.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #chance: Chance;
  #failures = 0;
  #restsUntil: Instant = 0;
  /** Since when one call is on its way to see whether SIBS is back; null: none is. */
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
    // One that is never heard of again is forgotten after that time.
    if (this.#probeSince !== null && now < this.#probeSince + ANSWER_LIMIT) return now + SECOND + this.#jitter();
    this.#probeSince = now;
    return null;
  }

  /** Until when SIBS is left alone; null: it is not. Whoever only looks, and asks SIBS nothing, is told by this. */
  get sparesUntil(): Instant | null {
    return this.#isOpen ? this.#restsUntil : null;
  }

  /** Takes note of what came of a call, whoever made it. */
  note({ httpStatus, retryAfterMs }: TryOutcome): void {
    // 429, and `Retry-After` beside an error, say that SIBS wants to be spared.
    if (httpStatus !== null && httpStatus < 500 && httpStatus !== 429) {
      this.#failures = 0;
      this.#isOpen = false;
      this.#probeSince = null;
      return;
    }
    this.#failures += 1;
    if (httpStatus === 429 || retryAfterMs !== null || this.#hasFailedEnough()) this.#rest(retryAfterMs);
  }

  /**
   * Whether SIBS is left alone without having asked for it. What customers try meanwhile does not put the probe off,
   * else it might never be its turn.
   */
  #hasFailedEnough(): boolean {
    return this.#isOpen ? this.#probeSince !== null : this.#failures >= FAILURES_TO_OPEN;
  }

  #rest(retryAfterMs: number | null): void {
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
