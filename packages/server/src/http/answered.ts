import type { RouteOptions } from "fastify";
import type { ProblemCode } from "./problem-kinds.ts";
import { membersOf } from "./problem-members.ts";
import { allProblems, type ProblemEntry } from "./problem-pages.ts";

declare module "fastify" {
  interface FastifySchema {
    /** The codes of all problems that the route may answer by, until its description is tidied. */
    readonly "x-problems"?: readonly string[];
  }
  interface FastifyContextConfig {
    /** The problems that this route of `/v1` may answer by beside those of every route of its kind. */
    readonly problems?: readonly ProblemCode[];
  }
}

const OF_ALL = [
  "invalid_request",
  "malformed_request",
  "malformed_url",
  "unauthorized",
  "request_timeout",
  "url_too_long",
  "headers_too_large",
  "internal_error",
  "busy",
  "unavailable",
];
const OF_CHANGES = ["foreign_site"];
const OF_BODIES = ["malformed_body", "body_too_large", "unsupported_media_type"];
const OF_KEYS = ["idempotency_key_missing", "idempotency_key_reused", "idempotency_in_flight"];

/** The codes of all problems that a route may answer by. */
export function problemsOf({ method, url, config }: Pick<RouteOptions, "method" | "url" | "config">): string[] {
  const isPost = method === "POST";
  const changes = method !== "GET" && method !== "HEAD";
  return [
    ...OF_ALL,
    config?.scope === null ? "person_needed" : "scope_missing",
    "role_missing",
    ...(config?.wantsTouch === true ? ["touch_required"] : []),
    ...(changes ? [...OF_CHANGES, ...OF_BODIES] : []),
    ...(isPost ? OF_KEYS : []),
    ...(url.includes("/:") ? ["not_found"] : []),
    ...(config?.problems ?? []),
  ];
}

/** An answer by a problem, as OpenAPI describes it. */
interface Response {
  readonly description: string;
  readonly content: object;
}

/** The answers that operations share. */
export type ProblemsByCode = Record<string, Response>;

/**
 * What an operation may answer with in place of what was asked for, by its status. What is one problem alone stands
 * once, for every operation, among the `shared`, by its code.
 */
export function problemResponses(codes: readonly string[], shared: ProblemsByCode): Record<string, object> {
  const entries = codes.map(entryOf);
  const byStatus = Map.groupBy(entries, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => {
      const [{ code }] = some as [ProblemEntry];
      if (some.length > 1) return [status, responseOf(some)];
      shared[code] ??= responseOf(some);
      return [status, { $ref: `#/components/responses/${code}` }];
    }),
  );
}

function responseOf(entries: readonly ProblemEntry[]): Response {
  const types = entries.map(({ code }) => `/problems/${code}`);
  const lines = entries.map(({ title }, place) => `\`${types[place]}\`: ${title}`);
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, membersBy(entries)] };
  return {
    description: lines.length === 1 ? lines.join() : lines.map((line) => `- ${line}`).join("\n"),
    content: { "application/problem+json": { schema } },
  };
}

/** What these problems have beside the members of all: each of those that have any by itself, told apart by `type`. */
function membersBy(entries: readonly ProblemEntry[]): object {
  const kinds = Map.groupBy(entries, ({ code }) => membersOf(code));
  const choices = [...kinds].flatMap(([members, some]) => {
    const { properties = {}, required = [] } = members ?? {};
    const each = members === undefined ? [some] : some.map((one) => [one]);
    return each.map((ones) => ({
      type: "object",
      required: ["type", ...required],
      properties: { type: { enum: ones.map(({ code }) => `/problems/${code}`) }, ...properties },
    }));
  });
  return choices.length === 1 ? (choices[0] ?? {}) : { oneOf: choices };
}

const ENTRIES = new Map(allProblems().map((entry) => [entry.code, entry]));

function entryOf(code: string): ProblemEntry {
  const entry = ENTRIES.get(code);
  if (entry === undefined) throw new TypeError(`there is no problem ${code}`);
  return entry;
}
