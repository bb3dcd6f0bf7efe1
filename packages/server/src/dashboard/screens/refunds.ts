import { type Operation, renderRefunds } from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";
import { filterOf } from "../visit.ts";

/** What of the address is handed on to the API, by its own names. */
const FILTERS = [
  "status",
  "reason",
  "payment",
  "customer",
  "created_from",
  "created_to",
  "paid_from",
  "paid_to",
  "amount",
  "method",
  "terminal",
  "attention",
  "in_doubt",
  "sort",
];

/** The list of refunds. */
export function refundsScreen(screens: Screens): void {
  screens.show("/dashboard/refunds", async ({ ask, query, mustHave, shell }) => {
    mustHave("listRefunds");
    const filter = filterOf(query, FILTERS);
    const page = await ask.page<Operation>("/v1/refunds", filter, query.after);
    const live = query.after === undefined ? "/dashboard/live/refunds" : null;
    return renderRefunds(await shell(), { page, filter, live });
  });
}
