import { join } from "node:path";
import { createInterface } from "node:readline";
import { runningOn } from "@caravela/development/postmaster";
import { descendantsOf, stillRunning } from "../../tests/support/processes.ts";
import { removeRun } from "../../tests/support/run-folder.ts";
import { unmount } from "./disk.ts";
import { DATA } from "./ground.ts";

// Outlives whoever started it, and hears of their death by a closed pipe.
const [folder] = process.argv.slice(2);
const pids = new Set<number>();
createInterface(process.stdin)
  .on("line", (line) => pids.add(Number(line)))
  .on("close", () => void endAll());

async function endAll(): Promise<void> {
  if (folder === undefined) return;
  const programs = [...pids].map((pid) => ({ pid, parent: 0, command: "" }));
  for (const { pid } of stillRunning(programs)) process.kill(pid, "SIGKILL");
  const data = join(folder, DATA);
  const postmaster = runningOn(join(data, "postgres"))?.pid;
  // what stands still hears no signal but this one
  if (postmaster !== undefined)
    for (const pid of [postmaster, ...descendantsOf(postmaster).map((one) => one.pid)]) process.kill(pid, "SIGCONT");
  await removeRun(folder).catch(() => undefined);
  unmount(data);
  await removeRun(folder);
}
