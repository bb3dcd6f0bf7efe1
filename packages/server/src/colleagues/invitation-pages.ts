import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { type LoginProblem, renderGonePage, renderInvitationPage } from "@caravela/web/login";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { KeepsAudit } from "../http/audited.ts";
import { langOf } from "../http/chosen-language.ts";
import { type AsksForPasskeys, askPasskey, BOUND, takePasskey } from "./by-passkey.ts";
import { inAudit } from "./in-audit.ts";
import { INVITATIONS_PATH, type OpensInvitations, openInvitation, useInvitation } from "./invitations.ts";
import { fieldOf, LOGIN_PATH, partyHere, wherePasskeys } from "./login-places.ts";
import { openColleaguePages, sendHtml } from "./pages.ts";
import { passkeyName, readRegistration } from "./read-answer.ts";
import { type SignsIn, signIn } from "./sign-in.ts";

interface ServesInvitations extends AsksForPasskeys, OpensInvitations, SignsIn {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly audit: KeepsAudit;
}

const schema = { hide: true, params: Type.Object({ token: Type.String({ maxLength: 200 }) }) };

/**
 * Where whoever is invited comes in. Looking at it changes nothing: what a mail's filter opens ahead is good for its
 * reader yet. The press makes a passkey, uses the link up, and signs in, all three or none.
 */
export async function invitationPages(http: Http, ports: ServesInvitations): Promise<void> {
  const { own, clock } = ports;

  const gone = (request: FastifyRequest, reply: FastifyReply) => {
    const of = { merchant: own.shop.name, signInPath: LOGIN_PATH };
    return sendHtml(reply.code(404), renderGonePage(langOf(request), of));
  };

  const page = async (request: FastifyRequest, reply: FastifyReply, token: string, problem: LoginProblem | null) => {
    const invited = await openInvitation(ports, token);
    if (invited === null) return gone(request, reply);
    const { operator, endsAt } = invited;
    return sendHtml(
      reply.code(problem === null ? 200 : 403),
      renderInvitationPage({
        lang: langOf(request),
        merchant: own.shop.name,
        path: `${INVITATIONS_PATH}/${token}`,
        passkeys: wherePasskeys(own.publicUrl),
        problem,
        name: operator.name,
        role: operator.role,
        minutesLeft: Math.ceil((endsAt.getTime() - clock.now().getTime()) / 60_000),
      }),
    );
  };

  await openColleaguePages(http, own, (scope) => {
    scope.get(`${INVITATIONS_PATH}/:token`, { schema }, (request, reply) =>
      page(request, reply, request.params.token, null),
    );

    scope.post(`${INVITATIONS_PATH}/:token/options`, { schema }, async (request, reply) => {
      const { token } = request.params;
      const invited = await openInvitation(ports, token);
      if (invited === null) return gone(request, reply);
      return askPasskey(ports, partyHere(ports), { bound: BOUND.invitation(token), operator: invited.operator });
    });

    scope.post(`${INVITATIONS_PATH}/:token`, { schema }, async (request, reply) => {
      const { token } = request.params;
      const invited = await openInvitation(ports, token);
      if (invited === null) return gone(request, reply);
      const tried = { operation: "acceptInvitation", subject: invited.operator.id } as const;
      const problem = await inAudit(ports.audit, request, tried, () => accept(ports, token, request, reply));
      if (problem !== null) return page(request, reply, token, problem);
      return reply.redirect("/dashboard", 303);
    });
  });
}

/** Makes somebody's passkey theirs and signs them in; null: they are. */
async function accept(
  ports: ServesInvitations,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<LoginProblem | null> {
  const answer = readRegistration(fieldOf(request, "answer"));
  if (answer === null) return "no_answer";
  const made = await takePasskey(ports, partyHere(ports), BOUND.invitation(token), answer);
  if (typeof made === "string") return made;
  return inTransaction(ports.pool, async (connection) => {
    const operator = await useInvitation(ports, connection, token);
    if (operator === null) return "too_late";
    const passkey = { ...made, id: ports.chance.id("pky"), operator: operator.id, name: nameOf(request) };
    if ((await ports.passkeys.add(connection, passkey)) === null) throw new Known();
    await signIn(ports, connection, { operator: operator.id, isTouched: true }, request, reply);
    ports.log.info({ operator: operator.id, passkey: passkey.id }, "somebody came in by a link");
    return null;
  }).catch((error: unknown) => {
    if (error instanceof Known) return "known";
    throw error;
  });
}

/** A passkey that is kept already: then the link is not used up. */
class Known extends Error {
  override name = "Known";
}

/** What a first passkey is known by until its person says otherwise: the kind of machine, as browsers tell it. */
function nameOf({ headers }: FastifyRequest): string {
  const platform = headers["sec-ch-ua-platform"];
  const said = typeof platform === "string" ? platform.replaceAll('"', "") : "";
  return passkeyName(said);
}
