import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { testFolder } from "@caravela/platform/testing/folder";
import pg from "pg";
import { expect, it } from "vitest";
import { claimOf, writeClaim } from "./meeting-place.ts";
import { runningOn } from "./postmaster.ts";

/** A program that makes a database of its own, tells where, and lives on. */
const PROGRAM = `import { ownDatabase } from ${JSON.stringify(join(import.meta.dirname, "own-database.ts"))};
  const { url, drop } = await ownDatabase(null);
  process.send(url);
  process.once("message", () => drop().then(() => process.exit()));`;

it("programs share a PostgreSQL, which ends after the last of them, killed or not", async () => {
  const TMPDIR = await testFolder();
  const place = join(TMPDIR, `caravela-shared-${process.getuid?.()}`);
  mkdirSync(place);
  // of a keeper that was killed, and whose number another process has by now
  writeClaim(place, claimOf(process.pid, { url: "postgres://127.0.0.1:1/none" }));
  const start = () => {
    const execArgv = ["--conditions=@caravela/source", "--input-type=module", "-e", PROGRAM];
    return fork("-", [], { execArgv, env: { PATH: process.env.PATH, TMPDIR } });
  };
  const programs = [start(), start()];
  const [one = "", other = ""] = await Promise.all(
    programs.map(async (program) => (await once(program, "message"))[0]),
  );
  expect(new URL(one).host).toBe(new URL(other).host);
  expect(new URL(one).pathname).not.toBe(new URL(other).pathname);

  programs[0]?.send("drop");
  await once(programs[0] ?? process, "exit");
  const client = new pg.Client({ connectionString: other });
  await client.connect();
  const { rows } = await client.query("select from pg_database where datname like 'caravela\\_test\\_%'");
  expect(rows).toHaveLength(1);
  await client.end();

  const cluster = join(place, "data", "postgres");
  expect(runningOn(cluster)).toBeDefined();
  programs[1]?.kill("SIGKILL");
  await expect.poll(() => runningOn(cluster)).toBeUndefined();
  await expect.poll(() => existsSync(join(place, "keeper.log")) || existsSync(join(place, "claim.json"))).toBe(false);

  writeClaim(place, claimOf(process.pid, { fault: "an earlier start's" }));
  const late = start();
  await once(late, "message");
  late.send("drop");
  await once(late, "exit");
});
