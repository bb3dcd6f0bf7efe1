import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** Where Node keeps what it has compiled of our programs: they start in half the time. */
const CACHE = join(root, "node_modules", ".cache", "compiled");

/** What the environment of each program that a test starts has in it. */
export const compiled = { NODE_COMPILE_CACHE: CACHE } as const;

/**
 * Compiles the programs once: those that tests start are often killed, and would leave nothing compiled for the next.
 */
export async function compile(): Promise<void> {
  const modules = ["packages/server/src/main.ts", "packages/gateway/src/main.ts", "packages/cli/src/start.ts"];
  const script = `for (const one of ${JSON.stringify(modules)}) await import(${JSON.stringify(`${root}/`)} + one);`;
  const child = spawn(process.execPath, ["--conditions=@caravela/source", "--input-type=module", "-e", script], {
    cwd: root,
    env: { PATH: process.env.PATH, ...compiled },
    stdio: "ignore",
  });
  await once(child, "exit");
}
