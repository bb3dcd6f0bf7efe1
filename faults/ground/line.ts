import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "../../tests/support/shop.ts";

/** In which directions nothing passes: towards whoever is called, back from there, or both. */
export type Silent = "there" | "back" | "both";

/** A line between two programs, which can be hurt as the network between two machines is. */
export interface Line {
  readonly name: string;
  /** Where it begins: whoever calls this port reaches the other end. */
  readonly port: number;
  /** Every connection breaks at once, and both ends learn of it; new ones are made as ever. */
  cut(): void;
  /** Every connection breaks, and new ones are refused, until it is healed. */
  refuse(): Promise<void>;
  /**
   * Nothing passes any more, and nobody is told, as when packets are dropped: who knocks is let in and hears nothing.
   */
  silence(direction: Silent): void;
  /** What is sent takes so many milliseconds more, each piece of it. */
  slow(delayMs: number): void;
  /**
   * It is as before. What silence held back arrives now, as TCP would send it again; with `forgotten`, the connections
   * of before stay silent for ever, as when a firewall has forgotten them.
   */
  heal(options?: { readonly forgotten?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** One connection over the line: from who calls, and to who is called. */
interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isForgotten: boolean;
}

/**
 * Lays a line from a port of its own to one of some ports, in turn: to the next where one refuses, as whatever stands
 * before several servers does it. @param ends are looked up for each connection
 */
export async function layLine(name: string, ends: () => readonly number[]): Promise<Line> {
  const pairs = new Set<Pair>();
  let silent: Silent | null = null;
  let delayMs = 0;
  let turn = 0;
  /** How often it has forgotten its connections: one of before, also one that was still being made, is lost. */
  let era = 0;
  const isHeld = (from: "near" | "far") =>
    silent === "both" || (silent === "there" && from === "near") || (silent === "back" && from === "far");

  const carry = (pair: Pair, from: "near" | "far"): void => {
    const [source, target] = from === "near" ? [pair.near, pair.far] : [pair.far, pair.near];
    let before = Promise.resolve();
    const inTurn = (work: () => void): void => {
      if (delayMs === 0) return void before.then(work);
      const due = performance.now() + delayMs;
      before = before.then(() => pauseUntil(due)).then(work);
    };
    source.on("data", (bytes) => inTurn(() => target.writable && target.write(bytes)));
    source.on("end", () => inTurn(() => target.end()));
    source.on("error", () => undefined);
    source.on("close", () => {
      if (pair.isForgotten || isHeld(from)) return;
      inTurn(() => target.destroy());
      if (pair.near.destroyed && pair.far.destroyed) pairs.delete(pair);
    });
    if (isHeld(from) || pair.isForgotten) source.pause();
  };
  const take = async (near: Socket): Promise<void> => {
    near.on("error", () => undefined);
    near.pause();
    const bornIn = era;
    const far = await reach(ends(), turn++);
    if (far === null || near.destroyed) {
      near.destroy();
      far?.destroy();
      return;
    }
    const pair: Pair = { near, far, isForgotten: bornIn !== era };
    pairs.add(pair);
    near.resume();
    carry(pair, "near");
    carry(pair, "far");
  };
  const breakUp = (pair: Pair): void => {
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
    pairs.delete(pair);
  };
  const cut = (): void => {
    for (const pair of pairs) breakUp(pair);
  };
  const open = (): Server => createServer({ allowHalfOpen: true }, (near) => void take(near));
  let server = open();
  const port = await freePort();
  await once(server.listen(port, "127.0.0.1"), "listening");

  return {
    name,
    port,
    cut,
    refuse: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
    silence: (direction) => {
      silent = direction;
      for (const { near, far } of pairs) {
        if (isHeld("near")) near.pause();
        if (isHeld("far")) far.pause();
      }
    },
    slow: (ms) => {
      delayMs = ms;
    },
    heal: async ({ forgotten = false } = {}) => {
      silent = null;
      delayMs = 0;
      if (forgotten) era += 1;
      for (const pair of pairs) {
        pair.isForgotten ||= forgotten;
        if (pair.isForgotten) continue;
        // of one end that went meanwhile the other learns now
        if (pair.near.destroyed || pair.far.destroyed) breakUp(pair);
        pair.near.resume();
        pair.far.resume();
      }
      if (server.listening) return;
      server = open();
      await once(server.listen(port, "127.0.0.1"), "listening");
    },
    close: async () => {
      silent = null;
      cut();
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A connection to the first of some ports that takes one, beginning with whose turn it is; null: none does. */
async function reach(ports: readonly number[], turn: number): Promise<Socket | null> {
  for (let tried = 0; tried < ports.length; tried += 1) {
    const port = ports[(turn + tried) % ports.length] ?? 0;
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const isThere = await new Promise<boolean>((resolve) => {
      far.once("connect", () => resolve(true));
      far.once("error", () => resolve(false));
    });
    if (isThere) return far;
  }
  return null;
}

function pauseUntil(due: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
}
