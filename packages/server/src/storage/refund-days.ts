import type { Clock } from "@caravela/platform/clock";
import { lisbonDate } from "@caravela/platform/lisbon";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { type Cents, cents } from "@caravela/sibs/money";
import type { Budget, Spender } from "../domain/limit.ts";
import type { Operation } from "../domain/payment/operation.ts";
import { DAY, type Instant } from "../domain/time.ts";

/** What of a refund, or a capture, counts in a key's or a person's day, and the most that may. */
export interface Spent {
  readonly key: Spender;
  readonly day: string;
  readonly amount: Cents;
  readonly most: Cents;
}

/** For how long what was done on a day is kept: it counts on that day alone. */
const KEPT = 7 * DAY;

/** What a refund, or a capture, at a moment counts in. */
export function spentOf(budgets: readonly Budget[], amount: Cents, at: Instant): Spent[] {
  return amount === 0 ? [] : budgets.map(({ key, most }) => ({ key, most, amount, day: lisbonDate(at) }));
}

/** What counts in a day no more, as of an operation that nothing came of. */
export type Uncounted = Omit<Spent, "most">;

/** Where an operation counted. */
export function uncountedOf({ countsFor, amount, createdAt }: Operation): Uncounted[] {
  return countsFor.map((key) => ({ key, amount, day: lisbonDate(createdAt) }));
}

/** Whether a decision was undone because a key's day has no room for it. */
export function isOverspent(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "refund_day_within_most";
}

/**
 * What is refunded, and captured, within a day by each key and person that has a limit. It is counted by the statement
 * that decides it, and counts no more by the one that says that nothing came of it.
 */
export class RefundDays {
  readonly #pool: Pool;
  readonly #clock: Clock;

  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
  }

  /** What may still be done today within all of these. */
  async left(budgets: readonly Budget[]): Promise<Cents> {
    const { rows } = await this.#pool.query<{ key_id: Spender; amount: Cents }>({
      name: "refund-day-left",
      text: "select key_id, amount from caravela.refund_day where key_id = any($1) and day = $2",
      values: [budgets.map(({ key }) => key), lisbonDate(this.#clock.now())],
    });
    const spent = new Map(rows.map(({ key_id, amount }) => [key_id, amount]));
    const left = budgets.map(({ key, most }) => most - (spent.get(key) ?? 0));
    return cents(Math.max(0, Math.min(...left)));
  }

  /** Forgets the days that are over for a week. */
  async purge(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEPT);
    await purge(this.#pool, { table: "caravela.refund_day", column: "day", before });
  }
}
