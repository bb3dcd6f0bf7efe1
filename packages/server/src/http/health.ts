import type { Http } from "@caravela/platform/http";
import type { Metrics } from "@caravela/platform/metrics";
import type { Pool } from "@caravela/platform/postgres/pool";
import { httpProblems } from "@caravela/platform/problems";
import { deadline } from "@caravela/platform/timer";

/** How long the database may take to show that it answers, in milliseconds. */
const DATABASE_LIMIT_MS = 2_000;

/** For whoever watches over the server: alive, able to work, and what it measures. */
export function healthRoutes(http: Http, { pool, metrics }: { pool: Pool; metrics: Metrics }): void {
  http.get("/healthz", { schema: { hide: true }, logLevel: "warn" }, async () => ({ status: "ok" }));

  http.get("/readyz", { schema: { hide: true }, logLevel: "warn" }, async () => {
    const asked = pool.query("select 1").then(
      () => "ready" as const,
      () => "timeout" as const,
    );
    if ((await deadline(asked, DATABASE_LIMIT_MS)) === "timeout") throw httpProblems.unavailable();
    return { status: "ready" };
  });

  http.get("/metrics", { schema: { hide: true }, logLevel: "warn" }, async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply.header("content-type", contentType).send(body);
  });
}
