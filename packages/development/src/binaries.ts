import { spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import { packageForThisMachine } from "./package.ts";
import type { SystemUser } from "./system-user.ts";

/** The programs of the embedded PostgreSQL, in a place where its user can run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as a data folder's PG_VERSION has it. */
  readonly major: string;
}

/**
 * Finds PostgreSQL's programs in the package that npm brought for this machine, or brings now if it may. Where the
 * database's user cannot reach them (a clone under /root), they are copied into the data folder.
 * @throws CannotStart when there are none for this machine, or they do not run.
 */
export function findBinaries(user: SystemUser | undefined, dataFolder: string, mayFetch: boolean): Binaries {
  const { native, version } = packageForThisMachine(dataFolder, mayFetch);
  const major = version.split(".")[0] ?? version;
  const inPlace = tryToRun(native, user);
  if (inPlace.ok) return { ...programs(native), major };
  if (user === undefined)
    throw new CannotStart(
      `The embedded PostgreSQL does not run here (${inPlace.says}). Set DATABASE_URL to a PostgreSQL of yours.`,
    );
  const copy = join(dataFolder, `postgresql-${version}`);
  if (!existsSync(copy)) copyFor(native, copy);
  const copied = tryToRun(copy, user);
  if (copied.ok) return { ...programs(copy), major };
  throw new CannotStart(
    `PostgreSQL runs as user ${user.uid}, who cannot run its programs in ${copy} (${copied.says}): set CARAVELA_DATA to a folder that this user can enter.`,
  );
}

function programs(native: string): { initdb: string; postgres: string } {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

function tryToRun(native: string, user: SystemUser | undefined): { ok: boolean; says: string } {
  const { status, stderr, error } = spawnSync(programs(native).postgres, ["--version"], {
    ...user,
    cwd: "/",
    encoding: "utf8",
  });
  return { ok: status === 0, says: (error?.message ?? stderr).trim() };
}

/** Copies beside, then renames: a copy that was cut short is never taken for a whole one. */
function copyFor(native: string, target: string): void {
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  for (const [command, ...args] of [
    ["cp", "-R", native, partial],
    ["chmod", "-R", "a+rX", partial],
  ] as const) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0)
      throw new CannotStart(
        `PostgreSQL's programs could not be copied to ${target}: ${error?.message ?? stderr.trim()}`,
      );
  }
  renameSync(partial, target);
}
