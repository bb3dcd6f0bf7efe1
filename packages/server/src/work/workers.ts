import type { DueRows } from "@caravela/platform/postgres/due";
import type { InFlight } from "../sibs/in-flight.ts";

type Worker = Pick<
  DueRows<object>,
  "name" | "start" | "stop" | "poke" | "drain" | "nextDue" | "isIdle" | "stalledForMs"
>;

/** From when on due work counts as left undone, in milliseconds of system time: it is looked for each second. */
const STALLED_AFTER_MS = 30_000;

/** All that works by the clock, as one. */
export class Workers {
  readonly #workers: readonly Worker[];
  readonly #inFlight: InFlight;

  constructor(workers: readonly Worker[], inFlight: InFlight) {
    this.#workers = workers;
    this.#inFlight = inFlight;
  }

  start(): void {
    for (const worker of this.#workers) worker.start();
  }

  /** Finishes what is in hand. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.#inFlight.ended();
  }

  /** What has not been looked for, or got on with, for so long that somebody must know. */
  get stalled(): readonly string[] {
    return this.#workers.filter((worker) => worker.stalledForMs > STALLED_AFTER_MS).map(({ name }) => name);
  }

  /**
   * Works until nothing is due and nothing is in flight: how many rows were worked on, and the next moment at which
   * something is due. What becomes due while that is found out is worked on as well: a clock that jumped over it would
   * find it half done.
   */
  async settle(): Promise<{ readonly worked: number; readonly nextDue: Date | null }> {
    let worked = 0;
    for (;;) {
      worked += await this.#workOff();
      const nextDue = await this.#nextDue();
      if (this.#inFlight.size === 0 && this.#workers.every((worker) => worker.isIdle)) return { worked, nextDue };
    }
  }

  async #workOff(): Promise<number> {
    let total = 0;
    for (;;) {
      await this.#inFlight.ended();
      let worked = 0;
      for (const worker of this.#workers) worked += await worker.drain();
      if (worked === 0 && this.#inFlight.size === 0) return total;
      total += worked;
    }
  }

  /** The earliest moment at which any of them has something to do, or null. */
  async #nextDue(): Promise<Date | null> {
    const moments = await Promise.all(this.#workers.map((worker) => worker.nextDue()));
    const known = moments.filter((moment) => moment !== null).map((moment) => moment.getTime());
    return known.length === 0 ? null : new Date(Math.min(...known));
  }
}
