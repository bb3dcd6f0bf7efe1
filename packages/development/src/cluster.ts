import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import type { Binaries } from "./binaries.ts";
import { oneLine, writeNoted } from "./data-folder.ts";
import type { SystemUser } from "./system-user.ts";

/** The name of the cluster's superuser and of the database in it. */
export const CARAVELA = "caravela";

/** What is known of a data folder before PostgreSQL runs on it. */
export interface Home {
  readonly dataFolder: string;
  readonly cluster: string;
  readonly user: SystemUser | undefined;
  readonly binaries: Binaries;
  readonly durable: boolean;
  readonly connections: number;
}

/** Makes the cluster, beside and renamed when complete: a start that was cut short leaves no half of one. */
export function createCluster(home: Home): void {
  const partial = `${home.cluster}.partial`;
  const passwordFile = join(home.dataFolder, "password.partial");
  const password = randomBytes(18).toString("base64url");
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [partial, passwordFile])
    if (home.user !== undefined) chownSync(path, home.user.uid, home.user.gid);
  runInitdb(home, partial, passwordFile);
  rmSync(passwordFile);
  writeNoted(home.dataFolder, { port: 0, password });
  renameSync(partial, home.cluster);
}

function runInitdb({ binaries, user, durable }: Home, folder: string, passwordFile: string): void {
  // PostgreSQL's own C.UTF-8: the same order everywhere, whatever locales the machine has
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  // The password is long and by chance: to hash it thousands of times, as what people think up, would only make each
  // connection dear.
  const hashing = ["--set", "scram_iterations=1"];
  const access = [`--username=${CARAVELA}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, ...hashing];
  const { status, stderr, error } = spawnSync(
    binaries.initdb,
    [`--pgdata=${folder}`, ...locale, ...access, ...(durable ? [] : ["--no-sync"])],
    { ...user, cwd: folder, env: postgresEnvironment(), encoding: "utf8" },
  );
  if (status === 0) return;
  throw new CannotStart(`PostgreSQL's data could not be made in ${folder}: ${oneLine(error?.message ?? stderr)}`);
}

/** @throws CannotStart when the cluster was made by another major version. */
export function refuseOtherVersion({ cluster, binaries }: Home): void {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version === binaries.major) return;
  throw new CannotStart(
    `${cluster} was made by PostgreSQL ${version}, and this is ${binaries.major}: set CARAVELA_DATA to another folder to begin anew, or bring the version of Caravela back that made it. To move the data, end it with \`caravela export\` by that version, and bring it into a new folder with \`caravela import\` by this one: docs/going-live.md says how.`,
  );
}

/** Nothing of ours: PGDATA, PGPORT or a locale that this machine does not have would mislead it. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}
