import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "../domain/api-key.ts";
import type { RequestLog } from "../storage/request-log.ts";

declare module "fastify" {
  interface FastifyReply {
    /** The code of the problem that it answers by; null: by none. */
    problemCode: string | null;
  }
}

/**
 * Notes each request to a scope once it is answered: its route, not its address, and who asked, not what. Nobody waits
 * for it.
 */
export function logRequests(
  http: Http,
  { requests, clock }: { requests: Pick<RequestLog, "note">; clock: Clock },
): void {
  http.decorateReply("problemCode", null);
  http.addHook("onSend", (_request: FastifyRequest, reply: FastifyReply, payload: unknown, done) => {
    if (reply.statusCode >= 400) reply.problemCode = codeIn(payload);
    done(null, payload);
  });
  http.addHook("onResponse", (request, reply, done) => {
    // whoever has no key that is known has no caller
    const caller = request.caller as Caller | undefined;
    requests.note({
      id: request.id,
      at: clock.now(),
      method: request.method,
      path: (request.routeOptions.url ?? "").replace(/:(\w+)/g, "{$1}"),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      by: caller === undefined ? null : { type: caller.by.type, id: caller.by.id ?? null },
      terminal: caller?.terminal ?? null,
      problem: reply.problemCode,
    });
    done();
  });
}

/** Of a problem as it is sent: its `type` is an address that ends with it. */
function codeIn(payload: unknown): string | null {
  if (typeof payload !== "string") return null;
  return /"type":"[^"]*\/problems\/([a-z_]+)"/.exec(payload)?.[1] ?? null;
}
