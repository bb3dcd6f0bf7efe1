import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Json } from "./json.ts";

/** An event as the shop received it, its signature verified. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  /** When it happened. */
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: { readonly payment: Json; readonly refund?: Json; readonly mandate?: Json; readonly plan?: Json };
}

/** A shop that listens for events. */
export interface Shop {
  /** Where it takes them. */
  readonly url: string;
  /** Those it took, in the order in which they came. */
  readonly events: ReceivedEvent[];
  /** What events are signed with. */
  secret: string;
  /** Answers events with this status. */
  answers: number;
  /** What it does with an event before it answers. */
  busyWith: (event: ReceivedEvent) => Promise<void>;
  close(): Promise<void>;
}

/** Opens a shop on a free port. */
export async function openShop(): Promise<Shop> {
  const http = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString("utf8");
    try {
      const event = new Webhook(shop.secret).verify(body, request.headers as Record<string, string>) as ReceivedEvent;
      if (shop.answers === 200) shop.events.push(event);
      await shop.busyWith(event);
      response.writeHead(shop.answers).end();
    } catch {
      response.writeHead(401).end();
    }
  });
  const shop: Shop = {
    url: `${await listen(http)}/events`,
    events: [],
    secret: "",
    answers: 200,
    busyWith: async () => undefined,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return shop;
}

/** Listens on this machine, on any free port unless told which; gives the address. */
export async function listen(http: Server, port = 0): Promise<string> {
  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/**
 * A port that was free a moment ago, and that no outgoing connection is given: the system takes those from 32,768 on,
 * and a server that is started again would now and then find its port taken.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const http = createServer();
    try {
      await listen(http, port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    } finally {
      http.close();
    }
  }
}
