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

/** Requests whose key was looked up before all of them was there. */
const early = new WeakSet<FastifyRequest>();

/** Hooks by which a request is known by its key. */
export interface AuthorizesCallers {
  /**
   * A hook (`onRequest`) that finds out by which key a request came, and whether that is good for its route. The key of
   * the settings is known without the database.
   * @throws Problem with status 401 or 403.
   */
  authorize(request: FastifyRequest): Promise<void>;
  /**
   * A hook (`preValidation`) that looks a key up once more where the request's body came only afterwards: whoever lets
   * it wait does nothing by a key that was revoked meanwhile.
   * @throws Problem with status 401.
   */
  authorizeAgain(request: FastifyRequest): Promise<void>;
}

/** Knows callers by the key of the settings, and by all others. */
export function authorizesCallers(first: Secret, keys: KnowsKeys): AuthorizesCallers {
  const isFirst = equals(first);
  const callerOf = async (request: FastifyRequest): Promise<Caller> => {
    const secret = bearerToken(request);
    const caller = isFirst(secret) ? FIRST_KEY : await keys.callerBy(secret);
    if (caller === null) throw unauthorized("an API key that has neither expired nor been revoked");
    return caller;
  };
  return {
    authorize: async (request) => {
      const caller = await callerOf(request);
      const { scope } = request.routeOptions.config;
      if (scope !== undefined && !caller.scopes.includes(scope)) throw lacksScope(scope);
      request.caller = caller;
      if (!request.raw.complete) early.add(request);
    },
    authorizeAgain: async (request) => {
      if (early.has(request)) request.caller = await callerOf(request);
    },
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
