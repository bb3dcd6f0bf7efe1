import { glob, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runningOn, stopPostmaster } from "@caravela/development/postmaster";

/** Ends every PostgreSQL in the folder of a test run, and removes it. */
export async function removeRun(folder: string): Promise<void> {
  for await (const lock of glob("**/postmaster.pid", { cwd: folder })) {
    const cluster = join(folder, dirname(lock));
    const postmaster = runningOn(cluster);
    if (postmaster !== undefined) await stopPostmaster(cluster, postmaster.pid);
  }
  await rm(folder, { recursive: true, force: true });
}
