import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import pg from "pg";
import { CannotStart } from "../cannot-start.ts";
import type { Log } from "../log.ts";
import { pause } from "../timer.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { type Postmaster, removeStaleLock, runningOn, stopPostmaster } from "./postmaster.ts";
import { databaseUser, type SystemUser } from "./system-user.ts";

/** A PostgreSQL of our own that runs. */
export interface EmbeddedPostgres {
  /** How to reach its database. */
  readonly url: string;
  /** Resolves when it has ended, asked to or not. */
  readonly ended: Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

/** What is known of a data folder before PostgreSQL runs on it. */
interface Home {
  readonly dataFolder: string;
  readonly cluster: string;
  readonly user: SystemUser | undefined;
  readonly binaries: Binaries;
  readonly durable: boolean;
  readonly log: Log | undefined;
}

/** What is written beside the cluster, for the next start and for whoever wants to look into the database. */
interface Noted {
  readonly port: number;
  readonly password: string;
}

const NAME = "caravela";
/** Held by a session for as long as its program uses the cluster: a fixed number, any other would do. */
const OWNER_LOCK = 7_340_816_553;
/** Long enough for crash recovery after a loaded run. */
const START_LIMIT_MS = 60_000;

/**
 * Starts PostgreSQL on the data folder, made on the first start and kept from then on. One left by a program that was killed is adopted; one in use by a living program is respected.
 * `durable: false` is for tests: what was committed may be lost when the machine fails.
 * @throws CannotStart saying what to do.
 */
export async function startEmbeddedPostgres(options: {
  dataFolder: string;
  log?: Log;
  durable?: boolean;
}): Promise<EmbeddedPostgres> {
  const { log, durable = true } = options;
  makeFolder(options.dataFolder);
  const dataFolder = realpathSync(options.dataFolder); // one name for one folder: a running PostgreSQL is known by it
  const cluster = join(dataFolder, "postgres");
  const user = databaseUser(cluster);
  const home: Home = { dataFolder, cluster, user, binaries: findBinaries(user, dataFolder), durable, log };
  refuseUnreachable(home);
  if (!existsSync(cluster)) createCluster(home);
  refuseOtherVersion(home);
  const { owner, postmaster, noted } = await own(home);
  await createDatabase(owner);
  return {
    url: urlOf({ ...noted, port: postmaster.port }, NAME),
    ended: new Promise((resolve) => owner.once("end", resolve)),
    stop: async () => {
      await owner.end();
      await stopPostmaster(cluster, postmaster.pid);
    },
  };
}

/** Brings a PostgreSQL to run on the cluster and becomes its owner. */
async function own(home: Home): Promise<{ owner: pg.Client; postmaster: Postmaster; noted: Noted }> {
  const startedAt = performance.now();
  for (;;) {
    const noted = readNoted(home);
    const postmaster = runningOn(home.cluster) ?? (await launch(home, noted));
    if (postmaster?.ready) {
      const owner = await connect(urlOf({ ...noted, port: postmaster.port }, "postgres"));
      if (owner !== undefined) {
        await takeOwnership(owner, home);
        return { owner, postmaster, noted };
      }
    }
    if (performance.now() - startedAt > START_LIMIT_MS)
      throw new CannotStart(`PostgreSQL does not start on ${home.cluster}: ${lastWords(home)}`);
    await pause(50);
  }
}

/** Starts the process and waits until it is ready or has given up (another start was quicker, a dead one's sessions are still ending, the port was just taken). */
async function launch(home: Home, noted: Noted): Promise<Postmaster | undefined> {
  removeStaleLock(home.cluster);
  const port = (await isFree(noted.port)) ? noted.port : await freePort();
  writeNoted(home.dataFolder, { ...noted, port });
  const output = openLogFile(home.dataFolder);
  const child = spawn(home.binaries.postgres, ["-D", home.cluster, ...serverSettings(port, home.durable)], {
    ...home.user,
    cwd: home.cluster,
    env: postgresEnvironment(),
    stdio: ["ignore", output, output],
    detached: true, // a group of its own: Ctrl-C reaches us, and we end it when those who use it are done
  });
  child.unref();
  closeSync(output);
  let over: string | undefined;
  child.once("error", (error) => {
    over = error.message;
  });
  child.once("exit", (code) => {
    over = `exit code ${code}`;
  });
  while (over === undefined) {
    const postmaster = runningOn(home.cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) return postmaster;
    await pause(20);
  }
  home.log?.debug({ why: over, lastWords: lastWords(home) }, "PostgreSQL ended while starting");
  return undefined;
}

function serverSettings(port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "", // none: the usual place may not be writable
    max_connections: 200,
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    jit: "off",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Nothing of ours: PGDATA, PGPORT and a locale that this machine does not have would mislead it. */
function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}

/** Made beside and renamed when complete: a start that was cut short leaves no half cluster. */
function createCluster(home: Home): void {
  const partial = `${home.cluster}.partial`;
  const passwordFile = join(home.dataFolder, "password.partial");
  const password = randomBytes(18).toString("base64url");
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.user !== undefined) {
    chownSync(partial, home.user.uid, home.user.gid);
    chownSync(passwordFile, home.user.uid, home.user.gid);
  }
  // PostgreSQL's own C.UTF-8: the same order everywhere, whatever locales the machine has
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${NAME}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const sync = home.durable ? [] : ["--no-sync"];
  const { status, stderr, error } = spawnSync(
    home.binaries.initdb,
    [`--pgdata=${partial}`, ...locale, ...access, ...sync],
    {
      ...home.user,
      cwd: partial,
      env: postgresEnvironment(),
      encoding: "utf8",
    },
  );
  rmSync(passwordFile, { force: true });
  if (status !== 0)
    throw new CannotStart(
      `PostgreSQL's data folder could not be made in ${partial}: ${oneLine(error?.message ?? stderr)}`,
    );
  writeNoted(home.dataFolder, { port: 0, password });
  renameSync(partial, home.cluster);
}

