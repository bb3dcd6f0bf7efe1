import type { Pool } from "@caravela/platform/postgres/pool";
import type { Payment, PaymentStatus } from "../domain/payment.ts";
import { type Page, type PageRequest, pageOf, placeAfter } from "../http/paging.ts";

export interface PaymentFilter extends PageRequest {
  readonly reference?: string | undefined;
  readonly status?: PaymentStatus | undefined;
}

const listSql = `
select state, created_at as at, id
  from payment
 where ($1::text is null or reference = $1)
   and ($2::text is null or status = $2)
   and ($3::timestamptz is null or (created_at, id) < ($3, $4))
 order by created_at desc, id desc
 limit $5`;

/** Payments, newest first. */
export async function listPayments(pool: Pool, filter: PaymentFilter): Promise<Page<Payment>> {
  const { at, id } = placeAfter(filter.after);
  const { rows } = await pool.query<{ state: Payment; at: Date; id: string }>({
    name: "payment-list",
    text: listSql,
    values: [filter.reference ?? null, filter.status ?? null, at, id, filter.limit + 1],
  });
  return pageOf(rows, filter.limit, ({ state }) => state);
}
