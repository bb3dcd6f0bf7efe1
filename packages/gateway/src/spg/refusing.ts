import type { Clock } from "@caravela/platform/clock";
import { DatabaseAway } from "@caravela/platform/postgres/away";
import { Problem } from "@caravela/platform/problems";
import { isBelow, type RefusedAnswer } from "@caravela/platform/refused";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { execution } from "./answers.ts";
import { Refusal, refusals } from "./refusals.ts";

/** Both are prefixes of one API, interchangeable even within one transaction (reference 1.1). */
export const PREFIXES = ["/api/v2", "/sibs/spg/v2"] as const;

/**
 * An address as SIBS's calls are spelt: programs whose base address ends with a slash, or whose paths do, write one too
 * many (inferred). An empty transactionID stays one.
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

/**
 * Has everything that goes wrong with a call answered in SIBS's envelope: `returnStatus` and `execution` (reference
 * 11.3).
 */
export function answerRefusals(spg: FastifyInstance, clock: Clock): void {
  spg.setNotFoundHandler((_request, reply) => sendRefusal(reply, refusals.unknownPath(), clock));
  spg.setErrorHandler<FastifyError | Problem | Refusal | DatabaseAway>((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : refusalBy(error);
    if (refusal.httpStatus >= 500) request.log.error({ err: error }, "a call could not be answered");
    return sendRefusal(reply, refusal, clock);
  });
}

/** What no call answers, under SIBS's prefixes: an address that cannot be read is of no operation. */
export function refusedCall(path: string, { status }: Problem, clock: Clock): RefusedAnswer | null {
  if (!PREFIXES.some((prefix) => isBelow(path, prefix))) return null;
  const refusal = status === 400 || status === 404 ? refusals.unknownPath() : refusalOf(status);
  const headers = { ...refusal.headers, "content-type": "application/json; charset=utf-8" };
  return { status: refusal.httpStatus, headers, body: JSON.stringify(enveloped(refusal, clock)) };
}

function refusalBy(error: FastifyError | Problem | DatabaseAway): Refusal {
  if (error instanceof DatabaseAway) return refusals.away();
  return refusalOf(error instanceof Problem ? error.status : error.statusCode);
}

function refusalOf(status: number | undefined): Refusal {
  if (status === 400) return refusals.notJson();
  if (status === 413 || status === 414 || status === 431) return refusals.tooLarge();
  return status === 415 ? refusals.mediaType() : refusals.broken();
}

function sendRefusal(reply: FastifyReply, refusal: Refusal, clock: Clock): FastifyReply {
  return reply.code(refusal.httpStatus).headers(refusal.headers).send(enveloped(refusal, clock));
}

function enveloped({ returnStatus }: Refusal, clock: Clock): object {
  const now = clock.now();
  return { returnStatus, execution: execution(now, now) };
}
