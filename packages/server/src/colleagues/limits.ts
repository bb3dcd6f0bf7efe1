import { customerAddress, networkOf } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import { changes } from "@caravela/platform/own-requests";
import rateLimit, { type RateLimitPluginOptions } from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";
import { problem } from "../http/problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether it counts as a try to sign in though it is only looked at. */
    readonly isTry?: boolean;
  }
}

/** How often one address may try to sign in within the time, and one person answer by their passkey. System time. */
export const TRIES = { ofAddress: 60, ofPerson: 30, withinMs: 5 * 60_000 } as const;

const options = {
  timeWindow: TRIES.withinMs,
  // only how long to wait is of use to whoever asks in earnest
  addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
  addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
  errorResponseBuilder: (_request, { ttl }) =>
    problem("too_many_tries", "Wait as long as `Retry-After` says.", {
      headers: { "Retry-After": String(Math.ceil(ttl / 1000)) },
    }),
} satisfies RateLimitPluginOptions;

/** Counts what is tried in a scope, by the address that it comes from. To be awaited before its routes are made. */
export async function limitByAddress(scope: Http): Promise<void> {
  await scope.register(rateLimit, {
    ...options,
    max: TRIES.ofAddress,
    keyGenerator: addressOf,
    allowList: ({ method, routeOptions }) => !changes(method) && routeOptions.config.isTry !== true,
  });
}

/** Lets routes of a scope say `BY_PERSON`. To be awaited before they are made. */
export async function openLimits(scope: Http): Promise<void> {
  await scope.register(rateLimit, { ...options, global: false });
}

/** Of a route: it is counted by the person who asks. */
export const BY_PERSON = {
  max: TRIES.ofPerson,
  hook: "preHandler",
  groupId: "passkeys",
  keyGenerator: ({ caller }: FastifyRequest) => caller.person?.id ?? "",
} as const;

function addressOf(request: FastifyRequest): string {
  const address = customerAddress(request);
  return address === null ? "unknown" : networkOf(address);
}
