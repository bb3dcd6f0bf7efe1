import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pause } from "@caravela/platform/timer";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";
import { claimOf, readClaim, withdrawClaim, writeClaim } from "./meeting-place.ts";
import { runningOn } from "./postmaster.ts";
import { DATA, OWN_DATABASE, USER_LOCK } from "./shared.ts";

// Brings up the PostgreSQL that programs share, and ends it when nobody has used it for a while: a test's next file
// finds it still there. Its files stay, empty of data: making them takes longer than all the rest of a start.
const LOOK_MS = 250;
const UNUSED_MS = 2_000;
/** The first user's own start takes a moment. */
const FIRST_USER_MS = 15_000;
/** As many as a hundred gateways need. */
const CONNECTIONS = 1_000;

const [place = ""] = process.argv.slice(2);
if (isClaimedForUs()) {
  const postgres = await bringUp(join(place, DATA)).catch((error: Error) => {
    console.error(error);
    if (isClaimedForUs()) writeClaim(place, claimOf(process.pid, { fault: error.message }));
  });
  if (postgres !== undefined) await keep(postgres);
}
process.exit();

function isClaimedForUs(): boolean {
  return readClaim(place)?.pid === process.pid;
}

async function keep(postgres: EmbeddedPostgres): Promise<void> {
  const unused = untilUnused(postgres).catch(() => undefined); // it ended while it was asked
  await Promise.race([unused, postgres.ended, asked()]);
  await postgres.stop();
  rmSync(join(place, "keeper.log"), { force: true });
  withdrawClaim(place, process.pid);
}

/** What cannot be started on, as after a power cut, is made anew: nobody's data is in it. Never while it runs. */
async function bringUp(dataFolder: string): Promise<EmbeddedPostgres> {
  const cluster = join(dataFolder, "postgres");
  const start = () => startEmbeddedPostgres({ dataFolder, durable: false, connections: CONNECTIONS, mayFetch: true });
  const postgres = await start().catch((error: Error) => {
    if (!existsSync(cluster) || runningOn(cluster) !== undefined) throw error;
    rmSync(cluster, { recursive: true, force: true });
    return start();
  });
  await dropLeftOver(postgres.url);
  return postgres;
}

/** Databases of processes that were killed together with the keeper before. */
async function dropLeftOver(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where datname like $1",
    [`${OWN_DATABASE}%`],
  );
  for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
  await client.end();
}

/** Resolves when nobody uses it any more; from then on nobody can begin to. */
async function untilUnused({ url }: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // what is asked next says so
  await client.connect();
  for (let unusedAt = performance.now() + FIRST_USER_MS; ; await pause(LOOK_MS)) {
    // whoever owns it has the claim, whatever two that started at once made of the file
    if (readClaim(place)?.url !== url) writeClaim(place, claimOf(process.pid, { url }));
    const now = performance.now();
    if (await isUsed(client)) unusedAt = now + UNUSED_MS;
    else if (now > unusedAt && (await isOurs(client))) return;
  }
}

async function isUsed(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted
      and database = (select oid from pg_database where datname = current_database()) limit 1`,
  );
  return rows.length > 0;
}

/** A lock of our own keeps out whoever comes now. */
async function isOurs(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select pg_try_advisory_lock($1) as taken", [USER_LOCK]);
  return rows[0]?.taken === true;
}

function asked(): Promise<void> {
  return new Promise((resolve) => process.once("SIGTERM", () => resolve()));
}
