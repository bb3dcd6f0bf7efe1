import type { Http } from "@caravela/platform/http";
import { problemOf } from "@caravela/platform/http";
import { httpProblems, type Problem, sendProblem } from "@caravela/platform/problems";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyError, FastifyRequest } from "fastify";
import { authorize } from "./authorize.ts";

/** Makes a scope the shop's own: its API key is asked for, bodies are JSON, and a database that is away is said to be. */
export function forTheShop(http: Http, apiKey: Secret): void {
  http.addHook("onRequest", authorize(apiKey));
  takeJsonAlone(http);
  http.setErrorHandler<FastifyError | Problem>((error, request, reply) => {
    if (!isDatabaseAway(error)) return sendProblem(reply, problemOf(error, request));
    request.log.error({ err: error }, "the database is away");
    return sendProblem(reply, httpProblems.unavailable());
  });
}

/** An empty body is none, also when it is said to be JSON: many clients do so at a POST without one. */
function takeJsonAlone(http: Http): void {
  const parse = http.getDefaultJsonParser("error", "error");
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "string" }, (request: FastifyRequest, body, done) => {
    if (body === "") done(null, undefined);
    else parse(request, body as string, done);
  });
}

/** What the driver and PostgreSQL say of a connection that there is not, or no longer (class 08, 57P, 3D000). */
function isDatabaseAway(error: object): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^(08...|57P..|3D000|ECONN(REFUSED|RESET)|ENOTFOUND|EPIPE|ENOENT)$/.test(code)) return true;
  return (
    error instanceof Error && /^Connection terminated|^timeout exceeded when trying to connect/.test(error.message)
  );
}
