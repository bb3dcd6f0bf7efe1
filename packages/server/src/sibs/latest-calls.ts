import type { Clock } from "@caravela/platform/clock";
import { MINUTE } from "../domain/time.ts";

/** For how long a call is remembered, in milliseconds of system time. */
const REMEMBERED_FOR = 5 * MINUTE;
/** So many are remembered at most. */
const MOST = 4_096;

/** A call to SIBS. */
interface Call {
  /** When it ended. */
  readonly at: number;
  readonly ms: number;
  /** Null: there was no answer. */
  readonly status: number | null;
}

/** How SIBS has answered lately. */
export interface Answered {
  readonly calls: number;
  /** Answered with an error, of whatever kind. */
  readonly refused: number;
  readonly unanswered: number;
  /** In milliseconds; null: there were no calls. */
  readonly medianMs: number | null;
  readonly slowestMs: number | null;
}

/** How SIBS has answered this process in the last five minutes: of the last 4,096 calls at most. */
export class LatestCalls {
  readonly #clock: Clock;
  #calls: Call[] = [];

  /** @param clock system time. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of a call that has ended. */
  note({ status, ms }: Omit<Call, "at">): void {
    this.#calls.push({ at: this.#clock.now().getTime(), status, ms });
    // one by one they would each move all the others
    if (this.#calls.length >= 2 * MOST) this.#calls = this.#calls.slice(-MOST);
  }

  /** What it comes to. */
  get summary(): Answered {
    const since = this.#clock.now().getTime() - REMEMBERED_FOR;
    const calls = this.#calls.slice(-MOST).filter(({ at }) => at > since);
    const times = calls.map(({ ms }) => ms).sort((a, b) => a - b);
    return {
      calls: calls.length,
      refused: calls.filter(({ status }) => status !== null && status >= 400).length,
      unanswered: calls.filter(({ status }) => status === null).length,
      medianMs: times[Math.floor((times.length - 1) / 2)] ?? null,
      slowestMs: times.at(-1) ?? null,
    };
  }
}