/** Waits a moment for the lock: an owner that was just killed may not have been noticed yet. */
async function takeOwnership(owner: pg.Client, home: Home): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await owner.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [OWNER_LOCK]);
    if (rows[0]?.taken) return;
    await pause(100);
  }
  await owner.end();
  throw new CannotStart(
    `Another Caravela is running on the data folder ${home.dataFolder}: end it, or set CARAVELA_DATA to another folder.`,
  );
}

async function connect(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "caravela-owner",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // "end" follows, and tells whoever waits for it
  try {
    await client.connect();
    return client;
  } catch {
    return undefined;
  }
}

async function createDatabase(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query("select from pg_database where datname = $1", [NAME]);
  if (rowCount === 0) await owner.query(`create database ${NAME}`);
}

function urlOf({ port, password }: Noted, database: string): string {
  return `postgres://${NAME}:${password}@127.0.0.1:${port}/${database}`;
}

function notedFile(dataFolder: string): string {
  return join(dataFolder, "postgres.json");
}

function readNoted(home: Home): Noted {
  try {
    return JSON.parse(readFileSync(notedFile(home.dataFolder), "utf8")) as Noted;
  } catch (error) {
    throw new CannotStart(
      `${notedFile(home.dataFolder)}, which holds the password of the database beside it, cannot be read: bring it back, or remove ${home.cluster} to begin anew.`,
      { cause: error },
    );
  }
}

function writeNoted(dataFolder: string, noted: Noted): void {
  const partial = `${notedFile(dataFolder)}.partial`;
  writeFileSync(partial, `${JSON.stringify(noted)}\n`, { mode: 0o600 });
  renameSync(partial, notedFile(dataFolder));
}

/** @throws CannotStart when the folder cannot be made or written to. */
function makeFolder(dataFolder: string): void {
  try {
    const first = mkdirSync(dataFolder, { recursive: true });
    // whatever the umask is: the database's user must be able to pass
    for (let folder = dataFolder; first !== undefined && folder.length >= first.length; folder = dirname(folder))
      chmodSync(folder, 0o755);
    const probe = join(dataFolder, "writable");
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${dataFolder} cannot be written to (${(error as NodeJS.ErrnoException).code}): set CARAVELA_DATA to a folder that can.`,
      { cause: error },
    );
  }
}

function refuseUnreachable({ user, dataFolder }: Home): void {
  if (user === undefined) return;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", dataFolder], { ...user, cwd: "/" });
  if (status !== 0)
    throw new CannotStart(
      `PostgreSQL runs as user ${user.uid}, who cannot enter ${dataFolder}: set CARAVELA_DATA to a folder that this user can enter.`,
    );
}

function refuseOtherVersion({ cluster, binaries }: Home): void {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== binaries.major)
    throw new CannotStart(
      `${cluster} was made by PostgreSQL ${version}, and this is ${binaries.major}: move the data with pg_dump, or set CARAVELA_DATA to another folder.`,
    );
}

const LOG_LIMIT_BYTES = 10_000_000;

function logFile(dataFolder: string): string {
  return join(dataFolder, "postgres.log");
}

function openLogFile(dataFolder: string): number {
  const file = logFile(dataFolder);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) truncateSync(file);
  return openSync(file, "a", 0o600);
}

function lastWords({ dataFolder }: Home): string {
  const lines = readFileSync(logFile(dataFolder), "utf8").trimEnd().split("\n");
  return oneLine(lines.slice(-3).join(" "));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

async function isFree(port: number): Promise<boolean> {
  return port !== 0 && (await listenOn(port)) === port;
}

async function freePort(): Promise<number> {
  const port = await listenOn(0);
  if (port === undefined) throw new CannotStart("There is no free port on 127.0.0.1 for PostgreSQL.");
  return port;
}

/** Listens for a moment; the port that was got, or undefined. */
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
