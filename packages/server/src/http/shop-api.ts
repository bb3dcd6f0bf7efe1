import type { Http } from "@caravela/platform/http";
import { closeQueries } from "@caravela/platform/queries";
import type { Secret } from "@caravela/platform/secret";
import { authorize } from "./authorize.ts";
import { isOnce } from "./idempotency.ts";
import { keyFault } from "./request-key.ts";

/** Makes a scope the shop's own: its API key is asked for, queries are closed, and every POST has its key. */
export function forTheShop(http: Http, apiKey: Secret): void {
  http.addHook("onRequest", authorize(apiKey, "the server's API key"));
  http.addHook("onRoute", ({ method, url, handler }) => {
    if (method === "POST" && !isOnce(handler))
      throw new TypeError(`POST ${url} may be carried out twice: make it by Idempotency.post`);
  });
  closeQueries(http, (request) => (request.method === "POST" ? keyFault(request) : null));
}
