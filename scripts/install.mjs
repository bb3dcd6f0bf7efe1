// Installs what package-lock.json names when node_modules is missing, older than it, or without the project's own Node.
// Plain JavaScript for any Node >= 20: this runs before that Node is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const installed = join(root, "node_modules", ".package-lock.json");

if (!isInstalled()) install();

function isInstalled() {
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs < statSync(join(root, "package-lock.json")).mtimeMs) return false;
  return ownNodeRuns();
}

function ownNodeRuns() {
  return spawnSync(join(root, "node_modules", ".bin", "node"), ["--version"]).status === 0;
}

function install() {
  console.log("installing dependencies (once; about half a minute)…");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { npm_execpath: npm } = process.env;
  const [command, prefix] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const { status, error } = spawnSync(command, [...prefix, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    fail(
      `npm ci failed${error ? ` (${error.message})` : ": see above"}. The package registry must be reachable for the first start.`,
    );
  }
  if (!ownNodeRuns())
    fail(
      "Node 24 did not come along with npm ci: its install script must be allowed to run (ignore-scripts must be off).",
    );
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
