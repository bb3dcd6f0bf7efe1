import type { Problem } from "@caravela/platform/problems";
import type { FastifyRequest } from "fastify";
import { problem } from "./problems.ts";

const HEADER = "idempotency-key";
const MOST_CHARACTERS = 255;

/** The key that a request is repeated by. @throws Problem 400 when it has none, or none that can be one. */
export function readKey(request: FastifyRequest): string {
  const fault = keyFault(request);
  if (fault !== null) throw fault;
  return String(request.headers[HEADER]);
}

/** What is wrong with a request's key; null: nothing. */
export function keyFault({ headers, raw }: FastifyRequest): Problem | null {
  const key = headers[HEADER];
  // Node joins what stands twice to one text, which would be a key of its own
  const times = raw.rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === HEADER).length;
  if (times > 1) return wrongKey("The Idempotency-Key header stands more than once: send it once.");
  if (typeof key === "string" && key !== "" && length(key) <= MOST_CHARACTERS) return null;
  return wrongKey("Send an Idempotency-Key header of 1 to 255 characters.");
}

function wrongKey(detail: string): Problem {
  return problem("idempotency_key_missing", detail, { field: "Idempotency-Key" });
}

/** In characters as whoever sent it counts them: a header's bytes arrive one by one, and most clients mean UTF-8. */
function length(key: string): number {
  const text = Buffer.from(key, "latin1").toString("utf8");
  return text.includes("\ufffd") ? key.length : [...text].length;
}
