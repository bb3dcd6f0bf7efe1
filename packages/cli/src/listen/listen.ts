import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { CaravelaError, ProblemError } from "@caravela/client";
import { CannotStart } from "@caravela/platform/cannot-start";
import { type Environment, httpUrl, readTogether, setting } from "@caravela/platform/settings";
import { connect, readServer, type Server } from "../api/connect.ts";
import { subjectOf } from "../api/events.ts";
import { inLisbon } from "../api/words.ts";
import type { Output } from "../output.ts";
import { Feed } from "./feed.ts";
import { Forwarder, type Tried } from "./forward.ts";

/** What was said behind `caravela listen`. */
export interface ListenOptions {
  readonly forward: string;
  /** Types of events; empty: all. */
  readonly types: readonly string[];
}

const LOOK_MS = 1_000;

/**
 * Brings a server's new events to a local address, as to an endpoint, until it is asked to end. Nothing is registered
 * at the server: its list of events is read.
 */
export async function listen(
  env: Environment,
  options: ListenOptions,
  output: Output,
  asked: AbortSignal,
): Promise<void> {
  const server = readServer(env);
  const { forward, secret } = read(env, options, server);
  const caravela = connect(server);
  const feed = new Feed(caravela.events, options.types);
  await feed.begin();
  const gone = new AbortController();
  const signal = AbortSignal.any([asked, gone.signal]);
  const forwarder = new Forwarder({
    url: forward,
    secret,
    signal,
    pause,
    onTried: (tried) => output.item(...told(tried)),
    onGone: () => gone.abort(),
  });
  output.result({ server: server.url, forward, secret }, [
    `Events of ${server.url} go to ${forward}, from now on. Ctrl-C ends it, and nothing is left behind.`,
    `They are signed with ${secret}`,
  ]);
  let isAway = false;
  while (!signal.aborted) {
    try {
      for (const event of await feed.next(signal)) forwarder.take(event);
      if (isAway) output.note(`${server.url} answers again.`);
      isAway = false;
    } catch (error) {
      if (signal.aborted) break;
      if (!isPassing(error)) throw error;
      if (!isAway) output.note(`${error.message}. It is asked again until it answers; nothing is lost.`);
      isAway = true;
    }
    await pause(LOOK_MS, signal);
  }
  if (gone.signal.aborted) output.note(`${forward} answered 410: nothing shall come any more.`);
}

/** Whether the server, or what stands in front of it, may answer again by itself: as while it is started anew. */
export function isPassing(error: unknown): error is CaravelaError {
  if (error instanceof ProblemError) return error.status >= 500 || error.status === 408 || error.status === 429;
  return error instanceof CaravelaError;
}

/** @throws SettingsError, CannotStart */
function read(env: Environment, { forward }: ListenOptions, server: Server): { forward: string; secret: string } {
  const secret = readTogether(env, (reading) =>
    setting(reading, "CARAVELA_LISTEN_SECRET", { default: secretFor(server), parse: endpointSecret, isSecret: true }),
  );
  try {
    httpUrl(forward);
    return { forward: new URL(forward).href, secret };
  } catch (error) {
    throw new CannotStart(`--forward is ${JSON.stringify(forward)}: ${(error as Error).message}.`);
  }
}

/**
 * The same each time for the same key at the same server, so that what a shop was set to goes on; and as hard to guess
 * as the key.
 */
function secretFor({ url, apiKey }: Server): string {
  return `whsec_${createHmac("sha256", apiKey).update(`caravela listen ${url}`).digest("base64")}`;
}

function endpointSecret(text: string): string {
  const [, base64 = ""] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const { length } = Buffer.from(base64, "base64");
  if (length < 24 || length > 64) throw new TypeError("whsec_ and Base64 of 24 to 64 bytes are needed");
  return text;
}

function told({ event, status, ms, taken, againInMs }: Tried): [object, string] {
  const again = againInMs === null ? null : new Date(Date.now() + againInMs).toISOString();
  const subject = subjectOf(event);
  const { id, type, sequence } = event;
  const came = status === null ? "no answer" : String(status);
  const next = againInMs === null ? "" : `, again in ${againInMs / 1_000} s`;
  return [
    { event: id, type, subject, sequence, status, ms, taken, nextTryAt: again },
    `${inLisbon(new Date().toISOString()).time}  ${type}  ${id}  ${subject}  → ${came} (${ms} ms)${next}`,
  ];
}

/** Ends also when it is called off. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
