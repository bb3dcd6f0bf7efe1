/**
 * A database that fails over: three PostgreSQL under Patroni, the primary hurt while payments go on.
 *
 *     npm run failover -- --tries 5 --seed 1
 *
 * By hand, since Debian's packages are needed: it says which. Exit code 2 when it cannot be run here, 1 when what was
 * acknowledged is not so afterwards. What is tried is `deploy/high-availability`, and what came of it is told at the
 * end.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HELP, readArguments } from "./failover/arguments.ts";
import { wantingIn, whatIsPresent } from "./failover/wanting.ts";

process.exitCode = await begin(process.argv.slice(2));

async function begin(words: string[]): Promise<number> {
  try {
    if (readArguments(words) === null) {
      console.log(HELP);
      return 0;
    }
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  const wanting = wantingIn(whatIsPresent());
  if (wanting !== null) {
    console.error(wanting);
    return 2;
  }
  return runInside(words);
}

/** In a network, mounts and a list of processes of its own: nothing of them outlives it, however it ends. */
async function runInside(words: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "failover-"));
  chmodSync(folder, 0o755); // the database's user must be able to enter it
  const inside = join(import.meta.dirname, "failover", "inside.ts");
  const own = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  // the first process of a list must wait for whoever loses its parent: a shell does, and Node does not
  const program = [
    "sh",
    "-c",
    '"$@"; exit $?',
    "sh",
    process.execPath,
    "--conditions=@caravela/source",
    inside,
    folder,
    ...words,
  ];
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin`;
  const child = spawn("unshare", [...own, ...program], { stdio: "inherit", env: { ...process.env, PATH: path } });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill("SIGKILL"));
  const [code] = await once(child, "exit");
  rmSync(folder, { recursive: true, force: true });
  return code ?? 1;
}
