import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";

/** What is written down of the PostgreSQL that a user's programs share: who sees to it, and how far that has come. */
export interface Claim {
  /** The keeper: the process that brings it up, and then sees to its end. */
  readonly pid: number;
  /** Where it is, with its password; null: not up yet. */
  readonly url: string | null;
  /** Why it cannot be brought up; null: nothing is wrong. */
  readonly fault: string | null;
}

/**
 * The folder in which programs of this user find the PostgreSQL that they share; made where it is missing.
 * @throws CannotStart when it is somebody else's
 */
export function openMeetingPlace(): string {
  const place = join(tmpdir(), `caravela-shared-${process.getuid?.() ?? "user"}`);
  mkdirSync(place, { recursive: true });
  const found = lstatSync(place); // a link in a folder that is everybody's may lead to anything
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid()))
    throw new CannotStart(`There is no folder of this user at ${place}: set TMPDIR to a folder of your own.`);
  chmodSync(place, 0o711); // as root, PostgreSQL runs as another user, who must be able to pass
  return realpathSync(place); // its keeper is known by it
}

/** Null: nobody has claimed it. One that cannot be read, as after a power cut, is the claim of a process 0. */
export function readClaim(place: string): Claim | null {
  try {
    return JSON.parse(readFileSync(claimFile(place), "utf8")) as Claim;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? null : claimOf(0);
  }
}

/** Claims it for that keeper, unless somebody has claimed it. */
export function claim(place: string, pid: number): boolean {
  const partial = writeBeside(place, claimOf(pid));
  try {
    linkSync(partial, claimFile(place)); // whole at once, or not at all
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(partial);
  }
}

/** A claim of a process, as far as it has come. */
export function claimOf(pid: number, { url = null, fault = null }: Partial<Claim> = {}): Claim {
  return { pid, url, fault };
}

/** Written beside, then renamed: never half. */
export function writeClaim(place: string, written: Claim): void {
  renameSync(writeBeside(place, written), claimFile(place));
}

function writeBeside(place: string, written: Claim): string {
  const partial = `${claimFile(place)}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(written), { mode: 0o600 });
  return partial;
}

/** Withdraws a claim, unless it is another's by now. */
export function withdrawClaim(place: string, pid: number): void {
  if (readClaim(place)?.pid === pid) rmSync(claimFile(place), { force: true });
}

function claimFile(place: string): string {
  return join(place, "claim.json");
}
