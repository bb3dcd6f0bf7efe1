import { type AuditEntry, type Operator, type Page, renderAudit } from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";
import { filterOf } from "../visit.ts";

const FILTERS = ["from", "to", "operator", "subject"];

/** What was done by whom. */
export function auditScreen(screens: Screens): void {
  screens.show("/dashboard/audit", async ({ ask, query, may, mustHave, shell }) => {
    mustHave("listAudit");
    const filter = filterOf(query, FILTERS);
    const [page, colleagues] = await Promise.all([
      ask.get<Page<AuditEntry>>("/v1/audit", { ...filter, after: query.after, limit: "50" }),
      may("listOperators") ? ask.get<Page<Operator>>("/v1/operators", { limit: "100" }) : null,
    ]);
    return renderAudit(await shell(), { page, filter, colleagues: colleagues?.data ?? null });
  });
}
