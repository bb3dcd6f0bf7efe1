import { customerAddress } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { after } from "@caravela/platform/timer";
import type { FastifyReply, FastifyRequest } from "fastify";
import { langOf } from "../http/chosen-language.ts";
import { type StreamLimits, Streams } from "../pages/streams.ts";
import { askFor } from "./ask.ts";

/** Tells that something changed, and not what. */
export interface Hints {
  /** Calls back at each change of a payment or a mandate, until the returned function is called. */
  of(id: string, listener: () => void): () => void;
  /** Calls back at each change of any. */
  ofAll(listener: () => void): () => void;
}

/** Colleagues may all sit behind one address. */
const LIMITS: StreamLimits = { perAddress: 100, perPage: 200, perProcess: 1_000 };

/** How long a list rests after each hint, in milliseconds of system time: it is read again as a whole. */
const RESTS_MS = 2_000;

/** When a screen that got no stream may ask for one again, in seconds. */
const AGAIN = 30;

export interface LiveParts {
  readonly hints: Hints;
  readonly closing: AbortSignal;
  readonly log: Log;
}

/**
 * The streams by which screens hear that something changed. What it is they ask for as any other, so that a stream
 * tells nobody anything.
 */
export function addLive(http: Http, scope: Http, { hints, closing, log }: LiveParts): void {
  const streams = new Streams(closing, log, LIMITS);
  let told = 0;

  const stream = (at: string, readable: (request: FastifyRequest) => string, subscribe: SubscribesTo) => {
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const read = readable(request);
      const admission = streams.admit(read, customerAddress(request));
      if (!("leave" in admission)) return reply.code(admission.refused).header("retry-after", AGAIN).send();
      reply.raw.on("close", admission.leave);
      // a browser asks for a stream again by itself, and it keeps nobody signed in
      const ask = askFor(http, request, langOf(request), { unattended: true });
      await ask.get(read);
      reply.hijack();
      streams.open({
        response: reply.raw,
        seen: null,
        of: request.id,
        // whoever may not read it any more is told nothing any more
        view: async () => {
          await ask.get(read);
          return { version: ++told };
        },
        subscribe: subscribe(request),
      });
      return reply;
    };
    scope.get(at, { schema: { hide: true }, exposeHeadRoute: false }, answer);
  };

  stream(
    "/dashboard/live/payments/:id",
    ({ params }) => `/v1/payments/${encodeURIComponent((params as { id: string }).id)}`,
    ({ params }) =>
      (listener) =>
        hints.of((params as { id: string }).id, listener),
  );
  stream(
    "/dashboard/live/payments",
    () => "/v1/payments?limit=1",
    () => (listener) => hints.ofAll(resting(listener)),
  );
}

type SubscribesTo = (request: FastifyRequest) => (listener: () => void) => () => void;

/** Calls at once, and then no sooner than after a rest, however often it is called. */
function resting(listener: () => void): () => void {
  let rests = false;
  let isMissed = false;
  const call = () => {
    if (rests) {
      isMissed = true;
      return;
    }
    rests = true;
    listener();
    after(RESTS_MS, () => {
      rests = false;
      if (!isMissed) return;
      isMissed = false;
      call();
    });
  };
  return call;
}
