import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Problem } from "@caravela/platform/problems";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asApiKeyId } from "../domain/identifiers.ts";
import { namedLimits } from "../domain/limit.ts";
import { beyondYours } from "../http/beyond.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem } from "../http/problems.ts";
import { answers, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { type ServesTerminals, terminalGiven } from "../http/whose.ts";
import type { ApiKey } from "../storage/api-keys.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { KeyRow } from "../storage/keys.ts";
import { createKey, type ManagesKeys, type Opened, rollKey, type Unwilling, wantedKey } from "./manage.ts";
import { apiKeySchema, createBody, rollBody } from "./schemas.ts";

const tags = ["Keys"];

interface ServesKeys extends ManagesKeys, ServesTerminals {
  readonly pool: Pool;
  readonly idempotency: Idempotency;
  readonly log: Log;
}

/** The keys by which this API is used: made, read, rolled, revoked. */
export function apiKeyRoutes(http: Http, { pool, idempotency, log, ...ports }: ServesKeys): void {
  const { keys, clock } = ports;

  /** The secret is told once: it is not kept with the request's own key. */
  const answer = async (connection: Pick<Pool, "query">, opened: Opened, status: number, row: KeyRow) => {
    const body = present(opened.key);
    const told = { status, body: { ...body, secret: opened.secret.reveal() }, kept: body };
    await storeKey(connection, row(opened.key.id, told), clock.now());
    return told;
  };

  idempotency.post(
    http,
    "/v1/keys",
    {
      tags,
      operationId: "createKey",
      summary: "Make an API key",
      body: createBody,
      response: answers({ 201: apiKeySchema }),
    },
    {
      scope: "admin",
      problems: ["key_beyond_yours", "not_possible", "terminal_not_served"],
      keepsToTerminal: true,
      wantsTouch: true,
      carryOut: async ({ body, caller }, row) => {
        const wanted = wantedKey(body, terminalGiven(ports, caller, body.terminal));
        const told = await inTransaction(pool, async (connection) => {
          const made = await createKey(ports, connection, caller, wanted);
          if (!("key" in made)) throw unwilling(made, caller, "made");
          return answer(connection, made, 201, row);
        });
        log.info({ key: told.body.id, by: caller.by.id ?? null }, "an API key was made");
        return told;
      },
    },
  );

  http.get(
    "/v1/keys",
    {
      schema: {
        tags,
        operationId: "listKeys",
        summary: "List API keys, newest first",
        description: "Those that were made, not the one of the server's settings. None is shown with its secret.",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(apiKeySchema) }),
      },
      config: { scope: "admin", keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const page = await keys.list(query, caller.terminal);
      return { ...page, data: page.data.map(present) };
    },
  );

  idempotency.post(
    http,
    "/v1/keys/:id/roll",
    {
      tags,
      operationId: "rollKey",
      summary: "Give an API key another secret",
      params,
      body: rollBody,
      response: answers({ 200: apiKeySchema }),
    },
    {
      scope: "admin",
      problems: ["key_beyond_yours", "not_possible"],
      wantsTouch: true,
      carryOut: async ({ params, body, caller }, row) => {
        const id = asApiKeyId(params.id);
        if (id === null) throw noSuchKey();
        const told = await inTransaction(pool, async (connection) => {
          const overlapHours = body?.overlapHours ?? null;
          const rolled = await rollKey(ports, connection, caller, { id, overlapHours });
          if (rolled === null) throw noSuchKey();
          if (!("key" in rolled)) throw unwilling(rolled, caller, "rolled");
          return answer(connection, rolled, 200, row);
        });
        log.info({ key: id, by: caller.by.id ?? null }, "an API key was rolled");
        return told;
      },
    },
  );

  http.delete(
    "/v1/keys/:id",
    {
      schema: {
        tags,
        operationId: "revokeKey",
        summary: "Revoke an API key",
        description: "It opens nothing any more, from now on, whichever server is asked.",
        params,
        response: answers({ 204: Type.Null({ description: "Revoked." }) }),
      },
      config: { scope: "admin", wantsTouch: true },
    },
    async ({ params, caller }, reply) => {
      const id = asApiKeyId(params.id);
      if (id === null || !(await keys.revoke(id))) throw noSuchKey();
      log.info({ key: id, by: caller.by.id ?? null }, "an API key was revoked");
      return reply.code(204).send();
    },
  );
}

function noSuchKey(): Problem {
  return problem("not_found", "There is no API key of this id.");
}

/** A key as the API shows it. */
function present({ id, name, terminal, scopes, limits, expiresAt, createdAt, usedAt, overlapEndsAt }: ApiKey) {
  return {
    id,
    name,
    terminal,
    scopes,
    ...namedLimits(limits),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    secret: null,
    createdAt: createdAt.toISOString(),
    lastUsedAt: usedAt?.toISOString() ?? null,
    overlapEndsAt: overlapEndsAt?.toISOString() ?? null,
  };
}

/** Everything that stands against a key, at once. */
function unwilling(why: Unwilling, caller: Caller, what: "made" | "rolled"): Problem {
  if ("expired" in why) {
    return what === "made"
      ? problem("not_possible", "`expiresAt` must lie ahead.", { field: "/expiresAt" })
      : problem("not_possible", `It expired at ${new Date(why.expired).toISOString()}: make a new one.`);
  }
  return beyondYours("key_beyond_yours", { caller, ...why, isNamed: what === "made" });
}
