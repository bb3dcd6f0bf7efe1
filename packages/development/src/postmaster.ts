import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pause } from "@caravela/platform/timer";

/** A running PostgreSQL, as its lock file `postmaster.pid` tells it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/**
 * The PostgreSQL that runs on this cluster's folder, or undefined: also when the lock file was left by a dead one, or
 * names a process that has become another program.
 */
export function runningOn(cluster: string): Postmaster | undefined {
  const lines = readLines(lockFile(cluster));
  const pid = Number(lines[0]);
  if (!runs(pid, cluster)) return undefined;
  // the order of its lines is PostgreSQL's (src/include/utils/pidfile.h): 4 the port, 8 the state
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Removes a lock file whose process has become another program (after a reboot, say): PostgreSQL would take that one
 * for a PostgreSQL and refuse to start. Any other it judges itself.
 */
export function removeStaleLock(cluster: string): void {
  const pid = Number(readLines(lockFile(cluster))[0]);
  if (pid > 1 && isAlive(pid) && !runs(pid, cluster)) rmSync(lockFile(cluster), { force: true });
}

function lockFile(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

/**
 * Ends it in order (fast shutdown: sessions are cut, everything committed is on disk), and by force after half a
 * minute.
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  for (const [signal, limitMs] of [
    ["SIGINT", 30_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!signalTo(pid, signal)) return;
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 20) {
      // the lock file goes last; a dead process that nobody reaps still seems alive
      if (!isAlive(pid) || !existsSync(lockFile(cluster))) return;
      await pause(20);
    }
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Whether the process of that number runs, and is one that was started on that folder: numbers are given again. */
export function runs(pid: number, folder: string): boolean {
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) && commandOf(pid).includes(folder);
}

function isAlive(pid: number): boolean {
  return signalTo(pid, 0);
}

function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process: from /proc where there is one (a bare Debian has no `ps`), else from `ps`. */
function commandOf(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
