import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";

/** Sees to it that nothing is left behind, however we end. */
export interface Watcher {
  /** Tells it of a program that it must end. */
  watch(pid: number): void;
  /** All is over, and nothing is left: it goes. */
  dismiss(): void;
}

/**
 * Starts a process that outlives us: when we are gone, killed or not, it ends the programs that it was told of, the
 * PostgreSQL in the folder, frozen or not, and takes the folder away.
 */
export function startWatcher(folder: string): Watcher {
  const args = ["--conditions=@caravela/source", join(import.meta.dirname, "after-us.ts"), folder];
  const watcher = spawn(process.execPath, args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return {
    watch: (pid) => void watcher.stdin.write(`${pid}\n`),
    dismiss: () => void watcher.kill("SIGKILL"),
  };
}
