import type { FastifyReply } from "fastify";

/** One field that is at fault. */
export interface FieldError {
  /** A JSON pointer into the body, or the name of a query parameter or header. */
  readonly field: string;
  readonly message: string;
}

/** What a problem is made of. */
export interface ProblemInit {
  /** Stable; its page of documentation is `/problems/<code>`. */
  readonly code: string;
  readonly status: number;
  /** The same for every problem of this code. */
  readonly title: string;
  /** This case: what happened and what to do next, in one sentence. */
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Further members of the answer that a program may read, for instance `secondsLeft` (RFC 9457, section 3.2). */
  readonly members?: Further | undefined;
}

/** Members of a program's own: none has a name that the standard gives a meaning. */
type Further = Readonly<Record<string, unknown>> & {
  readonly [name in "type" | "title" | "status" | "detail" | "errors"]?: never;
};

/** An HTTP error as RFC 9457 describes it. Throw it from a route; nothing but these members reaches the client. */
export class Problem extends Error {
  override name = "Problem";
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor({ code, status, title, detail = title, errors = [], headers = {}, members = {} }: ProblemInit) {
    super(detail);
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
    this.members = members;
  }

  /** The `type` of RFC 9457: a path under which the problem is documented. */
  get type(): string {
    return `/problems/${this.code}`;
  }

  /** The body that is sent. */
  toJSON(): Record<string, unknown> {
    const { type, title, status, detail, errors, members } = this;
    return { type, title, status, detail, errors, ...members };
  }
}

/** Answers with the problem, as `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // already text: a route's response schemas describe its answers, not this
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header("content-type", "application/problem+json; charset=utf-8")
    .serializer(String)
    .send(JSON.stringify(problem));
}

/** In seconds. */
const AGAIN_SHORTLY = { "Retry-After": "2" };

/** The problems that any of our web servers may answer with, before a route has its say. */
export const httpProblems = {
  invalidRequest: (errors: readonly FieldError[]) =>
    new Problem({
      code: "invalid_request",
      status: 400,
      title: "The request is not of the right shape.",
      detail: errors.map(({ field, message }) => `${field || "The body"} ${message}.`).join(" "),
      errors,
    }),
  malformedBody: (detail?: string) =>
    new Problem({ code: "malformed_body", status: 400, title: "The body could not be read.", detail }),
  malformedUrl: () =>
    new Problem({
      code: "malformed_url",
      status: 400,
      title: "The address could not be read: check its percent-encoding and length.",
    }),
  malformedRequest: () =>
    new Problem({ code: "malformed_request", status: 400, title: "What was sent is not HTTP as it can be read here." }),
  requestTimeout: () =>
    new Problem({ code: "request_timeout", status: 408, title: "The request did not arrive in time: send it again." }),
  urlTooLong: () =>
    new Problem({ code: "url_too_long", status: 414, title: "The address is longer than what is taken here." }),
  headersTooLarge: () =>
    new Problem({
      code: "headers_too_large",
      status: 431,
      title: "The address and the headers are larger than what is taken here.",
    }),
  loopbackOnly: () =>
    new Problem({ code: "loopback_only", status: 403, title: "This is answered only to the machine that it runs on." }),
  foreignSite: (detail?: string) =>
    new Problem({ code: "foreign_site", status: 403, title: "A page of another site asked for this.", detail }),
  notFound: () => new Problem({ code: "not_found", status: 404, title: "There is nothing at this address." }),
  bodyTooLarge: () =>
    new Problem({ code: "body_too_large", status: 413, title: "The body is larger than what is taken here." }),
  unsupportedMediaType: (detail?: string) =>
    new Problem({
      code: "unsupported_media_type",
      status: 415,
      title: "The body is of a type that is not taken here: send application/json.",
      detail,
    }),
  internalError: () =>
    new Problem({
      code: "internal_error",
      status: 500,
      title: "Something went wrong on our side: try again, and tell us the request id if it stays.",
    }),
  busy: () =>
    new Problem({
      code: "busy",
      status: 503,
      title: "Too many were changing the same thing at this moment: try again shortly.",
      headers: AGAIN_SHORTLY,
    }),
  unavailable: (detail?: string) =>
    new Problem({
      code: "unavailable",
      status: 503,
      title: "The service is not able to answer now: try again shortly.",
      detail,
      headers: AGAIN_SHORTLY,
    }),
} as const;
