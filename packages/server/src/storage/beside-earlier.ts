import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";

// A server of the release before may run beside this one. What it does not know it leaves out when it writes, and nothing else would bring it back: so it
// is made up for once a day.

/** What is owed, and was asked for in vain, is looked at again: that server takes the moment of it away. By `payment_owing_unseen`. */
const seenAgainSql = `
update caravela.payment set due_at = $1
 where due_at is null and state @? '$.operations[*] ? (@.againAt != null)'`;

/**
 * Whether SIBS has spoken of an operation in doubt stands in the journal alone, where that server wrote it. What is in doubt is due at some moment, and few
 * are. It is no fact of its own: a decision that is made at the same moment may overwrite it until the next day.
 */
const heardOfSql = `
update caravela.payment
   set state = state || jsonb_build_object('operations', (
     select jsonb_agg(case when one ->> 'status' = 'in_doubt' and exists (
              select from caravela.fact
               where subject_id = payment.id and data ->> 'operation' = one ->> 'id'
                 and (kind = 'operation_noticed' or kind = 'operation_asked' and data ->> 'said' not in ('unknown', 'no answer')))
            then one || '{"isHeardOf": true}' else one end order by place)
       from jsonb_array_elements(state -> 'operations') with ordinality as each (one, place)))
 where due_at is not null
   and state @? '$.operations[*] ? (@.status == "in_doubt" && (!exists (@.isHeardOf) || @.isHeardOf == false))'
   and exists (select from caravela.fact where subject_id = payment.id and kind in ('operation_noticed', 'operation_asked') and version = 1)`;

/** Makes up for what a server of the release before leaves out of payments that this one had in hand. */
export async function makeUpForEarlier({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Promise<void> {
  await pool.query(seenAgainSql, [clock.now()]);
  await pool.query(heardOfSql);
}
