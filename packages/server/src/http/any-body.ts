import type { Http } from "@caravela/platform/http";

/**
 * Has bodies read as text, whatever their `Content-Type` says: others write `json`, two of them, or none. Longer than
 * `limit`, in bytes, they are refused (413). For rooms whose senders are not ours to correct.
 */
export function readAnyBody(scope: Http, limit: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: limit }, (_request, body, done) => done(null, body));
  // Fastify refuses what is no type at all before it asks for a reader.
  scope.addHook("onRequest", async ({ raw }) => {
    raw.headers["content-type"] = "text/plain";
  });
}
