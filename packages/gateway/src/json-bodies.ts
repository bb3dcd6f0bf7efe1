import { httpProblems } from "@caravela/platform/problems";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Reads bodies as JSON, an empty one as none at all, and refuses every other type. */
export function readJsonBodies(
  http: Pick<FastifyInstance, "removeAllContentTypeParsers" | "addContentTypeParser">,
): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "string" }, async (_: FastifyRequest, body: string) => {
    if (body.trim() === "") return undefined;
    try {
      return JSON.parse(body);
    } catch {
      throw httpProblems.malformedBody("The body is not JSON.");
    }
  });
}
