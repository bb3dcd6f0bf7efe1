import { renderSessions, type Session } from "@caravela/web/dashboard";
import { addPress, takeAway } from "../call-form.ts";
import type { Screens } from "../room.ts";
import { segment } from "./payment.ts";

const AT = "/dashboard/sessions";

/** Who is signed in: oneself; an owner sees everybody, and may sign anybody out. */
export function sessionsScreen(screens: Screens): void {
  screens.show(AT, async ({ ask, query, key, mustHave, shell }) => {
    mustHave("listSessions");
    const page = await ask.page<Session>("/v1/sessions", {}, query.after);
    return renderSessions(await shell(), { page, key: key(), isDone: query.done === "end" });
  });

  addPress(screens, `${AT}/:id/end`, async ({ ask, params: { id = "" } }) => ({
    outcome: await takeAway(ask, `/v1/sessions/${segment(id)}`),
    to: `${AT}?done=end`,
  }));
}
