import type { Chance } from "@caravela/platform/chance";
import type { Http } from "@caravela/platform/http";
import { type LoginProblem, renderPasskeysPage, renderTouchPage } from "@caravela/web/login";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { langOf } from "../http/chosen-language.ts";
import { backOf, fieldOf, ownOrigin, SIGN_ON_PATH, wherePasskeys } from "./login-places.ts";
import { type Answered, askOwnApi, leadToLogin } from "./own-api.ts";
import { openColleaguePages, sendHtml } from "./pages.ts";
import { passkeyName, readAuthentication, readRegistration } from "./read-answer.ts";

const TOUCH_PATH = "/dashboard/touch";
const PASSKEYS_PATH = "/dashboard/passkeys";

const hide = { schema: { hide: true } };
const named = { schema: { hide: true, params: Type.Object({ id: Type.String({ maxLength: 100 }) }) } };

interface ServesOwnPasskeys {
  readonly chance: Chance;
  readonly own: { readonly publicUrl: string; readonly shop: { readonly name: string } };
  /** The company's own provider; null: there is none. */
  readonly signOn: unknown;
}

/** How `/v1` calls what went wrong, as the page says it. */
const PROBLEMS: Readonly<Record<string, LoginProblem>> = {
  passkey_refused: "refused",
  passkey_known: "known",
  last_passkey: "last",
  too_many_passkeys: "too_many_passkeys",
  too_many_tries: "too_many",
};

/** The pages of whoever is signed in: where they touch their passkey anew, and where they look after their own. */
export async function ownPasskeyPages(http: Http, ports: ServesOwnPasskeys): Promise<void> {
  const { own } = ports;
  await openColleaguePages(http, own, (scope) => {
    addTouch(scope, { ...ports, http });
    addPasskeys(scope, { ...ports, http });
  });
}

type Parts = ServesOwnPasskeys & { readonly http: Http };

const every = (own: Parts["own"], request: FastifyRequest) => ({
  lang: langOf(request),
  merchant: own.shop.name,
  passkeys: wherePasskeys(own.publicUrl),
});

function addTouch(scope: Http, parts: Parts): void {
  const { own, signOn } = parts;

  const page = async (request: FastifyRequest, reply: FastifyReply, problem: LoginProblem | null) => {
    const { status, body } = await askOwnApi(parts, request, { method: "GET", path: "/v1/passkeys" });
    if (status !== 200) return leadToLogin(request, reply);
    const signsOn = signOn !== null && body.data.length === 0;
    const back = backOf(request) ?? "/dashboard";
    const anew = `${ownOrigin(own.publicUrl)}${SIGN_ON_PATH}?fresh&to=${encodeURIComponent(back)}`;
    const view = { ...every(own, request), path: TOUCH_PATH, problem, back, signOnPath: signsOn ? anew : null };
    return sendHtml(reply.code(problem === null ? 200 : 403), renderTouchPage(view));
  };

  scope.get(TOUCH_PATH, hide, (request, reply) => page(request, reply, null));

  scope.post(`${TOUCH_PATH}/options`, hide, async (request, reply) =>
    pass(reply, await askOwnApi(parts, request, { method: "POST", path: "/v1/session/touch-options" })),
  );

  scope.post(TOUCH_PATH, hide, async (request, reply) => {
    const body = readAuthentication(fieldOf(request, "answer"));
    if (body === null) return page(request, reply, "no_answer");
    const answer = await askOwnApi(parts, request, { method: "POST", path: "/v1/session/touch", body });
    return after(answer, { request, reply, to: backOf(request) ?? "/dashboard", page });
  });
}

function addPasskeys(scope: Http, parts: Parts): void {
  const { own } = parts;

  const page = async (request: FastifyRequest, reply: FastifyReply, problem: LoginProblem | null) => {
    const [me, { status, body }] = await Promise.all([
      askOwnApi(parts, request, { method: "GET", path: "/v1/me" }),
      askOwnApi(parts, request, { method: "GET", path: "/v1/passkeys" }),
    ]);
    if (status !== 200) return leadToLogin(request, reply);
    const touchPath = me.body.session?.touchedUntil == null ? touchBefore(PASSKEYS_PATH) : null;
    const view = { ...every(own, request), path: PASSKEYS_PATH, problem, held: body.data, touchPath };
    return sendHtml(reply.code(problem === null ? 200 : 403), renderPasskeysPage(view));
  };

  scope.get(PASSKEYS_PATH, hide, (request, reply) => page(request, reply, null));

  scope.post(`${PASSKEYS_PATH}/options`, hide, async (request, reply) =>
    pass(reply, await askOwnApi(parts, request, { method: "POST", path: "/v1/passkeys/options" })),
  );

  scope.post(PASSKEYS_PATH, hide, async (request, reply) => {
    const answer = readRegistration(fieldOf(request, "answer"));
    if (answer === null) return page(request, reply, "no_answer");
    const body = { name: passkeyName(fieldOf(request, "name")), answer };
    const added = await askOwnApi(parts, request, { method: "POST", path: "/v1/passkeys", body });
    return after(added, { request, reply, to: PASSKEYS_PATH, page });
  });

  scope.post(`${PASSKEYS_PATH}/:id/remove`, named, async (request, reply) => {
    const path = `/v1/passkeys/${encodeURIComponent(request.params.id)}`;
    const removed = await askOwnApi(parts, request, { method: "DELETE", path });
    return after(removed, { request, reply, to: PASSKEYS_PATH, page });
  });
}

/** Passes on what a browser is asked; or only that it is not, which the page's script has words for. */
function pass(reply: FastifyReply, { status, body }: Answered): FastifyReply {
  return status === 200 ? reply.send(body) : reply.code(status).send({ status });
}

function touchBefore(to: string): string {
  return `${TOUCH_PATH}?to=${encodeURIComponent(to)}`;
}

interface After {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where it leads when it was done. */
  readonly to: string;
  page(request: FastifyRequest, reply: FastifyReply, problem: LoginProblem | null): Promise<FastifyReply>;
}

/** Leads on, to the passkey where it is to be touched first, or says what went wrong. */
function after({ status, code }: Answered, { request, reply, to, page }: After): FastifyReply | Promise<FastifyReply> {
  if (status < 300 || code === "not_found") return reply.redirect(to, 303);
  if (status === 401) return leadToLogin(request, reply);
  if (code === "touch_required") return reply.redirect(touchBefore(to), 303);
  return page(request, reply, PROBLEMS[code ?? ""] ?? "refused");
}
