import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MigrationFile, numberOf, readMigrations } from "@caravela/platform/postgres/migrations";
import { bareNames, tablesMadeBy } from "./migrations/names.ts";
import { type Fault, faultsOf, faultsOfNumbers } from "./migrations/rules.ts";

// The release before goes on working while a schema is expanded under it: no migration holds a lock for long, changes a
// large table at once, or takes away what that release needs. What was released stays as it is; the databases that each
// release left behind (tests/start/databases) say which files those are.

const root = join(import.meta.dirname, "..");
const SCHEMAS = { caravela: "packages/server/migrations", sibs_gateway: "packages/gateway/migrations" };

/** The migrator itself sets limits; types and styles are ours to choose. */
const LEFT_OUT = ["require-lock-timeout", "require-statement-timeout", "prefer-bigint-over-int", "prefer-robust-stmts"];
/** Allowed in a file that says whom it still serves. */
const TAKING_AWAY = ["ban-drop-column", "ban-drop-table", "renaming-column", "renaming-table"];

const released = globSync("tests/start/databases/*.sql", { cwd: root }).map((path) =>
  readFileSync(join(root, path), "utf8"),
);

function releasedUpTo(schema: string): number {
  const row = new RegExp(`^INSERT INTO ${schema}\\.migration VALUES \\('(\\d{4}-[^']+)'`, "gm");
  return Math.max(...released.flatMap((text) => [...text.matchAll(row)].map(([, name]) => numberOf(name ?? "0000"))));
}

function squawked(folder: string, file: MigrationFile): Fault[] {
  if (file.way === "in batches") return [];
  const excluded = [...LEFT_OUT, ...(file.serves === null ? [] : TAKING_AWAY)].map((rule) => `--exclude=${rule}`);
  const inTransaction = file.way === "together" ? ["--assume-in-transaction"] : [];
  const args = [
    "--pg-version=15",
    "--reporter=Json",
    ...inTransaction,
    ...excluded,
    join(root, folder, `${file.name}.sql`),
  ];
  try {
    execFileSync("squawk", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (!stdout) throw error;
    const found: { line: number; message: string; rule_name: string }[] = JSON.parse(stdout);
    return found.map(({ line, message, rule_name }) => ({
      file: file.name,
      says: `line ${line + 1}: ${message} (${rule_name})`,
    }));
  }
}

/** Programs name the schema of their tables in every statement. */
function unnamedIn(schema: string, folder: string, files: readonly MigrationFile[]): Fault[] {
  const tables = files.flatMap(({ text }) => tablesMadeBy(text));
  const programs = globSync(join(folder, "..", "src", "**", "*.{ts,tsx}"), { cwd: root });
  return programs
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .flatMap((path) =>
      bareNames(readFileSync(join(root, path), "utf8"), tables).map((name) => ({
        file: path,
        says: `has "${name.replace(/\s+/g, " ")}" without the schema: say ${schema}.…`,
      })),
    );
}

let count = 0;
for (const [schema, folder] of Object.entries(SCHEMAS)) {
  const known = releasedUpTo(schema);
  const all = await readMigrations(join(root, folder));
  const files = all.filter(({ number }) => number > known);
  count += files.length;
  const faults = files.flatMap((one) => [...faultsOf(one, known), ...squawked(folder, one)]);
  for (const { file, says } of [...faultsOfNumbers(all), ...faults]) {
    console.error(`${folder}/${file}.sql ${says}`);
    process.exitCode = 1;
  }
  for (const { file, says } of unnamedIn(schema, folder, all)) {
    console.error(`${file} ${says}`);
    process.exitCode = 1;
  }
}
if (process.exitCode !== 1)
  console.log(`migrations: ${count} files since the last release, and the release before goes on under each`);
