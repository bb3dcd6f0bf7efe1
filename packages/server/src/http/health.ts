import type { Http } from "@caravela/platform/http";
import type { Metrics } from "@caravela/platform/metrics";
import type { Pool } from "@caravela/platform/postgres/pool";
import { httpProblems } from "@caravela/platform/problems";
import type { Secret } from "@caravela/platform/secret";
import { deadline } from "@caravela/platform/timer";
import { ownOrToken } from "./metrics-access.ts";

/** How long the database may take to show that it answers, in milliseconds. */
const DATABASE_LIMIT_MS = 2_000;

/** For whoever watches over the server: alive, able to work, and what it measures. */
export function healthRoutes(
  http: Http,
  { pool, metrics, metricsToken }: { pool: Pool; metrics: Metrics; metricsToken: Secret | null },
): void {
  http.get("/healthz", { schema: { hide: true }, logLevel: "warn" }, async () => ({ status: "ok" }));

  http.get("/readyz", { schema: { hide: true }, logLevel: "warn" }, async () => {
    const asked = pool.query("select 1").then(
      () => "ready" as const,
      () => "timeout" as const,
    );
    if ((await deadline(asked, DATABASE_LIMIT_MS)) === "timeout") throw httpProblems.unavailable();
    return { status: "ready" };
  });

  const onRequest = ownOrToken(metricsToken);
  http.get("/metrics", { schema: { hide: true }, logLevel: "warn", onRequest }, async (_request, reply) => {
    const { contentType, body } = await metrics.text();
    return reply.header("content-type", contentType).send(body);
  });
}
