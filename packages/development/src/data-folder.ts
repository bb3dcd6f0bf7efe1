import { spawnSync } from "node:child_process";
import {
  chmodSync,
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
import { dirname, join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import type { SystemUser } from "./system-user.ts";

/** What is written beside the cluster, for the next start and for whoever wants to look into the database. */
export interface Noted {
  readonly port: number;
  readonly password: string;
}

const LOG_LIMIT_BYTES = 10_000_000;

/**
 * Makes the folder where it is missing and gives its one true name: a running PostgreSQL is known by it.
 * @throws CannotStart when it cannot be made or written to.
 */
export function openDataFolder(folder: string): string {
  try {
    const first = mkdirSync(folder, { recursive: true });
    // whatever the umask is: the database's user must be able to pass
    for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
      chmodSync(made, 0o755);
    const probe = join(folder, "writable");
    writeFileSync(probe, "");
    rmSync(probe, { force: true }); // whoever starts on it at the same time may have been quicker
    return realpathSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      `The data folder ${folder} cannot be written to (${code}): set CARAVELA_DATA to a folder that can.`,
      { cause: error },
    );
  }
}

/** @throws CannotStart when the database's user may not enter the folder. */
export function refuseUnreachable(folder: string, user: SystemUser | undefined): void {
  if (user === undefined) return;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" });
  if (status === 0) return;
  throw new CannotStart(
    `PostgreSQL runs as user ${user.uid}, who cannot enter ${folder}: set CARAVELA_DATA to a folder that this user can enter.`,
  );
}

/** @throws CannotStart when what was noted is gone. */
export function readNoted(dataFolder: string): Noted {
  const file = notedFile(dataFolder);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Noted;
  } catch (error) {
    throw new CannotStart(
      `${file}, which holds the database's password, cannot be read: bring it back, or remove ${dataFolder} to begin anew.`,
      { cause: error },
    );
  }
}

/** Written beside, then renamed: never half. */
export function writeNoted(dataFolder: string, noted: Noted): void {
  const partial = `${notedFile(dataFolder)}.partial`;
  writeFileSync(partial, `${JSON.stringify(noted)}\n`, { mode: 0o600 });
  renameSync(partial, notedFile(dataFolder));
}

/**
 * Opens the file that a program's output goes to, `<name>.log`, emptied when it has grown long. The caller closes it.
 */
export function openLogFile(dataFolder: string, name: string): number {
  const file = join(dataFolder, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) truncateSync(file);
  return openSync(file, "a", 0o600);
}

/** The last that PostgreSQL had to say, in one line. */
export function lastWords(dataFolder: string): string {
  const lines = readFileSync(join(dataFolder, "postgres.log"), "utf8").trimEnd().split("\n");
  return oneLine(lines.slice(-2).join(" "));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function notedFile(dataFolder: string): string {
  return join(dataFolder, "postgres.json");
}
