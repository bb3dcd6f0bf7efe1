import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { buildWebIfStale } from "@caravela/web/build";
import { Program } from "../tests/support/program.ts";
import { freePort, listen } from "../tests/support/shop.ts";
import { Processors } from "./processors.ts";
import { Wire } from "./wire.ts";

const API_KEY = "sk_test_bench";

/** What takes longer was lost: the bench ends and says so, rather than wait. */
const TOLD_WITHIN_MS = 60_000;

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
  /** The smallest integration that works while nothing fails, on the same gateway and database. */
  readonly floor: Wire;
  readonly processors: Processors;
  /** Starts another server on the same database, and gives the way to it. */
  addServer(): Promise<Wire>;
  /** Ends the server and starts it again, set otherwise. */
  resetServer(changes: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** A shop that is told of payments. What it does with its events is not measured: it does not check signatures. */
export interface ListeningShop {
  readonly url: string;
  /** Resolves when `payment.paid` of that payment arrives. */
  told(payment: string): Promise<void>;
  /** Is told from now on. */
  open(): Promise<void>;
  /** Is told nothing any more. */
  leave(): Promise<void>;
}

/**
 * Starts everything, as separate processes that log to files, as `npm start` does; the pages are built first when they
 * are older than their sources.
 */
export async function openHouse(): Promise<House> {
  await buildWebIfStale();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "caravela-bench-"));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const closeAll = async (): Promise<void> => {
    for (const one of closing.toReversed()) await one();
  };
  let closed: Promise<void> | null = null;
  // whoever is interrupted, and whatever fails because of it, wait for the same end
  const close = (): Promise<void> => {
    closed ??= closeAll();
    return closed;
  };
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const end = () => void close().then(() => process.exit(code));
    process.once(signal, end);
    // a house that is closed ends nobody who lives in the next
    closing.push(async () => process.off(signal, end));
  }
  try {
    const { url: databaseUrl, stop } = await startEmbeddedPostgres({ dataFolder: folder });
    closing.push(stop);
    const [gatewayPort, serverPort] = [await freePort(), await freePort()];
    const [gatewayUrl, serverUrl] = [`http://127.0.0.1:${gatewayPort}`, `http://127.0.0.1:${serverPort}`];
    const common = { DATABASE_URL: databaseUrl, CARAVELA_API_KEY: API_KEY, CARAVELA_TEST_CLOCK: "1" };
    const pids: Record<string, number> = {};
    const start = async (name: string, kind: "gateway" | "server", env: Readonly<Record<string, string>>) => {
      const program = new Program(kind, env, openSync(join(folder, `${name}.log`), "a"));
      closing.push(() => program.kill());
      await program.start();
      pids[name] = program.pid ?? 0;
      return program;
    };
    await start("gateway", "gateway", {
      ...common,
      CARAVELA_GATEWAY_PORT: `${gatewayPort}`,
      CARAVELA_CLOCK_FOLLOWERS: serverUrl,
    });
    const settings = (port: number) => ({
      ...common,
      CARAVELA_PORT: `${port}`,
      SIBS_BASE_URL: `${gatewayUrl}/api/v2`,
      // one phone of each lane is asked all the while
      CARAVELA_PHONE_REQUESTS: "0",
    });
    let first = await start("server", "server", settings(serverPort));
    const addServer = async () => {
      const port = await freePort();
      await start("the other server", "server", settings(port));
      return new Wire(`http://127.0.0.1:${port}`);
    };
    const resetServer = async (changes: Readonly<Record<string, string>>) => {
      await first.end();
      first = await start("server", "server", { ...settings(serverPort), ...changes });
    };
    const [gateway, server] = [new Wire(gatewayUrl), new Wire(serverUrl)];
    const shop = await keepShop(server);
    closing.push(async () => shop.close());
    const floor = await startFloor({ databaseUrl, gatewayUrl, shopUrl: shop.url });
    closing.push(floor.stop);
    pids.floor = floor.pid;
    const processors = new Processors(databaseUrl, () => pids);
    await processors.open();
    closing.push(() => processors.close());
    const wires = { gateway, server, floor: floor.wire };
    return { databaseUrl, gatewayUrl, serverUrl, ...wires, headers, shop, processors, addServer, resetServer, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startFloor(house: { databaseUrl: string; gatewayUrl: string; shopUrl: string }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${house.gatewayUrl}/sandbox/terminals/600077`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ webhook: { url: `${url}/notifications` } }),
  });
  const child = fork(join(import.meta.dirname, "floor.ts"), [], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: house.databaseUrl,
      FLOOR_PORT: `${port}`,
      FLOOR_SIBS: `${house.gatewayUrl}/api/v2`,
      FLOOR_TERMINAL: await answer.text(),
      FLOOR_SHOP: house.shopUrl,
    },
  });
  const [ready] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (typeof ready !== "object") throw new Error("the floor did not start");
  const stop = async () => void child.kill("SIGKILL");
  return { wire: new Wire(url), pid: child.pid ?? 0, stop };
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
    url,
    told: (payment) =>
      new Promise((resolve, reject) => {
        const late = () => reject(new Error(`the shop was not told of ${payment} within ${TOLD_WITHIN_MS / 1_000} s`));
        const limit = setTimeout(late, TOLD_WITHIN_MS);
        waiting.set(payment, () => {
          clearTimeout(limit);
          resolve();
        });
      }),
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
