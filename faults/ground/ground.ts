import { chmodSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type Answer, jsonCaller } from "../../tests/support/json.ts";
import { Program, type Version } from "../../tests/support/program.ts";
import { freePort } from "../../tests/support/shop.ts";
import { until } from "../../tests/support/until.ts";
import { mountSmallDisk, type SmallDisk } from "./disk.ts";
import { type Line, layLine } from "./line.ts";
import { type HurtPostgres, startPostgres } from "./postgres.ts";
import { startWatcher } from "./watcher.ts";

export const API_KEY = "sk_test_faults";
/** Where in the folder PostgreSQL's data are, on a disk of their own where that can be. */
export const DATA = "data";

/** In megabytes: room for a few thousand payments and the log that PostgreSQL writes before them. */
const DISK = 1_536;
/** Few enough to be taken by somebody else. */
const SESSIONS = 100;
/** How long a call of ours to the sandbox may take. */
const SANDBOX_LIMIT_MS = 10_000;

/** A program that is hurt: which, and the lines that lead away from it. */
export interface HurtServer {
  readonly name: string;
  readonly url: string;
  readonly program: Program;
  readonly toDatabase: Line;
  readonly toSibs: Line;
}

/** All that runs: PostgreSQL, the gateway and two servers, with lines between them. */
export interface Ground {
  readonly postgres: HurtPostgres;
  /** Where PostgreSQL's data are; null: no small disk can be had here. */
  readonly disk: SmallDisk | null;
  readonly gateway: Program;
  readonly servers: readonly HurtServer[];
  readonly gatewayToDatabase: Line;
  /** From the gateway to the servers: to either of them, as a proxy before both does it. */
  readonly notices: Line;
  /** From the servers to the shops. */
  toShop(port: number): Promise<Line>;
  readonly lines: readonly Line[];
  /** Sees the server's tables, by nobody's line. */
  readonly pool: Pool;
  /** How far the clock of gateway and servers is ahead, in milliseconds. */
  ahead: number;
  /** Calls the gateway's sandbox, by nobody's line. */
  sandbox(method: string, path: string, body?: unknown): Promise<Answer>;
  /** What their clock shows, in milliseconds. */
  now(): number;
  /** Lets time pass until all that is due by then is done, however often it must be asked for. */
  advanceTo(moment: number): Promise<void>;
  /** Starts a program, again where it does not come up: what hurts it may not be over. */
  start(program: Program, version?: Version): Promise<void>;
  /** Resolves when both servers say that they are ready. */
  ready(): Promise<void>;
  /** Has others closed with it. */
  closesToo(...closing: (() => Promise<void>)[]): void;
  close(): Promise<void>;
}

/**
 * Starts all of it. @param version whose gateway and servers it begins with @param logs where programs write what they
 * have to say; null: in a folder that goes with the ground
 */
