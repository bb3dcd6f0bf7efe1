import type { ServerResponse } from "node:http";
import { networkOf } from "@caravela/platform/address";
import { securityHeaders } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import { Room, type Shown } from "./room.ts";

/**
 * How many streams may be open at once: of one page to one address, of one page, and of this process. A page without
 * one looks by itself.
 */
export interface StreamLimits {
  readonly perAddress: number;
  readonly perPage: number;
  readonly perProcess: number;
}

const LIMITS: StreamLimits = { perAddress: 5, perPage: 40, perProcess: 5_000 };

/** Whether a page has a place among the streams, and what gives it back; or how it is refused. */
export type Admission = { readonly leave: () => void } | { readonly refused: 429 | 503 };

export interface Stream {
  readonly response: ServerResponse;
  /** The version that the page has already, by its `Last-Event-ID`; null where that does not say all. */
  readonly seen: string | null;
  /** What is shown: streams of the same share one rendering. */
  readonly of: string;
  readonly view: () => Promise<Shown>;
  /** Calls back at each change, until what it returns is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * All live pages of this process: server-sent events whose id is the view's version, sent anew at every change until
 * either side leaves.
 */
export class Streams {
  readonly #closing: AbortSignal;
  readonly #log: Log;
  readonly #limits: StreamLimits;
  readonly #rooms = new Map<string, Room>();
  readonly #open = new Map<string, number>();
  #all = 0;

  /** @param closing aborted when the server stops. */
  constructor(closing: AbortSignal, log: Log, limits: StreamLimits = LIMITS) {
    this.#closing = closing;
    this.#log = log;
    this.#limits = limits;
    closing.addEventListener("abort", () => {
      for (const room of [...this.#rooms.values()]) room.end();
    });
  }

  /**
   * Asks for a place, before anything else is done for a page. @param address whose page it is; null: it is not known.
   */
  admit(page: string, address: string | null): Admission {
    const ofAddress = `${page} ${address === null ? "" : networkOf(address)}`;
    const { perAddress, perPage, perProcess } = this.#limits;
    if (this.#count(ofAddress) >= perAddress || this.#count(page) >= perPage) return { refused: 429 };
    if (this.#all >= perProcess) return { refused: 503 };
    this.#change(page, ofAddress, 1);
    let isIn = true;
    const leave = () => {
      if (isIn) this.#change(page, ofAddress, -1);
      isIn = false;
    };
    return { leave };
  }

  /** Sends a page its view now and at every change. */
  open({ response, seen, of, view, subscribe }: Stream): void {
    response.writeHead(200, {
      ...securityHeaders,
      "content-type": "text/event-stream",
      // Once it ends there is nothing to reuse: a server that stops need not wait for it.
      connection: "close",
      // A proxy that buffers would keep it to itself.
      "x-accel-buffering": "no",
    });
    response.flushHeaders();
    // Who left before we listened is not told of again.
    if (response.destroyed || this.#closing.aborted) return void response.end();
    const room =
      this.#rooms.get(of) ?? new Room({ view, subscribe, log: this.#log, emptied: () => this.#rooms.delete(of) });
    this.#rooms.set(of, room);
    room.enter(response, seen);
  }

  #count(key: string): number {
    return this.#open.get(key) ?? 0;
  }

  #change(page: string, ofAddress: string, by: 1 | -1): void {
    this.#all += by;
    for (const key of [page, ofAddress]) {
      const count = this.#count(key) + by;
      if (count === 0) this.#open.delete(key);
      else this.#open.set(key, count);
    }
  }
}
