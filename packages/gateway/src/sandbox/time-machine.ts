import type { Clock, MovableClock } from "@caravela/platform/clock";
import { deadline } from "@caravela/platform/timer";

/** Something that does what is due. */
export interface Worker {
  /** Does it all, with what becomes due meanwhile; says how much there was. */
  drain(): Promise<number>;
  /** The next moment at which something is due. */
  nextDue(): Promise<Date | null>;
  /** Whether nothing is in hand, and nothing was done since the last drain. */
  readonly isIdle: boolean;
}

/** Another program whose clock goes with ours. */
export interface Follower {
  readonly url: string;
  /** Sets its clock and has it do what is due then. @throws Error when it cannot be reached */
  step(offsetMs: number, patienceMs: number): Promise<{ worked: number; nextDue: Date | null }>;
}

/** Where the clock has come to: there, or why it stopped before. */
export type Arrival = { readonly kind: "arrived" } | { readonly kind: "stopped"; readonly why: string };

/** How long an advance may take, in milliseconds of system time. */
const PATIENCE_MS = 60_000;

/**
 * Moves the clock forward, ours and our followers', from one due moment to the next: everybody does at each moment what
 * is due then, and what that causes, before time goes on.
 */
export class TimeMachine {
  readonly #clock: MovableClock;
  readonly #systemClock: Clock;
  readonly #workers: readonly Worker[];
  readonly #followers: readonly Follower[];
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: {
    clock: MovableClock;
    systemClock: Clock;
    workers: readonly Worker[];
    followers: readonly Follower[];
  }) {
    this.#clock = options.clock;
    this.#systemClock = options.systemClock;
    this.#workers = options.workers;
    this.#followers = options.followers;
  }

  /**
   * Moves to that offset, in milliseconds ahead of system time, or to that moment, whose offset shrinks while the
   * advance goes on. Two that are asked for at once take turns.
   */
  advance(goal: number | Date): Promise<Arrival> {
    const turn = this.#before.then(() => this.#go(goal, this.#systemNow() + PATIENCE_MS));
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  /** The offset that brings the clock there now, in milliseconds. */
  offsetOf(goal: number | Date): number {
    return typeof goal === "number" ? goal : goal.getTime() - this.#systemNow();
  }

  async #go(goal: number | Date, until: number): Promise<Arrival> {
    try {
      for (;;) {
        const next = await this.#settle(until);
        const goalMs = this.offsetOf(goal);
        if (this.#clock.offsetMs >= goalMs) return { kind: "arrived" };
        const nextMs = next === null ? goalMs : next.getTime() - this.#systemNow();
        await this.#clock.moveTo(Math.min(goalMs, Math.max(nextMs, this.#clock.offsetMs)));
      }
    } catch (error) {
      if (error instanceof Stopped) return { kind: "stopped", why: error.message };
      throw error;
    }
  }

  /** Repeats at this moment until nobody had work; says when somebody will. */
  async #settle(until: number): Promise<Date | null> {
    for (;;) {
      let worked = 0;
      for (const worker of this.#workers) worked += await this.#inTime(worker.drain(), until);
      const steps = await Promise.all(this.#followers.map((follower) => this.#step(follower, until)));
      for (const step of steps) worked += step.worked;
      if (worked > 0) continue;
      const own = await Promise.all(this.#workers.map((worker) => worker.nextDue()));
      // what has become due since it was drained is not jumped over
      if (!this.#workers.every((worker) => worker.isIdle)) continue;
      return earliest([...own, ...steps.map(({ nextDue }) => nextDue)]);
    }
  }

  async #step(follower: Follower, until: number) {
    try {
      return await follower.step(this.#clock.offsetMs, Math.max(until - this.#systemNow(), 1));
    } catch (error) {
      throw new Stopped(`${follower.url} did not follow: ${(error as Error).message}`);
    }
  }

  async #inTime<T>(work: Promise<T>, until: number): Promise<T> {
    const left = until - this.#systemNow();
    const done = left <= 0 ? "timeout" : await deadline(work, left);
    if (done === "timeout") throw new Stopped("There was still work after 60 seconds; ask again to go on.");
    return done;
  }

  #systemNow(): number {
    return this.#systemClock.now().getTime();
  }
}

/** Why an advance ends before its goal. */
class Stopped extends Error {
  override name = "Stopped";
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const some = moments.filter((moment) => moment !== null);
  return some.length === 0 ? null : new Date(Math.min(...some.map((moment) => moment.getTime())));
}
