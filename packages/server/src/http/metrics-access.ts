import { isIP } from "node:net";
import { httpProblems } from "@caravela/platform/problems";
import type { Secret } from "@caravela/platform/secret";
import type { FastifyRequest } from "fastify";
import { authorize } from "./authorize.ts";

/** What proxies add to a request that they pass on: it comes from this machine then, but not from its owner. */
const PASSED_ON = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/**
 * A hook (`onRequest`) that lets in whoever asks from this machine, and whoever has the token, if there is one.
 * @throws Problem with status 401 or 403.
 */
export function ownOrToken(token: Secret | null): (request: FastifyRequest) => Promise<void> {
  const byToken = token === null ? null : authorize(token, "the token of CARAVELA_METRICS_TOKEN");
  return async (request) => {
    if (isOwn(request)) return;
    if (byToken === null) throw httpProblems.loopbackOnly();
    await byToken(request);
  };
}

function isOwn({ socket, headers }: FastifyRequest): boolean {
  return (
    isLoopback(socket.remoteAddress ?? "") &&
    !PASSED_ON.some((name) => name in headers) &&
    isOwnName(headers.host ?? "")
  );
}

/** A proxy that adds nothing still passes on the name that it was asked for. */
function isOwnName(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || (isIP(name) !== 0 && isLoopback(name));
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address);
}
