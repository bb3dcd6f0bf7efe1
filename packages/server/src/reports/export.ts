import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Columns, CsvFormat } from "./csv.ts";
import { CsvWriter } from "./csv.ts";

/** What is written into a file, and how. */
interface Export<Row> {
  /** What the file is called, without its ending. */
  readonly name: string;
  readonly columns: Columns<Row>;
  readonly format: CsvFormat;
  readonly parts: AsyncIterator<readonly Row[]>;
  /** Aborted when the server stops: whoever reads slowly would hold it up. */
  readonly closing: AbortSignal;
}

/**
 * Answers with a file, part by part as the client takes it: no more than one is in memory. What goes wrong before the
 * first is answered by a problem; later it breaks the connection, so that half a file never looks like a whole one.
 */
export async function sendFile<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, columns, format, parts, closing }: Export<Row>,
): Promise<FastifyReply> {
  const writer = new CsvWriter(columns, format);
  const first = await parts.next();
  async function* written(): AsyncGenerator<string> {
    try {
      yield writer.write(first.done === true ? [] : first.value);
      for (let part = await parts.next(); part.done !== true; part = await parts.next()) yield writer.write(part.value);
    } finally {
      await parts.return?.();
    }
  }
  const file = Readable.from(written(), { signal: closing });
  // reset, not just closed: to whoever speaks HTTP/1.0, as some proxies do, a connection that closes is an end like any
  file.on("error", () => request.raw.socket.resetAndDestroy());
  return reply
    .type("text/csv; charset=utf-8")
    .headers({ "content-disposition": `attachment; filename="${name}.csv"`, "cache-control": "no-store" })
    .send(file);
}
