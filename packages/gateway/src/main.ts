import type { AddressInfo } from "node:net";
import { type Chance, systemChance } from "@caravela/platform/chance";
import { type StoredClock, storedClock, systemClock } from "@caravela/platform/clock";
import { createHttp } from "@caravela/platform/http";
import { createLog, type Log } from "@caravela/platform/log";
import {
  type DatabaseSettings,
  mainAddress,
  readDatabaseSettings,
} from "@caravela/platform/postgres/database-settings";
import { openSchema } from "@caravela/platform/postgres/open-schema";
import { createPool, type Pool, STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import {
  type Environment,
  host,
  httpUrl,
  LOG_LEVELS,
  list,
  oneOf,
  port,
  readTogether,
  setting,
} from "@caravela/platform/settings";
import { Faults } from "./faults/faults.ts";
import { Mandates } from "./mandates/mandates.ts";
import { MIGRATIONS } from "./migrations.ts";
import { servePages } from "./networks/pages.ts";
import { refusedToPeople } from "./networks/refused.ts";
import { deliveries } from "./notifications/deliveries.ts";
import { httpFollower } from "./sandbox/follower.ts";
import { serveSandbox } from "./sandbox/routes.ts";
import { TimeMachine } from "./sandbox/time-machine.ts";
import { SESSIONS } from "./sessions.ts";
import { refusedCall, spelledAddress } from "./spg/refusing.ts";
import { serveSpg } from "./spg/routes.ts";
import { loadSignatures } from "./spg/signature.ts";
import { ensureDemonstrationTerminal } from "./terminals/demonstration.ts";
import { Terminals } from "./terminals/terminals.ts";
import { Tokens } from "./tokens/tokens.ts";
import { passing } from "./transactions/passing.ts";
import { Transactions } from "./transactions/transactions.ts";

/** What the gateway is started with. */
export interface GatewaySettings extends DatabaseSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Addresses of programs whose clocks follow this gateway's. */
  readonly clockFollowers: readonly string[];
  readonly logLevel: string;
  /** How many connections to PostgreSQL it may have at once: ten, unless it is said. */
  readonly connections?: number;
}

/** A gateway that runs. */
export interface RunningGateway {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Stops it; what is in hand is finished first. */
  close(): Promise<void>;
}

/** Reads the gateway's settings. @throws SettingsError */
export function readGatewaySettings(env: Environment): GatewaySettings {
  return readTogether(env, (reading) => ({
    ...readDatabaseSettings(reading, true),
    host: setting(reading, "CARAVELA_HOST", { default: "127.0.0.1", parse: host }),
    port: setting(reading, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port }),
    clockFollowers: setting(reading, "CARAVELA_CLOCK_FOLLOWERS", { default: [], parse: addresses }),
    logLevel: setting(reading, "CARAVELA_LOG_LEVEL", { default: "info", parse: oneOf(LOG_LEVELS) }),
  }));
}

const addresses = (text: string) => list(text).map(httpUrl);

/** Starts a SIBS Gateway: migrates its schema, serves its API, sandbox and pages, and goes on with what was due. */
export async function startGateway(settings: GatewaySettings): Promise<RunningGateway> {
  const log = createLog({ name: "gateway", level: settings.logLevel });
  await openSchema(settings, { schema: SESSIONS.schema, folder: MIGRATIONS, log });
  const { statementLimitMs = STATEMENT_LIMIT_MS, connections: max = 10 } = settings;
  const pool = createPool({ ...mainAddress(settings), ...SESSIONS, log, statementLimitMs, max });
  try {
    return await serve(settings, pool, log, systemChance);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function serve(settings: GatewaySettings, pool: Pool, log: Log, chance: Chance): Promise<RunningGateway> {
  const clock: StoredClock = await storedClock(pool, systemClock);
  const terminals = new Terminals(pool, systemClock);
  await ensureDemonstrationTerminal(terminals, clock, chance);
  const faults = new Faults(pool, systemClock, chance);
  const delivering = deliveries({ pool, clock, chance, log, terminals, faults });
  const onNotices = () => delivering.poke();
  const transactions = new Transactions({ pool, clock, chance, terminals, onNotices });
  const mandates = new Mandates({ transactions, clock });
  const time = passing({ pool, clock, log, transactions });
  const followers = settings.clockFollowers.map(httpFollower);
  const timeMachine = new TimeMachine({ clock, systemClock, workers: [time, delivering], followers });
  const signatures = await loadSignatures(pool, chance);

  const http = createHttp({
    log,
    chance,
    refusedAt: (path, problem) => refusedCall(path, problem, clock) ?? refusedToPeople(path, problem),
    rewriteUrl: spelledAddress,
  });
  serveSpg(http, {
    gateway: { clock, chance, transactions, mandates, signatures, tokens: new Tokens(pool) },
    terminals,
    faults,
  });
  const open = settings.host !== "127.0.0.1";
  const names = { host: settings.host };
  serveSandbox(http, {
    pool,
    clock,
    chance,
    terminals,
    transactions,
    mandates,
    faults,
    timeMachine,
    onDue: onNotices,
    open,
    names,
  });
  servePages(http, { transactions, mandates, terminals, clock, open, names });

  await http.listen({ host: settings.host, port: settings.port });
  time.start();
  delivering.start();
  const close = async () => {
    await http.close();
    await time.stop();
    await delivering.stop();
    await pool.end();
  };
  return { url: addressOf(settings.host, http.server.address() as AddressInfo), close };
}

function addressOf(host: string, { port }: AddressInfo): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  return `http://${reachable}:${port}`;
}
