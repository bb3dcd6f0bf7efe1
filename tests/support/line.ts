import { createServer } from "node:http";
import { listen } from "./shop.ts";

/** Where a call is held: on its way to SIBS, or carried out and its answer on the way back. */
export type Where = "request" | "answer";

/** The line between a server and its gateway, on which a call can be held for as long as a test needs. */
export interface Line {
  readonly url: string;
  /** Holds the next call whose path ends so; resolves when one is held. */
  hold(call: string, where: Where): Promise<void>;
  /** Lets go of what is held: an answer goes its way, a request is lost on its own; nothing is held any more. */
  release(): void;
  /** From now on changes what the gateway answers to the calls whose path ends so; without a change, no more. */
  alter(call: string, change?: Change): void;
  close(): Promise<void>;
}

/** Changes what the gateway answers, as the call's address says; null: the answer is lost, and the connection cut. */
type Change = (answer: Told, url: string) => Told | null;

/** What the gateway answers. */
export interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lays a line to a gateway. @param overhear is told what the gateway answers. */
export async function layLine(
  gateway: string,
  overhear: (path: string, text: string) => void = () => undefined,
): Promise<Line> {
  let held: { call: string; where: Where; reached: () => void } | null = null;
  const changes = new Map<string, Change>();
  let released = Promise.withResolvers<void>();

  const wasHeld = async (path: string, where: Where): Promise<boolean> => {
    if (held === null || held.where !== where || !path.endsWith(held.call)) return false;
    held.reached();
    held = null;
    await released.promise;
    return true;
  };
  const http = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const body = Buffer.concat(await Array.fromAsync(request));
    if (await wasHeld(path, "request")) return void response.destroy();
    const passed = ["authorization", "x-ibm-client-id", "content-type", "mbway-id"];
    const headers = passed.map((name) => [name, String(request.headers[name] ?? "")] as const);
    const answer = await fetch(gateway + path, {
      method: request.method ?? "GET",
      headers: Object.fromEntries(headers),
      ...(body.length > 0 && { body }),
    }).catch(() => null);
    if (answer === null) return void response.destroy();
    const text = await answer.text();
    overhear(path, text);
    await wasHeld(path, "answer");
    const [, change] = [...changes].find(([call]) => path.split("?")[0]?.endsWith(call)) ?? [];
    const told = change?.({ status: answer.status, body: JSON.parse(text) }, path);
    if (told === null) return void response.destroy();
    response
      .writeHead(told?.status ?? answer.status, {
        "content-type": answer.headers.get("content-type") ?? "",
        ...told?.headers,
      })
      .end(told === undefined ? text : JSON.stringify(told.body));
  });
  return {
    url: await listen(http),
    hold: (call, where) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { call, where, reached: resolve };
      return promise;
    },
    release: () => {
      held = null;
      released.resolve();
      released = Promise.withResolvers<void>();
    },
    alter: (call, change) => void (change === undefined ? changes.delete(call) : changes.set(call, change)),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
