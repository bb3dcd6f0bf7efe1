import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock } from "@caravela/platform/clock";
import { changes, isFromOurPage } from "@caravela/platform/own-requests";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { type Caller, FIRST_KEY, type Scope } from "../domain/api-key.ts";
import type { Role } from "../domain/person.ts";
import { FOR_PEOPLE_ALONE, rolesFor } from "../domain/role.ts";
import { problem } from "./problems.ts";
import { sessionToken, UNATTENDED } from "./session-cookie.ts";
import { refuseUntouched } from "./touch.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Of a request to `/v1`: by which key it came, or as which person. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /**
     * What a key must be good for to be answered by this route of `/v1`; null: any key is, or none, as `domain/role.ts`
     * says.
     */
    readonly scope?: Scope | null;
  }
}

/** Knows the keys beside the one of the settings. */
export interface KnowsKeys {
  /** Whoever has this secret; null: nobody, or not any more. */
  callerBy(secret: string): Promise<Caller | null>;
}

/** Knows who is signed in. */
export interface KnowsPeople {
  /** Whoever is signed in by this cookie; null: nobody, or not any more. */
  callerBy(token: string, isAttended: boolean): Promise<Caller | null>;
}

/** By whom `/v1` may be asked. */
export interface Admits {
  readonly keys: KnowsKeys;
  readonly people: KnowsPeople;
  /** How browsers reach this server, once it listens. */
  readonly own: { readonly publicUrl: string };
  readonly clock: Clock;
}

/** Requests whose key or person was looked up before all of them was there. */
const early = new WeakSet<FastifyRequest>();

/** Hooks by which a request is known by its key, or by whoever is signed in. */
export interface AuthorizesCallers {
  /**
   * A hook (`onRequest`) that finds out by which key a request came, or as which person, and whether they may ask this
   * of its route. The key of the settings is known without the database.
   * @throws Problem with status 401 or 403.
   */
  authorize(request: FastifyRequest): Promise<void>;
  /**
   * A hook (`preValidation`) that looks once more where the request's body came only afterwards: whoever lets it wait
   * does nothing by a key that was revoked meanwhile, nor by a role that was taken away.
   * @throws Problem with status 401 or 403.
   */
  authorizeAgain(request: FastifyRequest): Promise<void>;
}

/** Knows callers by the key of the settings, by all others, and by the cookie of whoever is signed in. */
export function authorizesCallers(first: Secret, { keys, people, own, clock }: Admits): AuthorizesCallers {
  const isFirst = equals(first);

  const byKey = async (request: FastifyRequest): Promise<Caller> => {
    const secret = bearerToken(request);
    const caller = isFirst(secret) ? FIRST_KEY : await keys.callerBy(secret);
    if (caller === null) throw unauthorized("an API key that has neither expired nor been revoked");
    refuseKey(caller, request);
    return caller;
  };

  const byCookie = async (request: FastifyRequest, token: string): Promise<Caller> => {
    const caller = await people.callerBy(token, request.headers[UNATTENDED] === undefined);
    if (caller === null) throw signedOut();
    if (changes(request.method) && !isFromOurPage(request, own.publicUrl))
      throw httpProblems.foreignSite(
        "What is done by a cookie must say by `Sec-Fetch-Site` or `Origin` whence it comes.",
      );
    refusePerson(caller, request);
    if (request.routeOptions.config.wantsTouch === true) refuseUntouched(caller, clock.now().getTime());
    return caller;
  };

  const callerOf = (request: FastifyRequest): Promise<Caller> => {
    const token = request.headers.authorization === undefined ? sessionToken(request) : null;
    return token === null ? byKey(request) : byCookie(request, token);
  };
  return {
    authorize: async (request) => {
      request.caller = await callerOf(request);
      if (!request.raw.complete) early.add(request);
    },
    authorizeAgain: async (request) => {
      if (early.has(request)) request.caller = await callerOf(request);
    },
  };
}

/** Whether whoever asks may ask this, of which a key needs that scope. */
export function mayAsk(caller: Caller, operation: string, scope: Scope | null): boolean {
  if (caller.person !== null) return rolesFor(operation).includes(caller.person.role);
  return scope === null ? !FOR_PEOPLE_ALONE.includes(operation) : caller.scopes.includes(scope);
}

function refuseKey(caller: Caller, { routeOptions }: FastifyRequest): void {
  const scope = routeOptions.config.scope ?? null;
  if (mayAsk(caller, nameOf(routeOptions), scope)) return;
  throw scope === null
    ? problem("person_needed", "No API key may do this: sign in at `/dashboard`.")
    : problem("scope_missing", `This API key lacks the scope \`${scope}\`: use one that has it.`, {
        members: { scope },
      });
}

function refusePerson(caller: Caller, { routeOptions }: FastifyRequest): void {
  const operation = nameOf(routeOptions);
  if (caller.person === null || mayAsk(caller, operation, null)) return;
  throw lacksRole(caller.person.role, rolesFor(operation));
}

function lacksRole(role: Role, roles: readonly Role[]): Problem {
  const who = roles.length === 0 ? "Only a program may, by an API key." : `Whoever is ${inWords(roles)} may.`;
  return problem("role_missing", `As ${role} you may not do this. ${who}`, { members: { roles: [...roles] } });
}

/** `support, refunder or owner`. */
export function inWords(roles: readonly string[]): string {
  return [roles.slice(0, -1).join(", "), ...roles.slice(-1)].filter((part) => part !== "").join(" or ");
}

/** What a route is called in the description. */
function nameOf({ schema }: FastifyRequest["routeOptions"]): string {
  return schema?.operationId ?? "";
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

function unauthorized(what: string): Problem {
  return problem("unauthorized", `Send \`Authorization: Bearer\` and ${what}.`, {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

function signedOut(): Problem {
  return problem("unauthorized", "You are not signed in any more: sign in at `/dashboard`.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

/** Whether a text is a secret, compared in constant time. */
export function equals(secret: Secret): (text: string) => boolean {
  const wanted = digest(secret.reveal());
  return (text) => timingSafeEqual(digest(text), wanted);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
