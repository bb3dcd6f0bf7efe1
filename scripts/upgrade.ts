/**
 * Upgrades under load, as docs/upgrading.md has it: the programs of the release before run on a large database and are
 * paid through without a pause, while the schema is migrated under them, a server of this version comes beside theirs,
 * and theirs ends.
 *
 *     npm run upgrade -- --payments 200000 --seconds 15
 *
 * By hand, before a release: it takes minutes, and what it measures depends on the machine. Prints, for each part, how
 * many payments went from their creation to the press on the phone, how long the slowest of their calls took, and what
 * failed; exit code 1 when anything did.
 */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { createPool } from "@caravela/platform/postgres/pool";
import { pause } from "@caravela/platform/timer";
import { migrateAll } from "../packages/cli/src/migrate.ts";
import { read } from "../tests/support/actions.ts";
import { layOut, payAt, playOn, RELEASES, startBeside } from "../tests/support/release.ts";
import type { Play } from "../tests/support/stage.ts";
import { until } from "../tests/support/until.ts";
import { startPrograms } from "./databases/programs.ts";

const { values } = parseArgs({
  options: { payments: { type: "string", default: "200000" }, seconds: { type: "string", default: "15" } },
});
const release = RELEASES[RELEASES.length - 1] ?? "";
const AT_ONCE = 6;

const folder = await mkdtemp(join(tmpdir(), "caravela-upgrade-"));
await chmod(folder, 0o755); // the database's user must be able to enter it
const programs = join(folder, release);
await mkdir(programs);
layOut(release, programs);
const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, "data") });
const before = await startPrograms(programs, postgres.url);
const old = playOn(before);
const made: string[] = [];
const faults: unknown[] = [];
try {
  await payAt(old, "912000001", made);
  await until(async () => (await read(old, made[0] ?? "")).status === "paid");
  await fill(made[0] ?? "", Number(values.payments));
  await during(`${release} alone`, [old], () => pause(Number(values.seconds) * 1000));
  await during(`${release}, while the schema is migrated`, [old], () => migrateAll({ DATABASE_URL: postgres.url }));
  const server = await startBeside(before, postgres.url);
  const fresh = playOn(before, server.url);
  await during(`${release} and this version, side by side`, [old, fresh], () => pause(Number(values.seconds) * 1000));
  await during(`this version, while ${release} ends`, [fresh], () => before.endServer());
  await during("this version alone", [fresh], () => pause(Number(values.seconds) * 1000));
  for (const id of made) await until(async () => (await read(fresh, id)).status === "paid", 60_000);
  for (const fault of faults.slice(0, 3)) console.error(fault);
  console.log(`all ${made.length} payments are paid; ${faults.length} faults`);
  await server.close();
} finally {
  await before.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
if (faults.length > 0) process.exitCode = 1;

/** Copies of a payment with its journal and events, as a shop of some years has them. */
async function fill(id: string, count: number): Promise<void> {
  const pool = createPool({ url: postgres.url, schema: "caravela", max: 1, statementLimitMs: null });
  const copies = (table: string, key: string, changes: string) =>
    pool.query(
      `insert into ${table} select (jsonb_populate_record(one, ${changes})).* from ${table} one, generate_series(1, $2) n where one.${key} = $1`,
      [id, count],
    );
  await copies("payment", "id", "jsonb_build_object('id', one.id || '_' || n)");
  await copies("fact", "subject_id", "jsonb_build_object('subject_id', one.subject_id || '_' || n)");
  await copies(
    "event",
    "subject_id",
    "jsonb_build_object('subject_id', one.subject_id || '_' || n, 'id', one.id || '_' || n)",
  );
  await pool.query("analyze");
  await pool.end();
  console.log(`${count} payments are there`);
}

/** Payments are made by all servers, one after the other on each phone, for as long as the work takes. */
async function during(what: string, servers: readonly Play[], work: () => Promise<unknown>): Promise<void> {
  const { length: soFar } = made;
  const begun = performance.now();
  let slowest = 0;
  let goesOn = true;
  const load = Array.from({ length: AT_ONCE }, async (_, place) => {
    const server = servers[place % servers.length];
    while (goesOn && server !== undefined) {
      const started = performance.now();
      await payAt(server, `91200010${place}`, made).catch((error) => faults.push(error));
      slowest = Math.max(slowest, performance.now() - started);
    }
  });
  await work();
  const seconds = (performance.now() - begun) / 1000;
  goesOn = false;
  await Promise.all(load);
  const rate = ((made.length - soFar) / seconds).toFixed(0);
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${rate} payments a second, the slowest ${slowest.toFixed(0)} ms; faults so far: ${faults.length}`,
  );
}
