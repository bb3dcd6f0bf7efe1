/**
 * Writes the databases that earlier versions leave behind, as `npm test` brings them up: each version's own programs
 * are started on a PostgreSQL, payments of every kind are made with them and left half-way, and what is then stored is
 * written to tests/start/databases as SQL, with what that version's API answered about each payment beside it.
 *
 *     npm run databases -- b46a054
 *
 * Run once for each release, with the commit that was released, and before facts or states are given a new version,
 * with the last commit of the one before: its files go into the folder `landed`, which is of no release. Needs a
 * PostgreSQL 15 with its pg_dump (Debian: postgresql-15), named by POSTGRES_BIN; git fetches the version into a folder
 * of its own, which is removed again. Then `npm run format`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDatabase } from "./database.ts";
import { play } from "./play.ts";
import { startPrograms } from "./programs.ts";

const root = join(import.meta.dirname, "..", "..");

for (const commit of process.argv.slice(2)) await write(commit);

async function write(commit: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "caravela-version-"));
  const run = (command: string, args: string[], cwd: string) => execFileSync(command, args, { cwd, stdio: "inherit" });
  run("git", ["worktree", "add", "--detach", folder, commit], root);
  try {
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder);
    run("npm", ["run", "build"], folder);
    const database = await startDatabase();
    try {
      const programs = await startPrograms(folder, database.url);
      const answers = await play(programs).finally(() => programs.stop());
      const target = join(root, "tests", "start", "databases", commit);
      writeFileSync(`${target}.sql`, database.dump());
      writeFileSync(`${target}.json`, `${JSON.stringify(answers, null, 1)}\n`);
      console.log(`${target}.sql: ${answers.payments.length} payments, ${answers.mandates.length} mandates`);
    } finally {
      await database.stop();
    }
  } finally {
    run("git", ["worktree", "remove", "--force", folder], root);
    rmSync(folder, { recursive: true, force: true });
  }
}
