import { type Http, securityHeaders } from "@caravela/platform/http";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { Type } from "typebox";
import { PROBLEMS } from "./problem-kinds.ts";

/** What to do about the problems of HTTP itself. */
const HTTP_REMEDIES = {
  invalidRequest:
    "`errors` names each field at fault and says what it must be; where that is not enough, compare the request with /docs.",
  malformedBody: "Send JSON, in UTF-8 and whole.",
  malformedUrl: "Percent-encode what stands in the path, and keep it short.",
  malformedRequest: "Send HTTP/1.1, by a library that writes it, with one `Host` and one length.",
  requestTimeout: "Send it again with the same Idempotency-Key, in less than 30 seconds.",
  urlTooLong: "Keep the address below 8 KiB: what is long belongs into the body.",
  headersTooLarge: "Keep the address and all headers, cookies too, below 32 KiB.",
  loopbackOnly: "Call it on the machine that the server runs on.",
  foreignSite: "Call it from a program, or under its own address.",
  notFound: PROBLEMS.not_found.remedy,
  bodyTooLarge: "Send less: 128 KiB hold a payment with the most metadata that it may have.",
  unsupportedMediaType: "Send JSON, and say so: `Content-Type: application/json`.",
  internalError:
    "Try again with the same Idempotency-Key. If it stays, look for the answer's `x-request-id` in the log.",
  busy: "Try again in a moment with the same Idempotency-Key: nothing was changed.",
  unavailable: "Try again in a moment with the same Idempotency-Key: the database cannot be reached.",
} as const satisfies Record<keyof typeof httpProblems, string>;

/** One problem as its page shows it. */
export interface ProblemEntry {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

/** Every problem that this server may answer with. */
export function allProblems(): ProblemEntry[] {
  const own = Object.entries(PROBLEMS).map(([code, kind]) => ({ code, ...kind }));
  const ofHttp = Object.entries(httpProblems).map(([name, make]) =>
    entryOf(make([] as never), HTTP_REMEDIES[name as keyof typeof HTTP_REMEDIES]),
  );
  return [...own, ...ofHttp.filter(({ code }) => !own.some((one) => one.code === code))];
}

function entryOf({ code, status, title }: Problem, remedy: string): ProblemEntry {
  return { code, status, title, remedy };
}

/** `GET /problems/{code}`: a problem's `type` is the address of what is said about it. */
export function problemPages(http: Http): void {
  const entries = new Map(allProblems().map((entry) => [entry.code, entry]));
  http.get(
    "/problems/:code",
    { schema: { hide: true, params: Type.Object({ code: Type.String() }) } },
    async (request, reply) => {
      const entry = entries.get(request.params.code);
      if (entry === undefined) throw httpProblems.notFound();
      return reply.headers(securityHeaders).type("text/html; charset=utf-8").send(page(entry));
    },
  );
}

/** Texts of ours alone: nothing of a request is in it. */
function page({ code, status, title, remedy }: ProblemEntry): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${code}</title>
<h1>${title}</h1>
<p>HTTP ${status}, <code>/problems/${code}</code></p>
<p>${remedy.replace(/`([^`]*)`/g, "<code>$1</code>")}</p>
</html>
`;
}
