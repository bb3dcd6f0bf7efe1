import { addDays } from "@caravela/platform/lisbon";
import {
  columnsIn,
  type FormView,
  type Payment,
  renderOwnViews,
  renderPayments,
  type SavedView,
  type UsualView,
  type ViewsShown,
} from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { addPress, takeAway } from "../call-form.ts";
import { faultyForm, formAgain, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import { filterOf, type Visit } from "../visit.ts";
import { segment } from "./payment.ts";

const PATH = "/dashboard/payments";
const VIEWS = `${PATH}/views`;

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
  "refunded_from",
  "refunded_to",
  "terminal",
  "attention",
  "in_doubt",
  "sort",
];

/** What says who a customer is: no view keeps it. */
export const OF_CUSTOMERS = ["q", "customer", "reference"];

/** The list of payments, and what a search finds: one hit leads straight to it. */
export function paymentsScreen(screens: Screens): void {
  screens.show(PATH, async (visit) => {
    const { ask, query, shell } = visit;
    const filter = filterOf(query, FILTERS);
    const [page, views] = await Promise.all([
      ask.page<Payment>("/v1/payments", filter, query.after),
      query.q === undefined ? viewsOf(visit) : null,
    ]);
    const [only, ...others] = page.data;
    if (query.q !== undefined && only !== undefined && others.length === 0) return { to: `${PATH}/${only.id}` };
    const isNewest = query.after === undefined && query.q === undefined;
    const live = isNewest ? "/dashboard/live/payments" : null;
    return renderPayments(await shell(), { page, filter, columns: columnsIn(query.columns), views, live });
  });

  screens.show(VIEWS, (visit) => drawOwn(visit, null));

  addPress(screens, VIEWS, async ({ ask }, key, fields) => {
    const query = textOf(fields, "query");
    return {
      outcome: await ask.post("/v1/views", { name: textOf(fields, "name").trim(), query }, key),
      to: `${PATH}?${query}`,
    };
  });

  screens.press(`${VIEWS}/:view/rename`, async (visit, fields): Promise<Drawn> => {
    const { view = "" } = visit.params;
    const field = `name-${view}`;
    const name = textOf(fields, field).trim();
    const again = async (form: FormView) => ({
      html: await drawOwn(visit, { id: view, form }),
      status: form.problem?.status ?? 422,
    });
    if (name === "") return again(faultyForm(fields, { [field]: "missing" }));
    const outcome = await visit.ask.post(`/v1/views/${segment(view)}`, { name }, textOf(fields, "key"));
    return isDone(outcome) ? { to: VIEWS } : again(formAgain(fields, outcome.refused, visit.key));
  });

  addPress(screens, `${VIEWS}/:view/remove`, async ({ ask, params: { view = "" } }) => ({
    outcome: await takeAway(ask, `/v1/views/${segment(view)}`),
    to: VIEWS,
  }));
}

async function drawOwn(
  { ask, query, key, shell, mustHave }: Visit,
  back: Parameters<typeof renderOwnViews>[1]["back"],
) {
  mustHave("listViews");
  const page = await ask.page<SavedView>("/v1/views", {}, query.after);
  return renderOwnViews(await shell(), { page, key: key(), back });
}

/** Which views stand above the list, and whether what is shown can be one. */
async function viewsOf({ ask, query, today, may, key }: Visit): Promise<ViewsShown> {
  const own = may("listViews") ? await ask.all<SavedView>("/v1/views") : null;
  const isUsual = columnsIn(query.columns).join() === columnsIn(undefined).join();
  const shown = filterOf(query, isUsual ? FILTERS : [...FILTERS, "columns"]);
  const names = Object.keys(shown);
  return {
    usual: usualViews(today),
    own: own?.data ?? null,
    query: new URLSearchParams(shown).toString(),
    canKeep: names.length > 0 && !names.some((name) => OF_CUSTOMERS.includes(name)),
    key: key(),
  };
}

/** So many days are looked back on for what failed, and for what went back: as far as the list looks at once. */
const FAILED_DAYS_BEFORE = 6;
const REFUNDED_DAYS_BEFORE = 30;

/** What everybody has. */
function usualViews(today: Visit["today"]): readonly UsualView[] {
  return [
    { kind: "all", query: "" },
    { kind: "paid_today", query: `paid_from=${today}&paid_to=${today}&sort=paid` },
    { kind: "unpaid_references", query: "status=pending&method=multibanco" },
    { kind: "failed", query: `failed_from=${addDays(today, -FAILED_DAYS_BEFORE)}&failed_to=${today}` },
    { kind: "refunded", query: `refunded_from=${addDays(today, -REFUNDED_DAYS_BEFORE)}&refunded_to=${today}` },
  ];
}
