import { inBoth } from "../texts.ts";

/** A screen that is always one press away. */
export interface Place {
  readonly path: string;
  /** The operation of the API without which it shows nothing: whoever may not have it does not see it. */
  readonly needs: string;
  /** Pressed after `g`, it leads there. */
  readonly key: string;
  readonly called: Readonly<Record<"pt" | "en", string>>;
  /** Whether the number of tasks stands beside it. */
  readonly counts?: "tasks";
}

/** The screens of the navigation, in their order. A screen that is not built is not here. */
export const PLACES: readonly Place[] = [
  { path: "/dashboard/today", needs: "listDaySums", key: "t", called: inBoth("Hoje", "Today") },
  {
    path: "/dashboard/tasks",
    needs: "listTasks",
    key: "a",
    called: inBoth("A tratar", "Needs attention"),
    counts: "tasks",
  },
  { path: "/dashboard/payments", needs: "listPayments", key: "p", called: inBoth("Pagamentos", "Payments") },
  { path: "/dashboard/refunds", needs: "listRefunds", key: "r", called: inBoth("Reembolsos", "Refunds") },
  {
    path: "/dashboard/links/new",
    needs: "createPayment",
    key: "l",
    called: inBoth("Link de pagamento", "Payment link"),
  },
  { path: "/dashboard/subscriptions", needs: "listMandates", key: "s", called: inBoth("Subscrições", "Subscriptions") },
  {
    path: "/dashboard/developers",
    needs: "listKeys",
    key: "d",
    called: inBoth("Programadores", "Developers"),
  },
  { path: "/dashboard/team", needs: "listOperators", key: "e", called: inBoth("Equipa", "Team") },
  { path: "/dashboard/audit", needs: "listAudit", key: "h", called: inBoth("Registo", "Audit") },
  { path: "/dashboard/settings", needs: "getMe", key: "i", called: inBoth("Definições", "Settings") },
];

/** The place that an address is of: the longest that it begins with. */
export function placeOf(path: string): Place | undefined {
  const [bare = ""] = path.split("?");
  return PLACES.filter((place) => bare === place.path || bare.startsWith(`${place.path}/`)).toSorted(
    (one, other) => other.path.length - one.path.length,
  )[0];
}
