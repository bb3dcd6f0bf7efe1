import type { Pool } from "@caravela/platform/postgres/pool";
import type { PaymentId } from "../domain/identifiers.ts";
import type { Payment, PaymentStatus } from "../domain/payment/state.ts";
import { bringUpPayment } from "../domain/payment/stored.ts";
import { type Page, type PageRequest, pageOf, startOf } from "../storage/paging.ts";

export interface PaymentFilter extends PageRequest {
  readonly reference?: string | undefined;
  readonly status?: PaymentStatus | undefined;
  /** Charged by this mandate, the last time or by itself. */
  readonly mandate?: string | undefined;
  readonly plan?: string | undefined;
}

const listSql = `
select state, id
  from caravela.payment
 where ($1::text is null or reference = $1)
   and ($2::text is null or status = $2)
   and ($3::text is null or mandate_id = $3)
   and ($4::text is null or plan_id = $4)
   and ($5::text is null or (created_at, id) < ((select created_at from caravela.payment where id = $5), $5))
 order by created_at desc, id desc
 limit $6`;

/** Payments, newest first. A page begins where the one before ended, whatever was made meanwhile. */
export async function listPayments(pool: Pool, filter: PaymentFilter): Promise<Page<Payment>> {
  // not a named statement: planned for the filters that are given, so that each finds its index
  const { rows } = await pool.query<{ state: unknown; id: PaymentId }>(listSql, [
    filter.reference ?? null,
    filter.status ?? null,
    filter.mandate ?? null,
    filter.plan ?? null,
    startOf(filter),
    filter.limit + 1,
  ]);
  return pageOf(rows, filter.limit, ({ state }) => bringUpPayment(state));
}
