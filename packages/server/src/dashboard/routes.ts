import type { Http } from "@caravela/platform/http";
import { keepLang } from "../http/chosen-language.ts";
import { dashboardPath } from "../http/own-page.ts";
import { fieldsOf, textOf } from "../pages/form-fields.ts";
import { addLive, type LiveParts } from "./live.ts";
import { openDashboard, type RoomParts, type Screens } from "./room.ts";
import { approvalScreen } from "./screens/approval.ts";
import { auditScreen } from "./screens/audit.ts";
import { customerScreens } from "./screens/customer.ts";
import { developersScreens } from "./screens/developers.ts";
import { handOverScreens, type KnowsShops } from "./screens/hand-over.ts";
import { newAttemptScreens } from "./screens/new-attempt.ts";
import { type KnowsServed, newLinkScreen } from "./screens/new-link.ts";
import { paymentScreen } from "./screens/payment.ts";
import { paymentActions } from "./screens/payment-actions.ts";
import { paymentsScreen } from "./screens/payments.ts";
import { refundScreen } from "./screens/refund.ts";
import { refundsScreen } from "./screens/refunds.ts";
import { sessionsScreen } from "./screens/sessions.ts";
import { settingsScreen } from "./screens/settings.ts";
import { subscriptionScreens } from "./screens/subscriptions.ts";
import { tasksScreen } from "./screens/tasks.ts";
import { teamScreens } from "./screens/team.ts";
import { todayScreen } from "./screens/today.ts";
import type { Visit } from "./visit.ts";

type Parts = RoomParts & LiveParts & KnowsShops & KnowsServed;

/** Every screen. */
const screensOf = (parts: Parts): readonly ((screens: Screens) => void)[] => [
  todayScreen,
  tasksScreen,
  paymentsScreen,
  paymentScreen,
  paymentActions,
  newAttemptScreens,
  refundScreen,
  approvalScreen,
  handOverScreens(parts),
  refundsScreen,
  subscriptionScreens,
  developersScreens,
  teamScreens,
  auditScreen,
  sessionsScreen,
  settingsScreen,
  customerScreens,
  newLinkScreen(parts),
];

/** What a colleague works with in a browser: a client of `/v1`, for people. */
export async function dashboardRoutes(http: Http, parts: Parts): Promise<void> {
  await openDashboard(http, parts, (screens, scope) => {
    for (const putUp of screensOf(parts)) putUp(screens);
    screens.show("/dashboard", toFirst);
    screens.show("/dashboard/", toFirst);
    addLive(http, scope, parts);

    scope.post("/dashboard/language", { schema: { hide: true } }, async (request, reply) => {
      const fields = fieldsOf(request);
      keepLang(reply, textOf(fields, "lang") === "en" ? "en" : "pt");
      return reply.redirect(dashboardPath(textOf(fields, "to")) ?? "/dashboard", 303);
    });
  });
}

/** Whoever reckons begins with the day, everybody else with the payments. */
async function toFirst({ may }: Visit) {
  return { to: may("listDaySums") ? "/dashboard/today" : "/dashboard/payments" };
}
