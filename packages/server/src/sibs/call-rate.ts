import type { Clock } from "@caravela/platform/clock";
import { after } from "@caravela/platform/timer";

/** What was not called within so long may be made up for, and what was called too much is; in milliseconds. */
const EVENED_OUT_WITHIN_MS = 1_000;
/**
 * What may wait waits no longer than this, in milliseconds: half of what an answer is waited for, so that what is
 * written down as sent is sent while that is true. Nobody's calls keep it from getting on.
 */
const LONGEST_WAIT_MS = 5_000;

interface Waiting {
  readonly until: number;
  readonly go: () => void;
}

/**
 * Keeps this process to so many calls to SIBS a second. A call that somebody waits for goes at once, and counts; what
 * may wait has its turn in what is left, in the order in which it came.
 */
export class CallRate {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #waiting: Waiting[] = [];
  /** From when on another call is within the rate. */
  #freeAt = 0;
  #callOff = (): void => undefined;

  /** @param perSecond 0: any number. @param systemClock what seconds are counted by. */
  constructor(perSecond: number, systemClock: Clock) {
    this.#clock = systemClock;
    this.#intervalMs = perSecond === 0 ? 0 : 1_000 / perSecond;
  }

  /** Counts a call that goes at once. */
  count(): void {
    const now = this.#now();
    const next = Math.max(this.#freeAt, now - EVENED_OUT_WITHIN_MS) + this.#intervalMs;
    this.#freeAt = Math.min(next, now + EVENED_OUT_WITHIN_MS);
  }

  /** Resolves when a call that may wait has its turn; it is counted then. */
  turn(): Promise<void> {
    if (this.#intervalMs === 0) return Promise.resolve();
    return new Promise((go) => {
      this.#waiting.push({ until: this.#now() + LONGEST_WAIT_MS, go });
      this.#proceed();
    });
  }

  #proceed(): void {
    this.#callOff();
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const waitMs = Math.min(this.#freeAt, first.until) - this.#now();
      if (waitMs > 0) {
        this.#callOff = after(Math.ceil(waitMs), () => this.#proceed());
        return;
      }
      this.#waiting.shift();
      this.count();
      first.go();
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
