import type { ServerResponse } from "node:http";
import { securityHeaders } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { after } from "@caravela/platform/timer";

/** How often a silent stream says that it is alive, so that nothing in between closes it. System time. */
const HEARTBEAT_MS = 15_000;

/** What a page shows. */
export interface Versioned {
  /** Grows with every change of what is shown. */
  readonly version: number;
}

export interface Stream {
  readonly response: ServerResponse;
  /** The version that the page has already, by its `Last-Event-ID`. */
  readonly seen: string | undefined;
  readonly view: () => Promise<Versioned>;
  /** Calls back at each change, until what it returns is called. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Aborted when the server stops. */
  readonly closing: AbortSignal;
  readonly log: Log;
}

/** Sends a page its view at every change, as server-sent events whose id is the view's version, until either side leaves. */
export function streamViews({ response, seen, view, subscribe, closing, log }: Stream): void {
  response.writeHead(200, {
    ...securityHeaders,
    "content-type": "text/event-stream",
    // Once it ends there is nothing to reuse: a server that stops need not wait for it.
    connection: "close",
    // A proxy that buffers would keep the news to itself.
    "x-accel-buffering": "no",
  });
  response.flushHeaders();

  // What the page has: a hint may come twice, and without a change.
  let shown: string | null = null;
  let sending = false;
  let changed = false;
  const send = async () => {
    changed = true;
    if (sending) return;
    sending = true;
    try {
      // Changes that come while one is being sent are sent as one.
      while (changed && !response.writableEnded) {
        changed = false;
        const news = await view();
        const data = JSON.stringify(news);
        const isKnown = data === shown || (shown === null && String(news.version) === seen);
        shown = data;
        if (!isKnown && !response.writableEnded) response.write(`id: ${news.version}\ndata: ${data}\n\n`);
      }
    } catch (error) {
      log.warn({ err: error }, "a page's live updates broke off");
      end();
    } finally {
      sending = false;
    }
  };

  const unsubscribe = subscribe(() => void send());
  let stopHeartbeat = after(HEARTBEAT_MS, beat);
  function beat() {
    response.write(":\n\n");
    stopHeartbeat = after(HEARTBEAT_MS, beat);
  }
  function end() {
    unsubscribe();
    stopHeartbeat();
    closing.removeEventListener("abort", end);
    response.end();
  }
  closing.addEventListener("abort", end);
  response.on("close", end);
  // Who left before we listened is not told of again.
  if (response.destroyed) end();
  else void send();
}
