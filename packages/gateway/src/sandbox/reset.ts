import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Faults } from "../faults/faults.ts";

/** `POST /sandbox/reset`: forgets all but the terminals and how far the clock is ahead. */
export function serveReset(http: Http, { pool, faults }: { pool: Pool; faults: Faults }): void {
  http.post("/sandbox/reset", async () => {
    await pool.query({
      name: "sandbox-reset",
      text: "truncate sibs_gateway.transaction, sibs_gateway.token, sibs_gateway.notification, sibs_gateway.notification_try, sibs_gateway.fault_settings",
    });
    faults.forget();
    return {};
  });
}
