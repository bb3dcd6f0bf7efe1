import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CannotStart } from "@caravela/platform/cannot-start";
import { migrate } from "@caravela/platform/postgres/migrate";
import { migrationsIn } from "@caravela/platform/postgres/migrations";
import type { Environment } from "@caravela/platform/settings";
import type pg from "pg";
import copyStreams from "pg-copy-streams";
import { SCHEMAS } from "../migrate.ts";
import { type Output, PEOPLE } from "../output.ts";
import { copied, migrationsOf, onDatabase, quoted, tablesOf, transacting } from "./database.ts";
import {
  type Footer,
  type Header,
  headerOf,
  jsonLine,
  linesOf,
  nameOf,
  notOurs,
  notWhole,
  rowsOf,
  type TableHeader,
} from "./file.ts";

type Lines = AsyncIterator<Buffer, undefined>;

/** A schema of the file: the migrations that it stands at, and where ours are. */
interface Stand {
  readonly schema: string;
  readonly folder: string;
  readonly names: readonly string[];
}

/**
 * Brings what `caravela export` wrote into a database that has none of our data, all of it or nothing; then migrates it
 * to the newest shape.
 * @throws CannotStart saying what to do.
 */
export async function importFrom(
  file: string,
  env: Environment,
  asked: AbortSignal,
  output: Output = PEOPLE,
): Promise<void> {
  const load = async (source: AsyncIterable<Buffer>) => {
    const lines = linesOf(source);
    const stands = await standsOf(headerOf(await jsonLine(lines)));
    await onDatabase(env, (url) => loadInto(url, stands, lines));
  };
  try {
    await pipeline(createReadStream(file), createGunzip(), load, { signal: asked });
  } catch (error) {
    throw told(error, file, asked);
  }
  output.result({ file, imported: true }, `all of ${file} is imported`);
}

/** @throws CannotStart unless each schema of the file stands where ours once stood. */
async function standsOf({ schemas }: Header): Promise<Stand[]> {
  const stands = SCHEMAS.flatMap(({ schema, folder }) => {
    const names = schemas[schema];
    return names === undefined ? [] : [{ schema, folder, names }];
  });
  if (stands.length === 0 || stands.length < Object.keys(schemas).length) throw notOurs();
  for (const { schema, folder, names } of stands) {
    const known = await migrationsIn(folder);
    const other = names.find((name, place) => name !== known[place]);
    if (other !== undefined)
      throw new CannotStart(
        `The file is of a version of Caravela that this one does not know (${schema}/${other}): import it with the version that wrote it, or with a newer one.`,
      );
  }
  return stands;
}

async function loadInto(url: string, stands: readonly Stand[], lines: Lines): Promise<void> {
  await transacting(url, "begin read only", (client) => refuseUnlessEmpty(client, stands));
  for (const { schema, folder, names } of stands)
    await migrate({ url, schema, folder, upTo: names.at(-1) ?? "", alone: true });
  await transacting(url, "begin", (client) => loadAll(client, stands, lines));
  for (const { schema, folder } of stands) await migrate({ url, schema, folder, alone: true });
}

/** @throws CannotStart when any of our tables has a row, or was made by migrations that the file does not have. */
async function refuseUnlessEmpty(client: pg.Client, stands: readonly Stand[]): Promise<void> {
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query(`select exists (select from ${quoted(client, table)}) as "isUsed"`);
    if (rows[0]?.isUsed === true)
      throw new CannotStart(
        `The database has data of Caravela already (in ${nameOf(table)}), and nothing was imported: make a new database, and set DATABASE_URL to it.`,
      );
  }
  const made = await migrationsOf(client);
  for (const { schema, names } of stands)
    if (made[schema]?.some((name, place) => name !== names[place]))
      throw new CannotStart(
        `The schema ${schema} of the database is newer than the file, though it is empty: make a new database, and set DATABASE_URL to it.`,
      );
}

/**
 * The tables are locked, so that whoever starts meanwhile waits until all of it is there, and nothing of anybody else's
 * is in it.
 */
async function loadAll(client: pg.Client, stands: readonly Stand[], lines: Lines): Promise<void> {
  const ours = new Map((await tablesOf(client)).map((table) => [nameOf(table), table]));
  const all = [...ours.values()].map((table) => quoted(client, table)).join(", ");
  await client.query(`lock table ${all} in access exclusive mode`);
  await refuseUnlessEmpty(client, stands);
  const rows: Record<string, number> = {};
  for (;;) {
    const line = await jsonLine(lines);
    if ("rows" in line) {
      refuseUnlessWhole(rows, line, stands, ours);
      break;
    }
    const table = line as TableHeader;
    if (!ours.has(nameOf(table))) throw notOurs();
    const copy = client.query(copyStreams.from(`copy ${copied(client, table)} from stdin`));
    await pipeline(Readable.from(rowsOf(lines)), copy);
    rows[nameOf(table)] = copy.rowCount;
  }
  if ((await lines.next()).done !== true) throw notOurs();
  await client.query(`analyze ${all}`);
}

function refuseUnlessWhole(
  loaded: Readonly<Record<string, number>>,
  { rows }: Footer,
  stands: readonly Stand[],
  ours: ReadonlyMap<string, TableHeader>,
): void {
  const wanted = [...ours].filter(([, { schema }]) => stands.some((stand) => stand.schema === schema));
  const isWhole = wanted.every(([name]) => loaded[name] !== undefined && loaded[name] === rows[name]);
  if (!isWhole) throw notWhole();
}

/** What a person is told: of the file and of being asked to end in one line, of anything else as it is. */
function told(error: unknown, file: string, asked: AbortSignal): unknown {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (asked.aborted) return new CannotStart("The import was ended before it was whole: nothing was imported.");
  if (code === "Z_BUF_ERROR") return notWhole();
  if (code.startsWith("Z_")) return notOurs();
  if (syscall === "open" || syscall === "read") return new CannotStart(`${file} cannot be read (${code}).`);
  return error;
}
