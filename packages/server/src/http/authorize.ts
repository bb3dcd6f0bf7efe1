import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { problem } from "./problems.ts";

/**
 * Lets only those in who have a secret: `Authorization: Bearer {secret}`. Compared in constant time.
 * @param what the secret is called.
 */
export function authorize(secret: Secret, what: string): (request: FastifyRequest) => Promise<void> {
  const wanted = digest(secret.reveal());
  return async (request) => {
    if (!timingSafeEqual(digest(bearerToken(request)), wanted)) {
      throw problem("unauthorized", `Send \`Authorization: Bearer\` and ${what}.`, {
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
