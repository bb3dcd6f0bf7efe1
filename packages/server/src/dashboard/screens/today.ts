import { addDays } from "@caravela/platform/lisbon";
import {
  type DaySum,
  type FailureCount,
  type Health,
  type Listed,
  type ReferenceSum,
  renderToday,
} from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";

/** Today is compared with the days of two weeks. */
const DAYS_BEFORE = 14;
/** Why tries failed is counted over a week. */
const FAILURE_DAYS_BEFORE = 6;

/** What a day begins with: what was taken, what is still to come, what went wrong, and whether all works. */
export function todayScreen(screens: Screens): void {
  screens.show("/dashboard/today", async ({ ask, may, mustHave, shell, today }) => {
    mustHave("listDaySums");
    const failuresFrom = addDays(today, -FAILURE_DAYS_BEFORE);
    const [health, days, references, failures] = await Promise.all([
      ask.get<Health>("/v1/health"),
      ask.get<Listed<DaySum>>("/v1/summaries/days", { from: addDays(today, -DAYS_BEFORE), to: today }),
      may("listReferenceSums") ? ask.get<Listed<ReferenceSum>>("/v1/summaries/references") : null,
      may("listFailureCounts")
        ? ask.get<Listed<FailureCount>>("/v1/summaries/failures", { from: failuresFrom, to: today })
        : null,
    ]);
    return renderToday(await shell(), {
      today,
      days: days.data,
      references: references?.data ?? null,
      failures: failures && { from: failuresFrom, counts: failures.data },
      health,
    });
  });
}
