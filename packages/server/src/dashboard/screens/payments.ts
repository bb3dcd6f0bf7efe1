import { type Page, type Payment, renderPayments } from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";
import { filterOf } from "../visit.ts";

const PATH = "/dashboard/payments";

/** What of the address is handed on to the API, by its own names. */
const FILTERS = [
  "q",
  "status",
  "method",
  "created_from",
  "created_to",
  "paid_from",
  "paid_to",
  "amount",
  "reference",
  "customer",
  "mandate",
  "plan",
  "failed_from",
  "failed_to",
  "failure",
  "failed_method",
  "reference_ends",
  "terminal",
  "attention",
  "in_doubt",
  "sort",
];

/** The list of payments, and what a search finds: one hit leads straight to it. */
export function paymentsScreen(screens: Screens): void {
  screens.show(PATH, async ({ ask, query, shell }) => {
    const filter = filterOf(query, FILTERS);
    const page = await ask.get<Page<Payment>>("/v1/payments", { ...filter, after: query.after, limit: "50" });
    const [only, ...others] = page.data;
    if (query.q !== undefined && only !== undefined && others.length === 0) return { to: `${PATH}/${only.id}` };
    const isNewest = query.after === undefined && query.q === undefined;
    return renderPayments(await shell(), { page, filter, live: isNewest ? "/dashboard/live/payments" : null });
  });
}
