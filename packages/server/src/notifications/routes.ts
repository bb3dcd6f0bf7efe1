import type { Http } from "@caravela/platform/http";
import { acknowledge, NotificationError, openNotification } from "@caravela/sibs/notification";
import { readAnyBody } from "../http/any-body.ts";
import { problem } from "../http/problems.ts";
import { NOTIFICATIONS_PATH } from "../http/public-paths.ts";
import type { Inbox } from "./inbox.ts";
import { type OpeningSecret, terminalsOf } from "./opening.ts";

/** SIBS notifies of one transaction at a time; a real one is under 2 KiB. */
const LARGEST = 64 * 1024;

export interface NotificationRoutes {
  readonly inbox: Inbox;
  /** Of every terminal; several of one while a secret is being changed. */
  readonly secrets: readonly OpeningSecret[];
  readonly countRefused: (reason: string) => void;
  readonly countTaken: () => void;
}

/**
 * `POST /notifications/sibs`: opened, made durable, acknowledged. With any or no `Content-Type`: SIBS's own is
 * `text/plain`.
 */
export function notificationRoutes(http: Http, { inbox, secrets, countRefused, countTaken }: NotificationRoutes): void {
  const refused = async (reason: string, detail: string) => {
    countRefused(reason);
    await inbox.refuse();
    return problem("notification_unreadable", detail);
  };
  http.register(async (scope) => {
    readAnyBody(scope as Http, LARGEST);
    scope.post(NOTIFICATIONS_PATH, { schema: { hide: true } }, async (request, reply) => {
      const body = typeof request.body === "string" ? request.body : "";
      try {
        const opened = await openNotification({
          body,
          headers: request.headers,
          secrets: secrets.map(({ secret }) => secret),
        });
        const terminals = terminalsOf(opened, secrets);
        if (terminals === null) {
          throw await refused("other_terminal", "It names a terminal that is not of the secret that opens it.");
        }
        await inbox.store(opened, terminals);
        countTaken();
        const { status, body: answer } = acknowledge(opened.notificationId);
        return reply.code(status).send(answer);
      } catch (error) {
        if (!(error instanceof NotificationError)) throw error;
        // Without its id there is nothing to acknowledge: SIBS sends it again (reference §14, row 18).
        throw await refused(error.reason, `It was not sealed for this server (${error.reason}).`);
      }
    });
  });
}
