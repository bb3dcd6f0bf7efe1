import type { Clock } from "@caravela/platform/clock";
import { DatabaseAway } from "@caravela/platform/postgres/away";
import { httpProblems, Problem, sendProblem } from "@caravela/platform/problems";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { execution } from "./answers.ts";
import { Refusal, refusals } from "./refusals.ts";

/** Both are prefixes of one API, interchangeable even within one transaction (reference 1.1). */
export const PREFIXES = ["/api/v2", "/sibs/spg/v2"] as const;

/**
 * An address as SIBS's calls are spelt: programs whose base address ends with a slash, or whose paths do, write one too many (inferred).
 * An empty transactionID stays one.
 */
export function spelledAddress(url: string): string {
  const end = url.indexOf("?");
  const path = (end < 0 ? url : url.slice(0, end)).replace(/^\/\//, "/");
  const prefix = PREFIXES.find((one) => path.startsWith(`${one}/`));
  if (prefix === undefined) return url;
  const call = path
    .slice(prefix.length)
    .replace(/^\/\//, "/")
    .replace(/([^/])\/$/, "$1");
  return `${prefix}${call}${end < 0 ? "" : url.slice(end)}`;
}

/** Has everything that goes wrong with a call answered in SIBS's envelope: `returnStatus` and `execution` (reference 11.3). */
export function answerRefusals(spg: FastifyInstance, clock: Clock): void {
  spg.setNotFoundHandler((_request, reply) => sendRefusal(reply, refusals.unknownPath(), clock));
  spg.setErrorHandler<FastifyError | Problem | Refusal | DatabaseAway>((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error);
    if (refusal.httpStatus >= 500) request.log.error({ err: error }, "a call could not be answered");
    return sendRefusal(reply, refusal, clock);
  });
}

/** Answers an address that cannot be read: under SIBS's prefixes it is of no transaction. */
export function answerBadAddress(request: FastifyRequest, reply: FastifyReply, clock: Clock): FastifyReply {
  const isSpg = PREFIXES.some((prefix) => request.url.startsWith(`${prefix}/`));
  return isSpg ? sendRefusal(reply, refusals.unknownPath(), clock) : sendProblem(reply, httpProblems.malformedUrl());
}

function refusalOf(error: FastifyError | Problem | DatabaseAway): Refusal {
  if (error instanceof DatabaseAway) return refusals.away();
  const status = error instanceof Problem ? error.status : error.statusCode;
  if (status === 400) return refusals.notJson();
  if (status === 413) return refusals.tooLarge();
  return status === 415 ? refusals.mediaType() : refusals.broken();
}

function sendRefusal(reply: FastifyReply, refusal: Refusal, clock: Clock): FastifyReply {
  const now = clock.now();
  const body = { returnStatus: refusal.returnStatus, execution: execution(now, now) };
  return reply.code(refusal.httpStatus).headers(refusal.headers).send(body);
}
