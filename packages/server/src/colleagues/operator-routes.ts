import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Problem } from "@caravela/platform/problems";
import { type Static, Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asOperatorId, type OperatorId, type TerminalId } from "../domain/identifiers.ts";
import { NOT_LIMITED, namedIn, namedLimits } from "../domain/limit.ts";
import { wasBefore } from "../http/audited.ts";
import { beyondYours } from "../http/beyond.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { problem } from "../http/problems.ts";
import { answers, noBody, pageOfSchema, pageQuery, params } from "../http/schemas.ts";
import { type ServesTerminals, terminalGiven } from "../http/whose.ts";
import { storeKey } from "../storage/kept-answers.ts";
import type { Answer, KeyRow } from "../storage/keys.ts";
import type { Operator } from "../storage/operators.ts";
import { INVITATIONS_PATH } from "./invitations.ts";
import { ownOrigin } from "./login-places.ts";
import { change, type Invited, invite, inviteAgain, type ManagesColleagues, remove, type Unwilling } from "./manage.ts";
import { changeBody, inviteBody, operatorSchema } from "./schemas.ts";

const tags = ["Colleagues"];

interface ServesColleagues extends ManagesColleagues, ServesTerminals {
  readonly pool: Pool;
  readonly idempotency: Idempotency;
  readonly log: Log;
  readonly own: { readonly publicUrl: string };
}

/** The people at work: invited, read, changed, removed. */
export function operatorRoutes(http: Http, { pool, idempotency, log, own, ...ports }: ServesColleagues): void {
  type Connection = Parameters<Parameters<typeof inTransaction>[1]>[0];

  const shown = async (connection: Queries, all: readonly Operator[]) => {
    const counts = await ports.passkeys.countsOf(
      connection,
      all.map(({ id }) => id),
    );
    return all.map((operator) => present(operator, counts.get(operator.id) ?? 0));
  };

  /** The link is told once: it is not kept with the request's own key. */
  const answer = async (connection: Connection, { operator, token }: Invited, status: number, row: KeyRow) => {
    const [body] = await shown(connection, [operator]);
    const inviteUrl = `${ownOrigin(own.publicUrl)}${INVITATIONS_PATH}/${token.reveal()}`;
    const told: Answer = { status, body: { ...body, inviteUrl }, kept: body };
    await storeKey(connection, row(operator.id, told), ports.clock.now());
    return told;
  };
  const note = (caller: Caller, operator: OperatorId, what: string) =>
    log.info({ operator, by: caller.by.id ?? null }, what);

  idempotency.post(
    http,
    "/v1/operators",
    {
      tags,
      operationId: "inviteOperator",
      summary: "Invite a colleague",
      description: "`inviteUrl` is the link that they come in by: it is good for 15 minutes, once, and told this once.",
      body: inviteBody,
      response: answers({ 201: operatorSchema }),
    },
    {
      scope: null,
      problems: ["operator_beyond_yours", "not_possible", "terminal_not_served"],
      keepsToTerminal: true,
      wantsTouch: true,
      carryOut: async ({ body, caller }, row) => {
        const { name, role } = body;
        const wanted = {
          name: name.trim(),
          role,
          terminal: terminalGiven(ports, caller, body.terminal),
          ...NOT_LIMITED,
          ...namedIn(body),
        };
        return inTransaction(pool, async (connection) => {
          const invited = await invite(ports, connection, caller, wanted);
          if ("unwilling" in invited) throw refused(invited, caller);
          note(caller, invited.operator.id, "a colleague was invited");
          return answer(connection, invited, 201, row);
        });
      },
    },
  );

  http.get(
    "/v1/operators",
    {
      schema: {
        tags,
        operationId: "listOperators",
        summary: "List colleagues, newest first",
        querystring: Type.Object(pageQuery),
        response: answers({ 200: pageOfSchema(operatorSchema) }),
      },
      config: { scope: "admin", keepsToTerminal: true },
    },
    async ({ query, caller }) => {
      const page = await ports.operators.list(query, caller.terminal);
      return { ...page, data: await shown(pool, page.data) };
    },
  );

  idempotency.post(
    http,
    "/v1/operators/:id",
    {
      tags,
      operationId: "changeOperator",
      summary: "Change what a colleague is called, and what they may",
      description:
        "It is felt at their next request. What is left out stays as it is. Name and role of whoever signs in by the company's own provider are changed there.",
      params,
      body: changeBody,
      response: answers({ 200: operatorSchema }),
    },
    {
      scope: null,
      wantsTouch: true,
      problems: ["operator_beyond_yours", "last_owner", "said_by_provider", "not_possible", "terminal_not_served"],
      carryOut: async (asked, row) => {
        const { params, body, caller } = asked;
        const id = known(params.id);
        const changes = changesIn(body, (text) => terminalGiven(ports, caller, text));
        return inTransaction(pool, async (connection) => {
          const changed = await change(ports, connection, caller, id, changes);
          if (changed === null) throw nobody();
          if ("unwilling" in changed) throw refused(changed, caller);
          note(caller, id, "a colleague was changed");
          const [before, after] = await shown(connection, [changed.before, changed.after]);
          wasBefore(asked, before ?? {});
          const told: Answer = { status: 200, body: after };
          await storeKey(connection, row(id, told), ports.clock.now());
          return told;
        });
      },
    },
  );

  idempotency.post(
    http,
    "/v1/operators/:id/invite",
    {
      tags,
      operationId: "renewInvitation",
      summary: "Make a new link for a colleague",
      description:
        "For one whose first link is over, or who lost their passkey. A link from before is good for nothing any more; nothing else ends by it.",
      params,
      body: noBody,
      response: answers({ 200: operatorSchema }),
    },
    {
      scope: null,
      wantsTouch: true,
      problems: ["operator_beyond_yours", "signs_on_elsewhere"],
      carryOut: ({ params, caller }, row) =>
        inTransaction(pool, async (connection) => {
          const invited = await inviteAgain(ports, connection, caller, known(params.id));
          if (invited === null) throw nobody();
          if ("unwilling" in invited) throw refused(invited, caller);
          note(caller, invited.operator.id, "a colleague was invited anew");
          return answer(connection, invited, 200, row);
        }),
    },
  );

  http.delete(
    "/v1/operators/:id",
    {
      schema: {
        tags,
        operationId: "removeOperator",
        summary: "Remove a colleague",
        description: "They are signed out everywhere at once. Their name stays with what they did.",
        params,
        response: answers({ 204: Type.Null({ description: "Removed." }) }),
      },
      config: { scope: null, wantsTouch: true, problems: ["last_owner"] },
    },
    async ({ params, caller }, reply) => {
      const id = known(params.id);
      await inTransaction(pool, async (connection) => {
        const removed = await remove(ports, connection, caller, id);
        if (removed === null) throw nobody();
        if ("unwilling" in removed) throw refused(removed, caller);
      });
      note(caller, id, "a colleague was removed");
      return reply.code(204).send();
    },
  );
}

