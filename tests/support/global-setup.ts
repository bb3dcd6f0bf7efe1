import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/platform/postgres/embedded";
import { migrate } from "@caravela/platform/postgres/migrate";
import { runningOn, stopPostmaster } from "@caravela/platform/postgres/postmaster";
import { TEMPLATE_DATABASE, TEST_SERVER } from "@caravela/platform/testing/database";
import pg from "pg";

const root = join(import.meta.dirname, "..", "..");
const FOLDER = "caravela-tests-";

const SCHEMAS = [
  { schema: "caravela", folder: join(root, "packages", "server", "migrations") },
  { schema: "sibs_gateway", folder: join(root, "packages", "gateway", "migrations") },
];

/** One PostgreSQL for the run, with a template database that `testDatabase()` copies; and the browser's files, built when they are older than their sources. */
export default async function setup(): Promise<() => Promise<void>> {
  await removeLeftovers();
  const dataFolder = await mkdtemp(join(tmpdir(), FOLDER));
  await chmod(dataFolder, 0o755); // as root, PostgreSQL runs as another user
  await writeFile(join(dataFolder, "run.pid"), String(process.pid));
  const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
  const teardown = async (): Promise<void> => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
    await buildWeb();
  } catch (error) {
    await teardown();
    throw error;
  }
  process.env[TEST_SERVER] = postgres.url;
  return teardown;
}

/** What runs that were killed have left: their PostgreSQL and its folder. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(FOLDER) || (await belongsToLivingRun(folder))) continue;
    const cluster = join(folder, "postgres");
    const postmaster = runningOn(cluster);
    if (postmaster !== undefined) await stopPostmaster(cluster, postmaster.pid);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined); // another user's
  }
}

async function belongsToLivingRun(folder: string): Promise<boolean> {
  try {
    return process.kill(Number(await readFile(join(folder, "run.pid"), "utf8")), 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EPERM" || code === "EACCES";
  }
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE_DATABASE}`);
  await client.end();
  const url = new URL(`/${TEMPLATE_DATABASE}`, serverUrl).href;
  for (const { schema, folder } of SCHEMAS) {
    if (existsSync(folder)) await migrate({ url, schema, folder });
  }
}

async function buildWeb(): Promise<void> {
  const build = join(root, "packages", "web", "build.ts");
  if (!existsSync(build)) return;
  const { buildWebIfStale } = (await import("@caravela/web/build")) as { buildWebIfStale: () => Promise<void> };
  await buildWebIfStale();
}
