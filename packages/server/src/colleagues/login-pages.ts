import type { Chance } from "@caravela/platform/chance";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { type LoginProblem, renderSignInPage } from "@caravela/web/login";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { KeepsAudit } from "../http/audited.ts";
import { langOf } from "../http/chosen-language.ts";
import { sessionToken, takeSession } from "../http/session-cookie.ts";
import type { Operators } from "../storage/operators.ts";
import { BrowserCookie } from "./browser-cookie.ts";
import { type AnswerProblem, type AsksForPasskeys, askAnswer, BOUND, countUse, takeAnswer } from "./by-passkey.ts";
import type { AuthenticationAnswer } from "./ceremonies.ts";
import { inAudit } from "./in-audit.ts";
import { backOf, fieldOf, LOGIN_PATH, partyHere, signOnPath, wherePasskeys } from "./login-places.ts";
import { openColleaguePages, sendHtml } from "./pages.ts";
import { readAuthentication } from "./read-answer.ts";
import { type SignsIn, signIn } from "./sign-in.ts";

interface ServesLogin extends AsksForPasskeys, SignsIn {
  readonly pool: Pool;
  readonly chance: Chance;
  readonly operators: Operators;
  readonly audit: KeepsAudit;
  /** The company's own provider; null: there is none. */
  readonly signOn: unknown;
}

const browserCookie = new BrowserCookie("login", "strict");
const hide = { schema: { hide: true } };

/** Where people sign in by their passkey, and out. */
export async function loginPages(http: Http, ports: ServesLogin): Promise<void> {
  const { pool, sessions, own } = ports;

  const page = (request: FastifyRequest, reply: FastifyReply, problem: LoginProblem | null) =>
    sendHtml(
      reply,
      renderSignInPage({
        lang: langOf(request),
        merchant: own.shop.name,
        path: LOGIN_PATH,
        passkeys: wherePasskeys(own.publicUrl),
        problem,
        back: backOf(request),
        signOnPath: ports.signOn === null ? null : signOnPath(own.publicUrl, backOf(request)),
        signedOut: "signed-out" in (request.query as object),
      }),
    );

  await openColleaguePages(http, own, (scope) => {
    scope.get(LOGIN_PATH, hide, async (request, reply) => page(request, reply, null));

    scope.post(`${LOGIN_PATH}/options`, hide, async (_request, reply) => {
      const browser = Buffer.from(ports.chance.bytes(32)).toString("base64url");
      browserCookie.give(reply, browser);
      return askAnswer(ports, partyHere(ports), { bound: BOUND.signIn(browser), known: null });
    });

    scope.post(LOGIN_PATH, hide, async (request, reply) => {
      const problem = await signInByAnswer(ports, request, reply);
      if (problem !== null) return page(request, reply.code(problem === "no_answer" ? 400 : 403), problem);
      return reply.redirect(backOf(request) ?? "/dashboard", 303);
    });

    scope.post("/dashboard/logout", hide, async (request, reply) => {
      const token = sessionToken(request);
      if (token !== null) await inTransaction(pool, (connection) => sessions.endOf(connection, token));
      takeSession(reply);
      return reply.redirect(`${LOGIN_PATH}?signed-out`, 303);
    });
  });
}

/** Signs somebody in by the answer in a form; null: they are. */
async function signInByAnswer(
  ports: ServesLogin,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AnswerProblem | "no_answer" | null> {
  const answer = readAuthentication(fieldOf(request, "answer"));
  if (answer === null) return "no_answer";
  // what is of nobody's passkey names nobody, and the audit is no place for noise
  const passkey = await ports.passkeys.find(Buffer.from(answer.id, "base64url"));
  if (passkey === null) return "refused";
  const tried = { operation: "signIn", subject: passkey.operator } as const;
  return inAudit(ports.audit, request, tried, () => signInBy(ports, answer, request, reply));
}

async function signInBy(
  ports: ServesLogin,
  answer: AuthenticationAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AnswerProblem | null> {
  const browser = browserCookie.of(request);
  if (browser === null) return "too_late";
  const asked = { bound: BOUND.signIn(browser), operator: null };
  const answered = await takeAnswer(ports, partyHere(ports), asked, answer);
  if (typeof answered === "string") return answered;
  const { operator } = answered.passkey;
  return inTransaction(ports.pool, async (connection) => {
    const isThere = await ports.operators.hold(connection, operator);
    if (isThere === null || !(await countUse(ports, connection, answered))) return "refused";
    await signIn(ports, connection, { operator, isTouched: true }, request, reply);
    browserCookie.take(reply);
    ports.log.info({ operator, passkey: answered.passkey.id }, "somebody signed in");
    return null;
  });
}
