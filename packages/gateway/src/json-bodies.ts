import { httpProblems } from "@caravela/platform/problems";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Reads bodies as JSON, an empty one as none at all, and refuses every other type. */
export function readJsonBodies(
  http: Pick<FastifyInstance, "removeAllContentTypeParsers" | "addContentTypeParser">,
): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "string" }, async (_: FastifyRequest, body: string) => {
    // the mark that programs on Windows put before UTF-8
    const json = body.replace(/^\uFEFF/, "");
    if (json.trim() === "") return undefined;
    try {
      return JSON.parse(json);
    } catch {
      throw httpProblems.malformedBody("The body is not JSON.");
    }
  });
}
