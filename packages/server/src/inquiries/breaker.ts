import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import { type Instant, SECOND } from "../domain/time.ts";

/** After so many inquiries in a row that did not reach SIBS, it is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const REST = 5 * SECOND;

/** Spares a SIBS that is down: while it rests, inquiries wait; the wait has jitter, so that they do not all return at once. */
export class Breaker {
  readonly #clock: Clock;
  readonly #chance: Chance;
  #failures = 0;
  #restsUntil: Instant = 0;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Until when nothing is to be asked; null when SIBS may be asked. */
  restsUntil(): Instant | null {
    if (this.#clock.now().getTime() >= this.#restsUntil) return null;
    return this.#restsUntil + Math.floor(this.#chance.number() * REST);
  }

  /** Takes note of how an inquiry went. */
  note(reached: boolean): void {
    this.#failures = reached ? 0 : this.#failures + 1;
    if (this.#failures < FAILURES_TO_OPEN) return;
    this.#failures = 0;
    this.#restsUntil = this.#clock.now().getTime() + REST;
  }
}
