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
  /** How long it goes without looking, at most, in milliseconds. */
  lookAtLatestMs?: number;
}): DueRows<{ transaction_id: string }> {
  const { transactions, ...every } = options;
  return new DueRows({
    ...every,
    ...PASSING,
    handle: async ({ transaction_id }) => {
      await transactions.change(transaction_id, (transaction) => ({
        result: null,
        change: timePassed(transaction, every.clock.now()),
      }));
    },
  });
}
