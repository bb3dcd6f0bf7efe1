import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "./log.ts";
import { httpProblems, type Problem, sendProblem } from "./problems.ts";

/** What a room answers in place of a problem. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * How a room of this address refuses what none of its routes answers: a page where people are. Null: by the problem
 * itself. The path is in small letters, without query, host, and slashes too many at its beginning.
 */
export type RefusedAt = (path: string, problem: Problem, languages: string | undefined) => RefusedAnswer | null;

/** Whether a path is this one, or below it. */
export function isBelow(path: string, at: string): boolean {
  return path === at || path.startsWith(`${at}/`);
}

/** Refuses a request as the room does that its address is of. */
export function sendRefused(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  refusedAt: RefusedAt,
): FastifyReply {
  const { url = "/", headers } = request.raw;
  const instead = refusedAt(pathOf(url), problem, headers["accept-language"]);
  if (instead === null) return sendProblem(reply, problem);
  return reply
    .code(instead.status)
    .headers({ ...problem.headers, ...instead.headers })
    .serializer(String)
    .send(instead.body);
}

/** An error of Node's reader of HTTP. */
interface ClientError extends Error {
  readonly code: string;
  /** The bytes that it was reading: the request's beginning, unless that came in pieces. */
  readonly rawPacket?: unknown;
}

/** What answers a request that Node itself cannot read, in place of Fastify, and ends its connection. */
export function refuseUnreadable(
  log: Log,
  id: () => string,
  refusedAt: RefusedAt,
): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return void socket.destroy();
    const problem = problemOf(error.code);
    const requestId = id();
    log.info({ reqId: requestId, code: error.code, status: problem.status }, "a request could not be read");
    const read = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString("latin1") : "";
    const [, url = "/"] = /^\S+ (\S+)/.exec(read) ?? [];
    const instead = refusedAt(pathOf(url), problem, undefined) ?? {
      status: problem.status,
      headers: { "content-type": "application/problem+json; charset=utf-8" },
      body: JSON.stringify(problem),
    };
    const head = {
      ...problem.headers,
      ...instead.headers,
      "x-request-id": requestId,
      "content-length": String(Buffer.byteLength(instead.body)),
      connection: "close",
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = `HTTP/1.1 ${instead.status} ${STATUS_CODES[instead.status]}\r\n${lines.join("")}\r\n${instead.body}`;
    socket.end(answer, () => socket.destroy());
  };
}

function problemOf(code: string): Problem {
  if (code === "HPE_HEADER_OVERFLOW") return httpProblems.headersTooLarge();
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return httpProblems.requestTimeout();
  return httpProblems.malformedRequest();
}

function pathOf(url: string): string {
  return url
    .replace(/^[a-z]+:\/\/[^/?]*/i, "")
    .replace(/[?#].*$/s, "")
    .replace(/^\/+/, "/")
    .toLowerCase();
}
