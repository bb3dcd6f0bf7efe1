import { createHash } from "node:crypto";
import { canonical } from "@caravela/platform/canonical";
import type { Problem } from "@caravela/platform/problems";
import type { FastifyRequest } from "fastify";
import type { Identity } from "../storage/keys.ts";
import { bearerToken } from "./authorize.ts";
import { problem } from "./problems.ts";

const HEADER = "idempotency-key";
const MOST_CHARACTERS = 255;

interface Asked {
  /** Whom the request speaks for. */
  readonly merchant: string;
  /** As far as a fingerprint may be taken of it. */
  readonly body: unknown;
  /** Whether the address says who somebody is. */
  readonly isOfPerson: boolean;
}

/** Reads who asks for what under which key. @throws Problem 400 when there is no key, or none that can be one. */
export function identify(request: FastifyRequest, { merchant, body, isOfPerson }: Asked): Identity {
  const { method, params, routeOptions, originalUrl } = request;
  const named = Object.values(params as Record<string, string>);
  const resource = isOfPerson ? named.map(digest) : named;
  const [path] = isOfPerson ? [`${routeOptions.url} ${resource}`] : originalUrl.split("?", 1);
  const operation = JSON.stringify([merchant, method, routeOptions.url, ...resource]);
  const secret = bearerToken(request);
  return {
    operation,
    // of a person, whom earlier versions do not know, there is no other spelling
    scope: secret === "" ? operation : `${digest(secret)} ${method} ${path}`,
    key: readKey(request),
    fingerprint: digest(canonical(body)),
  };
}

/** Whether two requests of an earlier version's are the same, spelt as they may be. */
export function isSameScope(one: string, other: string): boolean {
  return spelt(one) === spelt(other);
}

function spelt(scope: string): string {
  try {
    return decodeURIComponent(scope);
  } catch {
    return scope;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function readKey(request: FastifyRequest): string {
  const fault = keyFault(request);
  if (fault !== null) throw fault;
  return String(request.headers[HEADER]);
}

/** What is wrong with a request's key; null: nothing. */
export function keyFault({ headers, raw }: FastifyRequest): Problem | null {
  const key = headers[HEADER];
  // Node joins what stands twice to one text, which would be a key of its own
  const times = raw.rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === HEADER).length;
  if (times > 1) return wrongKey("The Idempotency-Key header stands more than once: send it once.");
  // no header that came over a line has NUL; one that a form of ours names may
  const isOne = typeof key === "string" && key !== "" && !key.includes("\0");
  if (isOne && length(key) <= MOST_CHARACTERS) return null;
  return wrongKey("Send an Idempotency-Key header of 1 to 255 characters.");
}

function wrongKey(detail: string): Problem {
  return problem("idempotency_key_missing", detail, { field: "Idempotency-Key" });
}

/** In characters as whoever sent it counts them: a header's bytes arrive one by one, and most clients mean UTF-8. */
function length(key: string): number {
  const text = Buffer.from(key, "latin1").toString("utf8");
  return text.includes("\ufffd") ? key.length : [...text].length;
}
