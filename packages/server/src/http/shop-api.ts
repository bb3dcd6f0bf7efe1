import type { Http } from "@caravela/platform/http";
import { jsonText } from "@caravela/platform/json";
import { Problem } from "@caravela/platform/problems";
import { closeQueries } from "@caravela/platform/queries";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { authorize } from "./authorize.ts";
import { keyFault } from "./request-key.ts";

/** Makes a scope the shop's own: its API key is asked for, bodies are JSON, queries are closed, and every POST has its key. */
export function forTheShop(http: Http, apiKey: Secret): void {
  http.addHook("onRequest", authorize(apiKey, "the server's API key"));
  takeJsonAlone(http);
  closeQueries(http, (request) => (request.method === "POST" ? keyFault(request) : null));
}

/** An empty body is none, also when it is said to be JSON: many clients do so at a POST without one. */
function takeJsonAlone(http: Http): void {
  const parse = http.getDefaultJsonParser("error", "error");
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    (request: FastifyRequest, body: Buffer, done) => {
      const text = readText(body, request.headers["content-type"]);
      if (text instanceof Problem) done(text);
      else if (text.trim() === "") done(null, undefined);
      else parse(request, text, done);
    },
  );
}

function readText(body: Buffer, contentType: string | undefined): string | Problem {
  try {
    return jsonText(body, contentType);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
