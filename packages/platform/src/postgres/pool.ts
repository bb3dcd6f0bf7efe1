import pg from "pg";
import type { Log } from "../log.ts";

/** Connections to one schema of a PostgreSQL. */
export type Pool = pg.Pool;
/** One connection, held for a transaction. */
export type Connection = pg.PoolClient;

const { builtins, getTypeParser } = pg.types;

/**
 * A pool whose connections see that schema alone, in UTC. `bigint` is read as a number (ours are cents, sequences and milliseconds) and refused beyond 2^53.
 * A connection that breaks is logged and replaced; whoever was using it is told by its query.
 */
export function createPool(options: { url: string; schema: string; max?: number; log?: Log }): Pool {
  if (!/^[a-z_][a-z0-9_]*$/.test(options.schema)) throw new TypeError(`not a schema's name: ${options.schema}`);
  const pool = new pg.Pool({
    connectionString: options.url,
    options: `-c search_path=${options.schema} -c timezone=UTC`,
    application_name: options.schema,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: parserOf },
  });
  const tell = (error: Error) => options.log?.warn({ err: error }, "a database connection broke");
  // both: the pool listens to idle connections only, and one that breaks in use would end the process
  pool.on("error", tell);
  pool.on("connect", (connection) => connection.on("error", tell));
  return pool;
}

const parserOf: typeof getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === builtins.INT8 && format !== "binary" ? safeInteger : getTypeParser(oid, format as "text");

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`a bigint beyond 2^53 was read: ${text}`);
  return value;
}
