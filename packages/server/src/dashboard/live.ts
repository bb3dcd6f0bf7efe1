import { customerAddress } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { after } from "@caravela/platform/timer";
import type { FastifyReply, FastifyRequest } from "fastify";
import { langOf } from "../http/chosen-language.ts";
import { type StreamLimits, Streams } from "../pages/streams.ts";
import { type Ask, askFor } from "./ask.ts";

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

/** A screen that follows along. */
interface Followed {
  /** Below `/dashboard/live`, as the screen's own address. */
  readonly at: string;
  /** What whoever listens must be able to read: asked before each hint, too. */
  readonly read: (ask: Ask, id: string) => Promise<unknown>;
  /** Whether it is of one payment or mandate, which its address names. */
  readonly isOfOne: boolean;
}

const one = (at: string, path: string): Followed => ({
  at: `${at}/:id`,
  read: (ask, id) => ask.get(`${path}/${encodeURIComponent(id)}`),
  isOfOne: true,
});

const list = (at: string, path: string): Followed => ({
  at,
  read: (ask) => ask.newest(path, {}, 1),
  isOfOne: false,
});

const FOLLOWED: readonly Followed[] = [
  one("payments", "/v1/payments"),
  list("payments", "/v1/payments"),
  one("subscriptions", "/v1/mandates"),
  list("subscriptions", "/v1/mandates"),
  list("refunds", "/v1/refunds"),
  list("tasks", "/v1/tasks"),
  { at: "customers/:id", read: (ask, id) => ask.newest("/v1/payments", { customer: id }, 1), isOfOne: false },
];

/**
 * The streams by which screens hear that something changed. What it is they ask for as any other, so that a stream
 * tells nobody anything.
 */
export function addLive(http: Http, scope: Http, { hints, closing, log }: LiveParts): void {
  const streams = new Streams(closing, log, LIMITS);
  let told = 0;

  for (const { at, read, isOfOne } of FOLLOWED) {
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const admission = streams.admit(request.url, customerAddress(request));
      if (!("leave" in admission)) return reply.code(admission.refused).header("retry-after", AGAIN).send();
      reply.raw.on("close", admission.leave);
      const { id = "" } = request.params as { id?: string };
      // a browser asks for a stream again by itself, and it keeps nobody signed in
      const ask = askFor(http, request, langOf(request), { unattended: true });
      await read(ask, id);
      reply.hijack();
      streams.open({
        response: reply.raw,
        seen: null,
        of: request.id,
        // whoever may not read it any more is told nothing any more
        view: async () => {
          await read(ask, id);
          return { version: ++told };
        },
        subscribe: (listener) => (isOfOne ? hints.of(id, listener) : hints.ofAll(resting(listener))),
      });
      return reply;
    };
    scope.get(`/dashboard/live/${at}`, { schema: { hide: true }, exposeHeadRoute: false }, answer);
  }
}

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
