import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Caravela } from "@caravela/client";
import { Accounts } from "./accounts.ts";
import { EVENT_TYPES, Events } from "./events.ts";
import { Orders } from "./orders.ts";
import { answer } from "./routes.ts";
import { Subscriptions } from "./subscriptions.ts";

export interface ShopSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the payments server is. */
  readonly serverUrl: string;
  readonly apiKey: string;
  /** How browsers and the payments server reach this shop, where that is not by host and port. */
  readonly publicUrl?: string;
  /** Where the shop says what it does; the console unless told otherwise. */
  readonly log?: (line: string) => void;
}

/**
 * Opens the shop: listens, then tells the payments server where its events go and what to sign them with.
 * @throws Error when either is not possible
 */
export async function startShop(settings: ShopSettings): Promise<{ url: string; close(): Promise<void> }> {
  const { serverUrl, apiKey } = settings;
  const caravela = new Caravela({ baseUrl: serverUrl, apiKey, timeoutMs: 10_000 }); // a customer is waiting
  const orders = new Orders(caravela);
  const subscriptions = new Subscriptions(caravela);
  // A new secret at each start needs no place to keep it. Events that were signed with the old one are refused, and
  // come again signed with this one.
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const events = new Events({ secret, orders, subscriptions, log: settings.log ?? console.log });

  const http = createServer();
  await listen(http, settings);
  const url = settings.publicUrl ?? addressOf(http);
  const shop = { url, caravela, orders, subscriptions, events, accounts: new Accounts(url) };
  http.on("request", (request, response) => void answer(request, response, shop));
  const close = () => new Promise<void>((resolve) => http.close(() => resolve()));
  try {
    await caravela.endpoints.create({ url: `${url}/events`, secret, types: EVENT_TYPES });
  } catch (error) {
    await close();
    throw new Error(`The shop cannot ask ${serverUrl} for its events.`, { cause: error });
  }
  return { url, close };
}

function listen(http: Server, { host, port }: ShopSettings): Promise<void> {
  return new Promise((resolve, reject) => http.once("error", reject).listen(port, host, resolve));
}

/** A server that listens everywhere is reached by loopback. */
function addressOf(http: Server): string {
  const { address, family, port } = http.address() as AddressInfo;
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
