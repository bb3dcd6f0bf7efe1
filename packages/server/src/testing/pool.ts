import { createPool, type Pool, type PoolOptions } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { afterAll } from "vitest";

/**
 * A fresh database for all tests of a file, by a pool whose plans are a server's. Both go when the last test has ended.
 * Statements take as long as they need: tests fill tables with more at once than a server ever writes.
 */
export async function testPool(options: Omit<PoolOptions, "url" | "schema" | "byIndex"> = {}): Promise<Pool> {
  const { url, drop } = await testDatabase();
  const pool = createPool({ url, schema: "caravela", byIndex: true, statementLimitMs: null, ...options });
  afterAll(async () => {
    await pool.end();
    await drop();
  });
  return pool;
}

/**
 * The pool of a process that dies once it has asked for so many statements: they are done, and nothing comes of them.
 */
export function dyingPool(pool: Pool, statements: number): Pool {
  let left = statements;
  const live = () => {
    if (left <= 0) throw new Error("the process is dead");
  };
  const query = async (...asked: Parameters<Pool["query"]>) => {
    live();
    left -= 1;
    const rows = await pool.query(...asked);
    live();
    return rows;
  };
  return new Proxy(pool, { get: (whole, name) => (name === "query" ? query : Reflect.get(whole, name)) });
}
