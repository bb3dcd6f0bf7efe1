import { type Http, problemOf } from "@caravela/platform/http";
import { httpProblems, type Problem, sendProblem } from "@caravela/platform/problems";
import type { FastifyError } from "fastify";

/** Answers 503 while the database is away, so that the caller tries again, and every other error as ever. */
export function sayWhenDatabaseIsAway(http: Http): void {
  http.setErrorHandler<FastifyError | Problem>((error, request, reply) => {
    if (!isDatabaseAway(error)) return sendProblem(reply, problemOf(error, request));
    request.log.error({ err: error }, "the database is away");
    return sendProblem(reply, httpProblems.unavailable());
  });
}

/** What the driver and PostgreSQL say of a connection that there is not, or no longer (classes 08 and 57P, and 3D000). */
function isDatabaseAway(error: object): boolean {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^(08...|57P..|3D000|ECONN(REFUSED|RESET)|ENOTFOUND|EPIPE|ENOENT)$/.test(code)) return true;
  return (
    error instanceof Error && /^Connection terminated|^timeout exceeded when trying to connect/.test(error.message)
  );
}
