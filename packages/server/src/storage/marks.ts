import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { MINUTE } from "../domain/time.ts";

/** This often at most it is written down that somebody, or a key, was there. */
const EVERY = MINUTE;

interface MarkParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
}

/** The statement that writes it: `$1` whose, `$2` when. */
interface Statement {
  readonly name: string;
  readonly text: string;
}

/** When somebody, or a key, was last there, to the minute. Nobody waits for it, and nothing hangs on it. */
export class Marks {
  readonly #parts: MarkParts;
  readonly #statement: Statement;
  /** Those of whom it is just being written down. */
  readonly #underWay = new Set<string>();

  constructor(parts: MarkParts, statement: Statement) {
    this.#parts = parts;
    this.#statement = statement;
  }

  /** They are there now. @param last when it was written down last; null: never */
  mark(id: string, last: Date | null): void {
    const { pool, clock, log } = this.#parts;
    const now = clock.now();
    const isFresh = last !== null && now.getTime() < last.getTime() + EVERY;
    if (isFresh || this.#underWay.has(id)) return;
    this.#underWay.add(id);
    pool
      .query({ ...this.#statement, values: [id, now] })
      .catch((error: unknown) => log.warn({ err: error, of: id }, "that somebody, or a key, was there was not kept"))
      .finally(() => this.#underWay.delete(id));
  }
}