export async function openGround({ version, logs }: { version?: Version; logs: string | null }): Promise<Ground> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "caravela-faults-"));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const watcher = startWatcher(folder);
  const closing: (() => unknown)[] = [watcher.dismiss, () => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).toReversed()) await one();
  };
  try {
    return await build();
  } catch (error) {
    await close();
    throw error;
  }

  async function build(): Promise<Ground> {
    const data = join(folder, DATA);
    const disk = mountSmallDisk(data, DISK);
    if (disk !== null) closing.push(disk.remove);
    const postgres = await startPostgres(data, SESSIONS);
    closing.push(async () => {
      postgres.thaw();
      await postgres.shutDown();
    });
    const lines: Line[] = [];
    const lay = async (name: string, ends: () => readonly number[]): Promise<Line> => {
      const line = await layLine(name, ends);
      lines.push(line);
      closing.push(line.close);
      return line;
    };
    const [gatewayPort = 0, ...ports] = await Promise.all([freePort(), freePort(), freePort()]);
    const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
    const toPostgres = () => [postgres.port()];
    const call = jsonCaller();
    const sandbox = (method: string, path: string, body?: unknown) =>
      call(`${gatewayUrl}/sandbox${path}`, method, body, {}, SANDBOX_LIMIT_MS);

    const make = (name: string, kind: "gateway" | "server", env: Readonly<Record<string, string>>): Program => {
      mkdirSync(logs ?? folder, { recursive: true });
      const output = openSync(join(logs ?? folder, `${name}.log`), "a");
      const program = new Program(kind, { CARAVELA_LOG_LEVEL: "warn", ...env }, output);
      closing.push(() => program.kill());
      return program;
    };
    const start = async (program: Program, which?: Version): Promise<void> => {
      await until(
        () =>
          program.start(which).then(
            () => true,
            () => false,
          ),
        START_LIMIT_MS,
      );
      if (program.pid !== null) watcher.watch(program.pid);
    };
    const gatewayToDatabase = await lay("gateway to PostgreSQL", toPostgres);
    const gateway = make("gateway", "gateway", {
      DATABASE_URL: by(gatewayToDatabase, postgres.url),
      CARAVELA_GATEWAY_PORT: `${gatewayPort}`,
      CARAVELA_CLOCK_FOLLOWERS: ports.map((port) => `http://127.0.0.1:${port}`).join(","),
    });
    await start(gateway, version);
    const notices = await lay("SIBS's notifications", () => ports);
    const terminal = await pointNotices(sandbox, notices);

    const servers: HurtServer[] = [];
    for (const [place, port] of ports.entries()) {
      const name = place === 0 ? "first server" : "second server";
      const toDatabase = await lay(`${name} to PostgreSQL`, toPostgres);
      const toSibs = await lay(`${name} to SIBS`, () => [gatewayPort]);
      const program = make(name.replace(" ", "-"), "server", {
        DATABASE_URL: by(toDatabase, postgres.url),
        CARAVELA_PORT: `${port}`,
        CARAVELA_API_KEY: API_KEY,
        CARAVELA_TEST_CLOCK: "1",
        CARAVELA_PHONE_REQUESTS: "0",
        CARAVELA_CARD_TRIES_PER_PAYMENT: "0",
        CARAVELA_CARD_TRIES_PER_ADDRESS: "0",
        CARAVELA_CARD_TRIES_PER_TERMINAL: "0",
        CARAVELA_EVENT_NETWORKS: "all",
        SIBS_BASE_URL: `http://127.0.0.1:${toSibs.port}/api/v2`,
        ...terminal,
      });
      servers.push({ name, url: `http://127.0.0.1:${port}`, program, toDatabase, toSibs });
      await start(program, version);
    }
    const pool = createPool({ url: postgres.url, schema: "caravela", max: 2, statementLimitMs: 60_000 });
    closing.push(() => pool.end());

    const ground: Ground = {
      postgres,
      disk,
      gateway,
      servers,
      gatewayToDatabase,
      notices,
      toShop: (port) => lay("events to the shop", () => [port]),
      lines,
      pool,
      ahead: 0,
      sandbox,
      now: () => Date.now() + ground.ahead,
      advanceTo: async (moment) => {
        await until(async () => {
          const to = new Date(Math.max(moment, ground.now())).toISOString();
          const answer = await call(`${gatewayUrl}/sandbox/clock/advance`, "POST", { to }, {}, ADVANCE_LIMIT_MS).catch(
            () => null,
          );
          if (answer?.status !== 200) return false;
          ground.ahead = answer.body.offsetSeconds * 1000;
          return true;
        }, REST_LIMIT_MS);
      },
      start,
      closesToo: (...some) => void closing.push(...some),
      ready: () => until(async () => (await Promise.all(servers.map(isReady))).every((one) => one), REST_LIMIT_MS),
      close,
    };
    return ground;
  }
}

/** How long a program is started again and again. */
const START_LIMIT_MS = 60_000;
/** The gateway itself gives up after a minute, and can be asked again. */
const ADVANCE_LIMIT_MS = 70_000;
/** How long it may take until all is as it was, with nobody hurt any more. */
const REST_LIMIT_MS = 300_000;

/** The database's address over a line. */
function by(line: Line, database: string): string {
  const url = new URL(database);
  url.port = `${line.port}`;
  return url.href;
}

/** Has the gateway's first terminal notify over the line; gives what a server must know of the terminal. */
async function pointNotices(sandbox: Ground["sandbox"], notices: Line): Promise<Record<string, string>> {
  const { terminals } = (await sandbox("GET", "/terminals")).body;
  const { terminalId, clientId, token, entity } = terminals[0];
  const url = `http://127.0.0.1:${notices.port}/notifications/sibs`;
  const { body } = await sandbox("PUT", `/terminals/${terminalId}`, { webhook: { url } });
  return {
    SIBS_TERMINAL_ID: terminalId,
    SIBS_CLIENT_ID: clientId,
    SIBS_TOKEN: token,
    SIBS_ENTITY: entity,
    SIBS_WEBHOOK_SECRET: body.webhook.secret,
  };
}

async function isReady({ url }: HurtServer): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.status === 200;
}