function changesIn(
  { name, role, terminal, ...said }: Static<typeof changeBody>,
  terminalOf: (text: string) => TerminalId | null,
) {
  return {
    ...(name != null && { name: name.trim() }),
    ...(role != null && { role }),
    ...(terminal !== undefined && { terminal: terminal === null ? null : terminalOf(terminal) }),
    ...namedIn(said),
  };
}

function known(id: string): OperatorId {
  const operator = asOperatorId(id);
  if (operator === null) throw nobody();
  return operator;
}

function nobody(): Problem {
  return problem("not_found", "There is no colleague of this id.");
}

function refused(why: Unwilling, caller: Caller): Problem {
  switch (why.unwilling) {
    case "beyond":
      return beyondYours("operator_beyond_yours", { caller, beyond: why.beyond, isNamed: true });
    case "last_owner":
      return problem(
        "last_owner",
        "Nobody else who has come in could do what this owner can: make a colleague such an owner first.",
      );
    case "signs_on":
      return problem("signs_on_elsewhere", "Their company's provider lets them in: they need no link.");
    case "said_by_provider":
      return problem("said_by_provider", "Change them there: here they would last until the next signing in.");
    case "no_owner":
      return problem("role_missing", "You are no owner any more.", { members: { roles: ["owner"] } });
  }
}

/** A colleague as the API shows them. */
function present({ id, name, role, terminal, limits, createdAt, seenAt, signsOn }: Operator, passkeys: number) {
  return {
    id,
    name,
    role,
    terminal,
    ...namedLimits(limits),
    createdAt: createdAt.toISOString(),
    lastSeenAt: seenAt?.toISOString() ?? null,
    passkeys,
    signsOn,
    inviteUrl: null,
  };
}
