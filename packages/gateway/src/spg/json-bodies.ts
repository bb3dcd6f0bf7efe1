import { jsonText } from "@caravela/platform/json";
import { httpProblems } from "@caravela/platform/problems";
import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Reads bodies as JSON, an empty one as none at all, and refuses every other type. Of a member that stands twice the
 * last counts, as most programs read JSON (inferred: SIBS does not say).
 */
export function readJsonBodies(
  http: Pick<FastifyInstance, "removeAllContentTypeParsers" | "addContentTypeParser">,
): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      const json = jsonText(body, request.headers["content-type"]);
      if (json.trim() === "") return undefined;
      try {
        return JSON.parse(json);
      } catch {
        throw httpProblems.malformedBody("The body is not JSON.");
      }
    },
  );
}
