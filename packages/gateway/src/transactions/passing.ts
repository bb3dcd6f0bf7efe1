import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import { DueRows } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import { timePassed } from "../domain/transaction.ts";
import type { Transactions } from "./transactions.ts";

/** Which rows they are. */
export const PASSING = {
  name: "transaction",
  table: "sibs_gateway.transaction",
  key: "transaction_id",
  columns: "transaction_id",
} as const;

/** What time brings by itself: requests nobody answers, references that expire. */
export function passing(options: {
  pool: Pool;
  clock: Clock;
  log: Log;
  transactions: Transactions;
}): DueRows<{ transaction_id: string }> {
  const { pool, clock, log, transactions } = options;
  return new DueRows({
    pool,
    clock,
    log,
    ...PASSING,
    handle: async ({ transaction_id }) => {
      await transactions.change(transaction_id, (transaction) => ({
        result: null,
        change: timePassed(transaction, clock.now()),
      }));
    },
  });
}
