import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { problem } from "./problems.ts";

/** Lets only the shop in: `Authorization: Bearer {api key}`. Compared in constant time. */
export function authorize(apiKey: Secret): (request: FastifyRequest) => Promise<void> {
  const wanted = digest(`Bearer ${apiKey.reveal()}`);
  return async (request) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ""), wanted)) {
      throw problem("unauthorized", "Send `Authorization: Bearer` and the server's API key.", {
        headers: { "WWW-Authenticate": "Bearer" },
      });
    }
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
