import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Metrics } from "@caravela/platform/metrics";
import { DatabaseAway } from "@caravela/platform/postgres/away";
import type { OpenedSchema } from "@caravela/platform/postgres/open-schema";
import type { Pool } from "@caravela/platform/postgres/pool";
import { httpProblems } from "@caravela/platform/problems";
import type { Secret } from "@caravela/platform/secret";
import { ownOrToken } from "./metrics-access.ts";

export interface Watched {
  /** A connection of its own: what customers use up must not make the server look dead. */
  readonly pool: Pool;
  readonly schema: OpenedSchema;
  /** What is due and not being done, by its name. */
  readonly workers: { readonly stalled: readonly string[] };
  readonly metrics: Metrics;
  /** Who has it may read the metrics from anywhere. */
  readonly metricsToken: Secret | null;
}

/** For whoever watches over the server: alive, able to work, and what it measures. */
export function healthRoutes(http: Http, { pool, schema, workers, metrics, metricsToken }: Watched): void {
  http.get("/healthz", { schema: { hide: true }, logLevel: "warn" }, async () => ({ status: "ok" }));

  const misfit = shared(() => schema.misfit(pool));
  http.get("/readyz", { schema: { hide: true }, logLevel: "warn" }, async () => {
    const fault = await misfit().catch((error: unknown) => {
      if (!(error instanceof DatabaseAway)) throw error;
      return "The database does not answer.";
    });
    if (fault !== null) throw httpProblems.unavailable(fault);
    const { stalled } = workers;
    if (stalled.length === 0) return { status: "ready" };
    throw httpProblems.unavailable(`Due work stands still: ${stalled.join(", ")}.`);
  });

  const onRequest = ownOrToken(metricsToken);
  http.get("/metrics", { schema: { hide: true }, logLevel: "warn", onRequest }, async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply.header("content-type", contentType).send(body);
  });
}

/** Asked by many at once, it is done once. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

const oldestOf = (what: string, table: string, condition = "true") =>
  `(select min(due_at) from caravela.${table} where due_at <= $1 and ${condition}) as ${what}`;

// each is the first entry of an index, or one of the first; of deliveries, of each endpoint's part of one. What is left
// at an endpoint that has ended waits for no work
export const oldestDueSql = `
select (select min(first.due_at) from caravela.event_endpoint as endpoint cross join lateral (
          select due_at from caravela.delivery where endpoint_id = endpoint.id and due_at <= $1 order by due_at limit 1) as first
         where endpoint.ended_at is null) as delivery,
       ${[
         ...["notification", "chore"].map((table) => oldestOf(table, table)),
         ...["payment", "mandate"].flatMap((table) => [
           oldestOf(table, table, "due_at is distinct from unawaited_at"),
           oldestOf(`${table}_may_wait`, table, "due_at = unawaited_at"),
         ]),
       ].join(", ")}`;

/** Shows for how long what is due has waited, by kind: work that stands still grows old, unless it may wait. */
export function showOldestDue(metrics: Metrics, { pool, clock, log }: { pool: Pool; clock: Clock; log: Log }): void {
  metrics.gauge("caravela_oldest_due_seconds", "For how long what is due has waited", ["what"], async (gauge) => {
    const now = clock.now();
    try {
      const { rows } = await pool.query<Record<string, Date | null>>({
        name: "oldest-due",
        text: oldestDueSql,
        values: [now],
      });
      for (const [what, due] of Object.entries(rows[0] ?? {}))
        gauge.set({ what }, due === null ? 0 : (now.getTime() - due.getTime()) / 1000);
    } catch (error) {
      log.warn({ err: error }, "what is due could not be looked at");
      gauge.reset();
    }
  });
}
