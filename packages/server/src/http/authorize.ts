import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { problem } from "./problems.ts";

/** Lets only the shop in: `Authorization: Bearer {api key}`. Compared in constant time. */
export function authorize(apiKey: Secret): (request: FastifyRequest) => Promise<void> {
  const wanted = digest(apiKey.reveal());
  return async (request) => {
    if (!timingSafeEqual(digest(bearerToken(request)), wanted)) {
      throw problem("unauthorized", "Send `Authorization: Bearer` and the server's API key.", {
        headers: { "WWW-Authenticate": "Bearer" },
      });
    }
  };
}

/** What a request is authorised by; empty when it is by nothing. */
export function bearerToken(request: FastifyRequest): string {
  return /^bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
