import type { Clock } from "@caravela/platform/clock";
import type { DueRows } from "@caravela/platform/postgres/due";
import type { Queries } from "@caravela/platform/postgres/pool";
import type { InFlight } from "../sibs/in-flight.ts";

type Worker = Pick<
  DueRows<object>,
  "name" | "start" | "stop" | "poke" | "drain" | "nextDueSelect" | "isIdle" | "stalledForMs"
>;

/** What the work stands on. */
interface Ground {
  readonly pool: Queries;
  readonly clock: Clock;
  readonly inFlight: InFlight;
}

/** From when on due work counts as left undone, in milliseconds of system time: it is looked for each second. */
const STALLED_AFTER_MS = 30_000;

/** All that works by the clock, as one. */
export class Workers {
  readonly #workers: readonly Worker[];
  readonly #ground: Ground;
  readonly #inFlight: InFlight;
  readonly #nextDueSql: string;

  constructor(workers: readonly Worker[], ground: Ground) {
    this.#workers = workers;
    this.#ground = ground;
    this.#inFlight = ground.inFlight;
    this.#nextDueSql = `select ${workers.map(({ nextDueSelect }, place) => `(${nextDueSelect}) as "${place}"`).join(", ")}`;
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
      await this.#inFlight.ended();
      const moments = await this.#nextDue();
      const now = this.#ground.clock.now();
      const isDue = (moment: Date | null | undefined) => moment != null && moment <= now;
      const working = this.#workers.filter((worker, place) => isDue(moments[place]) || !worker.isIdle);
      let done = 0;
      for (const worker of working) done += await worker.drain();
      worked += done;
      // what is due and cannot be had is in other hands
      if (done === 0 && this.#inFlight.size === 0) return { worked, nextDue: earliest(moments) };
    }
  }

  /** For each worker the earliest moment at which it has something to do, or null. */
  async #nextDue(): Promise<readonly (Date | null)[]> {
    const { pool, clock } = this.#ground;
    const asked = { name: "due-next-of-all", text: this.#nextDueSql, values: [clock.now()] };
    const { rows } = await pool.query<Record<string, Date | null>>(asked);
    return this.#workers.map((_, place) => rows[0]?.[place] ?? null);
  }
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((moment) => moment !== null).map((moment) => moment.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}
