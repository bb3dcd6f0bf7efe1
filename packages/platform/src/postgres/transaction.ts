import { DatabaseAway, onceMoreAfterConflict } from "./away.ts";
import type { Connection, Pool } from "./pool.ts";

/**
 * Runs the work in one transaction: committed when it returns, rolled back when it throws; and once again from the
 * start when PostgreSQL undid it for another's sake.
 */
export function inTransaction<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  return onceMoreAfterConflict(() => once(pool, work));
}

async function once<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query("begin");
    const result = await work(connection);
    await connection.query("commit");
    return result;
  } catch (error) {
    // a line that is silent would swallow the rollback too; PostgreSQL rolls back what it no longer hears of
    if (error instanceof DatabaseAway && error.isConnectionLost) broken = error;
    else
      await connection.query("rollback").catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    connection.release(broken);
  }
}
