import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asSessionId } from "../domain/identifiers.ts";
import { problem } from "../http/problems.ts";
import { answers, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import type { Session, Sessions } from "../storage/sessions.ts";
import { sessionSchema } from "./schemas.ts";

const tags = ["Colleagues"];

/** Who is signed in: read, and ended. Each sees their own; an owner sees everybody's. */
export function sessionRoutes(http: Http, { sessions, log }: { sessions: Sessions; log: Log }): void {
  http.get(
    "/v1/sessions",
    {
      schema: {
        tags,
        operationId: "listSessions",
        summary: "List who is signed in, newest first",
        description: "Your own; an owner is shown everybody's.",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(sessionSchema) }),
      },
      config: { scope: null, keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const page = await sessions.list(query, { operator: onlyOf(caller), terminal: caller.terminal });
      return { ...page, data: page.data.map((one) => present(one, caller)) };
    },
  );

  http.delete(
    "/v1/sessions/:id",
    {
      schema: {
        tags,
        operationId: "endSession",
        summary: "Sign somebody out, in one browser",
        description: "Yourself; an owner may sign anybody out. It is over at once, whichever server is asked.",
        params,
        response: answers({ 204: Type.Null({ description: "Signed out." }) }),
      },
      config: { scope: null },
    },
    async ({ params, caller }, reply) => {
      const id = asSessionId(params.id);
      if (id === null || !(await sessions.end(id, onlyOf(caller)))) {
        throw problem("not_found", "Nobody is signed in by a session of this id.");
      }
      log.info({ session: id, by: caller.by.id ?? null }, "somebody was signed out");
      return reply.code(204).send();
    },
  );
}

/** Whose sessions somebody sees; null: everybody's. */
function onlyOf({ person }: Caller) {
  return person === null || person.role === "owner" ? null : person.id;
}

function present({ id, operator, name, createdAt, seenAt, endsAt, address, agent }: Session, { person }: Caller) {
  return {
    id,
    operator,
    name,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    endsAt: endsAt.toISOString(),
    address,
    agent,
    current: id === person?.session,
  };
}
