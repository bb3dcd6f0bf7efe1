import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { type Caller, FIRST_KEY, type Scope } from "../domain/api-key.ts";
import { problem } from "./problems.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Of a request to `/v1`: by which key it came. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** What a key must be good for to be answered by this route of `/v1`. */
    readonly scope?: Scope;
  }
}

/** Knows the keys beside the one of the settings. */
export interface KnowsKeys {
  /** Whoever has this secret; null: nobody, or not any more. */
  callerBy(secret: string): Promise<Caller | null>;
}

/**
 * A hook (`onRequest`) that finds out by which key a request came, and whether that is good for its route. The key of
 * the settings is known without the database.
 * @throws Problem with status 401 or 403.
 */
export function authorizeCaller(first: Secret, keys: KnowsKeys): (request: FastifyRequest) => Promise<void> {
  const isFirst = equals(first);
  return async (request) => {
    const secret = bearerToken(request);
    const caller = isFirst(secret) ? FIRST_KEY : await keys.callerBy(secret);
    if (caller === null) throw unauthorized("an API key that has neither expired nor been revoked");
    const { scope } = request.routeOptions.config;
    if (scope !== undefined && !caller.scopes.includes(scope)) throw lacksScope(scope);
    request.caller = caller;
  };
}

/**
 * Lets only those in who have a secret: `Authorization: Bearer {secret}`. Compared in constant time.
 * @param what the secret is called.
 */
export function authorize(secret: Secret, what: string): (request: FastifyRequest) => Promise<void> {
  const isIt = equals(secret);
  return async (request) => {
    if (!isIt(bearerToken(request))) throw unauthorized(what);
  };
}

/** What a request is authorised by; empty when it is by nothing. */
export function bearerToken(request: FastifyRequest): string {
  return /^bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

function lacksScope(scope: Scope) {
  return problem("scope_missing", `This API key lacks the scope \`${scope}\`: use one that has it.`, {
    members: { scope },
  });
}

function unauthorized(what: string) {
  return problem("unauthorized", `Send \`Authorization: Bearer\` and ${what}.`, {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

function equals(secret: Secret): (text: string) => boolean {
  const wanted = digest(secret.reveal());
  return (text) => timingSafeEqual(digest(text), wanted);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
