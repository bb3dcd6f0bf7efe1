import { chmodSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/platform/postgres/embedded";
import { buildWebIfStale } from "@caravela/web/build";
import { Program } from "../tests/support/program.ts";
import { freePort, listen } from "../tests/support/shop.ts";
import { Wire } from "./wire.ts";

const API_KEY = "sk_test_bench";

/** All that `npm start` runs, to be measured: a durable database in a temporary folder, the gateway and the server. */
export interface House {
  readonly databaseUrl: string;
  readonly gateway: Wire;
  readonly gatewayUrl: string;
  readonly server: Wire;
  readonly serverUrl: string;
  /** The headers of a request to `/v1`, its own idempotency key included. */
  headers(): string;
  readonly shop: ListeningShop;
  close(): Promise<void>;
}

/** A shop that is told of payments. What it does with its events is not measured: it does not check signatures. */
export interface ListeningShop {
  /** Resolves when `payment.paid` of that payment arrives. */
  told(payment: string): Promise<void>;
  /** Is told from now on. */
  open(): Promise<void>;
  /** Is told nothing any more. */
  leave(): Promise<void>;
}

/** Starts everything, as separate processes that log to files, as `npm start` does; the pages are built first when they are older than their sources. */
export async function openHouse(): Promise<House> {
  await buildWebIfStale();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "caravela-bench-"));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).toReversed()) await one();
  };
  process.once("SIGINT", () => void close().then(() => process.exit(130)));
  try {
    const { url: databaseUrl, stop } = await startEmbeddedPostgres({ dataFolder: folder });
    closing.push(stop);
    const [gatewayPort, serverPort] = [await freePort(), await freePort()];
    const [gatewayUrl, serverUrl] = [`http://127.0.0.1:${gatewayPort}`, `http://127.0.0.1:${serverPort}`];
    const common = { DATABASE_URL: databaseUrl, CARAVELA_API_KEY: API_KEY, CARAVELA_TEST_CLOCK: "1" };
    const programs = {
      gateway: { ...common, CARAVELA_GATEWAY_PORT: `${gatewayPort}`, CARAVELA_CLOCK_FOLLOWERS: serverUrl },
      // one phone of each lane is asked all the while
      server: {
        ...{ ...common, CARAVELA_PORT: `${serverPort}`, SIBS_BASE_URL: `${gatewayUrl}/api/v2` },
        CARAVELA_PHONE_REQUESTS: "0",
      },
    };
    for (const name of ["gateway", "server"] as const) {
      const program = new Program(name, programs[name], openSync(join(folder, `${name}.log`), "a"));
      closing.push(() => program.kill());
      await program.start();
    }
    const [gateway, server] = [new Wire(gatewayUrl), new Wire(serverUrl)];
    const shop = await keepShop(server);
    closing.push(async () => shop.close());
    return { databaseUrl, gateway, gatewayUrl, server, serverUrl, headers, shop, close };
  } catch (error) {
    await close();
    throw error;
  }
}

let keys = 0;

function headers(): string {
  return `Authorization: Bearer ${API_KEY}\r\nIdempotency-Key: key-${process.pid}-${++keys}\r\n`;
}

async function keepShop(server: Wire): Promise<ListeningShop & { close(): void }> {
  const waiting = new Map<string, () => void>();
  const http = createServer(async (request, response) => {
    const { type, data } = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString("utf8"));
    response.writeHead(204).end();
    if (type !== "payment.paid") return;
    waiting.get(data.payment.id)?.();
    waiting.delete(data.payment.id);
  });
  const url = await listen(http);
  let endpoint = "";
  return {
    told: (payment) => new Promise((resolve) => waiting.set(payment, resolve)),
    open: async () => {
      const made = await server.json<{ id: string }>("POST", "/v1/event-endpoints", { url }, headers());
      endpoint = made.id;
    },
    leave: async () => {
      await server.send("DELETE", `/v1/event-endpoints/${endpoint}`, "", headers());
    },
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}
