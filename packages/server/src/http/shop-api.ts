import type { Http } from "@caravela/platform/http";
import { closeQueries } from "@caravela/platform/queries";
import type { Secret } from "@caravela/platform/secret";
import { authorize } from "./authorize.ts";
import { keyFault } from "./request-key.ts";

/** Makes a scope the shop's own: its API key is asked for, queries are closed, and every POST has its key. */
export function forTheShop(http: Http, apiKey: Secret): void {
  http.addHook("onRequest", authorize(apiKey, "the server's API key"));
  closeQueries(http, (request) => (request.method === "POST" ? keyFault(request) : null));
}
