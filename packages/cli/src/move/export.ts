import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { CannotStart } from "@caravela/platform/cannot-start";
import type { Environment } from "@caravela/platform/settings";
import type pg from "pg";
import copyStreams from "pg-copy-streams";
import { type Output, PEOPLE } from "../output.ts";
import { copied, migrationsOf, onDatabase, refuseNoData, tablesOf, transacting } from "./database.ts";
import { END_OF_ROWS, type Header, lineOf, nameOf } from "./file.ts";

/** All that is read is of one moment, whoever goes on writing. */
const BEGIN = "begin isolation level repeatable read read only";

/**
 * Writes all data of both programs into a new file that its owner alone may read. What is cut short leaves no file.
 * @throws CannotStart saying what to do.
 */
export async function exportTo(
  file: string,
  env: Environment,
  asked: AbortSignal,
  output: Output = PEOPLE,
): Promise<void> {
  refuseNoData(env);
  const rows: Record<string, number> = {};
  await onDatabase(env, (url) =>
    transacting(url, BEGIN, async (client) => {
      const header = await headerFrom(client);
      await write(file, Readable.from(content(client, header, rows)), asked);
    }),
  );
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  output.result({ file, rows }, [
    `${file} has all data: ${total} rows of ${Object.keys(rows).length} tables.`,
    "It holds secrets (of event endpoints and terminals, and the tokens of saved cards) and your customers' data: only your user may read it (mode 0600).",
    "Keep it as you would keep the database, and remove it when it is of no more use.",
  ]);
}

async function headerFrom(client: pg.Client): Promise<Header> {
  const schemas = await migrationsOf(client);
  if (Object.keys(schemas).length === 0)
    throw new CannotStart("There is no data of Caravela in this database: set DATABASE_URL to the one that has it.");
  const { rows } = await client.query<{ at: Date }>("select now() as at");
  return { caravela: "export", format: 1, at: rows[0]?.at.toISOString() ?? "", schemas };
}

async function* content(
  client: pg.Client,
  header: Header,
  rows: Record<string, number>,
): AsyncGenerator<Buffer | string> {
  yield lineOf(header);
  for (const table of await tablesOf(client)) {
    yield lineOf(table);
    const copy = client.query(copyStreams.to(`copy ${copied(client, table)} to stdout`));
    for await (const chunk of copy) yield chunk;
    yield END_OF_ROWS;
    rows[nameOf(table)] = copy.rowCount;
  }
  yield lineOf({ rows });
}

async function write(file: string, content: Readable, signal: AbortSignal): Promise<void> {
  const output = createWriteStream(file, { flags: "wx", mode: 0o600, flush: true });
  try {
    await pipeline(content, createGzip(), output, { signal });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new CannotStart(`${file} is there already: name a new file.`, { cause: error });
    await rm(file, { force: true });
    if (syscall === "open" || code === "ENOSPC" || code === "EDQUOT" || code === "EIO")
      throw new CannotStart(`${file} cannot be written (${code}): name a file where there is room.`, { cause: error });
    if (signal.aborted)
      throw new CannotStart("The export was ended before it was whole: there is no file.", { cause: error });
    throw error;
  }
}
