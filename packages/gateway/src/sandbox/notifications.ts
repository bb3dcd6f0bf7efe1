import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Static } from "typebox";
import { listNotifications, resendNotification } from "../notifications/notifications.ts";
import { paged, pageQuery } from "./pages.ts";
import { sandboxProblems } from "./problems.ts";

const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
const Query = pageQuery({ pattern: UUID });

/** `GET /sandbox/notifications`, each with its tries, and `POST …/{id}/resend`. */
export function serveNotifications(http: Http, options: { pool: Pool; clock: Clock; onDue: () => void }): void {
  const { pool, clock, onDue } = options;
  http.get<{ Querystring: Static<typeof Query> }>(
    "/sandbox/notifications",
    { schema: { querystring: Query } },
    async ({ query: { limit, after } }) => {
      const { page, next } = paged(await listNotifications(pool, limit + 1, after ?? null), limit, ({ id }) => id);
      return { notifications: page, next };
    },
  );
  http.post<{ Params: { id: string } }>("/sandbox/notifications/:id/resend", async ({ params: { id } }) => {
    const resent = new RegExp(UUID).test(id) ? await resendNotification(pool, id, clock.now()) : null;
    if (resent === null) throw sandboxProblems.unknownNotification();
    onDue();
    return resent;
  });
}
