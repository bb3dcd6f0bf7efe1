import { CannotStart } from "@caravela/platform/cannot-start";

/**
 * What `caravela export` writes, once gunzipped: a line of JSON that says what it is, then for each table a line of
 * JSON with its columns, its rows as PostgreSQL's COPY writes them, and `\.`; at the end a line of JSON with the number
 * of rows of each, without which it is not whole.
 */
export interface Header {
  readonly caravela: "export";
  readonly format: 1;
  readonly at: string;
  /** The schemas that are in it, each with the migrations that made it. */
  readonly schemas: Readonly<Record<string, readonly string[]>>;
}

/** A table whose rows follow. */
export interface TableHeader {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** The last line: how many rows each table has, by `schema.table`. */
export interface Footer {
  readonly rows: Readonly<Record<string, number>>;
}

/** Ends the rows of a table. In none of them: COPY writes a backslash as two. */
export const END_OF_ROWS = "\\.\n";

/** A table's name as the footer has it. */
export function nameOf({ schema, table }: Pick<TableHeader, "schema" | "table">): string {
  return `${schema}.${table}`;
}

/** A line of JSON. */
export function lineOf(value: Header | TableHeader | Footer): string {
  return `${JSON.stringify(value)}\n`;
}

/**
 * The lines of what is read, each with its line break; never more of it in memory than one line and what was read last.
 */
export async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let begun: Buffer[] = [];
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const end = chunk.subarray(from, at + 1);
      yield begun.length === 0 ? end : Buffer.concat([...begun, end]);
      begun = [];
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) throw notWhole();
}

/** Reads the next line as JSON. @throws CannotStart when there is none, or it is no JSON. */
export async function jsonLine(lines: AsyncIterator<Buffer, undefined>): Promise<Header | TableHeader | Footer> {
  const { value, done } = await lines.next();
  if (done === true) throw notWhole();
  try {
    return JSON.parse(value.toString("utf8"));
  } catch {
    throw notOurs();
  }
}

/** The rows of a table, up to their end. */
export async function* rowsOf(lines: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw notWhole();
    if (value.length === END_OF_ROWS.length && value.toString("latin1") === END_OF_ROWS) return;
    yield value;
  }
}

/** @throws CannotStart unless this is the beginning of a file that this version can read. */
export function headerOf(line: object): Header {
  const header = line as Partial<Header>;
  if (header.caravela !== "export" || typeof header.schemas !== "object") throw notOurs();
  if (header.format !== 1)
    throw new CannotStart("The file was written by a newer version of Caravela: import it with that version.");
  return header as Header;
}

/** Why a file cannot be read. */
export function notOurs(): CannotStart {
  return new CannotStart("The file is not one that `caravela export` wrote.");
}

/** Why a file that was cut short, or damaged on its way, is refused. */
export function notWhole(): CannotStart {
  return new CannotStart("The file is not whole, and nothing of it was imported: export again, or copy it again.");
}
