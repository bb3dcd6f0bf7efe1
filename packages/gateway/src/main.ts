import type { AddressInfo } from "node:net";
import { type Chance, systemChance } from "@caravela/platform/chance";
import { systemClock } from "@caravela/platform/clock";
import { createLog, type Log, type LogDestination } from "@caravela/platform/log";
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
import { assemble } from "./assemble.ts";
import { MIGRATIONS } from "./migrations.ts";
import { postByHttp } from "./notifications/send.ts";
import { SESSIONS } from "./sessions.ts";

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
  /** Where the log goes: the process's output unless it is given. */
  readonly logDestination?: LogDestination;
  /** Where identifiers, secrets and dice come from: the operating system unless it is given, for tests. */
  readonly chance?: Chance;
  /** Whether what is due is done by itself, as it is unless this says no: then when the clock is moved, for tests. */
  readonly worksByItself?: boolean;
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
  const log = createLog({ name: "gateway", level: settings.logLevel, destination: settings.logDestination });
  await openSchema(settings, { schema: SESSIONS.schema, folder: MIGRATIONS, log });
  const { statementLimitMs = STATEMENT_LIMIT_MS, connections: max = 10 } = settings;
  const pool = createPool({ ...mainAddress(settings), ...SESSIONS, log, statementLimitMs, max });
  try {
    return await serve(settings, pool, log);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function serve(settings: GatewaySettings, pool: Pool, log: Log): Promise<RunningGateway> {
  const { host, port: wanted, clockFollowers, chance = systemChance } = settings;
  const world = { pool, systemClock, chance, log, post: postByHttp };
  const gateway = await assemble({ ...world, clockFollowers, host });
  await gateway.http.listen({ host, port: wanted });
  if (settings.worksByItself !== false) gateway.start();
  const close = async () => {
    await gateway.close();
    await pool.end();
  };
  return { url: addressOf(host, gateway.http.server.address() as AddressInfo), close };
}

function addressOf(host: string, { port }: AddressInfo): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  return `http://${reachable}:${port}`;
}
