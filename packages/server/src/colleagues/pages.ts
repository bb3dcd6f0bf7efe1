import { type Http, problemOf, securityHeaders } from "@caravela/platform/http";
import { changes, isFromOurPage } from "@caravela/platform/own-requests";
import { httpProblems } from "@caravela/platform/problems";
import { renderNotDonePage } from "@caravela/web/colleagues";
import formBody from "@fastify/formbody";
import type { FastifyError, FastifyReply } from "fastify";
import { langOf } from "../http/chosen-language.ts";
import { limitByAddress } from "./limits.ts";

/** The answer of a passkey is the longest of what is sent. */
const LARGEST_FORM = 32 * 1024;

/**
 * Opens a room for the pages by which colleagues sign in: forms are read, headers are strict, whatever changes
 * something comes from a page of ours, and what goes wrong is a page and not a problem.
 */
export async function openColleaguePages(
  http: Http,
  own: { readonly publicUrl: string },
  addRoutes: (scope: Http) => void,
): Promise<void> {
  await http.register(async (scope) => {
    await scope.register(formBody, { bodyLimit: LARGEST_FORM });
    await limitByAddress(scope as Http);
    scope.addHook("onRequest", async (request, reply) => {
      reply.headers(securityHeaders);
      if (changes(request.method) && !isFromOurPage(request, own.publicUrl)) throw httpProblems.foreignSite();
    });
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      const { status, headers } = problemOf(error, request);
      return sendHtml(reply.code(status).headers(headers), renderNotDonePage(langOf(request)));
    });
    addRoutes(scope as Http);
  });
}

export function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").send(html);
}
