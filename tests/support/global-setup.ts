import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { chmod, mkdtemp, readdir } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { migrate } from "@caravela/platform/postgres/migrate";
import { TEMPLATE_DATABASE, TEST_SERVER } from "@caravela/platform/testing/database";
import { TEST_FOLDER } from "@caravela/platform/testing/folder";
import { buildWebIfStale } from "@caravela/web/build";
import pg from "pg";
import { SCHEMAS } from "../../packages/cli/src/migrate.ts";
import { bundlePrograms } from "./bundle.ts";
import { removeRun } from "./run-folder.ts";

/** A run's folder is named after the run's process, so that the next run knows what was left behind. */
const PREFIX = "caravela-tests-";

/**
 * One PostgreSQL for the run, with a template database that `testDatabase()` copies; and the browser's files, built
 * when they are older than their sources.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const temporary = realpathSync(tmpdir());
  await removeLeftovers(temporary);
  const folder = await mkdtemp(join(temporary, `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o755); // as root, PostgreSQL runs as another user
  watchOver(folder);
  try {
    const [url] = await Promise.all([startPostgres(folder), buildWebIfStale().then(bundlePrograms)]);
    process.env[TEST_SERVER] = url;
    process.env[TEST_FOLDER] = folder;
  } catch (error) {
    await removeRun(folder);
    throw error;
  }
  return () => removeRun(folder);
}

/** What runs that were killed have left. */
async function removeLeftovers(temporary: string): Promise<void> {
  const names = await readdir(temporary);
  for (const name of names.filter((name) => name.startsWith(PREFIX) && !isAlive(Number(name.split("-")[2])))) {
    await removeRun(join(temporary, name)).catch(() => undefined); // another user's
  }
}

/** Starts what ends all this should the run be killed: it hears of its death by a closed pipe. */
function watchOver(folder: string): void {
  const args = ["--conditions=@caravela/source", join(import.meta.dirname, "after-the-run.ts"), folder];
  const watcher = spawn(process.execPath, args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
  watcher.unref();
  (watcher.stdin as Socket).unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Starts a PostgreSQL with the template database; gives its address. */
async function startPostgres(dataFolder: string): Promise<string> {
  const { url } = await startEmbeddedPostgres({ dataFolder, durable: false });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${TEMPLATE_DATABASE}`);
  await client.end();
  const template = new URL(`/${TEMPLATE_DATABASE}`, url).href;
  for (const { schema, folder } of SCHEMAS) await migrate({ url: template, schema, folder });
  return url;
}
