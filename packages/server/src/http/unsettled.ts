import type { Log } from "@caravela/platform/log";
import type { Metrics } from "@caravela/platform/metrics";
import type { Pool } from "@caravela/platform/postgres/pool";

// Each is counted by an index that holds these alone: no state is read.
export const unsettledSql = `
select
  (select count(*)::int from caravela.payment where state @? '$.attempts[*] ? (@.inDoubt == true)') as attempts_in_doubt,
  (select count(*)::int from caravela.payment
    where state @? '$.operations[*] ? (@.status == "in_doubt")') as operations_in_doubt,
  (select count(*)::int from caravela.mandate where state @? '$.inDoubt ? (@ == true)') as mandates_in_doubt,
  (select count(*)::int from caravela.delivery where due_at is not null) as events_undelivered,
  (select count(*)::int from caravela.notification where subject_id is null) as notifications_unmatched`;

/** Shows what is not settled yet, counted when somebody looks: what stays there needs a person. */
export function showUnsettled(metrics: Metrics, { pool, log }: { pool: Pool; log: Log }): void {
  metrics.gauge("caravela_unsettled", "What is not settled yet", ["what"], async (gauge) => {
    try {
      const { rows } = await pool.query<Record<string, number>>({ name: "unsettled", text: unsettledSql });
      for (const [what, number] of Object.entries(rows[0] ?? {})) gauge.set({ what }, number);
    } catch (error) {
      // the other metrics are shown all the same
      log.warn({ err: error }, "what is not settled could not be counted");
      gauge.reset();
    }
  });
}
