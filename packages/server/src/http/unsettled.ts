import type { Log } from "@caravela/platform/log";
import type { Metrics } from "@caravela/platform/metrics";
import type { Pool } from "@caravela/platform/postgres/pool";

/** No more are counted: whoever looks is answered at once, however many there are. */
const MOST_COUNTED = 10_000;

/** Each is counted by an index that holds these alone: no state is read. */
const UNSETTLED = {
  attempts_in_doubt: `payment where state @? '$.attempts[*] ? (@.inDoubt == true)'`,
  operations_in_doubt: `payment where state @? '$.operations[*] ? (@.status == "in_doubt")'`,
  mandates_in_doubt: `mandate where state @? '$.inDoubt ? (@ == true)'`,
  events_undelivered: "delivery where due_at is not null",
  notifications_unmatched: "notification where subject_id is null",
};

const counts = Object.entries(UNSETTLED).map(
  ([what, rows]) =>
    `(select count(*)::int from (select from caravela.${rows} limit ${MOST_COUNTED}) as counted) as ${what}`,
);
export const unsettledSql = `select ${counts.join(", ")}`;

/**
 * Shows what is not settled yet, counted when somebody looks, 10,000 of each at most: what stays there needs a person.
 */
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
