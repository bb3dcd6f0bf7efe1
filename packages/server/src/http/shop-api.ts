import type { Http } from "@caravela/platform/http";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { closeQueries } from "@caravela/platform/queries";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest, RouteOptions } from "fastify";
import { type Caller, SCOPES, type Scope } from "../domain/api-key.ts";
import { FOR_ANY_KEY, FOR_KEYS_ALONE, FOR_PEOPLE_ALONE, rolesFor } from "../domain/role.ts";
import { problemsOf } from "./answered.ts";
import { type KeepsAudit, keepAudit } from "./audited.ts";
import { type Admits, authorizesCallers, inWords, mayAsk } from "./authorize.ts";
import type { Query } from "./filters.ts";
import { isOnce } from "./idempotency.ts";
import { maskPeople } from "./masked.ts";
import { type KnowsOwners, keepToOwnTerminal } from "./own-terminal.ts";
import { keyFault } from "./request-key.ts";
import { namedFault, type ServesTerminals } from "./whose.ts";

/** What there is to ask for. */
export interface Offer {
  /** The names of all calls of `/v1` that this one may ask. */
  operationsFor(caller: Caller): string[];
}

/** What the shop's own scope is made of. */
interface ShopParts extends Admits, ServesTerminals {
  readonly owners: KnowsOwners;
  readonly audit: KeepsAudit;
}

/**
 * Makes a scope the shop's own: an API key is asked for that is good for the route, or a person whose role may do it,
 * queries are closed, every POST has its key, and what is to be in the audit is written down. It does not start with a
 * route that says nothing of the keys it is for, that no role's row names, that has no name of its own, or may show
 * what is another terminal's.
 */
export function forTheShop(http: Http, firstKey: Secret, { owners, terminals, audit, ...admits }: ShopParts): Offer {
  http.decorateRequest("caller");
  const { authorize, authorizeAgain } = authorizesCallers(firstKey, admits);
  http.addHook("onRequest", authorize);
  http.addHook("preValidation", authorizeAgain);
  const named = new Map<string, Scope | null>();
  http.addHook("onRoute", (route) => {
    const { method, url, handler } = route;
    if (method === "POST" && !isOnce(handler))
      throw new TypeError(`POST ${url} may be carried out twice: make it by Idempotency.post`);
    if (method !== "HEAD") named.set(nameOf(route, named), route.config?.scope ?? null);
    sayWho(route);
  });
  keepToOwnTerminal(http, owners);
  closeQueries(http, (request) => {
    if (request.method === "POST") return postFault({ terminals }, request);
    const faults = request.routeOptions.config.filterFaults?.(request.query as Query) ?? [];
    return faults.length === 0 ? null : httpProblems.invalidRequest(faults);
  });
  maskPeople(http);
  keepAudit(http, { audit, owners });
  return {
    operationsFor: (caller) =>
      [...named].flatMap(([operation, scope]) => (mayAsk(caller, operation, scope) ? [operation] : [])).sort(),
  };
}

/**
 * What a route is called in the clients that are generated from the description, and in one line.
 * @throws TypeError where it does not say, or another is called so.
 */
function nameOf({ method, url, schema = {} }: RouteOptions, named: ReadonlyMap<string, unknown>): string {
  const { operationId = "", summary = "" } = schema;
  if (!/^[a-z][A-Za-z]+$/.test(operationId) || summary === "")
    throw new TypeError(`${method} ${url} needs an \`operationId\`, as createPayment, and a \`summary\``);
  if (named.has(operationId)) throw new TypeError(`${method} ${url} is called ${operationId}, as another route is`);
  return operationId;
}

/** What is wrong with a POST that its schemas do not tell; null: nothing. */
function postFault(ports: ServesTerminals, request: FastifyRequest): Problem | null {
  const key = keyFault(request);
  const { properties = {} } = (request.routeOptions.schema?.body ?? {}) as { readonly properties?: object };
  const fault = "terminal" in properties ? namedFault(ports, request.caller, request.body) : null;
  return fault === null ? key : httpProblems.invalidRequest([...(key?.errors ?? []), fault]);
}

/** The description of a route says who may ask it. @throws TypeError where neither the route nor a role's row does. */
function sayWho(route: RouteOptions): void {
  const { config, schema = {} } = route;
  const needs = `${whatOfKeys(route)} ${whatOfPeople(route)}`;
  const description = schema.description === undefined ? needs : `${schema.description}\n\n${needs}`;
  const isForPeople = rolesFor(schema.operationId ?? "").length > 0;
  const security = [
    ...(isForPeopleAlone(route) ? [] : [{ apiKey: config?.scope == null ? [] : [config.scope] }]),
    ...(isForPeople ? [{ session: [] }] : []),
  ];
  route.schema = { ...schema, description, security, "x-problems": problemsOf(route) };
}

function whatOfKeys(route: RouteOptions): string {
  const { method, url, config, schema = {} } = route;
  const { operationId = "" } = schema;
  const scope = config?.scope;
  if (isForPeopleAlone(route)) return "No API key may.";
  if (scope === null && FOR_ANY_KEY.includes(operationId)) return "Any API key may.";
  if (scope == null)
    throw new TypeError(
      `${method} ${url} says of no scope that a key needs for it: give it \`config: { scope }\`, or Idempotency.post \`scope\`, one of ${SCOPES.join(", ")}`,
    );
  return `Needs an API key with the scope \`${scope}\`.`;
}

function whatOfPeople({ method, url, schema = {} }: RouteOptions): string {
  const { operationId = "" } = schema;
  const roles = rolesFor(operationId);
  if (FOR_KEYS_ALONE.includes(operationId)) return "No person may.";
  if (roles.length === 0)
    throw new TypeError(`${method} ${url} is in nobody's row: say in domain/role.ts which roles may ${operationId}`);
  return `Of people, whoever is ${inWords(roles)}.`;
}

function isForPeopleAlone({ config, schema = {} }: RouteOptions): boolean {
  return config?.scope === null && FOR_PEOPLE_ALONE.includes(schema.operationId ?? "");
}
