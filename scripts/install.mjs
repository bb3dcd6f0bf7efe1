// Installs what package-lock.json names when node_modules is missing or older than it. Plain JavaScript for any Node >= 20:
// this runs before the project's own Node 24 is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const lock = join(root, "package-lock.json");
const installed = join(root, "node_modules", ".package-lock.json");

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log("installing dependencies (once; about 20 seconds)…");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error("npm ci failed: see above. The package registry must be reachable for the first start.");
    process.exit(status ?? 1);
  }
}
