import { constants } from "node:zlib";
import type { Chance } from "@caravela/platform/chance";
import { type Http, problemOf, securityHeaders } from "@caravela/platform/http";
import { isFromOurPage } from "@caravela/platform/own-requests";
import { httpProblems } from "@caravela/platform/problems";
import { type Problem, renderRefused, type Shell } from "@caravela/web/dashboard";
import compress from "@fastify/compress";
import formBody from "@fastify/formbody";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { langOf } from "../http/chosen-language.ts";
import { type FormFields, fieldsOf } from "../pages/form-fields.ts";
import { askFor, isSignedOut, Refused } from "./ask.ts";
import { beginVisit, type Visit } from "./visit.ts";

/** A note of the greatest length, in letters of four bytes, as a form spells it. */
const LARGEST_FORM = 64 * 1024;

/** Quick enough to be done anew for each page, and nearly as small as can be. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** A screen, or where the browser is led instead; `status` where it is not 200. */
export type Drawn = string | { readonly to: string } | { readonly html: string; readonly status: number };

/** Where screens are put up. */
export interface Screens {
  /** A screen at an address. */
  show(at: string, draw: (visit: Visit) => Promise<Drawn>): void;
  /** What a form at an address does: it leads on once it is done, and is drawn again where it is not. */
  press(at: string, act: (visit: Visit, fields: FormFields) => Promise<Drawn>): void;
}

export interface RoomParts {
  readonly own: { readonly publicUrl: string };
  readonly chance: Chance;
}

/**
 * Opens the room of the dashboard: headers are strict, forms are read, whatever changes something comes from a page of
 * ours, whoever is not signed in is led to where one does, and what goes wrong is a page that says what to do.
 */
export async function openDashboard(
  http: Http,
  { own, chance }: RoomParts,
  putUp: (screens: Screens, scope: Http) => void,
): Promise<void> {
  await http.register(async (scope) => {
    await scope.register(formBody, { bodyLimit: LARGEST_FORM });
    await scope.register(compress, { encodings: ["br", "gzip"], brotliOptions: QUICK });
    scope.addHook("onRequest", async (request, reply) => {
      reply.headers(securityHeaders);
      if (request.method === "POST" && !isFromOurPage(request, own.publicUrl)) throw httpProblems.foreignSite();
    });
    scope.setErrorHandler<FastifyError>((error, request, reply) => refuse(http, error, request, reply));

    const visit = (request: FastifyRequest) => {
      const lang = langOf(request);
      return beginVisit({ request, lang, ask: askFor(http, request, lang), key: () => chance.uuid() });
    };
    const schema = { hide: true };
    putUp(
      {
        show: (at, draw) =>
          void scope.get(at, { schema }, async (request, reply) => send(reply, await draw(await visit(request)))),
        press: (at, act) =>
          void scope.post(at, { schema }, async (request, reply) =>
            send(reply, await act(await visit(request), fieldsOf(request))),
          ),
      },
      scope as Http,
    );
    scope.all("/dashboard/*", { schema }, () => Promise.reject(httpProblems.notFound()));
  });
}

function send(reply: FastifyReply, drawn: Drawn): FastifyReply {
  if (typeof drawn === "object" && "to" in drawn) return reply.redirect(drawn.to, 303);
  const { html, status } = typeof drawn === "string" ? { html: drawn, status: 200 } : drawn;
  return reply.code(status).type("text/html; charset=utf-8").send(html);
}

/** Where one signs in, and is led back from to where one was. */
function signInPath({ method, url }: FastifyRequest): string {
  const back = method === "GET" && url.startsWith("/dashboard/") ? `?to=${encodeURIComponent(url)}` : "";
  return `/dashboard/login${back}`;
}

/** Whatever goes wrong, a person reads a page and not a problem. */
async function refuse(
  http: Http,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const problem = error instanceof Refused ? error.problem : (problemOf(error, request).toJSON() as unknown as Problem);
  if (isSignedOut(problem)) return reply.redirect(signInPath(request), 303);
  if (!(error instanceof Refused)) reply.headers(problemOf(error, request).headers);
  const html = renderRefused(await shellAround(http, request), {
    problem,
    requestId: request.id,
    mayGoBetter: problem.status >= 500 && request.method === "GET",
  });
  return send(reply, { html, status: problem.status });
}

/** As much of what stands around a screen as can be known now. */
async function shellAround(http: Http, request: FastifyRequest): Promise<Shell> {
  const lang = langOf(request);
  try {
    const visit = await beginVisit({ request, lang, ask: askFor(http, request, lang), key: () => "" });
    return await visit.shell();
  } catch {
    return { lang, me: null, tasks: null, path: request.url, q: "" };
  }
}
