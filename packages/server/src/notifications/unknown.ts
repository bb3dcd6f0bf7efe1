import type { Queries } from "@caravela/platform/postgres/pool";
import { OF_NOTHING } from "../storage/tasks.ts";

/** So many are told, the newest. */
const MOST = 1_000;

/** What SIBS notified as done, and what is of nothing that is known here. */
export interface Unknown {
  /** SIBS's id of it. */
  readonly transactionId: string | null;
  /** The id that SIBS was given for it: one of ours says of what kind it was. */
  readonly merchantTransactionId: string | null;
  /** SIBS's word for what it is, such as `PURS` or `RFND`. */
  readonly type: string | null;
  /** In euros, as SIBS wrote it. */
  readonly amount: string | null;
  readonly receivedAt: string;
}

/**
 * Money that moved at SIBS by what this database does not know: another system uses the same terminal, or the database
 * was restored to a moment before.
 */
export async function unknownMoney(queries: Queries): Promise<readonly Unknown[]> {
  const { rows } = await queries.query<Omit<Unknown, "receivedAt"> & { readonly receivedAt: Date }>(
    `select transaction_id as "transactionId", merchant_transaction_id as "merchantTransactionId",
            plaintext ->> 'paymentType' as type, plaintext #>> '{amount,value}' as amount, received_at as "receivedAt"
       from caravela.notification
      where ${OF_NOTHING} and plaintext ->> 'paymentStatus' = 'Success'
        and coalesce(plaintext #>> '{paymentReference,status}', 'PAID') = 'PAID'
      order by received_at desc limit ${MOST}`,
  );
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}
