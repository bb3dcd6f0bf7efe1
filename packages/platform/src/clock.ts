import type { Pool } from "./postgres/pool.ts";

/** Tells the time. The only way in which server and gateway learn it. */
export interface Clock {
  now(): Date;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** System time plus an offset that only grows. */
export class MovableClock implements Clock {
  readonly #system: Clock;
  #offsetMs: number;

  constructor(system: Clock, offsetMs = 0) {
    this.#system = system;
    this.#offsetMs = offsetMs;
  }

  now(): Date {
    return new Date(this.#system.now().getTime() + this.#offsetMs);
  }

  /** How far this clock is ahead of system time, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Sets the offset in milliseconds. Asked to go back, the clock stays where it is. */
  moveTo(offsetMs: number): void | Promise<void> {
    this.#offsetMs = Math.max(this.#offsetMs, offsetMs);
  }
}

/** A movable clock whose offset outlives the process. */
export class StoredClock extends MovableClock {
  readonly #pool: Pool;

  constructor(pool: Pool, system: Clock, offsetMs: number) {
    super(system, offsetMs);
    this.#pool = pool;
  }

  /**
   * Sets the offset in milliseconds and resolves when it is stored; stored first, so that a restart never finds the
   * clock behind what was done by it.
   */
  override async moveTo(offsetMs: number): Promise<void> {
    const { rows } = await this.#pool.query<{ offset_ms: number }>({
      name: "clock-move",
      text: `insert into ${this.#pool.schema}.clock (offset_ms) values ($1)
             on conflict (only_one) do update set offset_ms = greatest(clock.offset_ms, excluded.offset_ms)
             returning offset_ms`,
      values: [offsetMs],
    });
    for (const { offset_ms } of rows) await super.moveTo(offset_ms);
  }
}

/** The clock whose offset is kept in table `clock` of the pool's schema, as it was left. */
export async function storedClock(pool: Pool, system: Clock): Promise<StoredClock> {
  const { rows } = await pool.query<{ offset_ms: number }>(`select offset_ms from ${pool.schema}.clock`);
  return new StoredClock(pool, system, rows[0]?.offset_ms ?? 0);
}
