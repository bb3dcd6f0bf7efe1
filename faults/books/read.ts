import type { Pool } from "@caravela/platform/postgres/pool";
import type { Mandate, MandateLook } from "../../packages/server/src/domain/mandate/state.ts";
import { bringUpMandateRow } from "../../packages/server/src/domain/mandate/stored.ts";
import type { Looks } from "../../packages/server/src/domain/payment/looks.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { StoredRow } from "../../packages/server/src/domain/stored.ts";
import type { MoneyBooks, SibsEntry } from "../../tests/books/books.ts";
import type { Told } from "../town/shops.ts";

/** All that is compared: ours, SIBS's, and each shop's. */
export interface Books extends MoneyBooks {
  readonly mandates: readonly Mandate[];
  readonly shops: readonly (readonly Told[])[];
}

/** Reads our books and SIBS's, by nobody's API. @param now what the clock of both shows, in milliseconds */
export async function readBooks(pool: Pool, shops: readonly (readonly Told[])[], now: number): Promise<Books> {
  const payments = await pool.query<StoredRow<Looks>>("select state, looks, looked from caravela.payment order by id");
  const mandates = await pool.query<StoredRow<MandateLook>>(
    "select state, looks, looked from caravela.mandate order by id",
  );
  const { rows } = await pool.query<SibsEntry>(
    `select transaction_id as id, kind, merchant_transaction_id as "merchantTransactionId", outcome,
            amount, authorized, captured, released, refunded,
            coalesce(reference_status = 'UNPAID' and outcome = 'waiting' and valid_to > $1, false) as "isPayable"
       from sibs_gateway.transaction`,
    [new Date(now)],
  );
  return {
    payments: payments.rows.map((row) => bringUpPaymentRow(row)),
    mandates: mandates.rows.map((row) => bringUpMandateRow(row)),
    entries: new Map(rows.map((one) => [one.id, one])),
    byOurId: Map.groupBy(rows, ({ merchantTransactionId }) => merchantTransactionId),
    shops,
  };
}
