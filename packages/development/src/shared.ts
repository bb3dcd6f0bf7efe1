import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { extname, join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import { pause } from "@caravela/platform/timer";
import pg from "pg";
import { openDataFolder } from "./data-folder.ts";
import { claim, openMeetingPlace, readClaim, withdrawClaim } from "./meeting-place.ts";
import { packageForThisMachine } from "./package.ts";
import { runs } from "./postmaster.ts";

/**
 * Held, together with others, by a session of whoever uses the shared PostgreSQL: a fixed number, any other would do.
 */
export const USER_LOCK = 7_340_816_554;
/** How the names of databases begin that are made in it for a while. */
export const OWN_DATABASE = "caravela_test_";
/** Its data, in the meeting place. */
export const DATA = "data";
/** How long it may take until it is up and lets us in: where npm has not brought it along, it is fetched first. */
const LIMIT_MS = 180_000;
const LOOK_MS = 20;

/** Somebody's place in the PostgreSQL that programs of this user share. */
export interface SharedPostgres {
  /** Its address, as somebody who may make databases. */
  readonly url: string;
  /** Gives the place back. Soon after the last is given back, or its process is gone, PostgreSQL ends. */
  leave(): Promise<void>;
}

/**
 * Joins the PostgreSQL that all programs of this user share which need one for a while: brought up by the first, in a
 * process of its own, and ended soon after the last, killed or not.
 * @throws CannotStart saying why there is none
 */
export async function joinSharedPostgres(): Promise<SharedPostgres> {
  const place = openMeetingPlace();
  // by this process, which has its user's settings of npm
  packageForThisMachine(openDataFolder(join(place, DATA)), true);
  const startedAt = performance.now();
  for (let isFirst = true; ; isFirst = false) {
    const found = readClaim(place);
    if (found?.fault != null) {
      withdrawClaim(place, found.pid);
      if (!isFirst) throw new CannotStart(found.fault);
      continue; // an earlier start's, which nobody waited for
    }
    const session = found?.url == null ? null : await enter(found.url);
    if (session !== null) return { url: found?.url ?? "", leave: () => session.end() };
    if (found === null) claimForKeeper(place);
    else if (!runs(found.pid, place)) withdrawClaim(place, found.pid);
    if (performance.now() - startedAt > LIMIT_MS)
      throw new CannotStart(`No PostgreSQL came up in ${place}: its keeper.log says why. Or give one of yours.`);
    await pause(LOOK_MS);
  }
}

/** A session that holds a place; null: it is ending, or lets nobody in. */
async function enter(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, application_name: "caravela-user" });
  client.on("error", () => undefined); // it ended: what is asked of it then says so
  try {
    await client.connect();
    const { rows } = await client.query("select pg_try_advisory_lock_shared($1) as taken", [USER_LOCK]);
    if (rows[0]?.taken === true) return client;
    await client.end();
  } catch {
    await client.end().catch(() => undefined);
  }
  return null;
}

/** A keeper whose claim came too late goes at once, as it does by itself. */
function claimForKeeper(place: string): void {
  const keeper = startKeeper(place);
  if (keeper.pid === undefined) throw new CannotStart(`No process could be started for PostgreSQL in ${place}.`);
  if (!claim(place, keeper.pid)) keeper.kill("SIGKILL");
}

/** Starts the process that brings it up and sees to its end: in a group of its own, so that no Ctrl-C reaches it. */
function startKeeper(place: string): ChildProcess {
  const extension = extname(import.meta.filename);
  const output = openSync(join(place, "keeper.log"), "a", 0o600);
  const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const keeper = spawn(
    process.execPath,
    [
      ...(extension === ".ts" ? ["--conditions=@caravela/source"] : []),
      join(import.meta.dirname, `shared-keeper${extension}`),
      place,
    ],
    { cwd: "/", env: { PATH, TMPDIR, NODE_COMPILE_CACHE }, stdio: ["ignore", output, output], detached: true },
  );
  closeSync(output);
  keeper.unref();
  return keeper;
}
