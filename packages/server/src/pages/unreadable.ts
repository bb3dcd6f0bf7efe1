import { securityHeaders } from "@caravela/platform/http";
import { httpProblems, sendProblem } from "@caravela/platform/problems";
import { renderMandateNotFoundPage } from "@caravela/web/mandate";
import { renderPayNotFoundPage } from "@caravela/web/pay";
import type { FastifyReply, FastifyRequest } from "fastify";
import { langOf, sendHtml } from "./customer-page.ts";

/** Where customers are, and what is said there where there is nothing. */
const PAGES = [
  { at: "/pay/", render: renderPayNotFoundPage },
  { at: "/authorize/", render: renderMandateNotFoundPage },
  { at: "/mandates/", render: renderMandateNotFoundPage },
];

/** Answers an address that cannot be read (its percent-encoding, its length): with a page where customers are, else with a problem. */
export function answerUnreadable(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.info("an address could not be read");
  const page = PAGES.find(({ at }) => request.raw.url?.startsWith(at));
  if (page === undefined) return sendProblem(reply, httpProblems.malformedUrl());
  reply.code(404).headers(securityHeaders);
  return sendHtml(reply, page.render(langOf(request)));
}
