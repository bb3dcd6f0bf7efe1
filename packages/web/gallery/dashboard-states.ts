import { renderRefused } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { customerStates } from "./customer-states.ts";
import { developerStates } from "./developer-states.ts";
import { officeStates } from "./office-states.ts";
import { paymentActionStates } from "./payment-action-states.ts";
import { paymentStates } from "./payment-states.ts";
import { subscriptionStates } from "./subscription-states.ts";
import { taskStates } from "./task-states.ts";
import { todayStates } from "./today-states.ts";
import { shellOf } from "./visitors.ts";

/** The screens of the dashboard in their states, as they are drawn in a language. */
export const dashboardStates: Record<string, (lang: Lang) => string> = {
  ...todayStates,
  ...taskStates,
  ...paymentStates,
  ...paymentActionStates,
  ...subscriptionStates,
  ...customerStates,
  ...officeStates,
  ...developerStates,
  refused: (lang) =>
    renderRefused(shellOf(lang, "/dashboard/payments/pay_x"), {
      problem: { type: "/problems/not_found", title: "", status: 404, detail: "", errors: [] },
      requestId: "req_1",
      mayGoBetter: false,
    }),
};
