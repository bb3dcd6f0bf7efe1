import type { Pool } from "@caravela/platform/postgres/pool";
import type { Looks } from "../../packages/server/src/domain/payment/looks.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { StoredRow } from "../../packages/server/src/domain/stored.ts";
import type { MoneyBooks, SibsEntry } from "./books.ts";

/** Reads our books and SIBS's, by nobody's API. @param now what the clock of both shows, in milliseconds */
export async function readMoneyBooks(pool: Pool, now: number): Promise<MoneyBooks> {
  const payments = await pool.query<StoredRow<Looks>>("select state, looks, looked from caravela.payment order by id");
  const { rows } = await pool.query<SibsEntry>(
    `select transaction_id as id, kind, merchant_transaction_id as "merchantTransactionId", outcome,
            amount, authorized, captured, released, refunded,
            coalesce(reference_status = 'UNPAID' and outcome = 'waiting' and valid_to > $1, false) as "isPayable"
       from sibs_gateway.transaction`,
    [new Date(now)],
  );
  return {
    now,
    payments: payments.rows.map((row) => bringUpPaymentRow(row)),
    entries: new Map(rows.map((one) => [one.id, one])),
    byOurId: Map.groupBy(rows, ({ merchantTransactionId }) => merchantTransactionId),
  };
}
