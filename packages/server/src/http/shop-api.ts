import type { Http } from "@caravela/platform/http";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { closeQueries } from "@caravela/platform/queries";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest, RouteOptions } from "fastify";
import { SCOPES } from "../domain/api-key.ts";
import { problemsOf } from "./answered.ts";
import { authorizesCallers, type KnowsKeys } from "./authorize.ts";
import type { Query } from "./filters.ts";
import { isOnce } from "./idempotency.ts";
import { type KnowsOwners, keepToOwnTerminal } from "./own-terminal.ts";
import { keyFault } from "./request-key.ts";
import { namedFault, type ServesTerminals } from "./whose.ts";

/**
 * Makes a scope the shop's own: an API key is asked for that is good for the route, queries are closed, and every POST
 * has its key. It does not start with a route that says nothing of the keys it is for, has no name of its own, or may
 * show what is another terminal's.
 */
export function forTheShop(
  http: Http,
  firstKey: Secret,
  { keys, owners, terminals }: { readonly keys: KnowsKeys; readonly owners: KnowsOwners } & ServesTerminals,
): void {
  http.decorateRequest("caller");
  const { authorize, authorizeAgain } = authorizesCallers(firstKey, keys);
  http.addHook("onRequest", authorize);
  http.addHook("preValidation", authorizeAgain);
  const named = new Set<string>();
  http.addHook("onRoute", (route) => {
    const { method, url, handler } = route;
    if (method === "POST" && !isOnce(handler))
      throw new TypeError(`POST ${url} may be carried out twice: make it by Idempotency.post`);
    if (method !== "HEAD") checkName(route, named);
    sayScope(route);
  });
  keepToOwnTerminal(http, owners);
  closeQueries(http, (request) => {
    if (request.method === "POST") return postFault({ terminals }, request);
    const faults = request.routeOptions.config.filterFaults?.(request.query as Query) ?? [];
    return faults.length === 0 ? null : httpProblems.invalidRequest(faults);
  });
}

/**
 * What a route is called in the clients that are generated from the description, and in one line.
 * @throws TypeError where it does not say, or another is called so.
 */
function checkName({ method, url, schema = {} }: RouteOptions, named: Set<string>): void {
  const { operationId = "", summary = "" } = schema;
  if (!/^[a-z][A-Za-z]+$/.test(operationId) || summary === "")
    throw new TypeError(`${method} ${url} needs an \`operationId\`, as createPayment, and a \`summary\``);
  if (named.has(operationId)) throw new TypeError(`${method} ${url} is called ${operationId}, as another route is`);
  named.add(operationId);
}

/** What is wrong with a POST that its schemas do not tell; null: nothing. */
function postFault(ports: ServesTerminals, request: FastifyRequest): Problem | null {
  const key = keyFault(request);
  const { properties = {} } = (request.routeOptions.schema?.body ?? {}) as { readonly properties?: object };
  const fault = "terminal" in properties ? namedFault(ports, request.caller, request.body) : null;
  return fault === null ? key : httpProblems.invalidRequest([...(key?.errors ?? []), fault]);
}

/** The description of a route says what is asked of a key. @throws TypeError where the route does not. */
function sayScope(route: RouteOptions): void {
  const { method, url, config, schema = {} } = route;
  const scope = config?.scope;
  if (scope === undefined)
    throw new TypeError(
      `${method} ${url} says of no scope that a key needs for it: give it \`config: { scope }\`, or Idempotency.post \`scope\`, one of ${SCOPES.join(", ")}`,
    );
  const needs = `Needs an API key with the scope \`${scope}\`.`;
  const description = schema.description === undefined ? needs : `${schema.description}\n\n${needs}`;
  const security = [{ apiKey: [scope] }];
  route.schema = { ...schema, description, security, "x-problems": problemsOf(route) };
}
