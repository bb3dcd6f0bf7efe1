import { type AuditEntry, type Operator, renderAudit } from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";
import { filterOf } from "../visit.ts";

const FILTERS = ["from", "to", "operator", "subject"];

/** What was done by whom. */
export function auditScreen(screens: Screens): void {
  screens.show("/dashboard/audit", async ({ ask, query, may, mustHave, shell }) => {
    mustHave("listAudit");
    const filter = filterOf(query, FILTERS);
    const [page, colleagues] = await Promise.all([
      ask.page<AuditEntry>("/v1/audit", filter, query.after),
      may("listOperators") ? ask.all<Operator>("/v1/operators") : null,
    ]);
    return renderAudit(await shell(), { page, filter, colleagues });
  });
}
