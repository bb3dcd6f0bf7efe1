import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * How a file is run. Together: in one transaction. Concurrently: each statement by itself, an index built while others
 * go on writing. In batches: each statement again and again, from the key that it ended at (`$1`, the empty text at
 * first), until the `last` that it answers is null.
 */
export type Way = "together" | "concurrently" | "in batches";

/**
 * A numbered file that changes a schema, `0012-title.sql`. Its first comments may say `-- run: concurrently`, `-- run:
 * in batches` and `-- serves: 0010`.
 */
export interface MigrationFile {
  /** Without `.sql`: as the database keeps it once it has run. */
  readonly name: string;
  readonly number: number;
  readonly way: Way;
  /**
   * From here on only code that knows the file of this number, or a newer one, can work; null: whatever worked before
   * still does.
   */
  readonly serves: number | null;
  readonly text: string;
}

/** The names of the folder's files in their order, without `.sql`. */
export async function migrationsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  return names.map((name) => name.replace(/\.sql$/, "")).sort();
}

/** The folder's files in their order. @throws TypeError naming the file whose comments say what nobody knows. */
export async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const names = await migrationsIn(folder);
  return Promise.all(names.map(async (name) => migrationOf(name, await readFile(join(folder, `${name}.sql`), "utf8"))));
}

/** One file, as its name and text say. @throws TypeError */
export function migrationOf(name: string, text: string): MigrationFile {
  const said = new Map([...text.matchAll(/^-- (run|serves): (.+)$/gm)].map(([, what, value]) => [what, value?.trim()]));
  const way = said.get("run") ?? "together";
  const serves = said.get("serves");
  if (way !== "together" && way !== "concurrently" && way !== "in batches")
    throw new TypeError(`${name}: "run: ${way}" is not known; there is concurrently and in batches`);
  if (serves !== undefined && !/^\d{4}$/.test(serves))
    throw new TypeError(`${name}: "serves: ${serves}" is no number of a file, as 0010`);
  return { name, number: numberOf(name), way, serves: serves === undefined ? null : Number(serves), text };
}

/** The number that a file's name begins with. */
export function numberOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** The statements of a file that are run one by one: each ends with a line that ends with a semicolon. */
export function statementsOf({ text }: Pick<MigrationFile, "text">): string[] {
  const bare = text.replace(/^\s*--.*$/gm, "");
  return bare
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
